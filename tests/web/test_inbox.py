"""The list of all invoices."""

import pytest
from django.test import Client

from invoice_processor import search
from invoice_processor.models import Decision, Invoice, InvoiceState
from tests.conftest import Take


def described(invoice: Invoice, **values: str) -> Invoice:
    for name, value in values.items():
        setattr(invoice, name, value)
    invoice.save(update_fields=list(values))
    search.index(invoice, ())
    return invoice


def shown(client: Client, query: str, invoices: list[Invoice]) -> list[int]:
    """Which of the invoices the list shows, by their place, in the list's order."""
    content = client.get(f"/inbox/{query}").content.decode()
    found = [n for n, invoice in enumerate(invoices) if f'id="invoice-{invoice.pk}"' in content]
    return sorted(found, key=lambda n: content.index(f'id="invoice-{invoices[n].pk}"'))


def test_newest_come_first(desk: Client, take: Take) -> None:
    assert shown(desk, "", take("", "", "")) == [2, 1, 0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("ab/17", [0]), ("KAVERI", [1]), ("29aagcb", [1]), ("2.pdf", [2]), ("nothing", []), ("%", [])],
)
def test_search_finds_number_vendor_gstin_and_file(
    desk: Client, take: Take, text: str, expected: list[int]
) -> None:
    invoices = take("", "", "")
    described(invoices[0], number="AB/17")
    described(invoices[1], vendor_name="Kaveri Packaging", vendor_gstin="29AAGCB7383J1Z4")
    assert shown(desk, f"?q={text}", invoices) == expected


def test_filters_count_their_invoices(desk: Client, take: Take) -> None:
    invoices = take("", "", "")
    described(invoices[0], state=InvoiceState.CLEARED)
    described(invoices[1], state=InvoiceState.HAS_ANOMALIES)
    content = "".join(desk.get("/inbox/").content.decode().split())
    assert 'Cleared<spanclass="font-normaltabular-nums">1</span>' in content
    assert shown(desk, "?show=anomalies", invoices) == shown(desk, "?show=attention", invoices) == [1]
    assert shown(desk, "?show=under-way", invoices) == [2]


def test_what_is_decided_is_not_to_be_reviewed(desk: Client, take: Take) -> None:
    invoices = take("", "", "")
    for invoice in invoices:
        described(invoice, state=InvoiceState.NEEDS_REVIEW)
    described(invoices[0], decision=Decision.APPROVED)
    for address in ("/inbox/", f"/batches/{invoices[0].batch_id}/"):
        content = "".join(desk.get(address).content.decode().split())
        assert 'Toreview<spanclass="font-normaltabular-nums">2</span>' in content
        assert f'invoice-{invoices[0].pk}"' not in desk.get(f"{address}?show=attention").content.decode()
    assert shown(desk, "?show=review", invoices) == [2, 1, 0]
    assert shown(desk, "?show=attention&decision=approved", invoices) == [0]


@pytest.mark.parametrize("query", ["?show=nonsense", "?start=x", "?start=0", "?start=99999999999999999999"])
def test_senseless_address_shows_the_whole_list(desk: Client, take: Take, query: str) -> None:
    assert shown(desk, query, take("", "")) == [1, 0]


def test_second_page_goes_on_where_the_first_ended(desk: Client, take: Take) -> None:
    invoices = take(*[""] * 53)
    assert len(shown(desk, "", invoices)) == 50
    assert shown(desk, f"?start={invoices[2].pk}", invoices) == [2, 1, 0]


def test_list_polls_only_while_something_is_under_way(desk: Client, take: Take) -> None:
    (invoice,) = take("")
    assert b'hx-get="/inbox/live/' in desk.get("/inbox/").content
    described(invoice, state=InvoiceState.CLEARED)
    assert b'hx-get="/inbox/live/' not in desk.get("/inbox/").content


def test_empty_inbox_teaches(desk: Client) -> None:
    content = desk.get("/inbox/").content
    assert b"Drop invoices here" in content
    assert b"They are read and checked" in content


def test_idle_search_says_so(desk: Client, take: Take) -> None:
    take("")
    assert b"Nothing found" in desk.get("/inbox/?q=nothing").content


def test_names_from_files_are_escaped(desk: Client, take: Take) -> None:
    described(take("")[0], original_name="<script>alert(1)</script>.pdf")
    assert b"<script>alert" not in desk.get("/inbox/").content


def test_filters_are_there_without_counts_where_counting_would_take_long(
    desk: Client, take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("invoice_processor.selectors.invoices.MOST_COUNTED", 1)
    invoices = take("", "")
    assert shown(desk, "?decision=open", invoices) == [1, 0]
    content = "".join(desk.get("/inbox/?decision=open").content.decode().split())
    assert "Cleared</a>" in content
    assert "allthatmatch" in content
