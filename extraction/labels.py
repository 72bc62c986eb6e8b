"""Labels on a page: finding ``Invoice No.`` whatever OCR made of it, and the values that belong to it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from string import ascii_letters

from extraction.layout import Cell, Sheet

Vocabulary = tuple[tuple[str, float], ...]
"""Words of a label with how surely they mean the field, 0 to 1."""

FOLDS = str.maketrans({"L": "I", "1": "I", "|": "I", "0": "O", "5": "S", "8": "B"})
LEADING_MARKS = re.compile(r"^[\s:;.,\-\u2013\u2014=#|*_]+")
AND_MORE = re.compile(
    r"\W{0,2}(?:&|/|\band\b)\s*(?:dated?|dt|time)\b|\s*\(?d{0,2}\W?mm\W?y{2,4}\)", re.IGNORECASE
)
"""How a label goes on that heads number and date, or date and time, together, or gives the date's form."""
TEXTS = 4096
"""Folded texts that are kept: each cell of a page is asked for many labels."""
TO = re.compile(r"\Wto$", re.IGNORECASE)
LEAST_CAPTIONS = 2
CAPTION_GAP = 0.8
"""Heights between a value and the label under it."""
SHORT = 5
LONG = 9
LOOSE = 7
"""Folded letters from which one may be read as its look-alike; from LONG on, as any."""
ALIKE = ("CEGOQD", "EFPRB", "TFIYJ7", "VYUN", "MNHKRXW", "A4R", "Z27", "GC6", "S53")
EMPTY = re.compile(r"^[\W_]*$")

HEADINGS = (
    "Invoice No", "Invoice Number", "Invoice Date", "Bill No", "Bill Date", "Dated", "Date",
    "Delivery Note", "Mode/Terms of Payment", "Reference No", "Other References", "Buyer's Order No",
    "Order No", "PO No", "P.O. No", "PO Date", "Dispatch Doc", "Despatch", "Dispatched", "Destination",
    "Terms of Delivery", "Terms of Payment", "Payment Terms", "e-Way Bill", "Eway Bill", "Ack No",
    "Ack Date", "IRN", "GSTIN", "GST No", "State Name", "State Code", "State", "Place of Supply",
    "Vendor Code", "Supplier Code", "Vehicle No", "Motor Vehicle", "LR No", "Bill of Lading", "Challan No",
    "Challan Date", "PAN", "CIN", "Due Date", "Transporter", "Transport", "Contact", "Phone", "Mobile",
    "E-Mail", "Email", "Customer", "Buyer", "Consignee", "Bill To", "Ship To", "Reverse Charge",
    "Date of Supply", "Currency", "Original", "Duplicate", "Supplier Ref", "Payment", "Address", "Name",
    "Work Order", "Contract No", "Time of", "Pin Code", "GRN", "Sl No", "S No", "Sr No", "HSN", "SAC",
    "Description", "Quantity", "Qty", "Rate", "Amount", "Taxable", "Invoice To", "Billing To", "Invoiced To",
    "Dispatch To", "Dispatch From", "Deliver To",
)  # fmt: skip


@lru_cache(maxsize=TEXTS)
def fold(text: str) -> str:
    """Upper-case letters, digits and ``#`` only, with look-alikes made equal."""
    return re.sub(r"[^A-Z0-9#]", "", text.upper()).translate(FOLDS)


@lru_cache(maxsize=TEXTS)
def folded_places(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters its place in the text."""
    places = [place for place, char in enumerate(text) if char == "#" or (char.isascii() and char.isalnum())]
    return "".join(text[place] for place in places).upper().translate(FOLDS), places


@dataclass(frozen=True, slots=True)
class Label:
    """A label found in a cell: the words before it, and the cell's remainder behind it."""

    cell: Cell
    word: str
    score: float
    before: str
    rest: Cell | None

    @property
    def opens(self) -> bool:
        """Whether the cell begins with the label."""
        return not any(map(str.isalnum, self.before))


def label_in(cell: Cell, vocabulary: Vocabulary) -> Label | None:
    """The longest label in a cell: ``Ack Date`` is no ``Date``."""
    found = label_at(cell.text, id(index_of(vocabulary)))
    if found is None:
        return None
    word, score, start, end = found
    return Label(cell, word, score, cell.text[:start].strip(), remainder(cell, end))


@dataclass(frozen=True, slots=True)
class Index:
    """A vocabulary ready for search: sure and long words first, and what any of them begins or ends with."""

    words: tuple[tuple[str, str, float], ...]  # folded, as written, score
    hint: re.Pattern[str]
    vocabulary: Vocabulary


INDEXES: dict[int, Index] = {}
"""By the vocabulary's identity: they are constants, and to hash one takes longer than to search it."""
KNOWN: dict[int, Index] = {}


def index_of(vocabulary: Vocabulary) -> Index:
    """The index of a vocabulary, made once."""
    index = INDEXES.get(id(vocabulary))
    if index is None or index.vocabulary is not vocabulary:
        folded = ((fold(word), word, score) for word, score in vocabulary)
        words = tuple(sorted(folded, key=lambda entry: (-len(entry[0]), -entry[2])))
        index = Index(words, re.compile("|".join(map(re.escape, hints_of(words)))), vocabulary)
        INDEXES[id(vocabulary)] = KNOWN[id(index)] = index
    return index


def hints_of(words: Iterable[tuple[str, str, float]]) -> set[str]:
    """A text without any of these holds no word: short words whole, of others either half."""
    found = set[str]()
    for wanted, _, _ in words:
        half = len(wanted) // 2
        found |= {wanted} if len(wanted) < LOOSE else {wanted[:half], wanted[half:]}
    return found


@lru_cache(maxsize=4 * TEXTS)
def label_at(text: str, index: int) -> tuple[str, float, int, int] | None:
    """The longest word of an index in a text, its score, and where it begins and ends."""
    folded, places = folded_places(text)
    if not KNOWN[index].hint.search(folded):
        return None
    for wanted, word, score in KNOWN[index].words:
        at, length = find(folded, wanted)
        while at >= 0:
            start, end = places[at], places[at + length - 1] + 1
            if stands_alone(text, start, end, length):
                end += len(text[end:]) - len(text[end:].lstrip(ascii_letters)) == 1
                return word, score, start, end
            at, length = folded.find(wanted, at + 1), len(wanted)
    return None


def find(folded: str, wanted: str) -> tuple[int, int]:
    """Where a label begins, or -1, and how long it is; in all but short ones a character may be misread."""
    at, length = folded.find(wanted), len(wanted)
    if at >= 0 or length < LOOSE or len(folded) < length - 1:
        return at, length
    half = length // 2
    head, tail = folded.find(wanted[:half]), folded.find(wanted[half:])
    for size in (length, length - 1, length + 1) if length >= LONG else (length,):
        for start in (head, tail + length - half - size):
            if 0 <= start <= len(folded) - size and near(folded[start : start + size], wanted):
                return start, size
    return -1, length


def near(read: str, wanted: str) -> bool:
    """Whether one character differs, is lost or too many, and not the last: ``Document #`` is no ``Document
    Date``. In shorter labels it must be a look-alike."""
    if not read or read[-1] != wanted[-1] or read in FOLDED_HEADINGS:
        return False
    if wanted.endswith("TO") and not read.endswith("TO"):
        return False  # "Invoice for" names no addressee
    if len(read) == len(wanted):
        other = [(one, two) for one, two in zip(read, wanted, strict=True) if one != two]
        return len(other) == 1 and (len(wanted) >= LONG or is_alike(*other[0]))
    if read[-2] != wanted[-2]:
        return False
    longer, shorter = (read, wanted) if len(read) > len(wanted) else (wanted, read)
    return any(longer[:at] + longer[at + 1 :] == shorter for at in range(1, len(longer) - 1))


def is_alike(one: str, other: str) -> bool:
    """Whether two folded characters look alike."""
    return any(one in group and other in group for group in ALIKE)


def stands_alone(text: str, start: int, end: int, length: int) -> bool:
    """Whether words can begin and end here. OCR drops spaces, so a capital behind a small letter begins one,
    and only short words need an end; a misread letter too many (``Datea``) is forgiven."""
    begins = (
        start == 0 or not text[start - 1].isalnum() or (text[start].isupper() and text[start - 1].islower())
    )
    if text[start:end] == "#":
        return begins  # "#INV-7": the blank was not read
    letters = len(text[end:]) - len(text[end:].lstrip(ascii_letters))
    if TO.search(text[:end]) and letters and not (text[end - 1].islower() and text[end].isupper()):
        return False  # "Invoice Total" names no addressee
    return begins and (length > SHORT or letters == 0 or (letters == 1 and length >= SHORT - 1))


def remainder(cell: Cell, end: int) -> Cell | None:
    """What follows a label in its cell, without the colon; ``Invoice No. & Date`` is one label."""
    more = AND_MORE.match(cell.text, end)
    end = more.end() if more else end
    rest = cell.text[end:]
    marks = LEADING_MARKS.match(rest)
    start = end + (marks.end() if marks else 0)
    return cell.part(start, len(cell.text)) if start < len(cell.text) else None


def labels(sheet: Sheet, vocabulary: Vocabulary) -> Iterator[Label]:
    """Every cell of a page that holds a label of the vocabulary."""
    for cell in sheet.cells:
        found = label_in(cell, vocabulary)
        if found:
            yield found


FOLDED_HEADINGS = tuple(fold(heading) for heading in HEADINGS)


def is_heading(text: str) -> bool:
    """Whether a cell is itself a label, so that it cannot be the value of another."""
    folded, places = folded_places(text)
    found = [len(heading) for heading in FOLDED_HEADINGS if folded.startswith(heading)]
    return any(stands_alone(text, places[0], places[length - 1] + 1, length) for length in found)


def values_of(label: Label, sheet: Sheet, down: float = 2.6) -> Iterator[tuple[Cell, str, float]]:
    """Cells that may be the label's value, with where they stand and how likely that place is."""
    if label.rest is not None and not EMPTY.match(label.rest.text):
        yield label.rest, "behind", 1.0
        if not is_heading(label.rest.text):
            return
    yield from beside(label, sheet)
    for depth, cell in enumerate(first(sheet.below(label.cell, down), 3)):
        if is_heading(cell.text):
            break
        yield cell, "below", 0.95 if abs(cell.left - label.cell.left) < 0.03 and depth == 0 else 0.7
    if label.rest is None and label.opens:
        yield from ((cell, "above", 0.6) for cell in captioned(label.cell, sheet))


def captioned(label: Cell, sheet: Sheet) -> Iterator[Cell]:
    """The value over its label, where a whole line of labels stands under a line of values."""
    row = next((row for row in sheet.rows if any(label is cell for cell in row.cells)), None)
    if row is None or len(row.cells) < LEAST_CAPTIONS or not any(is_heading(c.text) for c in row.cells):
        return
    over = [next(sheet.above(cell, CAPTION_GAP), None) for cell in row.cells]
    if all(cell is not None and not is_heading(cell.text) and cell.text[-1] != ":" for cell in over):
        yield from first(sheet.above(label, CAPTION_GAP), 1)


def beside(label: Label, sheet: Sheet) -> Iterator[tuple[Cell, str, float]]:
    """The nearest cell on the label's line, unless it is a label."""
    for cell in first(sheet.right_of(label.cell), 2):
        if EMPTY.match(cell.text):
            continue
        if is_heading(cell.text):
            return
        marks = LEADING_MARKS.match(cell.text)
        far = cell.left - label.cell.right > 0.25
        yield cell.part(marks.end() if marks else 0, len(cell.text)), "beside", 0.7 if far else 1.0
        return


def prints_of(text: str, sheet: Sheet) -> Iterator[Cell]:
    """Where a text stands on a page as a word of its own, look-alikes aside."""
    wanted = fold(text)
    for cell in sheet.cells:
        folded, places = folded_places(cell.text)
        at = folded.find(wanted)
        while at >= 0:
            start, end = places[at], places[at + len(wanted) - 1] + 1
            if not (cell.text[:start][-1:].isalnum() or cell.text[end:][:1].isalnum()):
                yield cell.part(start, end)
            at = folded.find(wanted, at + 1)


def first(cells: Iterable[Cell], count: int) -> Iterator[Cell]:
    """At most so many cells."""
    for place, cell in enumerate(cells):
        if place >= count:
            return
        yield cell
