"""Pages built word by word, as OCR would hand them over."""

from extraction.layout import Sheet, lay_out
from extraction.reading import Box, PageText, Source, Word
from gst import gstin

CHARACTER = 0.008
"""Width of a character in fractions of the page."""
HEIGHT = 0.012

VENDOR = "27AAACV1234F1Z" + gstin.check_character("27AAACV1234F1Z")
BUYER = "24AAACB5678G1Z" + gstin.check_character("24AAACB5678G1Z")


def word(left: float, top: float, text: str, confidence: float = 0.99) -> Word:
    """A word with its left upper corner."""
    box = Box(left=left, top=top, right=left + CHARACTER * len(text), bottom=top + HEIGHT)
    return Word(text=text, box=box, confidence=confidence)


def page(*words: tuple[float, float, str], number: int = 1, source: Source = Source.OCR) -> PageText:
    """A page with words at their places."""
    return PageText(
        number=number, width=1600, height=2200, source=source, words=tuple(word(*each) for each in words)
    )


def sheet(*words: tuple[float, float, str], number: int = 1) -> Sheet:
    """The same, laid out."""
    return lay_out(page(*words, number=number))


INVOICE: tuple[tuple[float, float, str], ...] = (
    (0.45, 0.02, "TAX INVOICE"),
    (0.05, 0.05, "Sahyadri Pumps Pvt Ltd"),
    (0.05, 0.07, "Gala 4, Pune"),
    (0.05, 0.09, f"GSTIN: {VENDOR}"),
    (0.60, 0.05, "Invoice No."),
    (0.60, 0.07, "SP/25-26/117"),
    (0.80, 0.05, "Dated"),
    (0.80, 0.07, "12-Aug-25"),
    (0.60, 0.10, "Buyer's Order No."),
    (0.60, 0.12, "4500123456"),
    (0.80, 0.10, "Dated"),
    (0.80, 0.12, "1-Jul-25"),
    (0.05, 0.14, "Buyer (Bill to)"),
    (0.05, 0.16, "Kutch Salt Works Limited"),
    (0.05, 0.18, f"GSTIN/UIN : {BUYER}"),
    (0.05, 0.20, "Place of Supply : Gujarat"),
    (0.05, 0.30, "Sl No"),
    (0.15, 0.30, "Description of Goods"),
    (0.45, 0.30, "HSN/SAC"),
    (0.55, 0.30, "Quantity"),
    (0.68, 0.30, "Rate"),
    (0.76, 0.30, "per"),
    (0.88, 0.30, "Amount"),
    (0.05, 0.33, "1"),
    (0.15, 0.33, "Pump 2 HP"),
    (0.45, 0.33, "841370"),
    (0.55, 0.33, "4 NOS"),
    (0.66, 0.33, "5,000.00"),
    (0.76, 0.33, "NOS"),
    (0.86, 0.33, "20,000.00"),
    (0.15, 0.35, "with foot valve"),
    (0.05, 0.37, "2"),
    (0.15, 0.37, "Gasket set"),
    (0.45, 0.37, "848410"),
    (0.55, 0.37, "10 SET"),
    (0.66, 0.37, "150.40"),
    (0.76, 0.37, "SET"),
    (0.86, 0.37, "1,504.00"),
    (0.86, 0.40, "21,504.00"),
    (0.50, 0.43, "IGST @ 18%"),
    (0.86, 0.43, "3,870.72"),
    (0.50, 0.45, "Round Off"),
    (0.87, 0.45, "0.28"),
    (0.50, 0.50, "Total"),
    (0.85, 0.50, "25,375.00"),
    (0.05, 0.53, "Amount Chargeable (in words)"),
    (0.05, 0.55, "INR Twenty Five Thousand Three Hundred Seventy Five Only"),
    (0.60, 0.80, "for Sahyadri Pumps Pvt Ltd"),
)
"""An invoice in the most common Indian form: block heads over values, tax under the lines."""
