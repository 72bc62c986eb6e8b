"""A person's corrections: each is a new version of the reading, judged at once and never overwritten."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from extraction.amend.amended import LINES, MANUAL, Place, Stamp, amend, blank, with_fields_of
from extraction.amend.lines import CellsNotUnderstood, Row, parse_lines
from extraction.amend.typed import NotUnderstood, Value, parse
from extraction.reading import Reading
from gst.invoice import Line
from invoice_processor.judging.current import current_reading, engine_reading
from invoice_processor.judging.duplicates import UNDER_WAY, lock_history
from invoice_processor.judging.judge import rejudge
from invoice_processor.judging.versions import Json, basis_of, differences, in_json, reading_at
from invoice_processor.models import Event, Invoice, InvoiceVersion


class Refused(Exception):
    """The invoice cannot be changed now: a sentence for the person."""


class Invalid(Exception):
    """What was typed cannot be kept: ``errors`` by field, ``cells`` by (row, column) of the lines."""

    def __init__(self, errors: Mapping[str, str], cells: Mapping[tuple[int, str], str] | None = None) -> None:
        super().__init__("; ".join([*errors.values(), *(cells or {}).values()]))
        self.errors, self.cells = errors, cells or {}


@dataclass(frozen=True, slots=True)
class Clash:
    """What somebody else made of a field meanwhile, and what the person wanted."""

    field: str
    theirs: Json
    yours: Json


class Conflict(Exception):
    """Somebody else changed the same fields since the person last saw them; nothing was written."""

    def __init__(self, clashes: tuple[Clash, ...], by: str) -> None:
        super().__init__(f"{by} changed this meanwhile.")
        self.clashes, self.by = clashes, by


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What a person typed: texts by field, all lines or None, and where values were picked up."""

    fields: Mapping[str, str] = field(default_factory=dict)
    lines: Sequence[Row] | None = None
    places: Mapping[str, Place] = field(default_factory=dict)


def correct(invoice: Invoice, typed: Typed, by: User, *, basis: str) -> InvoiceVersion:
    """Make a new version with what a person typed, and judge the invoice by it.

    A value that stands there already is confirmed. ``basis`` names what the person saw, see ``basis_of``.

    Raises:
        Refused: the invoice is decided, deleted or being read.
        Invalid: something typed is not understood; nothing was written.
        Conflict: somebody else changed the same fields since; nothing was written.
    """
    values = parsed(typed.fields)
    with transaction.atomic():
        now = opened(invoice)
        seen = now if basis == basis_of(invoice) else reading_at(invoice, basis)
        lines = parsed_lines(typed.lines, (seen or now).invoice.lines)
        refuse_clashes(invoice, now, seen, values, lines)
        amended = amend(now, values, stamp(by), lines=lines, places=typed.places)
        return keep(invoice, now, amended, by, "invoice.corrected", tuple(values))


def restore(invoice: Invoice, number: int, by: User, *, basis: str) -> InvoiceVersion:
    """Bring an earlier version back as a new one; number 0 is what the engine reads.

    Raises:
        Refused: there is no such version, or the invoice cannot be changed now.
        Conflict: somebody else made a version since the person last looked.
    """
    with transaction.atomic():
        now = opened(invoice)
        if basis != basis_of(invoice):
            raise Conflict((), latest_author(invoice))
        earlier = reading_at(invoice, f"v{number}") if number else engine_reading(invoice)
        if earlier is None:
            raise Refused("There is no such version.")
        return keep(invoice, now, earlier, by, "invoice.version_restored", (), restored=number)


def take_over(invoice: Invoice, fields: Sequence[str], by: User) -> InvoiceVersion:
    """Let some fields be as the engine read them anew.

    Raises:
        Refused: nothing was read, or the invoice cannot be changed now.
    """
    with transaction.atomic():
        now = opened(invoice)
        read = engine_reading(invoice)
        if read is None:
            raise Refused("Nothing was read anew.")
        taken = with_fields_of(now, read, fields, stamp(by))
        return keep(invoice, now, taken, by, "invoice.reading_taken_over", ())


def ignore(invoice: Invoice, fields: Sequence[str], by: User) -> None:
    """Never offer again what the engine reads now in some fields."""
    if read := engine_reading(invoice):
        values = {name: in_json(read.invoice, name) for name in fields}
        Event.objects.note(invoice, by, "invoice.reading_ignored", values=values)


def parsed(fields: Mapping[str, str]) -> dict[str, Value]:
    """Typed texts as values. Raises Invalid."""
    values: dict[str, Value] = {}
    errors: dict[str, str] = {}
    for name, text in fields.items():
        try:
            values[name] = parse(name, text)
        except NotUnderstood as error:
            errors[name] = str(error)
    if errors:
        raise Invalid(errors)
    return values


def parsed_lines(rows: Sequence[Row] | None, before: Sequence[Line]) -> tuple[Line, ...] | None:
    """Typed lines. Raises Invalid."""
    if rows is None:
        return None
    try:
        return parse_lines(rows, before)
    except CellsNotUnderstood as error:
        raise Invalid({}, error.errors) from None
    except NotUnderstood as error:
        raise Invalid({LINES: str(error)}) from None


def opened(invoice: Invoice) -> Reading:
    """The reading to be changed, with the invoice and its organisation's history locked. Raises Refused.

    The history comes first, as when a job ends: in another order two transactions could wait for each other.
    """
    lock_history(invoice.organisation_id)
    row = Invoice.objects.select_for_update(no_key=True).only("state", "decision", "deleted_at")
    current = row.get(pk=invoice.pk)
    if current.decision:
        raise Refused(f"It is {current.get_decision_display().lower()}: reopen it before you change it.")
    if current.deleted_at:
        raise Refused("It is deleted: restore it before you change it.")
    if current.state in UNDER_WAY:
        raise Refused("It is being read: change it when that is done.")
    return current_reading(invoice) or blank()


def refuse_clashes(
    invoice: Invoice,
    now: Reading,
    seen: Reading | None,
    values: Mapping[str, Value],
    lines: tuple[Line, ...] | None,
) -> None:
    """Refuse to overwrite what somebody else wrote into the same fields. Raises Conflict.

    Fields that the two did not both change go together.
    """
    wanted = amend(now, values, Stamp("", timezone.localdate()), lines=lines).invoice
    names = [*values, *([LINES] if lines is not None else [])]
    clashes = tuple(
        Clash(name, theirs, yours)
        for name in names
        if (theirs := in_json(now.invoice, name)) != (yours := in_json(wanted, name))
        and (seen is None or theirs != in_json(seen.invoice, name))
    )
    if clashes:
        raise Conflict(clashes, latest_author(invoice))


def keep(
    invoice: Invoice,
    before: Reading,
    after: Reading,
    by: User,
    action: str,
    confirmed: tuple[str, ...],
    **data: Any,
) -> InvoiceVersion:
    """Write a version and its event, and judge the invoice anew.

    What stands on the pages does not change: it is kept with the engine's reading only.
    """
    changes = differences(before, after, also=confirmed)
    number = (invoice.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    version = InvoiceVersion.objects.create(
        invoice=invoice,
        number=number,
        reading=after.model_copy(update={"pages": ()}).model_dump_json(),
        changes=changes,
        is_manual=after.engine == MANUAL,
        author=by,
    )
    Event.objects.note(invoice, by, action, version=number, changes=changes, **data)
    rejudge(invoice.pk)
    return version


def stamp(by: User) -> Stamp:
    """Who vouches for a value today."""
    return Stamp(str(by), timezone.localdate())


def latest_author(invoice: Invoice) -> str:
    """Who made the latest version; the program where an engine read the file anew."""
    latest = invoice.versions.select_related("author").order_by("-number").first()
    return str(latest.author) if latest and latest.author else "The program"
