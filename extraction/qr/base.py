"""A decoded code."""

from dataclasses import dataclass

from extraction.reading import Box


@dataclass(frozen=True, slots=True, kw_only=True)
class QrCode:
    """``turn``: degrees clockwise (0, 90, 180, 270) that set the code upright, None when it does not tell."""

    text: str
    box: Box  # on the picture it was found in
    turn: int | None
