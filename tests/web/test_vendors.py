"""Vendors: the list, the page of one, import and export."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models.functions import Now
from django.test import Client
from openpyxl import load_workbook

from accounts.models import Organisation
from invoice_processor.models import GSTCacheEntry, ImportedRegistration, Source, Vendor
from invoice_processor.selectors.vendors import PAGE_ROWS
from invoice_processor.services.vendors import recount
from specimens import make_gstin
from tests.conftest import Take
from tests.invoice_processor.known import processed
from tests.invoice_processor.vendors import GSTIN, VENDOR, paper, verify

pytestmark = pytest.mark.django_db

NAME = VENDOR.name or ""


@pytest.fixture
def billed(take: Take) -> Vendor:
    """A vendor with two bills."""
    for number, taken in enumerate(take("", "x")):
        processed(taken, paper(f"A/{number}"))
    recount()
    return Vendor.objects.get(gstin=GSTIN)


def many(organisation: Organisation, number: int) -> None:
    Vendor.objects.bulk_create(
        Vendor(
            organisation=organisation,
            gstin=make_gstin("27", f"AAPCM{n:04}K"),
            name=f"Mill {n:03}",
            spend=n % 7,
            recount_due=False,
        )
        for n in range(number)
    )


def names(client: Client, address: str) -> list[str]:
    return [row.vendor.name for row in client.get(address).context["page"].rows]


def test_the_list_shows_money_and_registration(desk: Client, billed: Vendor) -> None:
    page = desk.get("/vendors/").content.decode()
    assert NAME in page
    assert "Not verified" in page
    assert "2 invoices" in page
    verify(status="Cancelled suo-moto")
    assert "Cancelled suo-moto" in desk.get("/vendors/").content.decode()


def test_an_empty_list_says_what_comes(desk: Client, viewer: Client) -> None:
    assert "Import a vendor list" in desk.get("/vendors/").content.decode()
    assert "Import" not in viewer.get("/vendors/").content.decode()


@pytest.mark.parametrize(("order", "first"), [("spend", "Mill 055"), ("name", "Mill 000"), ("", "Mill 055")])
def test_every_page_follows_the_one_before(
    desk: Client, organisation: Organisation, order: str, first: str
) -> None:
    many(organisation, PAGE_ROWS + 9)
    page = desk.get("/vendors/", {"order": order}).context["page"]
    seen = [row.vendor.name for row in page.rows]
    assert seen[0] == first
    rest = desk.get("/vendors/", {"order": order, "start": page.next_start}).context["page"]
    seen += [row.vendor.name for row in rest.rows]
    assert len(set(seen)) == len(seen) == PAGE_ROWS + 9
    assert rest.next_start == ""


@pytest.mark.parametrize("start", ["x", "1~x", "~", "NaN~1", "1~99999999999999999999", "Infinity~3"])
def test_a_place_that_is_none_is_the_beginning(desk: Client, organisation: Organisation, start: str) -> None:
    many(organisation, 2)
    assert len(names(desk, f"/vendors/?start={start}")) == 2


def test_search_and_filters(desk: Client, organisation: Organisation, billed: Vendor) -> None:
    many(organisation, 3)
    assert names(desk, "/vendors/?q=mill+001") == ["Mill 001"]
    assert names(desk, f"/vendors/?q={GSTIN[:12].lower()}") == [NAME]
    verify(trade_name="Zebra Crossings")
    assert names(desk, "/vendors/?q=zebra") == [NAME]
    assert names(desk, "/vendors/?show=active") == [NAME]
    assert names(desk, "/vendors/?show=trouble") == []
    assert len(names(desk, "/vendors/?show=unverified")) == 3
    GSTCacheEntry.objects.update(verified_at="2020-01-01T00:00:00Z", status="Suspended")
    assert names(desk, "/vendors/?show=old") == [NAME]
    assert names(desk, "/vendors/?show=trouble") == [NAME]


def test_a_vendor_has_its_invoices_months_and_record(desk: Client, billed: Vendor) -> None:
    verify(address="12, MG Road, Pune")
    page = desk.get(f"/vendors/{GSTIN}/").content.decode()
    assert "A/0" in page
    assert "A/1" in page
    assert "12, MG Road, Pune" in page
    assert f"?vendor={GSTIN}" in page
    assert 'aria-label="Spend of the last twelve months' in page


def test_nobody_sees_vendors_of_others(stranger: Client, billed: Vendor) -> None:
    assert stranger.get(f"/vendors/{GSTIN}/").status_code == 404
    assert names(stranger, "/vendors/") == []


def test_a_gstin_can_be_added_before_its_first_invoice(desk: Client) -> None:
    assert (
        desk.post("/vendors/add/", {"gstin": f" {GSTIN.lower()} "}).headers["Location"]
        == f"/vendors/{GSTIN}/"
    )
    assert "No invoice of this vendor" in desk.get(f"/vendors/{GSTIN}/").content.decode()
    answer = desk.post("/vendors/add/", {"gstin": "<b>mango"}, follow=True).content.decode()
    assert "“&lt;b&gt;mango” is not a valid GSTIN" in answer


def test_the_export_opens_again_and_holds_no_formula(
    desk: Client, organisation: Organisation, billed: Vendor
) -> None:
    verify()
    Vendor.objects.filter(gstin=GSTIN).update(name='=HYPERLINK("x")')
    sheet = load_workbook(io.BytesIO(desk.get("/vendors/export/?format=xlsx").getvalue())).active
    heading, row = ([cell.value for cell in line] for line in sheet.iter_rows())
    found = dict(zip(heading, row, strict=True))
    assert (found["GSTIN"], found["Legal name"], found["Status"]) == (GSTIN, NAME, "Active")
    assert found["Name on invoices"] == '\'=HYPERLINK("x")'
    assert found["Spend"] == float(billed.spend)
    answer = desk.get("/vendors/export/?format=csv")
    text = b"".join(answer).decode("utf-8-sig")
    assert next(iter(csv.DictReader(io.StringIO(text))))["GSTIN"] == GSTIN
    assert 'filename="vendors-2' in answer.headers["Content-Disposition"]


def sent(text: str) -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile("vendors.csv", text.encode())}


def test_a_list_is_shown_before_it_is_kept(desk: Client, organisation: Organisation) -> None:
    listed = f"GSTIN,Name,Status\n{GSTIN},Mango Mills,Suspended\n27ABC,Nobody,\n"
    checked = desk.post("/vendors/import/", sent(listed))
    page = checked.content.decode()
    assert "Rows that are not taken" in page
    assert "has 5 characters" in page
    assert not ImportedRegistration.objects.exists()
    kept = desk.post("/vendors/import/keep/", {"token": checked.context["token"]}, follow=True)
    assert "1 new, 0 changed, 0 as before. 1 rows were not taken." in kept.content.decode()
    assert ImportedRegistration.objects.get().organisation == organisation
    vendor = desk.get(f"/vendors/{GSTIN}/").content.decode()
    assert "Suspended" in vendor
    assert "what your own list says" in vendor


@pytest.mark.parametrize("text", ["", "Name\nMango\n"])
def test_a_file_that_is_no_list_is_refused(desk: Client, text: str) -> None:
    page = desk.post("/vendors/import/", sent(text)).content.decode()
    assert "headed GSTIN" in page or "empty" in page


def test_a_list_that_nobody_waits_for_is_not_kept(desk: Client) -> None:
    answer = desk.post("/vendors/import/keep/", {"token": "x"}, follow=True)
    assert "choose the file again" in answer.content.decode()


@pytest.mark.parametrize("address", ["/vendors/add/", "/vendors/import/", "/vendors/import/keep/"])
def test_viewers_change_nothing(viewer: Client, address: str) -> None:
    assert viewer.post(address).status_code == 403


def test_viewers_see_and_export(viewer: Client, billed: Vendor) -> None:
    for address in ("/vendors/", f"/vendors/{GSTIN}/", "/vendors/export/"):
        assert viewer.get(address).status_code == 200


def test_a_page_asks_few_questions(
    desk: Client, organisation: Organisation, django_assert_max_num_queries: object
) -> None:
    many(organisation, PAGE_ROWS + 1)
    GSTCacheEntry.objects.bulk_create(
        GSTCacheEntry(gstin=one.gstin, status="Active", source=Source.PORTAL, verified_at=Now())
        for one in Vendor.objects.all()[:20]
    )
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        desk.get("/vendors/")
