"""The table of tax by HSN/SAC and rate at the foot of the ruled invoice."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from gst.invoice import Invoice, Line, TaxAmounts
from specimens.money import add, tax_of
from specimens.paper import Column, Ink, Paper
from specimens.wording import figure, local_head, money

INK, BOLD = Ink(7.5), Ink(7.5, bold=True)
CODE, VALUE, RATE, AMOUNT = 120.0, 90.0, 48.0, 72.0
HEAD = 12.0  # the line that names the taxes, above the titles


@dataclass(frozen=True, slots=True)
class _Row:
    code: str
    rate: Decimal
    value: Decimal
    taxes: TaxAmounts


def height(invoice: Invoice) -> float:
    """Points the table needs; none where no tax is charged."""
    count = len(_rows(invoice))
    return 12.2 * (count + 3) if count else 0.0


def draw(invoice: Invoice, paper: Paper, x: float, y: float, width: float) -> float:
    """Draws the table and gives the y below it."""
    rows, totals = _rows(invoice), invoice.totals
    if not rows:
        return y
    heads = ["IGST"] if totals.taxes.igst is not None else ["CGST", local_head(invoice.vendor)]
    columns = _columns(heads, width)
    top, right = y, x + width
    paper.line(x, y, right, y)
    for at, head in enumerate(heads):
        paper.text(x + CODE + VALUE + (RATE + AMOUNT) * (at + 0.5), y + 2, head, INK, "centre")
    centred = [Column(column.title, column.width, "centre") for column in columns]
    y = paper.row(x, y + HEAD, centred, [column.title for column in columns], INK)
    paper.line(x, y, right, y)
    for row in rows:
        percent = figure(row.rate / len(heads)) + "%"
        y = paper.row(x, y, columns, _cells(row.code, row.value, percent, row.taxes), INK)
    paper.line(x, y, right, y)
    y = paper.row(x, y, columns, _cells("Total", totals.taxable_value, "", totals.taxes), BOLD)
    paper.line(x, y, right, y)
    _separate(columns, paper, x, top, y)
    return y


def _columns(heads: Sequence[str], width: float) -> list[Column]:
    columns = [Column("HSN/SAC", CODE), Column("Taxable Value", VALUE, "right")]
    for _ in heads:
        columns += [Column("Rate", RATE, "right"), Column("Amount", AMOUNT, "right")]
    return [*columns, Column("Total Tax Amount", width - sum(column.width for column in columns), "right")]


def _cells(code: str, value: Decimal | None, percent: str, taxes: TaxAmounts) -> list[str]:
    amounts = [taxes.igst] if taxes.igst is not None else [taxes.cgst, taxes.sgst]
    heads = [cell for amount in amounts for cell in (percent, money(amount))]
    return [code, money(value), *heads, money(taxes.total)]


def _separate(columns: Sequence[Column], paper: Paper, x: float, top: float, end: float) -> None:
    for column in columns[:-1]:
        x += column.width
        shared = column.title == "Rate"  # Rate and Amount stand under one head
        paper.line(x, top + HEAD if shared else top, x, end)


def _rows(invoice: Invoice) -> list[_Row]:
    """One for each code and rate, in printed order."""
    groups: dict[tuple[str, Decimal], list[Line]] = {}
    for line in invoice.lines:
        if line.gst_rate is not None:
            groups.setdefault((line.hsn_sac or "", line.gst_rate), []).append(line)
    return [
        _Row(code, rate, add(line.taxable_value for line in lines) or Decimal(0), tax_of(lines))
        for (code, rate), lines in groups.items()
    ]
