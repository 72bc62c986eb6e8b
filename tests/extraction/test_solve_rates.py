from decimal import Decimal

from extraction.fields.totals import Head, Money
from extraction.solve.rates import by_parts, mixed
from gst.invoice import Line
from tests.extraction.papers import sheet


def billed(*values: str) -> tuple[Line, ...]:
    return tuple(Line(taxable_value=Decimal(value)) for value in values)


def taxes(*values: str) -> list[Money]:
    cell = sheet((0.8, 0.5, "1.00")).cells[0]
    return [Money(Decimal(value), cell, 2, {Head.IGST: 1.0}, "IGST") for value in values]


def rates(lines: tuple[Line, ...]) -> list[Decimal | None]:
    return [line.gst_rate for line in lines]


def test_each_printed_tax_finds_the_lines_it_was_charged_on() -> None:
    lines = billed("815.04", "2196.48", "100.00")
    found = by_parts(lines, [(Head.IGST, taxes("40.75", "413.37"))])
    assert rates(found) == [Decimal(5), Decimal(18), Decimal(18)]


def test_lines_that_could_be_divided_in_two_ways_stay_without_a_rate() -> None:
    lines = billed("100.00", "100.00")
    assert by_parts(lines, [(Head.IGST, taxes("5.00", "18.00"))]) is lines


def test_few_lines_are_proven_by_one_tax_on_the_whole() -> None:
    assert rates(mixed(billed("1221.70", "202.72"), 23005, 142442)) == [Decimal(18), Decimal(5)]
    unsure = billed("100.00", "100.00")
    assert mixed(unsure, 2300, 20000) is unsure
