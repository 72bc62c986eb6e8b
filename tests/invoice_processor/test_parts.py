"""Several invoices in one file: each is an invoice of its own, whatever becomes of file and others."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Organisation, User
from extraction.reading import PageText, Source
from invoice_processor.judging.versions import basis_of
from invoice_processor.models import (
    Batch,
    Document,
    DocumentReading,
    Invoice,
    InvoiceDuplicateLink,
    InvoiceState,
    JobState,
    Notification,
    ProcessingJob,
)
from invoice_processor.pipeline import parts
from invoice_processor.pipeline import read as reading_stage
from invoice_processor.pipeline.run import process
from invoice_processor.search import found as found_by
from invoice_processor.selectors.invoices import counts_of, in_file, invoices_of
from invoice_processor.selectors.progress import Progress, batch_progress
from invoice_processor.services import batches
from invoice_processor.services.corrections import Typed, correct
from invoice_processor.services.decisions import reject
from invoice_processor.services.deletion import delete, remove_deleted, restore
from invoice_processor.services.intake import Accepted, accept, open_batch
from invoice_processor.services.notices import counted
from specimens import sample_invoice
from tests.conftest import Take, incoming, pdf
from tests.invoice_processor.known import reading_of
from tests.threads import at_once

pytestmark = pytest.mark.django_db


def read(invoice: Invoice) -> list[Invoice]:
    """The invoices of a file once it was read, in the order of the file."""
    process(invoice.pk)
    return list(
        Invoice.objects.filter(document=invoice.document_id, batch=invoice.batch_id).order_by("first_page")
    )


def test_each_invoice_of_a_file_is_an_invoice_with_all_that_belongs_to_it(
    take: Take, batch: Batch, organisation: Organisation
) -> None:
    take_all = take("invoices 3", "")
    found = read(take_all[0])
    process(take_all[1].pk)
    assert [(one.first_page, one.state) for one in found] == [(n, InvoiceState.CLEARED) for n in (1, 2, 3)]
    assert len({one.number for one in found}) == len({one.reading_id for one in found}) == 3
    assert all(one.lines.count() == 1 and one.in_history for one in found)
    assert ProcessingJob.objects.count() == 2
    assert batch_progress(batch) == Progress(queued=0, working=0, done=2, attention=0, failed=0, further=2)
    assert counts_of(organisation).total == invoices_of(organisation).count() == 4
    assert list(found_by(invoices_of(organisation), found[2].number)) == [found[2]]
    assert str(found[1]) == found[1].number
    assert found[1].place_in_file == "0.pdf, page 2"
    assert not InvoiceDuplicateLink.objects.exists()


def test_a_file_with_one_invoice_costs_no_query_for_others(take: Take) -> None:
    (invoice,) = take("")
    with CaptureQueriesContext(connection) as queries:
        process(invoice.pk)
    assert not [query["sql"] for query in queries if '"first_page" >' in query["sql"]]


def test_a_file_needs_attention_if_any_invoice_in_it_does_and_the_notice_counts_invoices(
    take: Take, batch: Batch
) -> None:
    first, _, last = read(take("invoices 3")[0])
    Invoice.objects.filter(pk=last.pk).update(state=InvoiceState.NEEDS_REVIEW)
    assert batch_progress(batch) == Progress(queued=0, working=0, done=0, attention=1, failed=0, further=2)
    batches.close(batch)
    assert Notification.objects.count() == 1
    assert counted(batch) == "3 invoices in 1 file: 2 cleared, 1 needs review"
    assert process(first.pk)["outcome"] == "not due, or somebody else's"


def test_the_same_file_again_repeats_each_invoice_of_the_first(
    take: Take, organisation: Organisation, user: User
) -> None:
    found = read(take("invoices 2")[0])
    again = open_batch(organisation, user, "Again", 1)
    (taken,) = accept(again, [incoming("copy.pdf", pdf("invoices 2", "0"))])
    assert isinstance(taken, Accepted)
    copies = read(taken.invoice)
    links = set(InvoiceDuplicateLink.objects.values_list("invoice", "original", "reason"))
    assert links == {(copy.pk, one.pk, "same_file") for copy, one in zip(copies, found, strict=True)}
    assert [copy.state for copy in copies] == [InvoiceState.HAS_ANOMALIES] * 2
    (once_more,) = accept(again, [incoming("copy.pdf", pdf("invoices 2", "0"))])
    assert isinstance(once_more, Accepted)
    assert once_more.already
    assert once_more.invoice == copies[0]


def test_a_crash_while_the_invoices_are_written_writes_none_and_the_next_attempt_all(
    take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    (invoice,) = take("invoices 3")
    made = parts.added

    def crashing(*args: object, **kwargs: object) -> Invoice:
        if Invoice.objects.count() == 2:  # one of two further ones is written
            raise MemoryError
        return made(*args, **kwargs)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(parts, "added", crashing)
        process(invoice.pk)
    assert [(one.state, one.reading_id) for one in Invoice.objects.all()] == [(InvoiceState.QUEUED, None)]
    assert DocumentReading.objects.count() == 3  # which are not read again
    ProcessingJob.objects.update(next_attempt_at=Now())
    assert [one.state for one in read(invoice)] == [InvoiceState.CLEARED] * 3


@pytest.mark.django_db(transaction=True)
def test_any_number_of_workers_write_each_invoice_once(take: Take) -> None:
    (invoice,) = take("invoices 3")
    at_once(lambda: process(invoice.pk))
    assert Invoice.objects.filter(state=InvoiceState.CLEARED).count() == Invoice.objects.count() == 3


def test_one_invoice_of_a_file_can_be_deleted_and_restored_alone_and_the_file_stays(
    take: Take, user: User, organisation: Organisation
) -> None:
    first, second = read(take("invoices 2")[0])
    delete(first, user, timezone.now() - timedelta(days=40))
    assert list(in_file(second)) == list(invoices_of(organisation)) == [second]
    assert remove_deleted() == 1
    assert Document.objects.get() == second.document
    (again,) = accept(second.batch, [incoming("0.pdf", pdf("invoices 2", "0"))])
    assert isinstance(again, Accepted)
    assert not again.already
    assert read(again.invoice) == [again.invoice, second]
    for one in (again.invoice, second):
        delete(one, user, timezone.now() - timedelta(days=40))
    assert remove_deleted() == 2
    assert not Document.objects.exists()


def test_a_file_deleted_before_it_was_read_stays_deleted_and_comes_back_whole(take: Take, user: User) -> None:
    (invoice,) = take("invoices 2")
    delete(invoice, user, timezone.now())
    first, second = read(invoice)
    assert second.deleted_at == first.deleted_at is not None
    assert second.deleted_by == user
    assert restore(second, user)


def test_a_file_that_was_deleted_whole_and_is_sent_again_to_its_batch_is_brought_back(
    take: Take, batch: Batch, user: User, organisation: Organisation
) -> None:
    found = read(take("invoices 2")[0])
    restored = []
    for one in reversed(found):
        delete(one, user, timezone.now())
        (again,) = accept(batch, [incoming("0.pdf", pdf("invoices 2", "0"))])
        assert isinstance(again, Accepted)
        assert again.already
        restored.append(again.restored)
    assert restored == [False, True]  # while the first was there the file was
    assert [one.state for one in invoices_of(organisation)] == [InvoiceState.CLEARED] * 2


@dataclass
class Known:
    """What must be true of the file's invoices: numbers by page, and what people have had in hand."""

    numbers: dict[int, str] = field(default_factory=dict)
    touched: set[int] = field(default_factory=set)
    frozen: set[int] = field(default_factory=set)  # corrected or decided: a later reading changes nothing


pages = st.frozensets(st.integers(2, 5))
steps = st.one_of(
    st.tuples(st.just("read"), pages),
    st.tuples(st.sampled_from(["correct", "reject", "delete"]), st.integers(1, 5)),
)


@given(first=pages, later=st.lists(steps, max_size=6))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_read_and_done_no_work_is_lost_and_nothing_stale_is_left(
    take: Take,
    user: User,
    monkeypatch: pytest.MonkeyPatch,
    first: frozenset[int],
    later: list[tuple[str, Any]],
) -> None:
    with transaction.atomic():
        (invoice,) = take("")
        known = Known()
        for turn, (step, about) in enumerate([("read", first), *later]):
            if step == "read":
                monkeypatch.setattr(reading_stage, "READER_VERSION", f"test {turn}")
                reread(invoice, about, turn, known)
            elif one := open_invoices(invoice).filter(first_page=about).first():
                act(step, one, user, known)
            check(invoice, known)
        transaction.set_rollback(True)


def open_invoices(invoice: Invoice) -> "QuerySet[Invoice]":
    """Those of the file that may be changed."""
    return Invoice.objects.filter(document=invoice.document_id, decision="", deleted_at=None)


def reread(invoice: Invoice, begins: frozenset[int], turn: int, known: Known) -> None:
    """Let another version of the reader find invoices on these pages, and on the first."""
    engine = f"tests.readers:ScriptedReader@test {turn}"
    for page in sorted({1, *begins}):
        paper = sample_invoice(10 * turn + page, e_invoice=False, number=f"R{turn}/P{page}")
        text = PageText(number=page, width=10, height=14, source=Source.PDF_TEXT)
        reading = reading_of(paper, pages=(text,))
        DocumentReading.objects.create(
            document=invoice.document, engine=engine, first_page=page, reading=reading.model_dump_json()
        )
        if page not in known.frozen:
            known.numbers[page] = f"R{turn}/P{page}"
    for gone in set(known.numbers) - {1, *begins} - known.touched:
        del known.numbers[gone]
    ProcessingJob.objects.filter(invoice=invoice).update(state=JobState.QUEUED, attempts=0)
    assert process(invoice.pk)["outcome"] in InvoiceState


def act(step: str, one: Invoice, user: User, known: Known) -> None:
    """Do what a person may do to an invoice."""
    known.touched.add(one.first_page)
    if step == "correct":
        number = f"TYPED/{one.first_page}"
        correct(one, Typed(fields={"invoice_number": number}), user, basis=basis_of(one))
        known.numbers[one.first_page] = number
        known.frozen.add(one.first_page)
    elif step == "reject":
        reject(one, user.memberships.get(), "Not ours.")
        if one.first_page > 1:
            known.frozen.add(one.first_page)
    elif step == "delete":
        delete(one, user, timezone.now())


def check(invoice: Invoice, known: Known) -> None:
    """What holds after every step."""
    there = Invoice.objects.filter(document=invoice.document_id).order_by("first_page")
    assert {one.first_page: one.number for one in there} == known.numbers
    assert all(one.judged_at and one.lines.exists() and hasattr(one, "search") for one in there)
    assert invoice.job.__class__.objects.get(invoice=invoice).state == JobState.DONE
    progress = batch_progress(invoice.batch)
    assert progress.further == there.filter(first_page__gt=1, deleted_at=None).count()
