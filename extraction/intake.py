"""What a file is, told by its first bytes and never by its name; cheap enough for a web process."""

from enum import StrEnum
from pathlib import Path

from extraction.errors import ReadingError
from extraction.limits import Limits

HEAD_BYTES = 1024
"""How many bytes :func:`sniff` looks at. Real PDFs may start with junk of up to this length."""


class FileType(StrEnum):
    """A kind of file; ZIP is recognised so that it can be unpacked or refused by name."""

    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"
    TIFF = "tiff"
    WEBP = "webp"
    HEIC = "heic"
    ZIP = "zip"


_SIGNATURES = (
    (b"\xff\xd8\xff", FileType.JPEG),
    (b"\x89PNG\r\n\x1a\n", FileType.PNG),
    (b"II*\x00", FileType.TIFF),
    (b"MM\x00*", FileType.TIFF),
    (b"II+\x00", FileType.TIFF),  # BigTIFF
    (b"MM\x00+", FileType.TIFF),
    (b"PK\x03\x04", FileType.ZIP),
    (b"PK\x05\x06", FileType.ZIP),  # an archive without members
)
_HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"hevm", b"hevs", b"mif1", b"msf1"}


def check_file(path: Path, limits: Limits) -> FileType:
    """The type of a readable file. Raises ReadingError for empty, too large and foreign ones."""
    size = path.stat().st_size
    if size == 0:
        raise ReadingError("empty")
    if size > limits.max_bytes:
        raise ReadingError("too_large")
    with path.open("rb") as file:
        kind = sniff(file.read(HEAD_BYTES))
    if kind is None or kind is FileType.ZIP:
        raise ReadingError("unsupported_type")
    return kind


def sniff(head: bytes) -> FileType | None:
    """The type of the file that starts with ``head``, or None when it is none we know."""
    head = head[:HEAD_BYTES]
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return FileType.WEBP
    if head[4:8] == b"ftyp":
        return FileType.HEIC if _brands(head) & _HEIC_BRANDS else None
    return FileType.PDF if b"%PDF-" in head else None


def _brands(head: bytes) -> set[bytes]:
    """The major and compatible brands of an ISO media file's first box."""
    length = int.from_bytes(head[:4], "big")
    box = head[8 : min(length, len(head))]
    return {box[:4]} | {box[i : i + 4] for i in range(8, len(box) - 3, 4)}
