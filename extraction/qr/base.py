"""A decoded code."""

from dataclasses import dataclass

from extraction.reading import Box


@dataclass(frozen=True, slots=True, kw_only=True)
class QrCode:
    """What a code says, and where it stands on the page."""

    text: str
    box: Box
