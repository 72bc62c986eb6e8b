"""The health of an invoice as a person sees it."""

import re
from decimal import Decimal
from html import unescape

import pytest
from django.template.loader import render_to_string

from invoice_processor.models import Invoice
from specimens import sample_invoice
from tests.conftest import Take
from tests.invoice_processor.known import judged, processed
from web.templatetags.health import part_bar

pytestmark = pytest.mark.django_db

PAPER = sample_invoice(7, e_invoice=False)


def shown(invoice: Invoice) -> str:
    page = unescape(render_to_string("web/_health.html", {"invoice": invoice}))
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


def test_the_parts_and_what_they_lost_explain_the_score(take: Take) -> None:
    invoice = judged(take("")[0], PAPER)
    text = shown(invoice)
    assert f"Healthy {invoice.health_score} of 10" in text
    assert "Vendor and buyer 1.5 of 3.0 The vendor's GSTIN is not yet verified \u22121.5" in text
    points = [Decimal(points) for points in re.findall(r"(\d\.\d) of \d\.\d", text)]
    assert len(points) == 5
    assert sum(points) == invoice.health_score


def test_a_duplicate_says_that_its_vendor_is_not_verified_again(take: Take) -> None:
    first, second = take("", "")
    processed(first, PAPER)
    assert "verification not repeated" in shown(processed(second, PAPER))
    assert "verification not repeated" not in shown(first)


def test_what_has_no_score_shows_none(take: Take) -> None:
    assert shown(take("")[0]) == ""


@pytest.mark.parametrize(("points", "tone"), [("3.0", "good"), ("1.5", "warn"), ("0.0", "bad")])
def test_a_bar_is_as_long_as_its_points(points: str, tone: str) -> None:
    bar = part_bar(points, "3.0")
    assert f"fill-{tone}" in bar
    assert f'width="{Decimal(points) * 100 / 3:.1f}%"' in bar
