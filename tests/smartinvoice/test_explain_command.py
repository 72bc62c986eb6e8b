"""``smartinvoice read --explain`` and ``--overlay``."""

import subprocess
import sys
from pathlib import Path

SAMPLE = Path(__file__).resolve().parent.parent.parent / "samples" / "inter-state.pdf"


def read(*arguments: str, reader: str = "tests.readers:ScriptedReader") -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "smartinvoice", "read", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={"INVOICE_READER": reader, "PATH": ""},
    )


def write(folder: Path, script: str = "") -> str:
    path = folder / "a.pdf"
    path.write_text(f"%PDF-1.7\n{script}\n")
    return str(path)


def test_explaining_says_why_a_value_is_believed(tmp_path: Path) -> None:
    done = read(write(tmp_path), "--explain")
    assert done.returncode == 0
    assert "tax_invoice, 99 % sure of all key fields" in done.stdout
    assert "(99 %, pdf_text: for tests)" in done.stdout


def test_a_document_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    done = read(write(tmp_path, "refuse"), "--explain")
    assert (done.returncode, done.stdout) == (1, "")
    assert "password" in done.stderr


def test_the_overlay_is_a_picture_of_the_pages(tmp_path: Path) -> None:
    picture = tmp_path / "boxes.png"
    done = read(str(SAMPLE), "--overlay", str(picture), reader="extraction.engines.local:LocalReader")
    assert done.returncode == 0
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_the_overlay_draws_one_document(tmp_path: Path) -> None:
    done = read(str(tmp_path), "--overlay", str(tmp_path / "boxes.png"))
    assert done.returncode == 2
    assert "name one file" in done.stderr
