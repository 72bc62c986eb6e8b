"""The codes of a page, by ways of growing cost: most are read at once, some need care, few need all of it."""

import zxingcpp

from extraction.page import Gray
from extraction.qr.base import QrCode
from extraction.reading import Box

QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


def decode(image: Gray) -> list[QrCode]:
    """Every readable code of a page, from top to bottom."""
    found = zxingcpp.read_barcodes(image, formats=QR, try_invert=False, try_rotate=False)
    return [_code(barcode, image) for barcode in found if barcode.text]


def _code(barcode: zxingcpp.Barcode, image: Gray) -> QrCode:
    at = barcode.position
    corners = [at.top_left, at.top_right, at.bottom_right, at.bottom_left]
    height, width = image.shape
    xs, ys = [corner.x / width for corner in corners], [corner.y / height for corner in corners]
    box = Box(left=min(xs), top=min(ys), right=max(xs), bottom=max(ys))
    return QrCode(text=barcode.text, box=box, turn=round(-barcode.orientation / 90) * 90 % 360)
