"""How fast files come in: 1,000 files of 200 kB through the real web server, beside a plain copy of them.

python -m benchmarks.intake [--files 1000] [--kilobytes 200]

The files go as the page sends them: 3 requests at a time, of 5 files at first, then of 40.
"""

import argparse
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import requests

from benchmarks.desk import desk, wait_until

if TYPE_CHECKING:  # Django is not set up yet
    from accounts.models import User

AT_ONCE, FIRST_FILES, MOST_FILES = 3, 5, 40


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--kilobytes", type=int, default=200)
    arguments = parser.parse_args()
    contents = [
        b"%PDF-1.7\n" + secrets.token_bytes(arguments.kilobytes * 1000) for _ in range(arguments.files)
    ]
    megabytes = sum(map(len, contents)) / 1e6
    with desk("tests.readers:FreeReader", concurrency=1) as _, web_server() as address:
        session = signed_in(address)
        upload(session, address, [f"%PDF-1.7\n{n}".encode() for n in range(100)])  # imports, connections
        synced = copy_seconds(contents, sync=True)
        plain = copy_seconds(contents, sync=False)
        answered, first = upload(session, address, contents)
    print(f"{arguments.files} files, {megabytes:.0f} MB")
    for name, seconds in (
        ("plain copy", plain),
        ("copy, each file synced to disk", synced),
        ("upload, all answered", answered),
        ("upload, first invoice finished", first),
    ):
        print(f"{name:34}{seconds:>8.2f} s")
    print(f"ratio upload / synced copy: {answered / synced:.2f}")
    print(f"first result after {100 * first / answered:.0f} % of the upload")


def copy_seconds(contents: list[bytes], *, sync: bool) -> float:
    """Write the files into a folder of the same disk."""
    folder = Path(tempfile.mkdtemp(dir=os.environ["SMARTINVOICE_DATA_DIR"]))
    started = time.monotonic()
    for number, content in enumerate(contents):
        with (folder / str(number)).open("wb") as file:
            file.write(content)
            if sync:
                file.flush()
                os.fsync(file.fileno())
    seconds = time.monotonic() - started
    shutil.rmtree(folder)
    return seconds


@contextmanager
def web_server() -> Iterator[str]:
    """The desk's web server on a port of its own."""
    from django.core.management import call_command  # noqa: PLC0415 - the desk sets Django up

    call_command("build_styles", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    from smartinvoice.desk.programs import web  # noqa: PLC0415

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen([*web("127.0.0.1", port).command, "--log-level", "warning"])
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until(lambda: answers(address), 30)
        yield address
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def answers(address: str) -> bool:
    try:
        return requests.get(f"{address}/login/", timeout=5).ok
    except requests.RequestException:  # not yet, or not in time
        return False


def upload(session: requests.Session, address: str, contents: list[bytes]) -> tuple[float, float]:
    """Seconds until every request was answered, and until the first invoice was finished."""
    from invoice_processor.models import ProcessingJob  # noqa: PLC0415

    mine = ProcessingJob.objects.filter(batch__expected_files=len(contents))
    form = {"name": "benchmark", "expected_files": len(contents)}
    pages = session.post(f"{address}/batches/", data=form, timeout=60).json()
    first: list[float] = []
    started = time.monotonic()

    def send(group: list[bytes]) -> int:
        files = [("files", (f"{n}.pdf", body)) for n, body in enumerate(group)]
        answer = session.post(address + pages["files"], files=files, timeout=120)
        if not first and mine.filter(state="DONE").exists():
            first.append(time.monotonic() - started)
        return sum(result["outcome"] == "queued" for result in answer.json()["results"])

    with ThreadPoolExecutor(AT_ONCE) as pool:
        queued = sum(pool.map(send, groups(contents)))
    seconds = time.monotonic() - started
    if queued != len(contents):
        raise RuntimeError(f"only {queued} of {len(contents)} files were taken")
    wait_until(lambda: not mine.exclude(state="DONE").exists(), 120)
    return seconds, first[0] if first else float("inf")


def groups(contents: list[bytes]) -> Iterator[list[bytes]]:
    """The files of each request."""
    first = AT_ONCE * FIRST_FILES
    for start in range(0, first, FIRST_FILES):
        yield contents[start : start + FIRST_FILES]
    for start in range(first, len(contents), MOST_FILES):
        yield contents[start : start + MOST_FILES]


def signed_in(address: str) -> requests.Session:
    """A session of a fresh user, as a browser has it after signing in."""
    from accounts.services.organisations import set_up  # noqa: PLC0415

    password = secrets.token_urlsafe()
    user: User = set_up(organisation_name="Benchmark", email="b@example.in", password=password)
    session = requests.Session()
    session.get(f"{address}/login/", timeout=10)
    token = str(session.cookies["csrftoken"])
    form = {"login": user.email, "password": password, "csrfmiddlewaretoken": token}
    session.post(f"{address}/login/", data=form, timeout=10)
    session.headers["X-CSRFToken"] = str(session.cookies["csrftoken"])
    return session


if __name__ == "__main__":
    main()
