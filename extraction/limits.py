"""How much one document may cost. All is checked before decoding, or enforced on the reading process."""

from dataclasses import dataclass

MIB = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The bounds of one document."""

    max_bytes: int = 50 * MIB
    max_pages: int = 500  # a file of more pages is refused
    max_pages_read: int = 30  # later pages are not looked at
    max_pixels: int = 120_000_000  # of one page or embedded picture: A4 at 1,000 dpi
    wall_seconds: float = 300
    cpu_seconds: int = 240
    memory_bytes: int = 2048 * MIB  # address space of the reading process; it needs about half
