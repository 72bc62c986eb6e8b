"""Vendor lists of all kinds, honest and hostile."""

import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from contextlib import suppress

import pytest
from django.db.models.functions import Now
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from accounts.models import Organisation, User
from invoice_processor.models import Event, GSTCacheEntry, ImportedRegistration, Source, Vendor
from invoice_processor.services import tables
from invoice_processor.services.tables import UnreadableTable
from invoice_processor.services.vendor_imports import compare, draft, drafted, keep
from invoice_processor.services.vendor_lists import read_list
from specimens import make_gstin

ONE, TWO = make_gstin("27", "AAPCM4821K"), make_gstin("29", "AAPCM4821K")


def xlsx(*rows: Sequence[object]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        f"GSTIN,Vendor name,Status\n{ONE},Mango Mills,Active\n".encode(),
        f"\ufeffVendor Name;GST No.;Status\r\nMango Mills;{ONE.lower()};Active\r\n".encode(),
        f"GSTIN\tName\tStatus\n{ONE}\tMango Mills\tActive".encode("utf-16"),
        f"My list\n\nSr,GSTIN/UIN,Legal Name,Status\n1,{ONE[:2]} {ONE[2:]},Mango Mills,Active\n".encode(),
        xlsx(["GSTIN", "Supplier name", "Status"], [ONE, "Mango Mills", "Active"]),
        xlsx(["Vendors"], [], ["Status", "GSTIN", "Party name"], ["Active", ONE, "Mango Mills"]),
    ],
)
def test_columns_are_found_by_their_names(content: bytes) -> None:
    listed = read_list(content)
    (found,) = listed.vendors
    assert (found.gstin, found.legal_name, found.status) == (ONE, "Mango Mills", "Active")
    assert listed.problems == ()


def test_each_bad_row_has_its_number_and_reason() -> None:
    wrong = ONE[:-1] + ("A" if ONE[-1] != "A" else "B")
    lines = [
        "GSTIN,Name,Registered on",
        f"{ONE},A,01/07/2017",
        f"{wrong},B,",
        "",
        ",C,",
        f"{TWO},D,soon",
        f"{ONE},E,",
    ]
    listed = read_list("\n".join(lines).encode())
    assert [(one.gstin, one.registered_on) for one in listed.vendors] == [(ONE, dt.date(2017, 7, 1))]
    assert [problem.row for problem in listed.problems] == [3, 5, 6, 7]
    check, missing, no_day, twice = (problem.reason for problem in listed.problems)
    assert "check character" in check
    assert "no GSTIN" in missing
    assert "“soon” is not a date" in no_day
    assert "Row 2" in twice


@pytest.mark.parametrize(
    "written", ["2017-07-01", "1-7-2017", "01.07.2017", "1 Jul 2017", dt.date(2017, 7, 1)]
)
def test_days_are_read_as_people_write_them(written: object) -> None:
    (found,) = read_list(xlsx(["GSTIN", "Registration date"], [ONE, written])).vendors
    assert found.registered_on == dt.date(2017, 7, 1)


def test_formulas_are_not_evaluated() -> None:
    (found,) = read_list(xlsx(["GSTIN", "Name", "Status"], [ONE, '=HYPERLINK("http://x")', "=1+1"])).vendors
    assert (found.legal_name, found.status) == ("", "")
    (found,) = read_list(f'GSTIN,Name\n{ONE},"=cmd|calc"\n'.encode()).vendors
    assert found.legal_name == "=cmd|calc"


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/workbook.xml", b" " * (tables.LARGEST_UNPACKED + 1))
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "headed GSTIN"),
        (b"Name,City\nMango,Pune\n", "headed GSTIN"),
        (b"PK\x03\x04 not a zip", "damaged"),
        (xlsx(["GSTIN"])[:600], "damaged"),
        (tables.OLD_EXCEL + b"\x00" * 100, "old Excel"),
        (b"\x7fELF\x00\x00\x00", "neither a CSV nor an XLSX"),
        (b"GSTIN\n" + b"x" * tables.LARGEST_FILE, "larger than 5 MB"),
        (b"GSTIN\n" * (tables.MOST_ROWS + 1), "more than 20000 rows"),
        (b'GSTIN\n"' + b"x" * 200_000, "damaged"),
        (bomb(), "unpacks"),
    ],
)
def test_what_is_no_list_is_refused_with_a_reason(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableTable, match=reason):
        read_list(content)


@given(st.binary(max_size=300))
@settings(max_examples=60)
def test_any_bytes_are_a_list_or_refused(content: bytes) -> None:
    for start in (b"", b"GSTIN,Name\n", b"PK\x03\x04"):
        with suppress(UnreadableTable):
            read_list(start + content)


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_workbook_damaged_inside_is_a_list_or_refused(data: st.DataObject) -> None:
    """The ZIP is whole: what is wrong is what stands in its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx(["GSTIN", "Name"], [ONE, "Mango"]))) as whole:
        damaged = data.draw(st.sampled_from(whole.namelist()))
        with zipfile.ZipFile(out, "w") as book:
            for name in whole.namelist():
                part = whole.read(name)
                if name == damaged:
                    place = data.draw(st.integers(0, len(part)))
                    cut = data.draw(st.integers(0, 30))
                    part = part[:place] + data.draw(st.binary(max_size=12)) + part[place + cut :]
                book.writestr(name, part)
    with suppress(UnreadableTable):
        read_list(out.getvalue())


def listed(status: str = "Active") -> bytes:
    return f"GSTIN,Name,Status\n{ONE},Mango Mills,{status}\n{TWO},Mango Mills South,Active\n".encode()


@pytest.mark.django_db
def test_a_list_is_kept_as_a_claim_of_its_organisation(organisation: Organisation, user: User) -> None:
    GSTCacheEntry.objects.create(
        gstin=ONE, legal_name="Known", status="Active", source=Source.PORTAL, verified_at=Now()
    )
    changes = keep(organisation, user, read_list(listed()).vendors)
    assert (len(changes.new), len(changes.changed), changes.same) == (2, 0, 0)
    assert GSTCacheEntry.objects.get().legal_name == "Known"
    assert not ImportedRegistration.objects.exclude(organisation=organisation).exists()
    assert set(Vendor.objects.values_list("gstin", flat=True)) == {ONE, TWO}
    assert Event.objects.get().data == {"new": 2, "changed": 0, "same": 0}


@pytest.mark.django_db
def test_what_a_list_would_change_is_told_before(organisation: Organisation, user: User) -> None:
    keep(organisation, user, read_list(listed()).vendors)
    ImportedRegistration.objects.update(is_settled=True)
    again = read_list(listed("Suspended"))
    changes = compare(organisation, again.vendors)
    assert [one.gstin for one in changes.changed] == [ONE]
    assert changes.same == 1
    keep(organisation, user, again.vendors)
    assert dict(ImportedRegistration.objects.values_list("gstin", "is_settled")) == {ONE: False, TWO: True}


@pytest.mark.django_db
def test_a_list_waits_for_the_person_who_sent_it(user: User) -> None:
    other = User.objects.create_user("other@example.in", "a-long-passphrase")
    read = read_list(listed())
    token = draft(user, read)
    assert drafted(user, token) == read
    assert drafted(other, token) is None
