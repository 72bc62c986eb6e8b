"""ZIP files that leave while they are made."""

from io import RawIOBase

PIECE = 2**16  # bytes that are worth sending


class Outgoing(RawIOBase):
    """Where a ZIP is written to that leaves piece by piece; nothing that has left can be changed."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self.waiting = 0  # bytes

    def writable(self) -> bool:
        return True

    def write(self, content: bytes) -> int:  # type: ignore[override]  # ZipFile writes nothing but bytes
        self._pieces.append(content)
        self.waiting += len(content)
        return len(content)

    def take(self) -> bytes:
        """What was written since it was last asked for."""
        content = b"".join(self._pieces)
        self._pieces, self.waiting = [], 0
        return content
