"""How amounts, ages and states are shown."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from invoice_processor.models import InvoiceState
from invoice_processor.selectors.progress import Progress
from web.templatetags.desk import ago, count, figure, money, number, segments, size, state_name, time_left
from web.wording import DELETED, FILTERS, STATES


@pytest.mark.parametrize(
    ("amount", "currency", "shown"),
    [
        ("1234075", "INR", "₹12,34,075.00"),
        ("0", "INR", "₹0.00"),
        ("-1234.5", "INR", "-₹1,234.50"),
        ("1234567.891", "USD", "USD 1,234,567.89"),
        (None, "INR", "—"),
    ],
)
def test_money_is_grouped_as_its_readers_group(amount: str | None, currency: str, shown: str) -> None:
    assert money(Decimal(amount) if amount else None, currency) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [("120.0000", "120"), ("0.5000", "0.5"), ("1254.1625", "1,254.1625"), ("100000", "1,00,000")],
)
def test_quantities_lose_idle_zeros(value: str, shown: str) -> None:
    assert number(Decimal(value)) == shown


def test_prices_keep_their_paise() -> None:
    assert number(Decimal("237.6000"), 2) == "237.60"


def test_unknown_quantity_is_a_dash() -> None:
    assert number(None) == "—"


def test_only_amounts_of_a_finding_become_money() -> None:
    assert figure("405743.50", "grand_total") == "₹4,05,743.50"
    assert figure("405743.50", "invoice_number") == "405743.50"
    assert figure("none", "grand_total") == "none"


@pytest.mark.parametrize(
    ("age", "shown"),
    [
        (timedelta(seconds=5), "just now"),
        (timedelta(minutes=3, seconds=59), "3 min ago"),
        (timedelta(hours=2, minutes=50), "2 h ago"),
        (timedelta(days=4), "4 days ago"),
    ],
)
def test_ages_are_in_words(age: timedelta, shown: str) -> None:
    assert ago(timezone.now() - age) == shown


def test_old_moments_are_dates() -> None:
    assert ago(datetime(2025, 8, 20, 6, tzinfo=UTC)) == "20 Aug 2025"


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(5, "less than a minute left"), (130, "about 2 min left"), (5400, "about 1.5 h left")],
)
def test_time_left_is_rough(seconds: int, shown: str) -> None:
    assert time_left(seconds) == shown


def test_sizes_and_counts() -> None:
    assert [size(10), size(204_800), size(2_500_000)] == ["1 kB", "205 kB", "2.5 MB"]
    assert count(1234075) == "12,34,075"


def test_states_have_names() -> None:
    assert state_name("27") == "Maharashtra (27)"
    assert state_name("00") == "00"


def test_bar_pieces_lie_side_by_side() -> None:
    drawn = segments(Progress(queued=2, working=2, done=4, attention=1, failed=1, seconds_left=None))
    assert [(piece["start"], piece["width"]) for piece in drawn] == [(0, 40), (40, 10), (50, 10), (60, 20)]


def test_every_state_has_words_and_a_filter() -> None:
    assert set(STATES) == set(InvoiceState)
    filtered = {state for key, (_, states) in FILTERS.items() if key not in ("", DELETED) for state in states}
    assert filtered == set(InvoiceState)


@pytest.mark.parametrize(
    ("text", "field", "said"),
    [
        ("118", "grand_total", "₹118.00"),
        ("2026-04-01", "invoice_date", "1 Apr 2026"),
        ("soon", "invoice_date", "soon"),
    ],
)
def test_findings_speak_of_amounts_and_dates_as_people_do(text: str, field: str, said: str) -> None:
    assert figure(text, field) == said
