"""``smartinvoice read``: documents in, JSON out, no database."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from smartinvoice.commands.reading import answer_names
from tests.conftest import pdf

KEYS = [
    *("file", "is_invoice", "kind", "invoice_number", "invoice_date", "vendor_name", "vendor_gstin"),
    *("buyer_name", "buyer_gstin", "irn", "place_of_supply", "currency", "taxable_value", "cgst", "sgst"),
    *("igst", "cess", "round_off", "grand_total", "line_items", "confidence", "fields", "warnings"),
    *("engine", "seconds"),
]
LINE_KEYS = ["description", "hsn_sac", "quantity", "unit", "unit_price", "gst_rate", "amount"]
FIELD_KEYS = ["value", "confidence", "source", "page", "box"]


def read(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """The command, with the tests' reader, and with no database that it could use."""
    environment = {**os.environ, "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none", "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "smartinvoice", "read", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60, check=False)


def answers(result: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    """The JSON objects on standard output, one a line, by file."""
    documents = [json.loads(line) for line in result.stdout.splitlines()]
    return {document["file"]: document for document in documents}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as people have them: two invoices, one bad file, a hidden one and a link."""
    folder = tmp_path / "April"
    (folder / "sub").mkdir(parents=True)
    (folder / "one.pdf").write_bytes(pdf(nonce="1"))
    (folder / "sub" / "two.pdf").write_bytes(pdf(nonce="2"))
    (folder / "locked.pdf").write_bytes(pdf("refuse"))
    (folder / ".hidden.pdf").write_bytes(pdf(nonce="3"))
    (folder / "link.pdf").symlink_to(folder / "one.pdf")
    return folder


def test_a_document_becomes_a_line_of_the_public_shape(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf())
    result = read(tmp_path / "a.pdf")
    assert result.returncode == 0
    document = answers(result)["a.pdf"]
    assert list(document) == KEYS
    assert list(document["line_items"][0]) == LINE_KEYS
    assert list(document["fields"]["invoice_number"]) == FIELD_KEYS
    assert (document["grand_total"], document["igst"], document["invoice_date"]) == (
        "118",
        None,
        "2026-04-01",
    )
    assert document["line_items"][0]["quantity"] == "1"


def test_further_invoices_of_a_document_stand_in_its_object(tmp_path: Path) -> None:
    (tmp_path / "pile.pdf").write_bytes(pdf("invoices 3"))
    document = answers(read(tmp_path / "pile.pdf"))["pile.pdf"]
    assert list(document) == [*KEYS, "other_invoices"]
    assert [list(other) for other in document["other_invoices"]] == [KEYS[1:]] * 2
    numbers = {one["invoice_number"] for one in (document, *document["other_invoices"])}
    assert len(numbers) == 3


def test_a_folder_is_read_whole_and_bad_files_say_why(folder: Path) -> None:
    result = read(folder, "--jobs", "2")
    documents = answers(result)
    assert set(documents) == {"one.pdf", "two.pdf", "locked.pdf"}
    assert documents["locked.pdf"]["error"]["code"] == "encrypted"
    assert "password" in documents["locked.pdf"]["error"]["message"]
    assert result.returncode == 1


def test_out_gets_one_file_a_document(folder: Path, tmp_path: Path) -> None:
    result = read(folder, "--out", tmp_path / "out" / "new")
    assert result.stdout == ""
    written = {
        path.name: json.loads(path.read_text("utf-8")) for path in (tmp_path / "out" / "new").iterdir()
    }
    assert set(written) == {"one.json", "two.json", "locked.json"}
    assert written["one.json"]["is_invoice"] is True
    assert written["locked.json"]["error"]["code"] == "encrypted"


def test_files_of_one_name_never_overwrite_each_others_answer(tmp_path: Path) -> None:
    for name in ("a/bill.pdf", "b/bill.pdf"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_bytes(pdf(nonce=name))
    assert read(tmp_path / "a", tmp_path / "b", "--out", tmp_path / "out").returncode == 0
    numbers = {json.loads(path.read_text("utf-8"))["invoice_number"] for path in (tmp_path / "out").iterdir()}
    assert len(numbers) == 2


@pytest.mark.parametrize(
    ("files", "names"),
    [
        (["a.pdf", "b.pdf"], ["a.json", "b.json"]),
        (["a.pdf", "a.jpg", "b.pdf"], ["a.pdf.json", "a.jpg.json", "b.json"]),
        (["x/a.pdf", "y/a.pdf", "z/a.pdf"], ["a.pdf.json", "a.pdf-2.json", "a.pdf-3.json"]),
        (["a.pdf", "A.jpg"], ["a.pdf.json", "A.jpg.json"]),
        (["a.pdf.pdf", "a.pdf", "a.jpg"], ["a.pdf.json", "a.pdf-2.json", "a.jpg.json"]),
        (["a.pdf", "a.pdf"], ["a.pdf.json"]),
    ],
)
def test_answers_have_names_of_their_own_on_any_file_system(files: list[str], names: list[str]) -> None:
    assert list(answer_names([Path(file) for file in files]).values()) == names


def test_a_file_that_cannot_be_opened_is_said_and_the_others_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf())
    with socket.socket(socket.AF_UNIX) as plug:
        plug.bind(str(tmp_path / "plug.pdf"))
        result = read(tmp_path / "plug.pdf", tmp_path / "a.pdf")
    assert answers(result)["plug.pdf"]["error"]["code"] == "unopened"
    assert answers(result)["a.pdf"]["is_invoice"] is True
    assert result.returncode == 1


def test_a_name_that_is_no_text_is_no_obstacle(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/bill\xff.pdf")).write_bytes(pdf())
    assert set(answers(read(tmp_path))) == {"bill?.pdf"}


def test_an_empty_folder_is_a_sentence(tmp_path: Path) -> None:
    result = read(tmp_path)
    assert (result.returncode, result.stdout) == (1, "")
    assert "There are no files in what you named." in result.stderr


def test_a_path_that_does_not_exist_is_a_usage_error(tmp_path: Path) -> None:
    result = read(tmp_path / "missing.pdf")
    assert result.returncode == 2
    assert "does not exist" in result.stderr
