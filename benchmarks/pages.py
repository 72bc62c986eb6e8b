"""Server time and number of queries of every page, with 1,000 and with 1,000,000 invoices.

The pages are asked for as a signed-in person's browser does, through all middleware, without a web server in
front; each several times, of which the best counts: first by the clock, then the CPU of this process (with
SQLite that is all there is). Of a file the time counts until it begins to arrive. Each number of invoices has
an organisation of its own. ``DATABASE_URL`` decides the database as everywhere; without it, it is SQLite in a
temporary folder.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from benchmarks.addresses import PAGES

if TYPE_CHECKING:
    from django.test import Client

    from accounts.models import Membership
    from invoice_processor.models import Batch

TIMES = 5


@dataclass(frozen=True, slots=True)
class Cost:
    """What a page takes: milliseconds by the clock and of CPU, and queries."""

    clock: float
    cpu: float
    queries: int


def main() -> None:
    """Print a table with columns for each number of invoices."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "invoices", nargs="*", type=int, default=[1_000, 1_000_000], help="how many; default: 1000 1000000"
    )
    parser.add_argument("--only", default="", metavar="TEXT", help="pages with this in name or address")
    asked = parser.parse_args()
    pages = {name: url for name, url in PAGES.items() if asked.only in name or asked.only in url}
    with tempfile.TemporaryDirectory(prefix="smartinvoice-bench-") as folder:
        set_up(folder)
        columns = [dict(measured(count, pages)) for count in asked.invoices]
    print("| page |" + "".join(f" {count:,} invoices | queries |" for count in asked.invoices))
    print("| --- |" + " --- | --- |" * len(columns))
    for page in pages:
        found = [column[page] for column in columns]
        print(f"| {page} |" + "".join(f" {c.clock:.0f} / {c.cpu:.0f} ms | {c.queries} |" for c in found))


def set_up(folder: str) -> None:
    """A desk of its own."""
    os.environ["SMARTINVOICE_DATA_DIR"] = folder
    os.environ["LOG_LEVEL"] = "ERROR"
    os.environ["ALLOWED_HOSTS"] = "testserver"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smartinvoice.settings")
    import django  # noqa: PLC0415 - the environment must be set first

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    call_command("build_styles", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


def measured(count: int, pages: dict[str, str]) -> Iterator[tuple[str, Cost]]:
    """What each page takes for an organisation with so many invoices."""
    from django.conf import settings  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from accounts.services import tokens  # noqa: PLC0415

    print(f"filling in {count:,} invoices", file=sys.stderr)
    seat = organisation_with(count)
    settings.METRICS_TOKEN = token = tokens.create(seat, "benchmark")
    client = Client(headers={"Authorization": f"Bearer {token}"})
    client.force_login(seat.user)
    places = places_in(seat)
    for page, address in pages.items():
        yield page, best(client, address.format(**places))


def organisation_with(count: int) -> "Membership":
    """The owner of an organisation with so many invoices and what comes with them."""
    from accounts.models import Membership, Organisation, Picture, Role, User  # noqa: PLC0415
    from benchmarks.filler import fill  # noqa: PLC0415
    from invoice_processor import tallies  # noqa: PLC0415
    from invoice_processor.services import vendors  # noqa: PLC0415
    from invoice_processor.services.intake import open_batch  # noqa: PLC0415

    name = f"{time.time_ns():x}"
    user = User.objects.create_superuser(f"{name}@example.in", "mango-lantern-42", first_name="Asha")
    Picture.objects.create(user=user, content=b"a face")
    organisation = Organisation.objects.create(name=f"Banyan Textiles {name}")
    seat = Membership.objects.create(user=user, organisation=organisation, role=Role.OWNER)
    batch = open_batch(organisation, user, "Filler", count)
    fill(organisation.pk, batch.pk, count)
    spread(batch, count)
    surround(seat)
    tallies.recount(most=count)
    vendors.recount_all()
    while vendors.recount_some():
        pass
    analyse()
    return seat


def spread(batch: "Batch", count: int) -> None:
    """Let the invoices have come in batches of a thousand, all finished."""
    from django.db import connection  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from invoice_processor.models import Batch, Invoice  # noqa: PLC0415

    now, whose = timezone.now(), {"organisation_id": batch.organisation_id, "created_by": batch.created_by}
    made = Batch.objects.bulk_create(
        Batch(**whose, name=f"Batch {number}", closed_at=now, finished_at=now)
        for number in range(count // 1000 + 1)
    )
    first = Invoice.objects.filter(batch=batch).order_by("pk")[0].pk
    with connection.cursor() as cursor:
        for table, column in (("processingjob", "invoice_id"), ("invoice", "id")):
            cursor.execute(
                f"UPDATE invoice_processor_{table} SET batch_id = %s + ({column} - %s) / 1000 "
                "WHERE batch_id = %s",
                [made[0].pk, first, batch.pk],
            )


def surround(seat: "Membership") -> None:
    """Add what people and checks leave behind: decisions in the trail, open duplicate questions, notices."""
    from invoice_processor.models import (  # noqa: PLC0415
        Event,
        Invoice,
        InvoiceDuplicateLink,
        Notification,
    )

    whose = {"organisation_id": seat.organisation_id}
    ids = list(Invoice.objects.filter(**whose).order_by("pk").values_list("pk", flat=True))
    events = (Event(**whose, invoice_id=pk, actor=seat.user, action="invoice.approved") for pk in ids[::10])
    Event.objects.bulk_create(events, batch_size=5000)
    InvoiceDuplicateLink.objects.bulk_create(
        (
            InvoiceDuplicateLink(invoice_id=copy, original_id=original, reason="near", likeness=90)
            for original, copy in zip(ids[::500], ids[1::500], strict=False)
        ),
        batch_size=5000,
    )
    Invoice.objects.filter(pk__in=ids[7::1000]).update(assigned_to=seat.user)
    told = Invoice.objects.filter(pk__in=ids[::1000])
    Notification.objects.bulk_create(
        Notification(**whose, user=seat.user, batch_id=batch)
        for batch in told.values_list("batch", flat=True)
    )


def analyse() -> None:
    """Let the database know what is in it, as autovacuum does."""
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def places_in(seat: "Membership") -> dict[str, Any]:
    """What the addresses name: records in the middle of the lists."""
    from invoice_processor.models import Invoice, InvoiceDuplicateLink  # noqa: PLC0415
    from invoice_processor.selectors.keyset import Sort, place  # noqa: PLC0415

    own = Invoice.objects.filter(organisation=seat.organisation_id).order_by("pk")
    middle = own[own.count() // 2]
    week = middle.created_at.date()
    return {
        "middle": middle.pk,
        "middle_by_total": place(middle, Sort.TOTAL),
        "middle_by_date": place(middle, Sort.DATE),
        "fifty": ",".join(str(middle.pk + n) for n in range(50)),
        "week": week,
        "week_end": week.replace(day=min(week.day + 6, 28)),
        "batch": middle.batch_id,
        "vendor": middle.vendor_gstin,
        "person": seat.user_id,
        "duplicate": InvoiceDuplicateLink.objects.filter(invoice__in=own)[0].pk,
    }


def best(client: "Client", address: str) -> Cost:
    """The best of several answers by the clock and by CPU, and the queries that it takes."""
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    clocks, cpus = [], []
    for _ in range(TIMES):
        clock, cpu = time.perf_counter(), time.process_time()
        ask(client, address)
        clocks.append(time.perf_counter() - clock)
        cpus.append(time.process_time() - cpu)
    with CaptureQueriesContext(connection) as queries:
        ask(client, address)
    return Cost(min(clocks) * 1000, min(cpus) * 1000, len(queries))


def ask(client: "Client", address: str) -> None:
    """Ask for a page, or for a file until it begins to arrive. Raises RuntimeError where nothing comes."""
    response = client.get(address)
    if response.status_code not in (200, 204):
        raise RuntimeError(f"{address} answered {response.status_code}")
    if response.streaming:
        next(iter(response))
        response.close()


if __name__ == "__main__":
    main()
