"""Who did what to which invoice, before and after: every service writes it, and nobody can change it."""

import datetime as dt
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import Membership, Organisation, Role, User
from accounts.services.rules import set_retention
from invoice_processor import services
from invoice_processor.jobs import transitions
from invoice_processor.judging.versions import basis_of
from invoice_processor.models import DuplicateVerdict, Event, Invoice, InvoiceVersion
from invoice_processor.pipeline.run import process
from invoice_processor.services import (
    administration,
    corrections,
    decisions,
    deletion,
    duplicates,
    leaving,
    retention,
)
from invoice_processor.services.corrections import Typed
from invoice_processor.services.personal_data import actions_of
from specimens import sample_invoice
from tests.conftest import Take
from tests.invoice_processor.known import judged

pytestmark = pytest.mark.django_db

PAPER = sample_invoice(11, inter_state=False, e_invoice=False, line_count=2)
CHANGED = {"field": "invoice_number", "before": PAPER.number, "after": "A/1"}
BACK = {"field": "invoice_number", "before": "A/1", "after": PAPER.number}


class World:
    """An organisation with an invoice, and two people."""

    def __init__(self, take: Take, owner: Membership) -> None:
        self.take, self.owner, self.asha = take, owner, owner.user
        ravi = User.objects.create_user("ravi@example.in", "a-long-passphrase", first_name="Ravi")
        self.ravi = Membership.objects.create(
            user=ravi, organisation=owner.organisation, role=Role.ACCOUNTANT
        )
        self.invoice = judged(take("")[0], PAPER)

    def correct(self) -> None:
        typed = Typed(fields={"invoice_number": "A/1"})
        corrections.correct(self.invoice, typed, self.asha, basis=basis_of(self.invoice))

    def go_back(self) -> None:
        corrections.restore(self.invoice, 0, self.asha, basis=basis_of(self.invoice))

    def look_alike(self) -> None:
        other = judged(
            self.take("", "")[1], replace(PAPER, totals=replace(PAPER.totals, grand_total=Decimal(7)))
        )
        link = other.duplicate_of.get()
        duplicates.decide(link, DuplicateVerdict.DIFFERENT, self.asha)
        self.invoice = other

    def fail_and_retry(self) -> None:
        self.invoice = self.take("", "", "", "refuse")[3]
        process(self.invoice.pk)
        transitions.retry(Invoice.objects.filter(pk=self.invoice.pk), self.asha)

    def assign(self, to: Membership | None) -> None:
        decisions.assign(self.invoice, self.owner, to)


@pytest.fixture
def world(take: Take, user: User) -> World:
    return World(take, user.memberships.get())


NOW = timezone.now()
Entry = tuple[str, dict[str, Any]]
Act = Callable[[World], object]
TABLE: dict[str, tuple[list[Act], list[Entry]]] = {
    "decisions.approve": (
        [lambda w: decisions.approve(w.invoice, w.owner)],
        [("invoice.approved", {})],
    ),
    "decisions.reject": (
        [lambda w: decisions.reject(w.invoice, w.owner, "Not ours")],
        [("invoice.rejected", {"reason": "Not ours"})],
    ),
    "decisions.reopen": (
        [lambda w: decisions.approve(w.invoice, w.owner), lambda w: decisions.reopen(w.invoice, w.owner)],
        [("invoice.approved", {}), ("invoice.reopened", {"before": "approved"})],
    ),
    "decisions.assign": (
        [lambda w: w.assign(w.ravi), lambda w: w.assign(None)],
        [
            ("invoice.assigned", {"before": "", "to": "Ravi"}),
            ("invoice.assigned", {"before": "Ravi", "to": ""}),
        ],
    ),
    "decisions.free": (
        [lambda w: w.assign(w.ravi), lambda w: administration.remove_member(w.owner, w.ravi)],
        [
            ("invoice.assigned", {"before": "", "to": "Ravi"}),
            ("invoice.assigned", {"before": "Ravi", "to": ""}),
        ],
    ),
    "decisions.comment": (
        [lambda w: decisions.comment(w.invoice, w.owner, "Called.")],
        [("invoice.commented", {"text": "Called."})],
    ),
    "corrections.correct": (
        [World.correct],
        [("invoice.corrected", {"version": 1, "changes": [CHANGED]})],
    ),
    "corrections.restore": (
        [World.correct, World.go_back],
        [
            ("invoice.corrected", {"version": 1, "changes": [CHANGED]}),
            ("invoice.version_restored", {"version": 2, "restored": 0, "changes": [BACK]}),
        ],
    ),
    "corrections.take_over": (
        [World.correct, lambda w: corrections.take_over(w.invoice, ["invoice_number"], w.asha)],
        [
            ("invoice.corrected", {"version": 1, "changes": [CHANGED]}),
            ("invoice.reading_taken_over", {"version": 2, "changes": [BACK]}),
        ],
    ),
    "corrections.ignore": (
        [lambda w: corrections.ignore(w.invoice, ["invoice_number"], w.asha)],
        [("invoice.reading_ignored", {"values": {"invoice_number": PAPER.number}})],
    ),
    "duplicates.decide": (
        [World.look_alike],
        [("duplicate.decided", {"before": "", "after": "different"})],
    ),
    "deletion.delete": (
        [lambda w: deletion.delete(w.invoice, w.asha, NOW)],
        [("invoice.deleted", {})],
    ),
    "deletion.restore": (
        [lambda w: deletion.delete(w.invoice, w.asha, NOW), lambda w: deletion.restore(w.invoice, w.asha)],
        [("invoice.deleted", {}), ("invoice.restored", {})],
    ),
    "transitions.retry": (
        [World.fail_and_retry],
        [("invoice.retried", {"error": "encrypted"})],
    ),
}
PARTS = {"decisions.decide", "corrections.keep", "notices.tell_assigned"}
"""Of services in the table."""
QUESTIONS = {"approval.obstacles", "approval.of_the_member"}


def services_that_change_invoices() -> Iterator[str]:
    """Every function of the services that takes invoices and the person who wants something of them."""
    for module in pkgutil.iter_modules(services.__path__):
        code = importlib.import_module(f"{services.__name__}.{module.name}")
        for name, function in inspect.getmembers(code, inspect.isfunction):
            parameters = inspect.signature(function).parameters
            about_invoices = any("Invoice" in str(one.annotation) for one in parameters.values())
            if function.__module__ == code.__name__ and "by" in parameters and about_invoices:
                yield f"{module.name}.{name}"


def test_no_service_is_missing_from_the_table() -> None:
    found = set(services_that_change_invoices())
    assert len(found) > 12
    assert found - PARTS - QUESTIONS == set(TABLE) - {"transitions.retry"}


@pytest.mark.parametrize("service", TABLE)
def test_who_did_what_to_which_invoice(world: World, service: str) -> None:
    acts, expected = TABLE[service]
    for act in acts:
        act(world)
    entries = list(Event.objects.filter(invoice=world.invoice, actor=world.asha))
    assert [entry.action for entry in entries] == [action for action, _ in expected]
    for entry, (_, data) in zip(entries, expected, strict=True):
        assert {key: entry.data[key] for key in data} == data
        assert entry.organisation == world.owner.organisation


def test_what_waits_for_a_person_who_leaves_is_on_record(world: World) -> None:
    world.assign(world.ravi)
    leaving.delete_account(world.ravi.user)
    last = Event.objects.filter(invoice=world.invoice).latest("pk")
    assert (last.actor, last.data["before"], last.data["to"]) == (world.ravi.user, "Ravi", "")


def test_the_program_says_what_it_judged_otherwise_than_before(world: World) -> None:
    """The copy of an invoice is none once the first is deleted, and one again when that comes back."""
    copy = judged(world.take("", "")[1], PAPER)
    deletion.delete(world.invoice, world.asha, NOW)
    entry = Event.objects.get(invoice=copy)
    assert (entry.actor, entry.action) == (None, "invoice.judged_anew")
    copy.refresh_from_db()
    assert entry.data["before"] != entry.data["after"] == copy.state


def test_of_a_removed_invoice_its_entries_stay_and_what_it_was(world: World) -> None:
    world.correct()
    pk = world.invoice.pk
    deletion.delete(world.invoice, world.asha, NOW - deletion.KEPT - dt.timedelta(minutes=1))
    assert deletion.remove_deleted() == 1
    entries = list(Event.objects.filter(invoice_id=pk))
    assert [entry.action for entry in entries] == ["invoice.corrected", "invoice.deleted", "invoice.removed"]
    assert entries[0].data["changes"] == [CHANGED]
    last = entries[2].data
    assert (last["number"], last["vendor"]) == ("A/1", PAPER.vendor.gstin)
    assert last["sent_in"].startswith(str(world.asha))
    assert last["deleted"].startswith(str(world.asha))
    assert [row[-1] for row in actions_of(world.asha)] == [str(pk), str(pk)]
    assert not InvoiceVersion.objects.exists()


ENTRY = "invoice_processor_event"
VERSION = "invoice_processor_invoiceversion"
STATEMENTS = [
    "UPDATE {table} SET created_at = created_at",
    "DELETE FROM {table}",
    "DELETE FROM {table} WHERE id IN (SELECT max(id) FROM {table})",
    *(
        [
            "INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
            "UPDATE OR IGNORE {table} SET created_at = ''",
        ]
        if connection.vendor == "sqlite"
        else ["TRUNCATE {table} CASCADE"]
    ),
]


@pytest.mark.parametrize("table", [ENTRY, VERSION])
@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_database_refuses_to_change_or_delete_an_entry(world: World, table: str, statement: str) -> None:
    world.correct()
    set_retention(world.owner.organisation, 8)
    before = rows(table)
    assert before
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        run(statement.format(table=table))
    assert rows(table) == before


def test_the_orm_is_refused_too(world: World) -> None:
    world.correct()
    entry, version = Event.objects.get(), InvoiceVersion.objects.get()
    for change in (entry.save, entry.delete, version.save, version.delete, world.invoice.delete):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            change()
    for owner in (world.asha, world.owner.organisation):
        with pytest.raises(IntegrityError):  # protected
            owner.delete()


def test_entries_go_when_their_own_time_is_over(world: World, organisation: Organisation) -> None:
    note_long_ago(world, 8.1)
    note_long_ago(world, 7.9)
    Invoice.objects.update(created_at=timezone.now() - dt.timedelta(days=3653))
    assert retention.delete_expired() == 0
    assert Event.objects.count() == 2  # nobody has chosen a term
    set_retention(organisation, 8)
    assert retention.delete_expired() == 1
    kept = Event.objects.get(action="invoice.approved")
    assert kept.created_at > timezone.now() - dt.timedelta(days=2921)


def note_long_ago(world: World, years: float) -> None:
    """Write an entry as it was written so many years ago."""
    then = timezone.now() - dt.timedelta(days=365.25 * years)
    with pytest.MonkeyPatch.context() as clock:
        clock.setattr(timezone, "now", lambda: then)
        Event.objects.note(world.invoice, world.asha, "invoice.approved")


def rows(table: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} ORDER BY id")
        return list(cursor.fetchall())


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # a table whose foreign keys are unchecked cannot be truncated
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(statement)
