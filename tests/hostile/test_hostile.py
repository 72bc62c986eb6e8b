"""Whatever strangers send: each file ends with a reason, and nothing else happens."""

import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from extraction.errors import FAULTS
from extraction.limits import Limits
from extraction.sandbox import LOCAL_READER, SandboxedReader
from invoice_processor.models import Batch, Invoice, InvoiceState, JobState, ProcessingJob
from invoice_processor.pipeline import read
from invoice_processor.pipeline.run import process
from invoice_processor.services.intake import Accepted, Refused, accept
from tests.conftest import incoming
from tests.hostile.corpus import OUTSIDE, Hostile, corpus
from tests.hostile.options import OUTCOMES

SECONDS = 10  # for one document here; people's have five minutes
SEED = 20261123


@pytest.fixture
def real_reader(settings: Settings) -> Iterator[None]:
    """The reader that people have, with less patience."""
    settings.INVOICE_READER = LOCAL_READER
    kept = vars(read.own).pop("reader", None)
    with SandboxedReader(LOCAL_READER, Limits(wall_seconds=SECONDS, cpu_seconds=SECONDS)) as reader:
        read.own.reader = reader
        yield
    del read.own.reader
    if kept:
        read.own.reader = kept


def test_each_file_ends_with_a_reason_and_nothing_lies_outside(
    pytestconfig: pytest.Config, batch: Batch, real_reader: None
) -> None:
    stash = pytestconfig.stash[OUTCOMES]
    outside = names_outside()
    for file in corpus(pytestconfig.getoption("--hostile"), SEED):
        started = time.monotonic()
        stash.extend((outcome, time.monotonic() - started) for outcome in send_in(batch, file))
    assert names_outside() == outside
    everywhere = (name for _, _, names in os.walk(tempfile.gettempdir()) for name in names)
    assert [name for name in everywhere if OUTSIDE in name] == []


def send_in(batch: Batch, file: Hostile) -> Iterator[str]:
    """Take a file in as any other and process what was accepted; says what became of it."""
    for result in accept(batch, [incoming(file.name, file.content)]):
        if isinstance(result, Refused):
            assert result.reason.endswith("."), (file.name, result.reason)
            yield f"refused: {result.reason}"
        elif isinstance(result, Accepted) and not result.already:
            yield processed(file, result.invoice)


def processed(file: Hostile, invoice: Invoice) -> str:
    """The end of one accepted file."""
    process(invoice.pk)
    job = ProcessingJob.objects.select_related("invoice").get(invoice=invoice)
    state, reason = InvoiceState(job.invoice.state), job.invoice.state_reason
    assert reason, file.name
    if state in (InvoiceState.FAILED, InvoiceState.QUEUED):
        assert FAULTS[job.error_code].permanent == (job.state == JobState.FAILED), (file.name, job.error_code)
        return f"{state.lower()}: {job.error_code}"
    return f"read: {state.lower()}"


def names_outside() -> set[str]:
    """Names in the data folder beside those of documents, and in the folder that we work in."""
    data = Path(os.environ["SMARTINVOICE_DATA_DIR"])
    beside = {name.name for name in data.iterdir() if not name.name.startswith("test.sqlite3")}
    return beside - {"documents"} | {name.name for name in Path.cwd().iterdir()}
