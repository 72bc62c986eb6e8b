"""Readers of the environment: pure, so that each can be tested."""

import hashlib
import os
import secrets
import tempfile
from pathlib import Path
from urllib.parse import quote

from django.core.exceptions import ImproperlyConfigured

MAX_SOCKET_PATH = 100  # bytes; the kernel's limit is 107


def secret(environ: dict[str, str], name: str) -> str | None:
    """A secret from NAME, or from the file that NAME_FILE names.

    Raises:
        ImproperlyConfigured: the file cannot be read.
    """
    if path := environ.get(f"{name}_FILE"):
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE: cannot read {path}: {error.strerror}") from error
    return environ.get(name) or None


def kept_secret(path: Path) -> str:
    """The secret in a file; made there, readable by its owner only, when the file is not there yet.

    Raises:
        ImproperlyConfigured: the folder cannot be written.
    """
    try:
        if not path.exists():
            make_secret(path)
        return path.read_text(encoding="ascii")
    except OSError as error:
        raise ImproperlyConfigured(
            f"Cannot write to {path.parent} ({error.strerror}): make it yours, or choose another folder with "
            "SMARTINVOICE_DATA_DIR=/path"
        ) from error


def make_secret(path: Path) -> None:
    """Write a fresh secret, whole at once; if another process was faster, its secret counts."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, fresh = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")  # for its owner only
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(50))
    try:
        os.link(fresh, path)  # fails where the path exists
    except FileExistsError:
        pass
    finally:
        Path(fresh).unlink()


def broker_socket(data_dir: Path) -> Path:
    """Where the bundled broker listens: in the data folder, or nearby where the path would be too long."""
    path = data_dir / "run" / "broker.sock"
    if len(os.fsencode(path)) <= MAX_SOCKET_PATH:
        return path
    runtime = Path(os.environ.get("XDG_RUNTIME_DIR") or "/tmp")  # noqa: S108 - the socket is in a 0700 folder
    digest = hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:12]
    owner = os.getuid() if os.name == "posix" else 0
    return runtime / f"smartinvoice-{owner}-{digest}" / "broker.sock"


def socket_url(path: Path) -> str:
    """The URL of a Redis-protocol server on a Unix socket."""
    return f"redis+socket://{quote(str(path))}"
