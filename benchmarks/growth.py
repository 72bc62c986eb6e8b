"""What judging one invoice costs as the database grows: CPU and queries, also when all is of one vendor.

python -m benchmarks.growth [--few 1000] [--many 1000000] [--invoices 300]

On SQLite in a temporary folder, or on PostgreSQL with DATABASE_URL. CPU is this process's and, on PostgreSQL,
beside it that of its server process. Judged are bills of five lines of the vendor that the history knows, so
that every question to it has an answer; nothing is kept from one to the next but the tables of law.
"""

import argparse
import datetime as dt
import os
import tempfile
import time
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.desk import tables_exist, used_ticks

if TYPE_CHECKING:  # Django is not set up yet
    from accounts.models import Organisation
    from extraction.reading import Reading
    from invoice_processor.models import Invoice

VENDOR = "27AAPFU0939F1ZV"
ITEMS = ("Paper", "Pens blue", "Files of card", "Ink black", "Staples")


class Cost(NamedTuple):
    """Of one invoice: milliseconds of CPU here and in PostgreSQL's server process, and queries."""

    own: float
    server: float
    queries: int


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--few", type=int, default=1000)
    parser.add_argument("--many", type=int, default=1_000_000)
    parser.add_argument("--invoices", type=int, default=300, help="that are judged in each round")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="smartinvoice-bench-") as folder:
        set_up(folder)
        from django.db import connection  # noqa: PLC0415 - now Django is set up

        print(f"{connection.display_name}, {arguments.invoices} invoices a round")
        print(f"{'invoices there':24}{'of':12}{'CPU ms':>10}{'server':>9}{'queries':>9}")
        measured_in(arguments.few, "", arguments.invoices // 3)  # imports and tables of law
        few = {whose: row(arguments.few, whose, arguments.invoices) for whose in ("", VENDOR)}
        many = {whose: row(arguments.many, whose, arguments.invoices) for whose in ("", VENDOR)}
        for whose, cost in many.items():
            growth = (cost.own + cost.server) / (few[whose].own + few[whose].server)
            print(f"growth, {named(whose)}: {growth:.2f} times (at most 1.2)")
        connection.close()


def set_up(folder: str) -> None:
    """Prepare Django and an empty database."""
    os.environ["SMARTINVOICE_DATA_DIR"] = folder
    os.environ["CELERY_BROKER_URL"] = f"redis+socket://{folder}/none.sock"
    os.environ["LOG_LEVEL"] = "ERROR"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smartinvoice.settings")
    import django  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    call_command("flush", interactive=False, verbosity=0) if tables_exist() else None
    call_command("migrate", verbosity=0)


def named(whose: str) -> str:
    return "one vendor" if whose else "1,000 vendors"


def row(count: int, whose: str, invoices: int) -> Cost:
    """One line of the table."""
    cost = measured_in(count, whose, invoices)
    print(f"{count:<24,}{named(whose):14}{cost.own:>10.1f}{cost.server:>9.1f}{cost.queries:>9}", flush=True)
    return cost


def measured_in(count: int, whose: str, invoices: int) -> Cost:
    """The cost in an organisation of its own with so many invoices."""
    from accounts.models import Organisation, OrganisationGstin  # noqa: PLC0415
    from benchmarks.filler import fill  # noqa: PLC0415
    from invoice_processor.judging.prices import item_number  # noqa: PLC0415
    from invoice_processor.services.intake import open_batch  # noqa: PLC0415

    organisation = Organisation.objects.create(name=f"Benchmark {time.time_ns()}")
    OrganisationGstin.objects.create(organisation=organisation, gstin="29AAGCB7383J1Z4")
    batch = open_batch(organisation, None, "filler", count)
    item = item_number(VENDOR, "paper|NOS")
    fill(organisation.pk, batch.pk, count, vendor=whose, item=item)
    return measure(organisation, invoices)


def measure(organisation: "Organisation", count: int) -> Cost:
    """Judge so many invoices, each in a transaction of its own, and count the queries of the last."""
    from django.db import connection, transaction  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    from invoice_processor.judging.judge import judge  # noqa: PLC0415

    work = list(zip(waiting(organisation, count), map(reading, range(count)), strict=True))
    own, server = time.process_time(), server_seconds()
    for invoice, read in work[:-1]:
        with transaction.atomic():
            judge(invoice, read)
    own, server = time.process_time() - own, server_seconds() - server
    with transaction.atomic(), CaptureQueriesContext(connection) as captured:
        judge(*work[-1])
    return Cost(1000 * own / (count - 1), 1000 * server / (count - 1), len(captured))


def waiting(organisation: "Organisation", count: int) -> "list[Invoice]":
    """Invoices as they are before they are judged."""
    from invoice_processor.models import Document, DocumentReading, Invoice  # noqa: PLC0415
    from invoice_processor.services.intake import open_batch  # noqa: PLC0415

    batch = open_batch(organisation, None, "judged", count)
    nonce = time.time_ns()
    documents = Document.objects.bulk_create(
        Document(organisation=organisation, sha256=f"{nonce}-{place}", size=1, media_type="image/png")
        for place in range(count)
    )
    readings = DocumentReading.objects.bulk_create(
        DocumentReading(document=document, engine="benchmark", reading="{}") for document in documents
    )
    return Invoice.objects.bulk_create(
        Invoice(
            organisation=organisation, batch=batch, document=document, reading=kept, original_name="a.png"
        )
        for document, kept in zip(documents, readings, strict=True)
    )


def reading(place: int) -> "Reading":
    """A sure reading of an honest bill."""
    from extraction.reading import Reading  # noqa: PLC0415
    from gst.invoice import DocumentKind, Invoice, Line, Party, TaxAmounts, Totals  # noqa: PLC0415

    lines = tuple(
        Line(
            description=name,
            hsn_sac="4802",
            quantity=Decimal(10 + place),
            unit="NOS",
            unit_price=Decimal(103),
            taxable_value=Decimal(103) * (10 + place),
            gst_rate=Decimal(18),
        )
        for name in ITEMS
    )
    taxable = sum((line.taxable_value or Decimal(0) for line in lines), Decimal(0))
    tax = taxable * 9 / 100
    bill = Invoice(
        kind=DocumentKind.TAX_INVOICE,
        number=f"B/{place * 17}",
        date=dt.date.today() - dt.timedelta(days=place % 60),  # noqa: DTZ011
        vendor=Party(name="Vendor 0", gstin=VENDOR),
        buyer=Party(name="Buyer", gstin="29AAGCB7383J1Z4"),
        place_of_supply="27",
        lines=lines,
        totals=Totals(
            taxable_value=taxable, taxes=TaxAmounts(cgst=tax, sgst=tax), grand_total=taxable + 2 * tax
        ),
    )
    return Reading(invoice=bill, fields={}, confidence=95, engine="benchmark", seconds=0.0)


def server_seconds() -> float:
    """CPU of the server process that works for this one; SQLite has none."""
    from django.db import connection  # noqa: PLC0415

    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    return used_ticks(pid) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
