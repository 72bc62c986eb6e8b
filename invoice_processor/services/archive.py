"""Unpacking a ZIP of invoices that a stranger sent."""

import shutil
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from tempfile import SpooledTemporaryFile
from typing import IO, NamedTuple

SPOOL = 2**20  # bytes kept in memory a member
DIRECTORY = 2**20, 2**10  # bytes that the table of contents may have: at least, and for each file allowed
USUAL = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # other methods may ask for gigabytes of memory
DAMAGED = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError)


class TooManyFiles(Exception):
    """The table of contents alone is larger than that of any archive that would be taken."""


class Bounded:
    """A file that gives no more than so many bytes at once.

    zipfile reads a whole table of contents, however long, and takes ten times its size of memory for it.
    """

    def __init__(self, file: IO[bytes], most: int) -> None:
        self.file, self.most = file, most
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable

    def read(self, size: int = -1) -> bytes:
        """Read as files do. Raises TooManyFiles."""
        if size > self.most:
            raise TooManyFiles
        return self.file.read(size)


class Member(NamedTuple):
    """A file of an archive. ``content`` is None when it could not be unpacked, and ``problem`` says why."""

    name: str
    content: IO[bytes] | None
    problem: str = ""


def members(archive: IO[bytes], *, max_files: int, max_bytes_each: int, max_bytes: int) -> Iterator[Member]:
    """The files of a ZIP, one by one. Headers may lie, but zipfile never unpacks more than they declare.

    Folders and the clutter of macOS are passed over. Names are for show only and never used as paths.
    """
    least, each = DIRECTORY
    try:
        opened = zipfile.ZipFile(Bounded(archive, least + each * max_files))
    except TooManyFiles:
        yield Member("", None, f"The ZIP holds too many files; at most {max_files} are taken at a time.")
        return
    except DAMAGED:
        yield Member("", None, "The ZIP is damaged: please make it again.")
        return
    with opened:
        infos = [info for info in opened.infolist() if not is_clutter(info)]
        if not infos:
            yield Member("", None, "The ZIP holds no files.")
        if len(infos) > max_files:
            problem = f"The ZIP holds {len(infos)} files; at most {max_files} are taken at a time."
            yield Member("", None, problem)
            return
        left = max_bytes
        for info in infos:
            if info.file_size <= max_bytes_each:  # larger ones are refused unopened and cost nothing
                left -= info.file_size
            if left < 0:
                problem = "The ZIP unpacks to too much: this file and those after it were left out."
                yield Member("", None, problem)
                return
            yield unpack(opened, info, max_bytes_each)


def legible(name: str) -> str:
    """A name without characters that nobody sees, some of which turn ``fdp.exe`` into ``exe.pdf``."""
    return "".join(filter(str.isprintable, name))


def is_clutter(info: zipfile.ZipInfo) -> bool:
    """Whether an entry is a folder or metadata of an operating system, and no file of a person."""
    parts = PurePosixPath(info.filename).parts
    return (
        info.filename.endswith("/") or "__MACOSX" in parts or parts[-1:] in ((".DS_Store",), ("Thumbs.db",))
    )


def unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, max_bytes: int) -> Member:
    """One member's content, or why there is none."""
    name = legible(PurePosixPath(info.filename.replace("\\", "/")).name)
    if info.flag_bits & 0x1:
        return Member(name, None, "This file in the ZIP is protected by a password: please send it without.")
    if info.compress_type not in USUAL:
        return Member(
            name, None, "This file in the ZIP is packed in an unusual way: please make a plain ZIP."
        )
    if info.file_size > max_bytes:
        return Member(name, None, "This file in the ZIP is too large.")
    content: IO[bytes] = SpooledTemporaryFile(max_size=SPOOL)  # noqa: SIM115 - the caller closes it
    try:
        with archive.open(info) as packed:
            shutil.copyfileobj(packed, content)
    except DAMAGED:
        content.close()
        return Member(name, None, "This file in the ZIP is damaged: please make the ZIP again.")
    content.seek(0)
    return Member(name, content)
