"""What is asked of history, and how often: judging must not grow with it."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

import pytest

from compliance import engine
from gst.invoice import Line
from specimens import sample_invoice
from tests.compliance.honest import Known, goods, paper, surroundings


@dataclass(frozen=True)
class Counted(Known):
    """A history that counts its questions."""

    asked: Counter[str] = field(default_factory=Counter)

    def unit_prices(self, vendor_gstin: str, items: Collection[str]) -> Mapping[str, Sequence[Decimal]]:
        self.asked["unit_prices"] += 1
        return super().unit_prices(vendor_gstin, items)

    def bank_account(self, vendor_gstin: str) -> str | None:
        self.asked["bank_account"] += 1
        return super().bank_account(vendor_gstin)


def test_each_question_is_asked_once_an_invoice_however_many_lines() -> None:
    invoice, history = paper(goods(1, 40)), Counted()
    engine.check(invoice, context=replace(surroundings(invoice), history=history))
    assert history.asked == {"unit_prices": 1, "bank_account": 1}


@pytest.mark.parametrize(
    ("earlier", "expected"), [(None, False), (Decimal(10_000), False), (Decimal(80_000), True)]
)
def test_earlier_bills_of_the_year_count_towards_the_threshold_of_deduction(
    earlier: Decimal | None, expected: bool
) -> None:
    work = Line(description="Lift maintenance", hsn_sac="998718", taxable_value=Decimal(25_000))
    invoice = paper([replace(work, gst_rate=Decimal(18))])
    context = replace(surroundings(invoice), history=Known(total=earlier))
    found = {finding.rule for finding in engine.check(invoice, context=context)}
    assert ("tds_likely" in found) is expected


def test_a_vendor_without_history_is_judged_by_the_paper_alone() -> None:
    invoice = sample_invoice(3)
    with_history = {finding.rule for finding in engine.check(invoice, context=surroundings(invoice))}
    without = {finding.rule for finding in engine.check(invoice)}
    assert without <= with_history
