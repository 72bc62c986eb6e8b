"""The table of items: which columns, under which titles, ruled or not."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from gst.invoice import Line
from specimens.money import plain
from specimens.paper import Column, Ink
from specimens.wild.scene import LEFT, WIDTH, Scene


@dataclass(frozen=True, slots=True)
class Place:
    """A line in the table: what it bills and which one it is, from 1."""

    scene: Scene
    at: int
    line: Line


Cell = Callable[[Place], str]
Align = Literal["top", "middle", "bottom"]


@dataclass(frozen=True, slots=True)
class Style:
    """How a table stands on the paper."""

    align: Align = "top"  # of figures beside a description of several lines
    strike: float = 0.0  # points by which rules stand too far left, so that they run through last digits
    titled: bool = True  # with a head


@dataclass(frozen=True, slots=True)
class Field:
    """One column: its wording, share of the width, and what it prints."""

    title: str  # a thing of the voice, or the text itself behind ``=``
    share: float
    cell: Cell
    right: bool = False
    under: str = ""  # a shared heading over it, such as CGST over Rate and Amount


def _quantity(place: Place) -> str:
    line = place.line
    return plain(line.quantity) if line.quantity is not None else ""


def _half(line: Line) -> str:
    return plain(line.gst_rate / 2) + "%" if line.gst_rate is not None else ""


def _batch(place: Place) -> str:
    line = place.line
    return f"B{(line.hsn_sac or '0')[:3]}{place.at}{len(line.description or '')}K"


SL = Field("sl", 0.5, lambda p: str(p.at))
DESCRIPTION = Field("description", 3.6, lambda p: p.line.description or "")
HSN = Field("hsn", 1.1, lambda p: p.line.hsn_sac or "")
QUANTITY = Field("quantity", 0.9, _quantity, right=True)
QUANTITY_UNIT = Field("quantity", 1.2, lambda p: f"{_quantity(p)} {p.line.unit or ''}".strip(), right=True)
UNIT = Field("unit", 0.7, lambda p: p.line.unit or "")
PRICE = Field("price", 1.2, lambda p: p.scene.voice.figure(p.line.unit_price), right=True)
DISCOUNT = Field("discount", 1.0, lambda p: p.scene.voice.figure(p.line.discount), right=True)
AMOUNT = Field("amount", 1.4, lambda p: p.scene.voice.figure(p.line.taxable_value), right=True)
RATE = Field(
    "rate",
    0.8,
    lambda p: f"{plain(p.line.gst_rate)}%" if p.line.gst_rate is not None else "",
    right=True,
)
GROSS = Field("gross", 1.4, lambda p: p.scene.voice.figure(p.line.total), right=True)
TAX = Field("=Tax Amount", 1.2, lambda p: p.scene.voice.figure(p.line.taxes.total), right=True)
IGST = (
    Field(
        "=Rate",
        0.7,
        lambda p: f"{plain(p.line.gst_rate)}%" if p.line.gst_rate is not None else "",
        True,
        "IGST",
    ),
    Field("=Amount", 1.1, lambda p: p.scene.voice.figure(p.line.taxes.igst), True, "IGST"),
)
LOCAL = (
    Field("=Rate", 0.65, lambda p: _half(p.line), True, "CGST"),
    Field("=Amt", 1.0, lambda p: p.scene.voice.figure(p.line.taxes.cgst), True, "CGST"),
    Field("=Rate", 0.65, lambda p: _half(p.line), True, "SGST"),
    Field("=Amt", 1.0, lambda p: p.scene.voice.figure(p.line.taxes.sgst), True, "SGST"),
)
IGST_FLAT = (Field("=IGST", 1.1, lambda p: p.scene.voice.figure(p.line.taxes.igst), True),)
LOCAL_FLAT = (
    Field("=CGST", 1.0, lambda p: p.scene.voice.figure(p.line.taxes.cgst), True),
    Field("=SGST", 1.0, lambda p: p.scene.voice.figure(p.line.taxes.sgst), True),
)
PHARMA = (
    Field("=Pack", 0.7, lambda p: ("10's", "1x15", "100ML")[p.at % 3]),
    Field("=Batch", 0.9, _batch),
    Field("=Exp", 0.8, lambda p: ("03/28", "11/27", "07/28")[p.at % 3]),
    Field(
        "=MRP",
        0.9,
        lambda p: p.scene.voice.figure((p.line.unit_price or Decimal(10)) * Decimal("1.4")),
        True,
    ),
)
CODE = Field("=Item Code", 1.0, lambda p: f"{100200 + 37 * p.at}")


def fields(scene: Scene) -> list[Field]:
    """One of the usual sets of columns."""
    rng, lines = scene.rng, scene.invoice.lines
    inter = scene.invoice.totals.taxes.igst is not None
    taxed = scene.invoice.totals.taxes.total > 0
    counted = any(line.quantity is not None for line in lines)
    stacked, flat = (list(IGST), list(IGST_FLAT)) if inter else (list(LOCAL), list(LOCAL_FLAT))
    discount = [DISCOUNT] if any(line.discount for line in lines) else []
    quantity = (
        rng.choice(([QUANTITY], [QUANTITY_UNIT], [QUANTITY, UNIT], [UNIT, QUANTITY])) if counted else []
    )
    sl = [SL] if rng.random() < 0.85 else []
    price = [PRICE] if counted else []
    sets = [
        [*sl, DESCRIPTION, HSN, *quantity, *price, *discount, AMOUNT],
        [*sl, DESCRIPTION, HSN, *quantity, *price, *discount, AMOUNT],
        [*sl, HSN, DESCRIPTION, *quantity, *price, *discount, AMOUNT],
        [*sl, CODE, DESCRIPTION, HSN, *quantity, *price, *discount, AMOUNT],
    ]
    if taxed:
        sets += [
            [*sl, DESCRIPTION, HSN, RATE, *quantity, *price, *discount, AMOUNT],
            [*sl, DESCRIPTION, HSN, *quantity, *price, *discount, AMOUNT, *stacked, GROSS],
            [*sl, DESCRIPTION, HSN, *quantity, *price, *discount, AMOUNT, RATE, *flat, GROSS],
            [*sl, DESCRIPTION, HSN, *quantity, *price, *discount, AMOUNT, RATE, TAX, GROSS],
            [*sl, DESCRIPTION, *PHARMA, HSN, *quantity, *price, *discount, AMOUNT, RATE],
        ]
    return rng.choice(sets)


def title_of(scene: Scene, field: Field) -> str:
    return field.title[1:] if field.title.startswith("=") else scene.voice(field.title)


def draw_items(scene: Scene, y: float, *, least: float = 0.0) -> float:
    """Draws a table of one of the usual sets of columns; gives the y below it."""
    return draw_table(scene, y, fields(scene), least=least)


def draw_table(
    scene: Scene,
    y: float,
    chosen: Sequence[Field],
    *,
    least: float = 0.0,
    lines: Sequence[Line] | None = None,
    first: int = 1,
    style: Style = Style(),
) -> float:
    """Draws a table of the invoice's lines, or of some from number ``first``; gives the y below it."""
    unit = WIDTH / sum(field.share for field in chosen)
    columns = [
        Column(title_of(scene, field), field.share * unit, "right" if field.right else "left")
        for field in chosen
    ]
    rules = "ruled" if style.strike else scene.rng.choice(("ruled", "ruled", "rows", "open"))
    top = y
    if style.titled:
        y = head(scene, y + 1, columns, chosen)
        scene.paper.line(LEFT, y, LEFT + WIDTH, y)
    ink = scene.ink_of(0.95 if len(columns) < 11 else 0.82)
    for at, line in enumerate(scene.invoice.lines if lines is None else lines, first):
        cells = [field.cell(Place(scene, at, line)) for field in chosen]
        y = aligned_row(scene, y + 1.5, columns, cells, ink, style.align)
        if scene.chance(0.15):
            y = scene.paper.text(
                LEFT + columns[0].width + 3, y - 1, "Make: Standard, as per your enquiry", ink
            )
        if rules == "rows":
            scene.paper.line(LEFT, y, LEFT + WIDTH, y, 0.3)
    y = max(y, top + least)
    if rules == "ruled":
        scene.paper.box(LEFT, top, WIDTH, y - top)
        x = LEFT - style.strike
        for column in columns[:-1]:
            x += column.width
            scene.paper.line(x, top, x, y)
    elif rules == "open":
        scene.paper.line(LEFT, y, LEFT + WIDTH, y)
    return y


def aligned_row(
    scene: Scene, y: float, columns: Sequence[Column], cells: Sequence[str], ink: Ink, align: Align
) -> float:
    """A row whose shorter cells stand level with the first, the middle or the last line of the longest."""
    counts = [
        len(scene.paper.wrap(cell, column.width - 6, ink))
        for column, cell in zip(columns, cells, strict=True)
    ]
    share = {"top": 0.0, "middle": 0.5, "bottom": 1.0}[align]
    x = LEFT
    for column, cell, count in zip(columns, cells, counts, strict=True):
        scene.paper.row(x, y + share * (max(counts) - count) * ink.leading, [column], [cell], ink)
        x += column.width
    return y + max(counts) * ink.leading + 3


def head(scene: Scene, y: float, columns: list[Column], chosen: Sequence[Field]) -> float:
    """Titles over one line, or two where a tax head stands over rate and amount."""
    ink = scene.ink_of(0.9 if len(columns) < 11 else 0.78, bold=scene.chance(0.6))
    heads = [field.under for field in chosen]
    if any(heads):
        x = LEFT
        for at, column in enumerate(columns):
            if heads[at] and (at == 0 or heads[at - 1] != heads[at]):
                scene.paper.text(x + column.width, y, heads[at], ink, "centre")
            x += column.width
        y += ink.leading
    centred = (
        [Column(column.title, column.width, "centre") for column in columns] if scene.chance(0.4) else columns
    )
    return scene.paper.row(LEFT, y, centred, [column.title for column in columns], ink) + 1
