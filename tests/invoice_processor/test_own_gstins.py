"""A change of the organisation's own GSTINs judges what was judged before."""

import pytest

from accounts.models import Organisation
from invoice_processor.models import Invoice
from invoice_processor.pipeline.run import process
from invoice_processor.services import own_gstins
from invoice_processor.services.own_gstins import judge_some_again, set_own_gstins
from tests.conftest import Take

pytestmark = pytest.mark.django_db

OURS = "29AAGCB7383J1Z4"


def judged_at() -> list[object]:
    return list(Invoice.objects.order_by("pk").values_list("judged_at", flat=True))


def test_all_are_judged_again_in_pieces(
    take: Take, organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_gstins, "AT_ONCE", 2)
    for invoice in take("", "", ""):
        process(invoice.pk)
    before = judged_at()
    assert not judge_some_again()
    assert set_own_gstins(organisation, [OURS])
    rounds = 0
    while judge_some_again():
        rounds += 1
    assert rounds == 3  # two, one, and the look that finds nothing
    assert all(after > earlier for after, earlier in zip(judged_at(), before, strict=True))  # type: ignore[operator]


def test_the_same_gstins_judge_nothing(organisation: Organisation) -> None:
    set_own_gstins(organisation, [OURS])
    while judge_some_again():
        pass
    assert not set_own_gstins(organisation, [OURS])
    assert not judge_some_again()


def test_a_change_meanwhile_starts_from_the_beginning(
    take: Take, organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_gstins, "AT_ONCE", 1)
    for invoice in take("", ""):
        process(invoice.pk)
    set_own_gstins(organisation, [OURS])
    judge_some_again()
    set_own_gstins(organisation, [])
    organisation.refresh_from_db()
    assert organisation.judge_again_from == 0


def test_one_invoice_that_cannot_be_judged_stops_no_other(
    take: Take, organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    for invoice in take("", ""):
        process(invoice.pk)
    set_own_gstins(organisation, [OURS])

    def fail(_: int) -> None:
        raise RuntimeError

    monkeypatch.setattr(own_gstins, "rejudge", fail)
    while judge_some_again():
        pass
    organisation.refresh_from_db()
    assert organisation.judge_again_from is None
