"""Shows mails that are written to files for want of a mail server: ``python mails.py FOLDER``."""

import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

SECONDS = 1
"""How long a mail waits until it is shown."""


def written(folder: Path) -> Iterator[bytes]:
    """What was written into the mails of a folder since it was asked last; first nothing."""
    shown = {mail: mail.stat().st_size for mail in folder.glob("*.log")}
    yield b""
    while True:
        news = b""
        for mail in sorted(folder.glob("*.log")):
            with suppress(FileNotFoundError), mail.open("rb") as file:  # old mails are removed
                file.seek(shown.get(mail, 0))
                news += file.read()
                shown[mail] = file.tell()
        yield news


if __name__ == "__main__":
    for text in written(Path(sys.argv[1])):
        sys.stdout.buffer.write(text)
        sys.stdout.flush()
        time.sleep(SECONDS)
