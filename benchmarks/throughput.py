"""What the engine itself costs: invoices a second with a reader that costs nothing, beside empty tasks.

python -m benchmarks.throughput [--files 1000] [--filled 1000000]

Intake, broker, worker and database are real, two workers, on SQLite, or on PostgreSQL with DATABASE_URL.
The worker's CPU includes the reading process and its pipes.
"""

import argparse
import gc
import io
import time
from typing import TYPE_CHECKING, Any

from benchmarks.desk import Desk, desk, wait_until

if TYPE_CHECKING:  # Django is not set up yet
    from accounts.models import Organisation

EMPTY = "smartinvoice.celery.debug_task"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--filled", type=int, default=1_000_000, help="invoices there for the last round")
    arguments = parser.parse_args()
    with desk("tests.readers:FreeReader", concurrency=2) as running:
        from django.db import connection  # noqa: PLC0415 - the desk sets Django up

        print(f"{connection.display_name}, {arguments.files} documents, 2 workers")
        print(f"{'':32}{'a second':>10}{'CPU ms each':>14}{'of which intake':>18}")
        organisation = new_organisation()
        measure_invoices(running, organisation, 50)  # imports, connections, the reading processes
        empty = measure_empty(running, arguments.files)
        report("empty Celery tasks", arguments.files, empty)
        fresh = measure_invoices(running, organisation, arguments.files)
        report("invoices, database empty", arguments.files, fresh)
        if arguments.filled:
            fill(organisation, arguments.filled)
            measure_invoices(running, organisation, 50)
            full = measure_invoices(running, organisation, arguments.files)
            report(f"invoices, {arguments.filled:,} there", arguments.files, full)
            print(f"CPU ratio full / empty database: {full['cpu'] / fresh['cpu']:.2f} (at most 1.2)")
        print(f"CPU ratio invoice / empty task: {fresh['cpu'] / empty['cpu']:.1f}")


def new_organisation() -> "Organisation":
    from accounts.models import Organisation  # noqa: PLC0415

    return Organisation.objects.create(name=f"Benchmark {time.time_ns()}")


def fill(organisation: "Organisation", count: int) -> None:
    from benchmarks.filler import fill as fill_database  # noqa: PLC0415
    from invoice_processor.services.intake import open_batch  # noqa: PLC0415

    started = time.monotonic()
    fill_database(organisation.pk, open_batch(organisation, None, "filler", count).pk, count)
    print(f"({count:,} invoices added in {time.monotonic() - started:.0f} s)")


def measure_empty(running: Desk, count: int) -> dict[str, float]:
    """Send empty tasks and wait for all."""
    from smartinvoice.celery import app  # noqa: PLC0415

    backend: Any = app.backend  # Redis; its subscription misses results that come too soon
    cpu, wall, own = running.cpu_seconds(), time.monotonic(), time.process_time()
    results = [app.send_task(EMPTY) for _ in range(count)]
    sent = time.process_time() - own
    keys = [backend.get_key_for_task(result.id) for result in results]
    wait_until(lambda: backend.client.exists(*keys) == count, 300)
    wall, cpu = time.monotonic() - wall, running.cpu_seconds() - cpu + sent
    results.clear()
    gc.collect()  # results take their leave of the broker, which must still be there
    return {"wall": wall, "cpu": cpu, "intake": sent}


def measure_invoices(running: Desk, organisation: "Organisation", count: int) -> dict[str, float]:
    """Take documents in as one batch and wait until every job has ended well."""
    from invoice_processor.selectors.progress import batch_progress  # noqa: PLC0415
    from invoice_processor.services import batches  # noqa: PLC0415
    from invoice_processor.services.intake import Incoming, accept, open_batch  # noqa: PLC0415

    batch = open_batch(organisation, None, "benchmark", count)
    nonce = time.time_ns()
    contents = [f"%PDF-1.7\n{nonce} {number}".encode() for number in range(count)]
    cpu, wall, own = running.cpu_seconds(), time.monotonic(), time.process_time()
    for start in range(0, count, 20):
        group = contents[start : start + 20]
        accept(batch, [Incoming(f"{start + n}.pdf", io.BytesIO(body)) for n, body in enumerate(group)])
    intake = time.process_time() - own
    batches.close(batch)
    wait_until(lambda: batch_progress(batch).ended == count, 600)
    progress = batch_progress(batch)
    if progress.done != count:
        raise RuntimeError(f"not all cleared: {progress}")
    return {"wall": time.monotonic() - wall, "cpu": running.cpu_seconds() - cpu + intake, "intake": intake}


def report(name: str, count: int, figures: dict[str, float]) -> None:
    """One line of the table."""
    cpu, intake = (f"{1000 * figures[part] / count:.1f}" for part in ("cpu", "intake"))
    print(f"{name:32}{count / figures['wall']:>10.0f}{cpu:>14}{intake:>18}", flush=True)


if __name__ == "__main__":
    main()
