"""Readers for tests: the engine must cope with whatever reading costs, and with whatever it does."""

import ctypes
import os
import time
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

from extraction.errors import ReadingError
from extraction.reading import FieldValue, PageText, Reading, Source
from gst.gstin import check_character
from gst.invoice import DocumentKind, Invoice, Line, Party, TaxAmounts, Totals


def readings(path: Path, count: int) -> list[Reading]:
    """A clean invoice on each of so many pages."""
    return [
        reading(path, page).model_copy(
            update={"pages": (PageText(number=page, width=10, height=14, source=Source.PDF_TEXT),)}
        )
        for page in range(1, count + 1)
    ]


def reading(path: Path, page: int = 1) -> Reading:
    """A clean invoice whose number and vendor come from the file's bytes, so that no two look alike."""
    content = path.read_bytes() + (b"" if page == 1 else str(page).encode())
    unique = int(sha256(content).hexdigest()[:10], 16)
    number = f"T/{unique}"
    vendor = f"27{letters(unique // 10**4, 3)}F{letters(unique // 10**8, 1)}{unique % 9999 + 1:04}A1Z"
    line = Line(
        description="Paper",
        hsn_sac="4802",
        quantity=Decimal(1),
        taxable_value=Decimal(100),
        gst_rate=Decimal(18),
    )
    invoice = Invoice(
        kind=DocumentKind.TAX_INVOICE,
        number=number,
        date=date(2026, 4, 1),
        vendor=Party(name="Asha Stationers", gstin=vendor + check_character(vendor)),
        lines=(line,),
        totals=Totals(
            taxable_value=Decimal(100),
            taxes=TaxAmounts(cgst=Decimal(9), sgst=Decimal(9)),
            grand_total=Decimal(118),
        ),
    )
    fields = {
        "invoice_number": FieldValue(value=number, confidence=99, source=Source.PDF_TEXT, reason="for tests")
    }
    return Reading(invoice=invoice, fields=fields, confidence=99, engine="test", seconds=0.0)


def letters(value: int, count: int) -> str:
    """A number as so many letters; more of it is lost."""
    return "".join(chr(ord("A") + value // 26**place % 26) for place in range(count))


class FreeReader:
    """Reads anything at once."""

    def read(self, path: Path) -> Reading:
        return reading(path)


class ScriptedReader:
    """Does what the file's first line after the PDF header asks for."""

    def read(self, path: Path) -> Reading:
        return self.read_all(path)[0]

    def read_all(self, path: Path) -> list[Reading]:
        words = path.read_bytes().split(b"\n")[1].split()
        obey(words)
        return readings(path, int(words[-1])) if b"invoices" in words else [reading(path)]


def obey(words: list[bytes]) -> None:
    """Do what a script asks for: ``sleep 0.1 invoices 2`` takes its time, and then finds two invoices."""
    match words:
        case [b"refuse"]:
            raise ReadingError("encrypted")
        case [b"fail"]:
            raise ReadingError("timeout")
        case [b"memory"]:
            raise MemoryError
        case [b"exit"]:
            os._exit(3)
        case [b"bug"]:
            raise ZeroDivisionError
        case [b"loop"]:
            while True:
                pass
        case [b"hang"]:
            ctypes.PyDLL(None).sleep(1000)  # in C, and nobody else gets the interpreter
        case [b"sleep", seconds, *_]:
            time.sleep(float(seconds))
