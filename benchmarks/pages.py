"""Server time and number of queries of every page, with 1,000 and with 1,000,000 invoices.

python -m benchmarks.pages [invoices …]

The pages are asked for as a signed-in person's browser does, through all middleware, without a web server in
front; each several times, of which the best counts: first by the clock, then the CPU of this process (with
SQLite that is all there is). ``DATABASE_URL`` decides the database as everywhere.
"""

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.test import Client

    from invoice_processor.models import Batch

TIMES = 5
PAGES = {
    "Dashboard": "/",
    "Dashboard, this financial year": "/?period=fy",
    "its card of vendors, which comes afterwards": "/vendors-of-period/?period=fy",
    "Dashboard, all time": "/?period=all",
    "Inbox": "/inbox/",
    "Inbox, page in the middle": "/inbox/?start={middle}",
    "Inbox by total, page in the middle": "/inbox/?sort=total&start={middle_by_total}",
    "Inbox by date, page in the middle": "/inbox/?sort=date&start={middle_by_date}",
    "At risk and not decided": "/inbox/?health=AT_RISK&decision=open",
    "With one kind of finding": "/inbox/?rule=price_above_usual",
    "With one chapter of codes": "/inbox/?category=48",
    "One vendor's": "/inbox/?vendor=27AAPFU1077F1ZV",
    "A week two years ago": "/inbox/?received_from={week}&received_to={week_end}",
    "Search for a number": "/inbox/?q=F%2F{middle}",
    "Search for an amount": "/inbox/?q=%E2%82%B912%2C390",
    "Search for a vendor": "/inbox/?q=vendor+77",
    "Search for a word that all have": "/inbox/?q=paper",
    "Search for nothing that there is": "/inbox/?q=nowhere",
    "Deleted": "/inbox/?show=deleted",
    "One invoice": "/invoices/{middle}/",
    "Batches": "/batches/",
    "Vendors": "/vendors/",
    "A vendor": "/vendors/27AAPFU1077F1ZV/",
    "GST verification": "/verification/",
    "Purchase register, a month": "/reports/",
    "By vendor, a month": "/reports/?report=vendors",
    "By tax rate, a month": "/reports/?report=rates",
    "Notices": "/notices/",
    "Status": "/status/",
}


def main() -> None:
    """Print a table for each number of invoices."""
    counts = [int(argument) for argument in sys.argv[1:]] or [1_000, 1_000_000]
    with tempfile.TemporaryDirectory(prefix="smartinvoice-bench-") as folder:
        set_up(folder)
        columns = {count: dict(measured(count)) for count in counts}
    print("| page | " + " | ".join(f"{count:,} invoices" for count in counts) + " | queries |")
    print("| --- |" + " --- |" * (len(counts) + 1))
    for page in PAGES:
        found = [columns[count][page] for count in counts]
        times = " | ".join(f"{clock:.0f} / {cpu:.0f} ms" for clock, cpu, _ in found)
        print(f"| {page} | {times} | {found[-1][2]} |")


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


def measured(count: int) -> Iterator[tuple[str, tuple[float, float, int]]]:
    """What each page takes among so many invoices; see ``best``."""
    from django.core.management import call_command  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from accounts.models import Membership, Organisation, Role, User  # noqa: PLC0415
    from benchmarks.filler import fill  # noqa: PLC0415
    from invoice_processor import tallies  # noqa: PLC0415
    from invoice_processor.services import vendors  # noqa: PLC0415
    from invoice_processor.services.intake import open_batch  # noqa: PLC0415

    call_command("flush", interactive=False, verbosity=0)
    user = User.objects.create_superuser("asha@example.in", "mango-lantern-42", first_name="Asha")
    organisation = Organisation.objects.create(name="Banyan Textiles")
    Membership.objects.create(user=user, organisation=organisation, role=Role.OWNER)
    batch = open_batch(organisation, user, "Filler", count)
    fill(organisation.pk, batch.pk, count)
    spread(batch, count)
    tallies.recount(most=count)
    vendors.recount_all()
    while vendors.recount_some():
        pass
    analyse()
    client = Client()
    client.force_login(user)
    places = addresses()
    for page, address in PAGES.items():
        yield page, best(client, address.format(**places))


def spread(batch: "Batch", count: int) -> None:
    """Let the invoices have come in batches of a thousand, all finished."""
    from django.db import connection  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from invoice_processor.models import Batch, Invoice  # noqa: PLC0415

    now = timezone.now()
    made = Batch.objects.bulk_create(
        Batch(organisation_id=batch.organisation_id, name=f"Batch {number}", closed_at=now, finished_at=now)
        for number in range(count // 1000 + 1)
    )
    first = Invoice.objects.order_by("pk")[0].pk
    with connection.cursor() as cursor:
        for table, column in (("processingjob", "invoice_id"), ("invoice", "id")):
            cursor.execute(
                f"UPDATE invoice_processor_{table} SET batch_id = %s + ({column} - %s) / 1000",
                [made[0].pk, first],
            )


def analyse() -> None:
    """Let the database know what is in it, as autovacuum does."""
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def addresses() -> dict[str, Any]:
    """Places in the middle of the lists."""
    from invoice_processor.models import Invoice  # noqa: PLC0415
    from invoice_processor.selectors.keyset import Sort, place  # noqa: PLC0415

    first = Invoice.objects.order_by("pk")[0]
    middle = Invoice.objects.get(pk=first.pk + Invoice.objects.count() // 2)
    week = middle.created_at.date()
    return {
        "middle": middle.pk,
        "middle_by_total": place(middle, Sort.TOTAL),
        "middle_by_date": place(middle, Sort.DATE),
        "week": week,
        "week_end": week.replace(day=min(week.day + 6, 28)),
    }


def best(client: "Client", address: str) -> tuple[float, float, int]:
    """The best of several answers by the clock and by CPU, in milliseconds, and the queries that it takes."""
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    clocks, cpus = [], []
    for _ in range(TIMES):
        clock, cpu = time.perf_counter(), time.process_time()
        response = client.get(address)
        clocks.append(time.perf_counter() - clock)
        cpus.append(time.process_time() - cpu)
        if response.status_code != 200:
            raise RuntimeError(f"{address} answered {response.status_code}")
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return min(clocks) * 1000, min(cpus) * 1000, len(queries)


if __name__ == "__main__":
    main()
