"""Tables of trades whose lines say more, or less, than a count, a price and an amount."""

from dataclasses import replace
from decimal import Decimal

from gst.invoice import Line
from specimens.money import add, plain
from specimens.wild import odd_lines
from specimens.wild.items import (
    AMOUNT,
    DESCRIPTION,
    HSN,
    PRICE,
    QUANTITY,
    SL,
    UNIT,
    Field,
    Place,
    Style,
    draw_table,
)
from specimens.wild.odd_lines import line_of
from specimens.wild.scene import LEFT, RIGHT, Scene
from specimens.wild.tables import keep, plain_lines

ZERO = Decimal(0)


def misspelled(scene: Scene, y: float) -> float:
    """Titles as typed by somebody in a hurry."""
    plain_lines(scene)
    titles = scene.rng.choice(
        (
            ("Sr.No", "Discription", "HSN Code", "Quantty", "Rate", "Ammount"),
            ("S.N.", "Particular's", "Hsn", "Qnty.", "Price", "Amout"),
            ("SNO", "Descripition of Goods", "HSN/SAC", "Quentity", "Rate/Pc", "Amounts"),
        )
    )
    kinds = (SL, DESCRIPTION, HSN, QUANTITY, PRICE, AMOUNT)
    columns = [
        Field(f"={title}", kind.share, kind.cell, kind.right)
        for title, kind in zip(titles, kinds, strict=True)
    ]
    return draw_table(scene, y, columns)


def at_price(scene: Scene, y: float) -> float:
    """Count, unit and price in one cell: ``10 NOS @ 450.00``."""
    plain_lines(scene)
    both = Field(
        "=Qty / Rate",
        2.0,
        lambda p: (
            f"{plain(p.line.quantity or ZERO)} {p.line.unit} @ {p.scene.voice.figure(p.line.unit_price)}"
        ),
    )
    return draw_table(scene, y, [SL, DESCRIPTION, HSN, both, AMOUNT])


def with_sign(scene: Scene, y: float) -> float:
    """A currency sign in every cell."""
    plain_lines(scene)
    sign = scene.rng.choice(("Rs.", "Rs. ", "INR "))

    def signed(field: Field) -> Field:
        return Field(field.title, field.share + 0.3, lambda p: sign + field.cell(p), True)

    return draw_table(scene, y, [SL, DESCRIPTION, HSN, QUANTITY, UNIT, signed(PRICE), signed(AMOUNT)])


def order_items(scene: Scene, y: float) -> float:
    """The buyer's order item and ten-digit material code before the description, serial numbers below it."""
    plain_lines(scene)
    item = Field("=PO Item", 0.7, lambda p: f"{10 * p.at:05}")
    code = Field("=Material Code", 1.2, lambda p: f"99220{5300 + 7 * p.at:05}")
    words = Field(
        "description", 3.0, lambda p: f"{p.line.description}\nS/N: 8471{3000 + p.at}, 8471{3001 + p.at}"
    )
    return draw_table(scene, y, [item, code, words, HSN, QUANTITY, UNIT, PRICE, AMOUNT])


def code_and_rate(scene: Scene, y: float) -> float:
    """The HSN and the rate of tax share a column."""
    plain_lines(scene)
    both = Field("=HSN / GST", 1.3, lambda p: f"{p.line.hsn_sac} / {plain(p.line.gst_rate or ZERO)}%")
    return draw_table(scene, y, [SL, DESCRIPTION, both, QUANTITY, PRICE, AMOUNT])


def phone(scene: Scene, y: float) -> float:
    """Charges of a telephone bill: no counts, a rebate among them, one SAC for all."""
    odd_lines.rebill(
        scene,
        [
            line_of("Monthly rental", "998413", "1", "NOS", scene.rng.choice(("999.00", "2450.00"))),
            line_of("Usage charges - local & STD", "998413", "1", "NOS", "318.40"),
            line_of("Value added services", "998413", "1", "NOS", "99.00"),
        ],
    )
    columns = [
        Field("=Description of Charges", 4.0, DESCRIPTION.cell),
        Field("=Amount (Rs.)", 1.4, AMOUNT.cell, True),
    ]
    y = draw_table(scene, y, columns)
    y = scene.paper.text(LEFT + 3, y + 2, "SAC : 998413 Telecommunication services", scene.ink)
    keep(scene, "quantity", "unit", "unit_price")
    return y


def car_hire(scene: Scene, y: float) -> float:
    """A cab operator's duties: kilometres out and in, the count of kilometres, and the rate of one."""
    rows = (("Sedan, local duty", "184", "14.50"), ("SUV, outstation", "412", "18.00"))
    odd_lines.rebill(scene, [line_of(n, "996601", q, "KM", p) for n, q, p in rows[: scene.rng.randint(1, 2)]])

    def out(place: Place) -> int:
        return 48210 + 977 * place.at

    columns = [
        Field("=Date", 1.0, lambda p: f"{p.at + 4:02}/06/2026"),
        Field("=Vehicle No", 1.2, lambda p: f"MH14GD{p.at}771"),
        Field("=Particulars", 2.0, DESCRIPTION.cell),
        Field("=Opening KM", 0.9, lambda p: str(out(p)), True),
        Field("=Closing KM", 0.9, lambda p: str(out(p) + int(p.line.quantity or 0)), True),
        Field("=Total KM", 0.8, QUANTITY.cell, True), Field("=Rate", 0.8, PRICE.cell, True),
        Field("=Amount", 1.2, AMOUNT.cell, True),
    ]  # fmt: skip
    y = draw_table(scene, y, columns)
    return scene.paper.text(LEFT + 3, y + 2, "SAC Code - 996601", scene.ink)


def by_rate(scene: Scene, y: float) -> float:
    """A supermarket's bill: the lines under headings that name their tax, codes in front, prices with tax."""
    plain_lines(scene)
    inter = scene.invoice.totals.taxes.igst is not None
    by: dict[Decimal, list[Line]] = {}
    for line in scene.invoice.lines:
        by.setdefault(line.gst_rate or ZERO, []).append(line)
    columns = [
        HSN,
        Field("=Particulars", 3.0, DESCRIPTION.cell),
        QUANTITY,
        PRICE,
        Field("=Value", 1.4, AMOUNT.cell, True),
    ]
    y = draw_table(scene, y, columns, lines=())
    for at, (rate, lines) in enumerate(by.items(), 1):
        half = plain(rate / 2)
        title = f"{at}) IGST @ {plain(rate)}%" if inter else f"{at}) CGST @ {half}%, SGST @ {half}%"
        y = scene.paper.text(LEFT + 3, y + 2, title, scene.bold)
        y = draw_table(scene, y, columns, lines=lines, style=Style(titled=False))
    in_order = tuple(line for lines in by.values() for line in lines)
    scene.invoice = replace(scene.invoice, lines=in_order)
    return y


def headless(scene: Scene, y: float) -> float:
    """No titles at all: what, how many, at what price, how much."""
    plain_lines(scene)
    price = Field("price", 1.3, lambda p: f"x {p.line.unit_price:.2f}", True)
    return draw_table(scene, y, [DESCRIPTION, HSN, QUANTITY, price, AMOUNT], style=Style(titled=False))


def pump(scene: Scene, y: float) -> float:
    """A filling station's slip: product, rate, volume and amount under each other."""
    odd_lines.rebill(
        scene, [line_of("Engine oil", "27101980", scene.rng.choice(("40.000", "62.350")), "LTR", "392.48")]
    )
    line = scene.invoice.lines[0]
    for label, value in (
        ("Product", "ENGINE OIL 20W40"), ("Nozzle No", "2"), ("Rate (Rs/Ltr)", f"{line.unit_price:.2f}"),
        ("Volume (Ltr)", f"{line.quantity:.3f}"), ("Amount (Rs)", scene.voice.figure(line.taxable_value)),
    ):  # fmt: skip
        y = scene.pair(LEFT + 3, y, label, f": {value}", 110)
    keep(scene, "hsn_sac")
    return y + 4


def page_sum(scene: Scene, y: float) -> float:
    """A sum stands in the column of the amounts, with the count of the pieces, and no word beside it."""
    plain_lines(scene)
    y = draw_table(scene, y, [SL, DESCRIPTION, HSN, QUANTITY, UNIT, PRICE, AMOUNT])
    whole = scene.voice.figure(add(line.taxable_value for line in scene.invoice.lines))
    return scene.paper.text(RIGHT - 3, y + 1, whole, scene.bold, "right")


TABLES = {
    draw.__name__: draw
    for draw in (
        misspelled, at_price, with_sign, order_items, code_and_rate, phone, car_hire, by_rate, headless, pump,
        page_sum,
    )
}  # fmt: skip
