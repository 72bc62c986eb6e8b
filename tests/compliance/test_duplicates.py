"""What is said about an invoice that repeats another."""

from itertools import permutations

import pytest

from compliance.duplicates import Reason, Repeat, duplicate
from compliance.findings import Severity

REPEATS = (
    Repeat(5, "INV/5", Reason.SAME_NUMBER),
    Repeat(9, "INV/9", Reason.SAME_IRN),
    Repeat(3, "INV/3", Reason.SAME_IRN),
)


def test_no_repeat_is_no_finding() -> None:
    assert duplicate(()) is None


@pytest.mark.parametrize("reason", Reason)
def test_a_repeat_is_critical_and_names_the_earlier_paper(reason: Reason) -> None:
    finding = duplicate((Repeat(5, "INV/5", reason),))
    assert finding
    assert (finding.rule, finding.severity) == (f"duplicate_{reason.value}", Severity.CRITICAL)
    assert finding.message.endswith(" as INV/5.")
    assert "Do not pay" in finding.advice


@pytest.mark.parametrize("repeats", list(permutations(REPEATS)))
def test_of_several_the_surest_and_earliest_is_named(repeats: tuple[Repeat, ...]) -> None:
    finding = duplicate(repeats)
    assert finding
    assert (finding.rule, finding.message.split()[-1]) == ("duplicate_same_irn", "INV/3.")
