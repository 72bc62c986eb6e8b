"""Unpacking a ZIP of invoices that a stranger sent."""

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from tempfile import SpooledTemporaryFile
from typing import IO, NamedTuple

SPOOL = 2**20  # bytes kept in memory a member
CHUNK = 2**16
DAMAGED = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError)


class Member(NamedTuple):
    """A file of an archive. ``content`` is None when it could not be unpacked, and ``problem`` says why."""

    name: str
    content: IO[bytes] | None
    problem: str = ""


def members(archive: IO[bytes], *, max_files: int, max_bytes_each: int, max_bytes: int) -> Iterator[Member]:
    """The files of a ZIP, one by one; sizes are counted while unpacking, since headers may lie.

    Folders and the clutter of macOS are passed over. Names are for show only and never used as paths.
    """
    try:
        opened = zipfile.ZipFile(archive)
    except DAMAGED:
        yield Member("", None, "The ZIP is damaged: please make it again.")
        return
    with opened:
        infos = [info for info in opened.infolist() if not is_clutter(info)]
        if len(infos) > max_files:
            problem = f"The ZIP holds {len(infos)} files; at most {max_files} are taken at a time."
            yield Member("", None, problem)
            return
        left = max_bytes
        for info in infos:
            name = PurePosixPath(info.filename.replace("\\", "/")).name
            member = unpack(opened, info, name, min(max_bytes_each, left))
            if member.content:
                left -= member.content.tell()
                member.content.seek(0)
            yield member
            if left <= 0:
                yield Member("", None, "The ZIP unpacks to too much: the files after this one were left out.")
                return


def is_clutter(info: zipfile.ZipInfo) -> bool:
    """Whether an entry is a folder or metadata of an operating system, and no file of a person."""
    parts = PurePosixPath(info.filename).parts
    return info.is_dir() or "__MACOSX" in parts or parts[-1:] in ((".DS_Store",), ("Thumbs.db",))


def unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, max_bytes: int) -> Member:
    """One member's content, positioned at its end."""
    if info.flag_bits & 0x1:
        return Member(name, None, "This file in the ZIP is protected by a password: please send it without.")
    content: IO[bytes] = SpooledTemporaryFile(max_size=SPOOL)  # noqa: SIM115 - the caller closes it
    try:
        with archive.open(info) as packed:
            while chunk := packed.read(CHUNK):
                if content.tell() + len(chunk) > max_bytes:
                    content.close()
                    return Member(name, None, "This file in the ZIP is too large.")
                content.write(chunk)
    except DAMAGED:
        content.close()
        return Member(name, None, "This file in the ZIP is damaged: please make the ZIP again.")
    return Member(name, content)
