"""Six weeks of bills of a middling firm, so that lists, charts and reports have something to show."""

import datetime as dt
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

from django.utils import timezone

from accounts.models import Membership
from gst.invoice import DocumentKind, Party
from gst.invoice import Invoice as Paper
from invoice_processor.models import Batch, Invoice, InvoiceState, Source
from invoice_processor.pipeline.run import process
from invoice_processor.portal.record import PortalRecord
from invoice_processor.selectors.notifications import notices_of
from invoice_processor.services import batches, decisions
from invoice_processor.services.intake import Accepted, accept, open_batch
from invoice_processor.services.notices import mark_read
from invoice_processor.services.verification import remember
from specimens import BUYERS, sample_invoice
from specimens.faults import billed_again, wrong_gstin, wrong_tax_head, wrong_total
from specimens.firms import document_number, habits_of
from tests.conftest import incoming, pdf
from tests.invoice_processor.known import judged

WEEKS = 6
VENDORS = 16
DECIDED_AFTER = 12  # days

BY_WEEKDAY = (7, 5, 6, 4, 8, 2, 0)
FAULTS: dict[float, Callable[[Paper], Paper]] = {
    0.04: wrong_total,
    0.06: wrong_tax_head,
    0.08: wrong_gstin,
    0.10: lambda paper: replace(paper, number=None),
    0.12: lambda paper: wrong_total(wrong_tax_head(replace(paper, number=None))),
}
"""Up to which share of the papers each is planted."""


def fill(seat: Membership) -> None:
    """Send in, judge and mostly decide the bills of the weeks before today."""
    rng = random.Random(2026)
    vendors = [sample_invoice(seed).vendor for seed in range(100, 100 + VENDORS)]
    for vendor in vendors[2:]:
        verify(vendor, cancelled=vendor is vendors[5])
    today = timezone.localdate()
    for back in range(7 * WEEKS, 0, -1):
        day = today - dt.timedelta(days=back)
        if papers := list(papers_of(day, vendors, rng)):
            a_day(seat, day, papers, rng)
    mark_read(notices_of(seat))


def verify(vendor: Party, *, cancelled: bool) -> None:
    """What the portal said of a vendor."""
    record = PortalRecord(
        gstin=vendor.gstin or "",
        legal_name=vendor.name or "",
        status="Cancelled" if cancelled else "Active",
        taxpayer_type="Regular",
        address=vendor.address or "",
        registered_on=dt.date(2017, 7, 1),
        cancelled_on=timezone.localdate() - dt.timedelta(days=90) if cancelled else None,
    )
    remember(record, Source.PORTAL)


def papers_of(day: dt.date, vendors: list[Party], rng: random.Random) -> Iterator[Paper]:
    """The papers that come on a day, a few of them with a fault or sent twice."""
    for _ in range(round(BY_WEEKDAY[day.weekday()] * rng.uniform(0.6, 1.4))):
        seed, dated = rng.randrange(10**6), day - dt.timedelta(days=rng.randint(0, 6))
        vendor = vendors[min(int(rng.expovariate(0.25)), VENDORS - 1)]  # a few bill most
        kind = DocumentKind.CREDIT_NOTE if rng.random() < 0.04 else DocumentKind.TAX_INVOICE
        number = document_number(vendor, habits_of(vendor, None), kind, dated, seed)
        buyer = BUYERS[min(int(rng.expovariate(1)), len(BUYERS) - 1)]
        paper = sample_invoice(seed, kind=kind, vendor=vendor, buyer=buyer, date=dated, number=number)
        chance = rng.random()
        plant = next((plant for share, plant in FAULTS.items() if chance < share), None)
        yield plant(paper) if plant else paper
        if chance > 0.97:
            yield billed_again(paper)


def a_day(seat: Membership, day: dt.date, papers: list[Paper], rng: random.Random) -> None:
    """One batch, as if it had come on that day."""
    batch = open_batch(seat.organisation, seat.user, f"Post of {day:%d %b %Y}", len(papers))
    taken = [take(batch, paper, rng) for paper in papers]
    if rng.random() < 0.15:
        process(unread(batch, "refuse").pk)
    batches.close(batch)
    at = timezone.make_aware(dt.datetime.combine(day, dt.time(11, rng.randint(0, 59))))
    Batch.objects.filter(pk=batch.pk).update(created_at=at, closed_at=at, finished_at=at)
    Invoice.objects.filter(batch=batch).update(created_at=at, state_changed_at=at)
    if day <= timezone.localdate() - dt.timedelta(days=DECIDED_AFTER):
        for invoice in taken:
            decide(invoice, seat)


def take(batch: Batch, paper: Paper, rng: random.Random) -> Invoice:
    """A paper, read with more or less certainty."""
    certainty = rng.choices((99, 96, 93, 62), (70, 15, 8, 7))[0]
    return judged(unread(batch, ""), paper, confidence=certainty, seconds=rng.uniform(0.4, 3.8))


def unread(batch: Batch, script: str) -> Invoice:
    number = Invoice.objects.count() + 1
    (result,) = accept(batch, [incoming(f"scan-{number:04d}.pdf", pdf(script, str(number)))])
    assert isinstance(result, Accepted)
    return result.invoice


def decide(invoice: Invoice, seat: Membership) -> None:
    """What is clear is approved, some of what is not is rejected, the rest goes on waiting."""
    if invoice.state == InvoiceState.CLEARED:
        decisions.approve(invoice, seat)
    elif (invoice.health_score or Decimal(10)) < 5 and invoice.pk % 2:
        decisions.reject(invoice, seat, "Asked the vendor for a corrected invoice.")
