"""Tables of items in forms that need more of a reader than titles over one line and figures under them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from gst.invoice import Line
from specimens.money import add, plain
from specimens.wild import odd_lines
from specimens.wild.items import (
    AMOUNT,
    DESCRIPTION,
    GROSS,
    HSN,
    PRICE,
    QUANTITY,
    QUANTITY_UNIT,
    RATE,
    SL,
    UNIT,
    Field,
    Place,
    Style,
    draw_table,
)
from specimens.wild.scene import LEFT, RIGHT, TOP, Scene

Draw = Callable[[Scene, float], float]
ZERO = Decimal(0)
TARE = Decimal("9.420")


def keep(scene: Scene, *cells: str) -> None:
    """Take from the invoice's lines the cells that the table does not print."""
    nothing = dict.fromkeys(cells)
    lines = tuple(replace(line, **nothing) for line in scene.invoice.lines)  # type: ignore[arg-type]
    scene.invoice = replace(scene.invoice, lines=lines)


def money(take: Callable[[Line], Decimal | None]) -> Callable[[Place], str]:
    return lambda place: place.scene.voice.figure(take(place.line))


def plain_lines(scene: Scene, *, discounts: bool = False) -> None:
    """Give each line a quantity, as most forms print one, and bill it at full price unless told otherwise."""
    lines = [odd_lines.counted(line) for line in scene.invoice.lines]
    if any(line.discount for line in lines) and not discounts:
        odd_lines.rebill(scene, [odd_lines.at_full_price(line) for line in lines])
    else:
        scene.invoice = replace(scene.invoice, lines=tuple(lines))


def wrapped(scene: Scene, y: float) -> float:
    """Descriptions over several lines, the figures level with the first, the middle or the last."""
    plain_lines(scene)
    tail = scene.rng.choice(
        (
            "- as per drawing no. 4410-22 rev B, make standard, including testing at works and packing",
            "for the month of May 2026 as per work order WO/118 dated 12.04.2026, site Unit 2, 26 days",
            "(Item code 460017825) suitable for 25 mm line, 2 years warranty from date of supply",
        )
    )
    long = Field("description", 3.0, lambda p: f"{p.line.description} {tail}")
    columns = [SL, long, HSN, QUANTITY_UNIT, PRICE, AMOUNT]
    return draw_table(scene, y, columns, style=Style(align=scene.rng.choice(("top", "middle", "bottom"))))


def code_in_words(scene: Scene, y: float) -> float:
    """The HSN stands in the description, or under it."""
    plain_lines(scene)
    form = scene.rng.choice(("{0}\nHSN/SAC : {1}", "{1}-{0}", "{0} (HSN {1})", "{0}\nHSN Code: {1}"))
    words = Field("description", 3.8, lambda p: form.format(p.line.description, p.line.hsn_sac))
    return draw_table(scene, y, [SL, words, QUANTITY, UNIT, PRICE, AMOUNT])


def glued(scene: Scene, y: float) -> float:
    """Units behind quantities and prices without a space, and a discount in per cent."""
    plain_lines(scene, discounts=True)
    quantity = Field("quantity", 1.0, lambda p: f"{p.line.quantity:.3f}{p.line.unit}", right=True)
    price = Field("price", 1.3, lambda p: f"{p.scene.voice.figure(p.line.unit_price)}/{p.line.unit}", True)

    def percent(place: Place) -> str:
        line = place.line
        gross = (line.quantity or ZERO) * (line.unit_price or ZERO)
        return f"{plain((100 * (line.discount or ZERO) / gross).quantize(Decimal('0.1')))} %"

    discount = [Field("=Disc. %", 0.8, percent, True)] if any(x.discount for x in scene.invoice.lines) else []
    return draw_table(scene, y, [SL, DESCRIPTION, HSN, quantity, price, *discount, AMOUNT])


def two_rates(scene: Scene, y: float) -> float:
    """The price with tax stands beside the price without."""
    plain_lines(scene)
    with_tax = Field(
        "=Rate (Incl. of Tax)",
        1.2,
        money(lambda line: (line.unit_price or ZERO) * (100 + (line.gst_rate or ZERO)) / 100),
        True,
    )
    price = Field("=Rate", 1.1, PRICE.cell, True)
    return draw_table(scene, y, [SL, DESCRIPTION, HSN, QUANTITY_UNIT, with_tax, price, UNIT, AMOUNT])


def stacked_tax(scene: Scene, y: float) -> float:
    """The rate of a head stands over its amount in one cell; the other head's cells hold zeros."""
    plain_lines(scene)
    inter = scene.invoice.totals.taxes.igst is not None

    def cell(head: str) -> Callable[[Place], str]:
        def text(place: Place) -> str:
            amount = getattr(place.line.taxes, head)
            rate = (place.line.gst_rate or ZERO) / (1 if inter else 2)
            return f"{place.scene.voice.figure(amount or ZERO)}\n{plain(rate) if amount is not None else 0}%"

        return text

    every = scene.chance(0.6)
    heads = ("cgst", "sgst", "igst") if every else ("igst",) if inter else ("cgst", "sgst")
    taxes = [Field(f"={head.upper()}", 1.0, cell(head), True) for head in heads]
    return draw_table(scene, y, [SL, DESCRIPTION, HSN, QUANTITY, UNIT, PRICE, AMOUNT, *taxes, GROSS])


def shop(scene: Scene, y: float) -> float:
    """An online shop: the tax's heads stand over each other on the line of the article."""
    plain_lines(scene)
    inter = scene.invoice.totals.taxes.igst is not None
    heads = ("IGST",) if inter else ("CGST", "SGST")

    def each(take: Callable[[Line, str], str]) -> Callable[[Place], str]:
        return lambda place: "\n".join(take(place.line, head) for head in heads)

    words = Field(
        "=Description", 3.2, lambda p: f"{p.line.description} | B0{p.at}TK44QZ\nHSN:{p.line.hsn_sac}"
    )
    columns = [
        SL, words, Field("=Unit Price", 1.1, PRICE.cell, True), Field("=Qty", 0.5, QUANTITY.cell, True),
        Field("=Net Amount", 1.2, AMOUNT.cell, True),
        Field("=Tax Rate", 0.7, each(lambda x, _: f"{plain((x.gst_rate or ZERO) / len(heads))}%"), True),
        Field("=Tax Type", 0.7, each(lambda _, head: head)),
        Field("=Tax Amount", 1.1, each(lambda x, h: f"{getattr(x.taxes, h.lower()) or ZERO:.2f}"), True),
        Field("=Total Amount", 1.2, GROSS.cell, True),
    ]  # fmt: skip
    return draw_table(scene, y, columns)


def portal(scene: Scene, y: float) -> float:
    """What the e-invoice portal prints: zeros for everything that was not filled in."""
    plain_lines(scene, discounts=True)
    rate = Field("=Tax Rate (GST + Cess | State Cess + Cess Non.Advol)", 1.4, _portal_rate)
    columns = [
        Field("=Sl No", 0.4, SL.cell), Field("=Item Description", 2.4, DESCRIPTION.cell),
        Field("=HSN Code", 0.9, HSN.cell), Field("=Quantity", 0.8, QUANTITY.cell),
        Field("=Unit", 0.6, UNIT.cell),
        Field("=Unit Price (Rs)", 1.0, PRICE.cell),
        Field("=Discount (Rs)", 0.9, money(lambda line: line.discount or ZERO)),
        Field("=Taxable Amount (Rs)", 1.2, AMOUNT.cell), rate,
        Field("=Other charges (Rs)", 0.8, lambda _: "0"), Field("=Total", 1.1, GROSS.cell),
    ]  # fmt: skip
    return draw_table(scene, y, columns)


def _portal_rate(place: Place) -> str:
    return f"{place.line.gst_rate or 0:.2f} + 0 | 0 + 0"


def paise_apart(scene: Scene, y: float) -> float:
    """Printed forms have a narrow column for the paise."""
    plain_lines(scene)
    rupees = Field("=Amount Rs.", 1.2, lambda p: p.scene.voice.figure(p.line.taxable_value)[:-3], True)
    paise = Field("=P.", 0.45, lambda p: f"{p.line.taxable_value:.2f}"[-2:])
    return draw_table(scene, y, [SL, DESCRIPTION, HSN, QUANTITY, PRICE, rupees, paise])


def whole_rupees(scene: Scene, y: float) -> float:
    """Amounts without paise, with a stroke behind."""
    plain_lines(scene)
    odd_lines.in_rupees(scene)
    tail = scene.rng.choice(("/-", "", "/-", ".00"))
    price = Field("price", 1.1, lambda p: f"{p.scene.voice.figure(p.line.unit_price)[:-3]}{tail}", True)
    amount = Field("amount", 1.3, lambda p: f"{p.scene.voice.figure(p.line.taxable_value)[:-3]}{tail}", True)
    return draw_table(scene, y, [SL, DESCRIPTION, HSN, QUANTITY, UNIT, price, amount])


def free_goods(scene: Scene, y: float) -> float:
    """A chemist's bill: batch, expiry, MRP, a column of free pieces, and a line that costs nothing."""
    plain_lines(scene)
    odd_lines.with_free_line(scene)
    columns = [
        Field("=Sn.", 0.4, SL.cell), Field("=Product Name", 2.6, DESCRIPTION.cell),
        Field("=Pack", 0.7, lambda p: ("10's", "1x15", "100ML")[p.at % 3]),
        Field("=HSN", 0.9, HSN.cell), Field("=Batch No", 0.9, lambda p: f"DX{4100 + 37 * p.at}"),
        Field("=Exp.", 0.7, lambda p: ("03/28", "11/27", "07/28")[p.at % 3]),
        Field("=MRP", 0.9, money(lambda line: (line.unit_price or ZERO) * Decimal("1.4")), True),
        Field("=Qty", 0.6, QUANTITY.cell, True), Field("=Free", 0.5, lambda p: str(p.at % 2), True),
        Field("=Rate", 0.9, PRICE.cell, True),
        Field("=GST%", 0.6, lambda p: plain(p.line.gst_rate or ZERO), True),
        Field("=Amount", 1.1, AMOUNT.cell, True),
    ]  # fmt: skip
    return draw_table(scene, y, columns)


def taken_back(scene: Scene, y: float) -> float:
    """A line with a negative amount: goods returned, or an earlier bill corrected."""
    plain_lines(scene)
    odd_lines.with_return(scene)
    return draw_table(scene, y, [SL, DESCRIPTION, HSN, QUANTITY, UNIT, PRICE, AMOUNT])


def sections(scene: Scene, y: float) -> float:
    """A workshop's bill: parts and labour in two tables with a sum each."""
    plain_lines(scene)
    odd_lines.with_labour(scene)
    lines = scene.invoice.lines
    columns = [SL, DESCRIPTION, HSN, QUANTITY, PRICE, AMOUNT]
    for title, some in (("PARTS", lines[:-2]), ("LABOUR", lines[-2:])):
        y = scene.paper.text(LEFT + 3, y + 4, f"{title} CHARGES", scene.bold) + 2
        y = draw_table(scene, y, columns, lines=some)
        y = _sum_row(scene, y, f"Sub Total ({title.title()})", some)
    return y


def _sum_row(scene: Scene, y: float, label: str, lines: Sequence[Line]) -> float:
    scene.paper.text(RIGHT - 190, y + 2, label, scene.bold)
    total = scene.voice.figure(add(line.taxable_value for line in lines))
    return scene.paper.text(RIGHT - 3, y + 2, total, scene.bold, "right") + 2


def carried(scene: Scene, y: float) -> float:
    """A table over two pages: the sum carried forward stands under the first part and over the second."""
    plain_lines(scene)
    odd_lines.with_more(scene)
    lines = scene.invoice.lines
    half = len(lines) // 2
    columns = [SL, DESCRIPTION, HSN, QUANTITY_UNIT, PRICE, AMOUNT]
    y = draw_table(scene, y, columns, lines=lines[:half])
    _sum_row(scene, y, scene.rng.choice(("Carried Forward", "Total c/f", "continued ...")), lines[:half])
    scene.paper.next_page()
    y = TOP
    for text in (scene.invoice.vendor.name or "", f"Tax Invoice No. {scene.invoice.number} (Page 2)"):
        y = scene.paper.text(LEFT, y, text, scene.bold)
    if scene.chance(0.7):
        y = _sum_row(scene, y, scene.rng.choice(("Brought Forward", "Total b/f")), lines[:half])
    return draw_table(scene, y + 2, columns, lines=lines[half:], first=half + 1)


def sentence(scene: Scene, y: float) -> float:
    """A service told in a sentence or two, with its amount and no more."""
    odd_lines.as_service(scene)
    words = Field("=Particulars", 5.0, lambda p: p.line.description or "")
    code = [Field("=SAC", 0.9, HSN.cell)] if scene.chance(0.5) else []
    y = draw_table(scene, y, [*([SL] if scene.chance(0.5) else []), words, *code, AMOUNT], least=120)
    if not code:
        y = scene.paper.text(
            LEFT + 3, y + 2, f"SAC Code : {scene.invoice.lines[0].hsn_sac}  GST @ 18%", scene.ink
        )
    keep(scene, "quantity", "unit", "unit_price")
    return y


def duties(scene: Scene, y: float) -> float:
    """A bill for guards or cleaners: heads, duties in all, and the rate of a duty."""
    odd_lines.as_duties(scene)
    columns = [
        Field("=Sr. No.", 0.6, SL.cell), Field("=Designation / Particulars", 2.6, DESCRIPTION.cell),
        Field("=SAC", 0.9, HSN.cell), Field("=No. of Persons", 0.9, lambda p: str(p.at + 1), True),
        Field("=Total Duties", 0.9, QUANTITY.cell, True), Field("=Rate per Duty", 1.1, PRICE.cell, True),
        Field("=Amount (Rs.)", 1.3, AMOUNT.cell, True),
    ]  # fmt: skip
    return draw_table(scene, y, columns)


def quantity_first(scene: Scene, y: float) -> float:
    """The count stands before what is counted, and the price before the code."""
    plain_lines(scene)
    return draw_table(scene, y, [QUANTITY, UNIT, DESCRIPTION, PRICE, HSN, RATE, AMOUNT])


def freight_below(scene: Scene, y: float) -> float:
    """Freight stands among the items, with a code and an amount but no price; a sum stands below."""
    odd_lines.with_freight(scene)
    y = draw_table(scene, y, [SL, DESCRIPTION, HSN, QUANTITY_UNIT, PRICE, AMOUNT])
    return _sum_row(scene, y, "Sub Total", scene.invoice.lines)


def weighed(scene: Scene, y: float) -> float:
    """Loads by lorry: gross, tare and net weight under one title."""
    odd_lines.as_loads(scene)
    columns = [
        Field("=Sl", 0.4, SL.cell), Field("=Date", 0.9, lambda p: f"{p.at + 10}/06/2026"),
        Field("=Challan No", 0.8, lambda p: str(7730 + p.at)),
        Field("=Vehicle No", 1.1, lambda p: f"MH12KT44{p.at + 10}"),
        Field("=Material", 1.6, DESCRIPTION.cell),
        Field("=Gross", 0.7, lambda p: f"{(p.line.quantity or ZERO) + TARE:.3f}", True, "Weight (MT)"),
        Field("=Tare", 0.7, lambda _: f"{TARE:.3f}", True, "Weight (MT)"),
        Field("=Net", 0.7, lambda p: f"{p.line.quantity:.3f}", True, "Weight (MT)"),
        Field("=Rate", 0.8, PRICE.cell, True), Field("=Amount", 1.1, AMOUNT.cell, True),
    ]  # fmt: skip
    y = draw_table(scene, y, columns)
    return scene.paper.text(LEFT + 3, y + 2, f"HSN Code : {scene.invoice.lines[0].hsn_sac}", scene.ink)


def cases(scene: Scene, y: float) -> float:
    """Cases beside the pieces in them; the price is that of a piece."""
    plain_lines(scene)
    odd_lines.in_cases(scene)
    columns = [
        Field("=S.No", 0.5, SL.cell), Field("=Item", 2.8, DESCRIPTION.cell), Field("=HSN", 0.9, HSN.cell),
        Field("=Cases", 0.6, lambda p: str(int((p.line.quantity or ZERO) / 12)), True),
        Field("=Qty (Pcs)", 0.8, QUANTITY.cell, True),
        Field("=MRP", 0.9, money(lambda line: (line.unit_price or ZERO) * Decimal("1.5")), True),
        Field("=Rate", 0.9, PRICE.cell, True), Field("=Taxable", 1.2, AMOUNT.cell, True),
        Field("=GST %", 0.6, lambda p: plain(p.line.gst_rate or ZERO), True),
        Field("=Net Amount", 1.2, GROSS.cell, True),
    ]  # fmt: skip
    return draw_table(scene, y, columns)


def struck(scene: Scene, y: float) -> float:
    """The rules between the columns run through the last digits."""
    plain_lines(scene)
    columns = [SL, DESCRIPTION, HSN, QUANTITY, UNIT, PRICE, AMOUNT, RATE, GROSS]
    return draw_table(scene, y, columns, style=Style(strike=scene.rng.choice((3.5, 5.0))))


def lettered(scene: Scene, y: float) -> float:
    """A third line of the head says how the columns follow from each other."""
    plain_lines(scene)
    columns = [
        Field("=Sl.\nNo.\n(1)", 0.5, SL.cell),
        Field("=Description of\nGoods / Services\n(2)", 2.8, DESCRIPTION.cell),
        Field("=HSN /\nSAC\n(3)", 0.9, HSN.cell), Field("=Qty.\n\n(4)", 0.7, QUANTITY.cell, True),
        Field("=Unit\n\n(5)", 0.6, UNIT.cell), Field("=Rate\n(Rs.)\n(6)", 1.0, PRICE.cell, True),
        Field("=Amount\n(Rs.)\n(7=4x6)", 1.2, AMOUNT.cell, True),
    ]  # fmt: skip
    return draw_table(scene, y, columns)


def net_of_list(scene: Scene, y: float) -> float:
    """List price, discount in per cent and the price after it."""
    plain_lines(scene)
    columns = [
        SL, DESCRIPTION, HSN, QUANTITY, UNIT,
        Field("=List Price", 1.1, money(lambda line: (line.unit_price or ZERO) / Decimal("0.8")), True),
        Field("=Disc %", 0.7, lambda _: "20.00", True), Field("=Net Rate", 1.1, PRICE.cell, True), AMOUNT,
    ]  # fmt: skip
    y = draw_table(scene, y, columns)
    keep(scene, "unit_price")  # either price may be called the line's
    return y


def till_prices(scene: Scene, y: float) -> float:
    """A shop's bill: prices and amounts hold the tax, the line tells its rate."""
    plain_lines(scene)
    rate = Field("=GST%", 0.6, lambda p: plain(p.line.gst_rate or ZERO), True)
    price = money(lambda line: (line.total or ZERO) / (line.quantity or 1))
    columns = [
        SL, DESCRIPTION, HSN, QUANTITY, Field("=Rate (incl. GST)", 1.1, price, True), rate,
        Field("=Taxable Value", 1.2, AMOUNT.cell, True), Field("=Amount", 1.3, GROSS.cell, True),
    ]  # fmt: skip
    y = draw_table(scene, y, columns)
    keep(scene, "unit_price")
    return y


TABLES: dict[str, Draw] = {
    draw.__name__: draw
    for draw in (
        wrapped, code_in_words, glued, two_rates, stacked_tax, shop, portal, paise_apart, whole_rupees,
        free_goods, taken_back, sections, carried, sentence, duties, quantity_first, freight_below, weighed,
        cases, struck, lettered, net_of_list, till_prices,
    )
}  # fmt: skip
