"""QR codes on scanned pages, above all the dense signed ones of e-invoices."""

from extraction.qr.base import QrCode
from extraction.qr.cascade import decode

__all__ = ["QrCode", "decode"]
