"""A pen on a PDF page: points, measured from the top left corner, as the layouts think."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import segno
from reportlab import rl_config
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

rl_config.useA85 = 0  # binary streams, as other software writes them: a fifth smaller, and git sees no text

Align = Literal["left", "right", "centre"]
A4 = (595.28, 841.89)
BLACK = HexColor("#000000")
GREY = HexColor("#6b7280")
_FACES = {
    "Helvetica": ("Helvetica", "Helvetica-Bold", "Helvetica-Oblique", "Helvetica-BoldOblique"),
    "Times": ("Times-Roman", "Times-Bold", "Times-Italic", "Times-BoldItalic"),
    "Courier": ("Courier", "Courier-Bold", "Courier-Oblique", "Courier-BoldOblique"),
}


@dataclass(frozen=True, slots=True)
class Ink:
    """How text looks; ``size`` is in points."""

    size: float = 8
    bold: bool = False
    italic: bool = False
    colour: Color = BLACK

    @property
    def leading(self) -> float:
        return self.size * 1.22


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    width: float
    align: Align = "left"


class Paper:
    """A document being drawn. Equal calls give equal bytes: no clock and no chance is involved."""

    def __init__(
        self,
        title: str,
        *,
        size: tuple[float, float] = A4,
        face: str = "Helvetica",
        password: str | None = None,
    ) -> None:
        self.width, self.height = size
        self._face = _FACES[face]
        self._bytes = io.BytesIO()
        lock = StandardEncryption(password, ownerPassword=password, strength=128) if password else None
        self._canvas = Canvas(self._bytes, pagesize=size, invariant=1, pageCompression=1, encrypt=lock)
        self._canvas.setTitle(title)

    def font(self, ink: Ink) -> str:
        return self._face[ink.bold + 2 * ink.italic]

    def wrap(self, text: str, width: float, ink: Ink) -> list[str]:
        return simpleSplit(text, self.font(ink), ink.size, width) or [""]

    def text(self, x: float, y: float, text: str, ink: Ink = Ink(), align: Align = "left") -> float:
        """One line with its top at ``y``; gives the y below it."""
        font = self.font(ink)
        if align != "left":
            length = stringWidth(text, font, ink.size)
            x -= length if align == "right" else length / 2
        self._canvas.setFillColor(ink.colour)
        self._canvas.setFont(font, ink.size)
        self._canvas.drawString(x, self.height - y - ink.size, text)
        return y + ink.leading

    def block(self, x: float, y: float, width: float, text: str, ink: Ink = Ink()) -> float:
        """Wrapped text; gives the y below it."""
        for line in self.wrap(text, width, ink):
            y = self.text(x, y, line, ink)
        return y

    def pair(self, x: float, y: float, label: str, value: str, indent: float, ink: Ink = Ink()) -> float:
        """``label : value`` with the values aligned at ``indent``."""
        self.text(x, y, label, ink)
        return self.text(x + indent, y, f": {value}", ink)

    def line(self, x: float, y: float, to_x: float, to_y: float, width: float = 0.5) -> None:
        self._canvas.setLineWidth(width)
        self._canvas.line(x, self.height - y, to_x, self.height - to_y)

    def box(self, x: float, y: float, width: float, height: float, fill: Color | None = None) -> None:
        """An outline, or a filled area without one."""
        if fill is None:
            self._canvas.setLineWidth(0.5)
        else:
            self._canvas.setFillColor(fill)
        self._canvas.rect(
            x, self.height - y - height, width, height, stroke=fill is None, fill=fill is not None
        )

    def row_height(self, columns: Sequence[Column], cells: Sequence[str], ink: Ink = Ink()) -> float:
        lines = (len(self.wrap(cell, col.width - 6, ink)) for col, cell in zip(columns, cells, strict=True))
        return max(lines) * ink.leading + 3

    def row(
        self, x: float, y: float, columns: Sequence[Column], cells: Sequence[str], ink: Ink = Ink()
    ) -> float:
        """A table row without rules; gives the y below it."""
        left = x
        for column, cell in zip(columns, cells, strict=True):
            anchor = {"left": left + 3, "right": left + column.width - 3, "centre": left + column.width / 2}
            at = y + 1.5
            for part in self.wrap(cell, column.width - 6, ink):
                at = self.text(anchor[column.align], at, part, ink, column.align)
            left += column.width
        return y + self.row_height(columns, cells, ink)

    def qr(self, payload: str, x: float, y: float, side: float) -> None:
        """A QR code of ``side`` points, drawn as areas so that it stays sharp at any resolution."""
        modules = segno.make(payload, micro=False, error="l", boost_error=False).matrix
        step = side / len(modules)
        path = self._canvas.beginPath()
        for down, cells in enumerate(modules):
            for across, dark in enumerate(cells):
                if dark:
                    path.rect(x + across * step, self.height - y - (down + 1) * step, step, step)
        self._canvas.setFillColor(BLACK)
        self._canvas.drawPath(path, stroke=0, fill=1)

    def next_page(self) -> None:
        self._canvas.showPage()

    def finish(self) -> bytes:
        self._canvas.save()
        return self._bytes.getvalue()


def paginate(heights: Sequence[float], full: float, last: float) -> list[slice]:
    """Which rows go on which page when the last page must leave room for the footer."""
    pages, start = [], 0
    while sum(heights[start:]) > last:
        end, used = start, 0.0
        while end < len(heights) - 1 and used + heights[end] <= full:
            used += heights[end]
            end += 1
        if end == start:  # a row taller than a page is drawn over its edge rather than lost
            break
        pages.append(slice(start, end))
        start = end
    return [*pages, slice(start, len(heights))]
