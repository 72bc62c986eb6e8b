"""Unpacking a stranger's ZIP: whatever is in it, good files come out and nothing else happens."""

import io
import re
import struct
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoice_processor.services.archive import members

LOCAL_HEADER, CENTRAL_HEADER = b"PK\x03\x04", b"PK\x01\x02"

legible = st.characters(codec="utf-8", exclude_characters="/\\", exclude_categories=("C", "Z"))
names = st.text(legible, min_size=1, max_size=20).filter(
    lambda name: name not in {".", ".DS_Store", "Thumbs.db", "__MACOSX"}
)


def zipped(*files: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", method) as packing:
        for name, content in files:
            packing.writestr(zipfile.ZipInfo(name), content, method)
    return archive.getvalue()


def unpacked(
    archive: bytes, max_files: int = 10, max_bytes_each: int = 10_000, max_bytes: int = 50_000
) -> list[tuple[str, bytes | str]]:
    """Each member's name with its content, or with what was wrong."""
    found: list[tuple[str, bytes | str]] = []
    for member in members(
        io.BytesIO(archive), max_files=max_files, max_bytes_each=max_bytes_each, max_bytes=max_bytes
    ):
        if member.content is None:
            found.append((member.name, member.problem))
        else:
            with member.content:
                found.append((member.name, member.content.read()))
    return found


def patched(archive: bytes, local: int, central: int, value: bytes) -> bytes:
    """The archive with bytes of its first member's two headers overwritten."""
    changed = bytearray(archive)
    for header, offset in ((LOCAL_HEADER, local), (CENTRAL_HEADER, central)):
        start = changed.index(header) + offset
        changed[start : start + len(value)] = value
    return bytes(changed)


@given(st.lists(st.tuples(names, st.binary(max_size=500)), max_size=8, unique_by=lambda file: file[0]))
def test_files_come_out_as_they_went_in(files: list[tuple[str, bytes]]) -> None:
    nothing: list[tuple[str, bytes | str]] = [("", "The ZIP holds no files.")]
    assert unpacked(zipped(*files)) == (files or nothing)


@given(st.data())
def test_damage_never_gets_out_and_limits_hold(data: st.DataObject) -> None:
    method = data.draw(st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA]))
    archive = bytearray(zipped(("a.pdf", b"%PDF" * 90), ("b.pdf", b"x" * 200), method=method))
    for _ in range(data.draw(st.integers(0, 4))):
        archive[data.draw(st.integers(0, len(archive) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(archive)))
    for _, result in unpacked(bytes(archive[:cut] if cut % 3 == 0 else archive), max_bytes_each=400):
        assert len(result) <= 400


@given(st.binary(max_size=300))
def test_any_bytes_whatever_are_answered(rest: bytes) -> None:
    assert all(isinstance(result, str) for _, result in unpacked(LOCAL_HEADER + rest))


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/cron.d/bill.pdf",
        "/etc/bill.pdf",
        "C:\\Windows\\bill.pdf",
        "..\\bill.pdf",
        "a/b/bill.pdf",
        "bi\u202ell.p\r\ndf",
    ],
)
def test_a_name_is_never_a_path_and_hides_nothing(name: str) -> None:
    assert unpacked(zipped((name, b"x"))) == [("bill.pdf", b"x")]


@pytest.mark.parametrize(
    "clutter", ["invoices/", "__MACOSX/._a.pdf", "april/__MACOSX/x", "april/.DS_Store", "Thumbs.db"]
)
def test_folders_and_clutter_are_passed_over(clutter: str) -> None:
    assert unpacked(zipped((clutter, b""), ("a.pdf", b"x"))) == [("a.pdf", b"x")]


def test_a_bomb_is_refused_and_the_file_after_it_is_taken() -> None:
    bomb, after = unpacked(zipped(("bomb.pdf", bytes(5_000_000)), ("a.pdf", b"x")))
    assert bomb == ("bomb.pdf", "This file in the ZIP is too large.")
    assert after == ("a.pdf", b"x")


def test_many_files_that_are_too_much_together_end_the_unpacking() -> None:
    results = unpacked(zipped(*((f"{n}.pdf", bytes(9_000)) for n in range(9))))
    assert [len(result) for _, result in results[:-1]] == [9_000] * 5
    assert "unpacks to too much" in str(results[-1][1])


def test_damaged_files_use_up_the_limit_too() -> None:
    """Else a ZIP of thousands of large files, each with a wrong checksum, would keep a server busy."""
    damaged = bytearray(zipped(*((f"{n}.pdf", bytes(9_000)) for n in range(9))))
    for header in re.finditer(CENTRAL_HEADER, bytes(damaged)):
        damaged[header.start() + 16 : header.start() + 20] = b"\0\0\0\0"
    results = unpacked(bytes(damaged))
    assert ["damaged" in str(result) for _, result in results[:-1]] == [True] * 5
    assert "unpacks to too much" in str(results[-1][1])


@pytest.mark.parametrize("said", [0, 1, 99])
def test_a_size_that_lies_low_unpacks_no_more_than_it_says(said: int) -> None:
    archive = patched(zipped(("a.pdf", bytes(5_000))), 22, 24, struct.pack("<I", said))
    ((_, result),) = unpacked(archive)
    assert result == "This file in the ZIP is damaged: please make the ZIP again."


def test_a_size_that_lies_high_is_refused_unopened() -> None:
    archive = patched(zipped(("a.pdf", b"x")), 22, 24, struct.pack("<I", 2**31))
    assert unpacked(archive) == [("a.pdf", "This file in the ZIP is too large.")]


def test_a_protected_file_says_so_and_the_others_are_taken() -> None:
    archive = patched(zipped(("a.pdf", b"secret"), ("b.pdf", b"x")), 6, 8, struct.pack("<H", 1))
    (_, problem), after = unpacked(archive)
    assert "protected by a password" in str(problem)
    assert after == ("b.pdf", b"x")


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_unusual_compression_is_refused(method: int) -> None:
    ((_, problem),) = unpacked(zipped(("a.pdf", b"x"), method=method))
    assert "unusual" in str(problem)


def test_too_many_files_are_refused_at_once() -> None:
    results = unpacked(zipped(*((f"{n}.pdf", b"x") for n in range(11))))
    assert results == [("", "The ZIP holds 11 files; at most 10 are taken at a time.")]


def test_a_table_of_contents_that_is_a_bomb_is_not_read() -> None:
    """Entries of 47 bytes, of which each would take some 500 in memory."""
    whole = zipped(("a", b"x"))
    start, end = whole.index(CENTRAL_HEADER), whole.index(b"PK\x05\x06")
    entries = whole[start:end] * 30_000
    said = struct.pack("<II", len(entries), start)
    bomb = whole[:start] + entries + whole[end : end + 12] + said + whole[end + 20 :]
    assert unpacked(bomb) == [("", "The ZIP holds too many files; at most 10 are taken at a time.")]


@pytest.mark.parametrize(
    "damage", [lambda zipped: zipped[:-30], lambda zipped: zipped[:40], lambda _: LOCAL_HEADER]
)
def test_a_damaged_archive_says_so(damage: Callable[[bytes], bytes]) -> None:
    assert unpacked(damage(zipped(("a.pdf", b"x" * 100)))) == [
        ("", "The ZIP is damaged: please make it again.")
    ]
