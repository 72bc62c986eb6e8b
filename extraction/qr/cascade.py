"""The codes of a page, by ways of growing cost: most are read at once, some need care, few need all of it."""

import numpy as np
from zxingcpp import Barcode, BarcodeFormat, BarcodeFormats, Binarizer, read_barcodes

from extraction.page import Gray
from extraction.qr import sampler
from extraction.qr.base import QrCode
from extraction.qr.locate import Region, dense_regions
from extraction.qr.prepared import prepared
from extraction.reading import Box

QR_ONLY = BarcodeFormats(BarcodeFormat.QRCode)  # ten times cheaper than all formats
DENSE = 200  # characters; e-invoices have 500 to 1,000, payment codes fewer than 200
SMALLEST = 21  # pixels: as many as the smallest code has modules
MARGIN, MARGIN_PIXELS = 0.1, 6  # around a region, for its quiet zone


def decode(image: Gray) -> list[QrCode]:
    """Every readable code of a page; the dense one of an e-invoice is worth a second of trying."""
    if min(image.shape) < SMALLEST:
        return []
    codes = _from_page(image)
    for region in dense_regions(image):
        if any(_lies_on(code, region, image) for code in codes):
            continue
        code = _from_crop(image, region)
        if not code and not any(map(_is_dense, codes)):
            code = _from_samples(image, region)
        codes += [code] if code else []
    return sorted(codes, key=lambda code: (code.box.top, code.box.left, code.text))


def _from_page(image: Gray) -> list[QrCode]:
    """What an ordinary decoder finds on the whole page, judging dark from light in two ways."""
    whole = Region(0, 0, image.shape[1], image.shape[0])
    codes: list[QrCode] = []
    for binarizer, downscale in ((Binarizer.LocalAverage, True), (Binarizer.FixedThreshold, False)):
        found = read_barcodes(
            image,
            formats=QR_ONLY,
            binarizer=binarizer,
            try_downscale=downscale,
            try_rotate=False,  # means 45 degrees and the like; turned by 90 they are found anyway
            try_invert=False,
        )
        known = {code.text for code in codes}
        codes += [_code(one, whole, image, image) for one in found if one.text and one.text not in known]
        if any(map(_is_dense, codes)):
            break
    return codes


def _from_crop(image: Gray, region: Region) -> QrCode | None:
    """What an ordinary decoder finds in the region, prepared in several ways."""
    x = int(MARGIN * (region.right - region.left)) + MARGIN_PIXELS
    y = int(MARGIN * (region.bottom - region.top)) + MARGIN_PIXELS
    height, width = image.shape
    around = Region(
        max(0, region.left - x),
        max(0, region.top - y),
        min(width, region.right + x),
        min(height, region.bottom + y),
    )
    crop = np.ascontiguousarray(image[around.top : around.bottom, around.left : around.right])
    for picture, binarizer in prepared(crop):
        for barcode in read_barcodes(picture, formats=QR_ONLY, binarizer=binarizer, try_invert=False):
            if barcode.text:
                return _code(barcode, around, picture, image)
    return None


def _from_samples(image: Gray, region: Region) -> QrCode | None:
    text = sampler.decode(image, region)
    if not text:
        return None
    height, width = image.shape
    box = Box(
        left=region.left / width,
        top=region.top / height,
        right=region.right / width,
        bottom=region.bottom / height,
    )
    return QrCode(text=text, box=box)


def _code(barcode: Barcode, within: Region, picture: Gray, page: Gray) -> QrCode:
    """A code found on ``picture``, which shows the part ``within`` of the page."""
    at = barcode.position
    corners = (at.top_left, at.top_right, at.bottom_right, at.bottom_left)
    fx = (within.right - within.left) / picture.shape[1]
    fy = (within.bottom - within.top) / picture.shape[0]
    xs = [(within.left + corner.x * fx) / page.shape[1] for corner in corners]
    ys = [(within.top + corner.y * fy) / page.shape[0] for corner in corners]
    box = Box(left=min(xs), top=min(ys), right=max(xs), bottom=max(ys))
    return QrCode(text=barcode.text, box=box)


def _is_dense(code: QrCode) -> bool:
    return len(code.text) > DENSE


def _lies_on(code: QrCode, region: Region, page: Gray) -> bool:
    """Whether the middle of the region is part of the code."""
    x = (region.left + region.right) / 2 / page.shape[1]
    y = (region.top + region.bottom) / 2 / page.shape[0]
    box = code.box
    return bool(box.left < x < box.right and box.top < y < box.bottom)
