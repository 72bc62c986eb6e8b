"""Counting invoices block by block, so that a page adds up thousands of rows and not a million.

A block is counted anew when something in it has changed: soon after by ``recount``, and until then while
being read, so that what is read is true and reading never writes.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.db.models import Case, Count, DecimalField, F, Q, Sum, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Left, TruncDate

from invoice_processor.models import Finding, Invoice, InvoiceLine, StaleBlock, Subject, Tally
from invoice_processor.models.tally import BLOCK

AT_ONCE = 20
"""Blocks that are counted in one query."""
MOST_WHILE_READING = 50
"""Blocks that a person waits for."""
MOST = 400
"""Blocks that are counted in one go, so that a worker is not kept from other work for long."""
NOTHING = Decimal(0)
FIGURES = ("invoices", "value", "tax")
LOCK = 0x7A11  # any number that no other use of PostgreSQL's advisory locks has

_MONEY = DecimalField(max_digits=20, decimal_places=2)
_ZERO = Value(NOTHING, output_field=_MONEY)
TAX: Any = (
    Coalesce(F("cgst"), _ZERO)
    + Coalesce(F("sgst"), _ZERO)
    + Coalesce(F("igst"), _ZERO)
    + Coalesce(F("cess"), _ZERO)
)
"""The tax of an invoice in its currency."""
IS_SPEND = Q(in_history=True, currency="INR")
"""What counts as money spent: a bill in rupees, once, and not rejected; credit notes are left out."""


@dataclass(frozen=True, slots=True)
class Row:
    """A count with its money in rupees; what was not asked for by ``by`` is empty."""

    invoices: int
    value: Decimal
    tax: Decimal
    day: dt.date | None = None
    key: str = ""
    grade: str = ""
    decision: str = ""


class Stale:
    """The newest blocks in which something has changed since they were counted, counted once for a page.

    When very much has changed at once the others are read as they were counted last,
    until ``recount`` has come to them.
    """

    def __init__(self, organisation_id: int) -> None:
        marks = StaleBlock.objects.filter(organisation_id=organisation_id).order_by("-block")
        self.blocks = list(marks.values_list("block", flat=True).distinct()[:MOST_WHILE_READING])
        self.is_cut = len(self.blocks) == MOST_WHILE_READING
        self._organisation_id = organisation_id
        self._counted: dict[Subject, list[Tally]] = {}

    def tallies(self, subject: Subject) -> list[Tally]:
        """Their tallies, from the invoices as they are now."""
        if subject not in self._counted:
            self._counted[subject] = list(counted(self._organisation_id, self.blocks, subject))
        return self._counted[subject]


def read(
    organisation_id: int,
    subject: Subject,
    *,
    first: dt.date | None = None,
    last: dt.date | None = None,
    by: Sequence[str] = ("day", "key", "grade", "decision"),
    stale: Stale | None = None,
    figures: Sequence[str] = FIGURES,
) -> list[Row]:
    """The counts of invoices received from ``first`` to ``last``, grouped by some of a row's columns.

    Who reads several times for one page has the stale blocks counted once for all; who needs few of the
    ``figures`` of many rows names them, since money takes time: the others are nothing then.
    """
    stale = stale or Stale(organisation_id)
    kept = Tally.objects.filter(organisation_id=organisation_id, subject=subject)
    kept = kept.exclude(block__in=stale.blocks) if stale.blocks else kept
    kept = kept.filter(day__gte=first) if first else kept
    kept = kept.filter(day__lte=last) if last else kept
    sums: dict[tuple[object, ...], dict[str, Decimal]] = defaultdict(lambda: dict.fromkeys(FIGURES, NOTHING))
    asked = {f"sum_{name}": Sum(name) for name in figures}
    for row in kept.order_by().values_list(*by).annotate(**asked):
        sums[row[: len(by)]].update(zip(figures, row[len(by) :], strict=True))
    for tally in stale.tallies(subject):
        if (first is None or tally.day >= first) and (last is None or tally.day <= last):
            group = sums[tuple(getattr(tally, name) for name in by)]
            for name in figures:
                group[name] += getattr(tally, name)
    return [
        Row(int(sum_["invoices"]), sum_["value"], sum_["tax"], **dict(zip(by, key, strict=True)))  # type: ignore[arg-type]
        for key, sum_ in sums.items()
    ]


def counted(organisation_id: int, blocks: Sequence[int], subject: Subject) -> Iterator[Tally]:
    """The tallies of some blocks, counted from the invoices as they are now."""
    for start in range(0, len(blocks), AT_ONCE):
        for row in _COUNTING[subject](organisation_id, _in(blocks[start : start + AT_ONCE])):
            yield Tally(organisation_id=organisation_id, subject=subject, **row)


def _in(blocks: Sequence[int]) -> list[tuple[int, int]]:
    """Blocks as ranges of ids, neighbours joined: each from its first id to before its second."""
    ranges: list[tuple[int, int]] = []
    for block in sorted(blocks):
        start, end = block * BLOCK, (block + 1) * BLOCK
        if ranges and ranges[-1][1] == start:
            ranges[-1] = (ranges[-1][0], end)
        else:
            ranges.append((start, end))
    return ranges


def _where(organisation_id: int, ranges: list[tuple[int, int]], path: str = "") -> Q:
    within = Q()
    for start, end in ranges:
        within |= Q(**{f"{path}pk__gte": start, f"{path}pk__lt": end})
    return within & Q(**{f"{path}organisation_id": organisation_id, f"{path}deleted_at": None})


def _states(organisation_id: int, ranges: list[tuple[int, int]]) -> Iterable[Any]:
    def money(amount: Combinable) -> Sum:
        return Sum(Case(When(IS_SPEND, then=amount), default=_ZERO, output_field=_MONEY))

    return (
        Invoice.objects.filter(_where(organisation_id, ranges))
        .order_by()
        .values(
            "decision",
            block=F("pk") / BLOCK,
            day=TruncDate("created_at"),
            key=F("state"),
            grade=F("health_grade"),
        )
        .annotate(invoices=Count("pk"), value=money(Coalesce(F("grand_total"), _ZERO)), tax=money(TAX))
    )


def _rules(organisation_id: int, ranges: list[tuple[int, int]]) -> Iterable[Any]:
    return (
        Finding.objects.filter(_where(organisation_id, ranges, "invoice__"))
        .order_by()
        .values(block=F("invoice_id") / BLOCK, day=TruncDate("invoice__created_at"), key=F("rule"))
        .annotate(invoices=Count("invoice", distinct=True), value=_ZERO, tax=_ZERO)
    )


def _categories(organisation_id: int, ranges: list[tuple[int, int]]) -> Iterable[Any]:
    spent = Q(invoice__in_history=True, invoice__currency="INR")
    return (
        InvoiceLine.objects.filter(_where(organisation_id, ranges, "invoice__") & spent)
        .order_by()
        .values(block=F("invoice_id") / BLOCK, day=TruncDate("invoice__created_at"), key=Left("hsn_sac", 2))
        .annotate(
            invoices=Count("invoice", distinct=True),
            value=Sum(Coalesce(F("amount"), _ZERO)),
            tax=_ZERO,
        )
    )


_COUNTING = {Subject.STATE: _states, Subject.RULE: _rules, Subject.CATEGORY: _categories}


def recount(most: int = MOST) -> int:
    """Count stale blocks anew; returns how many. One at a time does it, others go away at once."""
    done = 0
    while done < most and (
        marks := list(StaleBlock.objects.order_by("pk").values_list("organisation_id", "block")[:AT_ONCE])
    ):
        if not _recount_blocks(set(marks)):
            break
        done += len(set(marks))
    return done


def _recount_blocks(blocks: set[tuple[int, int]]) -> bool:
    """Count blocks anew in one transaction; False while somebody else is counting."""
    with transaction.atomic():
        if connection.vendor == "postgresql":  # SQLite has one writer at a time
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
                if cursor.fetchone() != (True,):
                    return False
        for organisation_id in {organisation_id for organisation_id, _ in blocks}:
            own = [block for owner, block in blocks if owner == organisation_id]
            # First the marks that are there now: what changes from here on leaves new ones.
            StaleBlock.objects.filter(organisation_id=organisation_id, block__in=own).delete()
            Tally.objects.filter(organisation_id=organisation_id, block__in=own).delete()
            for subject in Subject:
                Tally.objects.bulk_create(counted(organisation_id, own, subject))
    return True
