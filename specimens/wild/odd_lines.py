"""Invoices billed anew: lines of other trades, free goods, returns, each with totals that add up."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from gst.invoice import DocumentKind, Invoice, Line, TaxAmounts, Totals
from specimens.money import in_words, tax_of, to_paise
from specimens.wild.scene import Scene

ZERO = Decimal(0)
RATE = Decimal(18)


def with_tax(line: Line, *, inter: bool) -> Line:
    """The line with the tax on its amount and its total."""
    value, rate = line.taxable_value or ZERO, line.gst_rate or ZERO
    half = to_paise(value * rate / 200)
    taxes = TaxAmounts(igst=to_paise(value * rate / 100)) if inter else TaxAmounts(cgst=half, sgst=half)
    return replace(line, taxes=taxes, total=value + taxes.total)


def billed_lines(invoice: Invoice, lines: Sequence[Line], untaxed: Decimal | None = None) -> Invoice:
    """The invoice with other lines, taxed and summed up anew, rounded to whole rupees."""
    inter = invoice.totals.taxes.igst is not None
    taxed = tuple(with_tax(line, inter=inter) for line in lines)
    taxable = sum((line.taxable_value or ZERO for line in taxed), ZERO)
    taxes = tax_of(taxed)
    exact = taxable + taxes.total + (untaxed or 0)
    total = exact.quantize(Decimal(1))
    totals = Totals(
        taxable_value=taxable, taxes=taxes, other_charges=untaxed, round_off=(total - exact) or None,
        grand_total=to_paise(total), amount_in_words=in_words(total),
    )  # fmt: skip
    return replace(invoice, lines=taxed, totals=totals)


def rebill(scene: Scene, lines: Sequence[Line]) -> None:
    """Put other lines on the paper that is being drawn."""
    scene.invoice = billed_lines(scene.invoice, lines)


def line_of(description: str, code: str, quantity: str, unit: str, price: str) -> Line:
    """A line without a discount, taxed at 18 %."""
    each, count = Decimal(price), Decimal(quantity)
    return Line(
        description=description, hsn_sac=code, quantity=count, unit=unit, unit_price=each,
        taxable_value=to_paise(count * each), gst_rate=RATE,
    )  # fmt: skip


def at_full_price(line: Line) -> Line:
    """The line without its discount."""
    if line.quantity is None or line.unit_price is None:
        return replace(line, discount=None)
    return replace(line, discount=None, taxable_value=to_paise(line.quantity * line.unit_price))


def counted(line: Line) -> Line:
    """The line with a quantity, if it has none."""
    if line.quantity is not None:
        return line
    return replace(line, quantity=Decimal(1), unit="NOS", unit_price=line.taxable_value)


def with_freight(scene: Scene) -> None:
    """Freight as the last line."""
    freight = replace(
        line_of("Freight charges", "996511", "1", "NOS", "1250.00"),
        quantity=None, unit=None, unit_price=None,
    )  # fmt: skip
    goods = [
        at_full_price(counted(line))
        for line in scene.invoice.lines
        if not (line.hsn_sac or "").startswith("9965")
    ]
    rebill(scene, [*goods, freight])


def in_rupees(scene: Scene) -> None:
    """Prices in whole rupees for whole pieces."""
    whole = [
        replace(
            line,
            quantity=Decimal(int(line.quantity or 1) or 1),
            unit_price=Decimal(int(line.unit_price or 1) or 1),
        )
        for line in scene.invoice.lines
    ]
    rebill(scene, [at_full_price(line) for line in whole])


def with_free_line(scene: Scene) -> None:
    """One more line that costs nothing."""
    lines = scene.invoice.lines
    free = replace(
        lines[0], quantity=Decimal(2), unit_price=Decimal("0.00"), taxable_value=Decimal("0.00"),
        description=f"{lines[0].description} (scheme)",
    )  # fmt: skip
    rebill(scene, [*lines, free])


def with_return(scene: Scene) -> None:
    """One piece of the first line given back, where something is left to pay."""
    lines = scene.invoice.lines
    one = lines[0]
    more = replace(one, quantity=(one.quantity or ZERO) + 3)
    back = replace(
        one, description="Less: returned earlier", quantity=Decimal(1),
        taxable_value=-(one.unit_price or ZERO), unit_price=one.unit_price,
    )  # fmt: skip
    rebill(scene, [at_full_price(more), *lines[1:], back])


def with_labour(scene: Scene) -> None:
    """Two lines of labour behind the parts."""
    labour = [
        line_of("Wheel alignment and balancing", "998714", "1", "NOS", "850.00"),
        line_of("General service - labour", "998714", "2", "NOS", "640.00"),
    ]
    rebill(scene, [*scene.invoice.lines, *labour])


def with_more(scene: Scene) -> None:
    """Enough lines for two pages."""
    lines = [*scene.invoice.lines, *scene.invoice.lines]
    counts = [scene.rng.randint(2, 40) for _ in range(6)]
    more = [replace(line, quantity=Decimal(n)) for line, n in zip(lines * 6, counts, strict=False)]
    rebill(scene, [at_full_price(line) for line in more])


def as_service(scene: Scene) -> None:
    """One service with its fee."""
    fee = scene.rng.choice(("25000.00", "17100.00", "142500.00", "8450.50"))
    words = scene.rng.choice(
        (
            "Professional fees for internal audit, quarter ended 30.06.2026, as per letter dt. 04.04.2026",
            "AMC charges for 4 nos. lifts, 01/04/2026 to 30/06/2026 against your order 4500081234",
            "Being the charges towards hiring of hydraulic crane, 14 MT, at your Pune works on 12.06.2026",
        )
    )
    rebill(scene, [line_of(words, "998221", "1", "NOS", fee)])


def as_duties(scene: Scene) -> None:
    """Guards, supervisors and cleaners by the day."""
    rows = (
        ("Security Guard", "62", "812.50"),
        ("Supervisor", "31", "1045.00"),
        ("Lady Guard", "26", "812.50"),
    )
    count = scene.rng.randint(1, 3)
    rebill(scene, [line_of(name, "998525", n, "DAY", each) for name, n, each in rows[:count]])


def as_loads(scene: Scene) -> None:
    """Lorry loads of stone by weight."""
    weights = ("21.640", "18.905", "24.110", "20.385")[: scene.rng.randint(1, 4)]
    rebill(scene, [line_of("Crushed stone 20 mm", "25171010", weight, "MT", "685.00") for weight in weights])


def in_cases(scene: Scene) -> None:
    """Pieces by the dozen."""
    lines = [
        replace(line, quantity=12 * Decimal(int(line.quantity or 1) or 1)) for line in scene.invoice.lines
    ]
    rebill(scene, [at_full_price(line) for line in lines])


def bill_untaxed(scene: Scene, kind: DocumentKind, sold: Sequence[tuple[str, str]]) -> Decimal:
    """Make it a paper of another kind without GST: words and amounts; gives their sum."""
    lines = tuple(Line(description=what, taxable_value=Decimal(amount)) for what, amount in sold)
    total = sum((line.taxable_value or ZERO for line in lines), ZERO)
    scene.invoice = replace(
        scene.invoice, kind=kind, lines=lines, totals=Totals(grand_total=total), bank_account=None
    )
    return total
