"""What holds for every page: few queries whatever the number of rows, a strict policy, errors that help."""

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext

from invoice_processor.models import Batch
from invoice_processor.pipeline.run import process
from invoice_processor.selectors.reports import REPORTS
from invoice_processor.services import batches
from invoice_processor.services.intake import open_batch
from tests.conftest import Take

PATHS = (
    "/",
    "/live/",
    "/vendors-of-period/",
    "/inbox/",
    "/inbox/live/",
    "/inbox/?show=deleted",
    "/reports/",
    *(f"/reports/?report={name}" for name in REPORTS),
    "/batches/",
    "/batches/{batch}/",
    "/batches/{batch}/live/",
    "/invoices/{invoice}/",
    "/notices/",
    "/notices/bell/",
    "/status/",
)
MOST_QUERIES = 12
MOST_OF_DASHBOARD = 20  # a card each
MOST_OF_REVIEW = 20  # all that is known of one invoice, and its neighbours
MOST = {"/": MOST_OF_DASHBOARD, "/live/": MOST_OF_DASHBOARD, "/invoices/{invoice}/": MOST_OF_REVIEW}


@pytest.mark.parametrize("path", PATHS)
def test_queries_do_not_grow_with_the_rows(desk: Client, take: Take, batch: Batch, path: str) -> None:
    (invoice,) = take("")
    address = path.format(batch=batch.pk, invoice=invoice.pk)
    process(invoice.pk)
    batches.close(batch)
    few = queries_of(desk, address)
    for other in take("", "refuse", "", ""):
        process(other.pk)
    batches.close(batch)
    for name in ("August", "September", "October"):
        batches.close(open_batch(batch.organisation, batch.created_by, name, 1))
    most = MOST.get(path, MOST_QUERIES)
    assert queries_of(desk, address) == few <= most


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize("path", ["/", "/batches/", "/notices/", "/status/", "/upload/", "/login/"])
def test_pages_allow_only_our_own_scripts_and_styles(desk: Client, path: str) -> None:
    response = desk.get(path)
    policy = dict(part.split(" ", 1) for part in response["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    for inline in (b"<style", b" style=", b"onclick=", b"<script>", b"https://", b"http://"):
        assert inline not in response.content, inline


def test_unknown_address_helps(desk: Client) -> None:
    response = desk.get("/nowhere/")
    assert response.status_code == 404
    assert b"Go to the inbox" in response.content


@pytest.mark.parametrize(
    "template", ["400.html", "403.html", "403_csrf.html", "404.html", "413.html", "500.html"]
)
def test_error_pages_need_nothing(template: str) -> None:
    assert "Go to the inbox" in render_to_string(template)
