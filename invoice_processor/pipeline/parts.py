"""The further invoices of a file: rows beside that of the first one, which alone has a job."""

from collections.abc import Iterable, Iterator

from django.utils import timezone

from invoice_processor.ai.queue import ask_for
from invoice_processor.judging.current import current_reading, version_of
from invoice_processor.judging.judge import NEEDED, judge
from invoice_processor.models import AiJob, Event, Invoice, ProcessingJob
from invoice_processor.pipeline.read import Found
from invoice_processor.services.retention import delete_some

GONE = "invoice.no_longer_found"


def save_further(job: ProcessingJob, found: Iterable[Found], *, again: bool) -> Iterator[AiJob | None]:
    """Judge the further invoices of a file, and write them down; call it as :func:`judge`.

    ``again``: the file was read before. An invoice that begins on the same page is the same one. What is no
    longer found goes, unless a person has had it in hand; what a person has decided about stays as it is.
    Yields the AI jobs to ring for.
    """
    there = {invoice.first_page: invoice for invoice in further(job)}
    for one in found:
        invoice = there.pop(one.kept.first_page, None) or added(job, one.kept.first_page, again=again)
        if not invoice.decision:
            invoice.reading = one.kept
            judge(invoice, version_of(invoice) or one.reading)
            yield ask_for(invoice, one.reading)
    for invoice in there.values():
        withdraw(invoice)


def further(job: ProcessingJob) -> Iterable[Invoice]:
    """The further invoices of a job's file that there are."""
    rows = Invoice.objects.select_for_update(no_key=True).only(*NEEDED)
    return rows.filter(batch_id=job.batch_id, document_id=job.invoice.document_id, first_page__gt=1)


def added(job: ProcessingJob, first_page: int, *, again: bool) -> Invoice:
    """A further invoice; of a file that a person deleted before it was read, it is deleted with it."""
    first = Invoice.objects.get(pk=job.invoice_id)
    deletion = {} if again else {"deleted_at": first.deleted_at, "deleted_by_id": first.deleted_by_id}
    return Invoice.objects.create(
        organisation_id=first.organisation_id,
        batch_id=first.batch_id,
        document_id=first.document_id,
        original_name=first.original_name,
        first_page=first_page,
        **deletion,
    )


def withdraw(invoice: Invoice) -> None:
    """Take away an invoice that is none by itself after all; one that people had in hand only says so."""
    said = Event.objects.filter(invoice_id=invoice.pk)
    if not said.filter(action=GONE).exists():
        Event.objects.note(invoice, None, GONE, number=invoice.number, page=invoice.first_page)
    if said.filter(actor__isnull=False).exists():  # whatever a person does leaves an entry
        return
    invoice.deleted_at = timezone.now()
    Invoice.objects.filter(pk=invoice.pk).update(deleted_at=invoice.deleted_at)
    if reading := current_reading(invoice):
        judge(invoice, reading)  # so that nothing repeats it any more
    delete_some(invoice.organisation, [invoice.pk])
