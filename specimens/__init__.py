"""Realistic Indian invoices, all invented: for newcomers to try and for every test.

``sample_invoice`` invents a value, ``render_pdf`` prints it, ``scan`` and ``photograph`` put it on paper,
``signed_qr`` signs it as the portal does, and ``specimens.faults`` spoils it in one known way.
"""

from specimens.firms import BUYERS, make_gstin
from specimens.generate import sample_invoice
from specimens.portal import sandbox_key, signed_qr
from specimens.render import STYLES, render_pdf
from specimens.scanner import photograph, scan

__all__ = [
    "BUYERS",
    "STYLES",
    "make_gstin",
    "photograph",
    "render_pdf",
    "sample_invoice",
    "sandbox_key",
    "scan",
    "signed_qr",
]
