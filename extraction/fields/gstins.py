"""GSTINs on a page, each with the party it seems to belong to."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from extraction.fields.gstin_repair import LENGTH, MOST_KNOWN, Print, agreed, meant, pans_in, repairs_in
from extraction.labels import Label, Vocabulary, first, label_in, labels
from extraction.layout import Cell, Sheet
from extraction.numbers import figures
from extraction.reading import Box
from gst import gstin


class Role(StrEnum):
    """Whose particulars a part of the page gives."""

    VENDOR = "vendor"
    BUYER = "buyer"
    SHIP_TO = "ship_to"
    COMPANY = "company"  # "Company GSTIN": the vendor's own, but on hotel bills the guest's
    STRANGER = "stranger"  # the carrier, the market place, the bank: neither bills nor is billed


BLOCKS: dict[Role, Vocabulary] = {
    Role.BUYER: (
        ("Buyer (Bill to)", 1.0), ("Buyer", 1.0), ("Bill to", 1.0), ("Billed to", 1.0), ("Bill-to", 1.0),
        ("Billing to", 1.0), ("Details of Receiver", 1.0), ("Details of Buyer", 1.0), ("Receiver", 0.6),
        ("Recipient", 0.6), ("Customer", 0.8), ("Client", 0.8), ("Sold to", 1.0), ("Billing Address", 1.0),
        ("Invoice to", 0.9), ("Invoiced to", 0.9), ("Party Name", 0.9), ("Name of Party", 0.9),
        ("Party", 0.6), ("Guest Name", 0.8), ("Billed Party", 1.0),
        ("Purchaser", 0.9), ("To,", 0.5), ("M/s", 0.4), ("Bill Name", 0.9), ("Company Name", 0.5),
        ("Service Recipient", 1.0), ("Name & Address", 0.6), ("Recipient Details", 1.0),
        ("Details of Recipient", 1.0), ("Name of Recipient", 1.0), ("Service Receiver", 1.0),
        ("Buyer's Name & Address", 1.0), ("Buyer Name & Address", 1.0), ("Customer Name & Address", 1.0),
        ("Client Name & Address", 1.0), ("Party Name & Address", 1.0), ("Party's Name & Address", 1.0),
        ("Name of the Customer", 1.0), ("Messrs", 0.4), ("Payer", 0.6), ("Billing Details", 1.0),
        ("Billing Information", 0.9), ("Billing Party", 0.9), ("Bill & Ship To", 1.0), ("Charge to", 0.8),
        ("Receipient Details", 1.0), ("Details of Receipient", 1.0), ("Receipient", 0.6),
        ("Subscriber Name", 0.9), ("Insured Name", 0.8), ("Consumer Details", 0.9), ("Guest", 0.5),
        ("Consumer Name", 0.9), ("Name of Consumer", 0.9), ("Issued to", 0.8), ("Addressed to", 0.8),
    ),
    Role.SHIP_TO: (
        ("Consignee (Ship to)", 1.0), ("Consignee", 1.0), ("Ship to", 1.0), ("Shipped to", 1.0),
        ("Shipping", 0.85), ("Shipping Address", 1.0), ("Shipping Details", 1.0),
        ("Delivery Address", 1.0), ("Deliver to", 1.0), ("Delivery at", 1.0),
        ("Details of Consignee", 1.0), ("Delivered to", 1.0), ("Ship-to", 1.0), ("Delivery to", 0.9),
        ("Place of Delivery", 1.0), ("Delivery Location", 0.9), ("Dispatched to", 0.9),
        ("Despatched to", 0.9), ("Delivery Point", 0.9),
    ),
    Role.VENDOR: (
        ("Seller", 0.9), ("Supplier", 0.9), ("Bill From", 1.0), ("Billed From", 1.0),
        ("Dispatch From", 0.9), ("Details of Supplier", 1.0), ("Sold by", 1.0), ("Service Provider", 1.0),
        ("Consignor", 0.9), ("From,", 0.4), ("Ship From", 0.9), ("Details of Seller", 1.0),
        ("Company's Bank", 0.6), ("Billed by", 1.0), ("Issued by", 0.7), ("Supplied by", 0.9),
        ("Exporter", 0.9),
    ),
}  # fmt: skip
OWNERS: dict[Role, tuple[str, ...]] = {
    Role.COMPANY: ("company", "company's", "companys"),
    Role.VENDOR: (
        "our", "supplier", "supplier's", "seller", "property", "hotel", "restaurant", "merchant", "vendor",
        "vendor's", "exporter", "dealer", "provider",
    ),
    Role.BUYER: (
        "buyer", "buyer's", "customer", "client", "client's", "customer's", "party", "receiver", "recipient",
        "guest", "billing", "consignee's", "purchaser", "party's", "your", "consumer",
    ),
}  # fmt: skip
GSTIN_LABELS: Vocabulary = (
    ("GSTIN", 1.0), ("GST No", 1.0), ("GST Number", 1.0), ("GST IN", 1.0), ("GST Reg", 1.0), ("GSTN", 1.0),
    ("GST ID", 1.0), ("GST TIN", 1.0), ("GST", 0.8), ("UIN", 0.6), ("Provisional ID", 0.6), ("TIN No", 0.7),
)  # fmt: skip
STRANGERS = r"(?:transporter|e\W?commerce\s+operator|\beco|operator|bank|carrier|broker|market\s?place)"
STRANGER = re.compile(
    rf"{STRANGERS}(?:'?s)?\W{{0,3}}(?:GST|ID\b|reg)|GST\w*\W*(?:no\W*)?of\W*(?:the\W*)?{STRANGERS}"
    r"|\btransport\W*(?:ID|GST\w*)\W*$",
    re.IGNORECASE,
)
"""Labels of the GSTIN of somebody who has to do with the supply but is no party to it."""
FOOT = re.compile(r"\bCIN\b|\bwww\.|\bPAN\b|reg(?:d|istered)\W*office", re.IGNORECASE)
"""What stands in the small print that ends a paper, beside its vendor's GSTIN."""
IN_FOOT = "in the foot of the paper"
FOOT_STRENGTH, HALF = 0.9, 0.5
BLOCK_DEPTH = 0.3
"""Fraction of the page's height below its heading up to which a party's block reaches."""
LONGEST_HEADING = 50
IN_BLOCK = 1.05
"""How much a label that names the owner says in his block: of two that name him, this one is meant."""
PIECE_GAP = 0.04
"""Fraction of the page's width between two pieces of one number."""
COPY = re.compile(r"original|plicate|\bextra copy", re.IGNORECASE)
"""``Duplicate for Supplier / Transporter`` heads nobody's block."""
LONGEST_PIECE = 14
MOST_IN_PIECES = 1
"""Characters that may be put right in a number of several cells."""
PIECE = re.compile(r"(?:^|GSTIN|UIN|NO|GST|GSTN)[0-3OIQ]?\d?[A-Z0-9]{0,12}$")
"""How a cell ends in which the first piece of a GSTIN stands."""
ILLEGIBLE = re.compile(r"(?:GSTIN|STIN|UIN|GSTNO|GSTN)(\d\d[A-Z]{3}[A-Z0-9]{8,11})$")
LEAST_DIGITS = 6
CUT_OFF = re.compile(r"(?:^|[\W_])\d\d[A-Z]{5}[A-Z0-9]{0,7}\W*$")
TIMES = "\u00d7"
"""The sign of multiplication, as which an X is misread."""
LETTERHEAD_ENDS = 0.085
"""Fraction of the page's height above which ``M/s`` is how the vendor writes its own name."""
TABLE_STARTS = ("descriptionof", "hsn", "particulars", "slno", "srno")


@dataclass(frozen=True, slots=True)
class Mention:
    """A GSTIN as printed once; ``changes`` counts characters put right by shape and check digit."""

    value: str
    cell: Cell
    changes: int
    role: Role | None
    reason: str
    strength: float


class Prints(NamedTuple):
    """The GSTINs of a paper: those told for sure, what others may mean, and prints that stay illegible."""

    told: list[Mention]
    guesses: list[Mention]
    illegible: list[Mention]


def mentions_on(sheets: Sequence[Sheet]) -> Prints:
    """Every GSTIN of some pages; each page helps to read the others."""
    prints = (as_print(cell.text) for sheet in sheets for cell in sheet.cells)
    valid = dict.fromkeys(value for print_ in prints for _, value in valid_in(print_))
    sure = frozenset(list(valid)[:MOST_KNOWN])
    pans = pans_in((cell.text for sheet in sheets for cell in sheet.cells), sure)
    found = [mention for sheet in sheets for mention in mentions(sheet, pans, sure)]
    guessed = [mention for sheet in sheets for mention in guesses(sheet, found)]
    twice = agreed((mention.cell.text, mention.value) for mention in guessed)
    found += [mention for mention in guessed if mention.value in twice]
    illegible = [mention for sheet in sheets for mention in illegible_on(sheet, found)]
    return Prints(found, [mention for mention in guessed if mention.value not in twice], illegible)


def mentions(
    sheet: Sheet, pans: frozenset[str] = frozenset(), known: frozenset[str] = frozenset()
) -> list[Mention]:
    """Every GSTIN of a page; ``pans`` and valid numbers are ``known`` from other places."""
    party = parties_on(sheet)
    pans |= pans_in((cell.text for cell in sheet.cells), ())
    found = [
        Mention(value, part, changes, *party(part, cell))
        for row in sheet.rows
        for cell in row.cells
        for part, value, changes in gstins_in(cell, pans, known)
    ]
    whole = {mention.value for mention in found if not mention.changes}
    pieces = [piece for piece in gstins_in_pieces(sheet) if piece[2] not in whole]
    return found + [Mention(value, part, count, *party(part, cell)) for cell, part, value, count in pieces]


def guesses(sheet: Sheet, known: Sequence[Mention]) -> Iterator[Mention]:
    """Numbers that other prints of a page may mean: each has valid neighbours, and no witness chooses."""
    party = parties_on(sheet)
    for cell in untold(sheet, known):
        print_ = as_print(cell.text)
        for at, near in repairs_in(print_):
            part = cell.part(print_.places[at], print_.places[at + LENGTH - 1] + 1)
            for repair in near:
                yield Mention(repair.value, part, len(repair.changes), *party(part, cell))


def illegible_on(sheet: Sheet, known: Sequence[Mention]) -> Iterator[Mention]:
    """Prints that are plainly GSTINs, whichever: whose place they take is nobody else's."""
    party = parties_on(sheet)
    for cell in untold(sheet, known):
        match = ILLEGIBLE.search(compact(cell.text))
        if match and sum(map(str.isdigit, match[1])) >= LEAST_DIGITS:
            yield Mention(match[1], cell, 1, *party(cell, cell))


def untold(sheet: Sheet, known: Sequence[Mention]) -> Iterator[Cell]:
    """The cells of a page in which no GSTIN was told."""
    boxes = [mention.cell.box for mention in known if mention.cell.page == sheet.number]
    return (
        cell
        for cell in sheet.cells
        if not any(box.top == cell.box.top and cell.box.left <= box.left < cell.box.right for box in boxes)
    )


def parties_on(sheet: Sheet) -> Callable[[Cell, Cell], tuple[Role | None, str, float]]:
    """Tells of a part of a cell whose GSTIN it is, why, and how surely."""
    blocks, floor = list(block_labels(sheet)), table_top(sheet)
    return lambda part, cell: owner(part, cell, sheet, blocks, floor)


def gstins_in_pieces(sheet: Sheet) -> Iterator[tuple[Cell, Cell, str, int]]:
    """GSTINs that a comb of boxes or the edge of a column cuts, the cell they begin in, and the changes."""
    for start, run in runs_of_pieces(sheet):
        joined = replace(
            start, text="".join(compact(cell.text) for cell in run), right=run[-1].right, centres=()
        )
        for part, value, changes in gstins_in(joined):
            if changes <= MOST_IN_PIECES and not any(value in compact(cell.text) for cell in run):
                yield start, replace(part, box=around(run)), value, changes


def runs_of_pieces(sheet: Sheet) -> Iterator[tuple[Cell, tuple[Cell, ...]]]:
    """Cells that may hold one number together: neighbours on a line, or a cell and the one under it."""
    for row in sheet.rows:
        for at, first_cell in enumerate(row.cells):
            run = [first_cell]
            for cell in row.cells[at + 1 : at + 15]:
                if cell.left - run[-1].right > PIECE_GAP or len(compact(cell.text)) > LONGEST_PIECE:
                    break
                run.append(cell)
            if len(run) > 1 and PIECE.search(compact(first_cell.text)):
                yield first_cell, tuple(run)
    for cell in sheet.cells:
        if CUT_OFF.search(cell.text):
            yield from ((cell, (cell, under)) for under in first(sheet.below(cell, 1.5), 1))


def compact(text: str) -> str:
    """Capital letters and digits only; a sign of multiplication is a misread X."""
    return re.sub(r"[^A-Za-z0-9]", "", text.replace(TIMES, "X")).upper()


def around(cells: Sequence[Cell]) -> Box:
    """The box around some cells."""
    return Box(
        left=min(cell.box.left for cell in cells),
        top=min(cell.box.top for cell in cells),
        right=max(cell.box.right for cell in cells),
        bottom=max(cell.box.bottom for cell in cells),
    )


def gstins_in(
    cell: Cell, pans: frozenset[str] = frozenset(), known: frozenset[str] = frozenset()
) -> Iterator[tuple[Cell, str, int]]:
    """GSTINs in a cell with the number of characters put right: valid ones, else the one that is meant."""
    print_ = as_print(cell.text)
    valid = list(valid_in(print_))
    for at, value in valid:
        yield cell.part(print_.places[at], print_.places[at + LENGTH - 1] + 1), value, 0
    repaired = None if valid else meant(print_, pans, known)
    if repaired:
        yield cell.part(repaired.start, repaired.end), repaired.value, repaired.changes


def valid_in(print_: Print) -> Iterator[tuple[int, str]]:
    """The valid GSTINs of a text, and where they begin among its letters and digits."""
    at = 0
    while at + LENGTH <= len(print_.letters):
        value = print_.letters[at : at + LENGTH]
        valid = gstin.is_valid(value)
        if valid:
            yield at, value
        at += LENGTH if valid else 1


def as_print(text: str) -> Print:
    """A text with the places of its letters and digits."""
    places = [i for i, char in enumerate(text) if (char.isascii() and char.isalnum()) or char == TIMES]
    return Print(text, compact(text), places)


def block_labels(sheet: Sheet) -> Iterator[tuple[Role, Label]]:
    """Headings of party blocks."""
    for role, vocabulary in BLOCKS.items():
        for label in labels(sheet, vocabulary):
            opens = label.opens or (label.score >= 0.9 and len(label.cell.text) < LONGEST_HEADING)
            of_letterhead = label.word == "M/s" and label.cell.middle < LETTERHEAD_ENDS
            text = label.cell.text
            named = label_in(label.cell, GSTIN_LABELS) or is_order(text) or COPY.search(text) or of_letterhead
            if opens and not named:
                yield role, label


def is_order(text: str) -> bool:
    """Whether a label such as ``Buyer's Order No`` or ``Customer Code`` only sounds like a party's."""
    return bool(
        re.search(
            r"\b(?:order|p\.?o\.?|code|ref|no|number|id|nb|pan|gst|care|signature|date|gst\s?no)\b",
            text,
            re.IGNORECASE,
        )
    )


def table_top(sheet: Sheet) -> float:
    """Where the table of items begins; party blocks end there."""
    for row in sheet.rows:
        text = re.sub(r"[^a-z]", "", row.text.lower())
        if sum(start in text for start in TABLE_STARTS) >= 1 and re.search(
            r"qty|quantity|rate|amount|value", text
        ):
            return row.top
    return 1.0


def owner(
    part: Cell, cell: Cell, sheet: Sheet, blocks: Sequence[tuple[Role, Label]], floor: float
) -> tuple[Role | None, str, float]:
    """Whose GSTIN it is, why, and how surely."""
    if is_strangers(part, cell, sheet):
        return Role.STRANGER, "labelled as that of neither party", 1.0
    said = owner_by_words(part, cell, sheet)
    over = [(role, label) for role, label in blocks if covers(label.cell, part, blocks, floor)]
    role, label = max(
        over, key=lambda entry: (entry[1].cell.middle, entry[1].cell.left), default=(None, None)
    )
    delivered = said is Role.BUYER and role is Role.SHIP_TO  # "Party GSTIN" of him who gets the goods
    if said and not delivered:
        return said, "labelled as the party's own", IN_BLOCK if said is role else 1.0
    if role and label:
        return role, f'under "{label.cell.text}"', 0.9 * label.score
    if ends_paper(cell, sheet):
        return None, IN_FOOT, FOOT_STRENGTH
    return None, "outside every party's block", 0.5


def is_strangers(part: Cell, cell: Cell, sheet: Sheet) -> bool:
    """Whether a label gives a GSTIN to a carrier, a market place or a bank."""
    beside = next(sheet.left_of(cell), None)
    before = cell.text.partition(part.text)[0] if part.text in cell.text else cell.text
    return any(STRANGER.search(text) for text in (before, beside.text if beside else ""))


def ends_paper(cell: Cell, sheet: Sheet) -> bool:
    """Whether a GSTIN stands under all amounts, in the lines with the vendor's other registrations."""
    rows = [row for row in sheet.rows if abs(row.top - cell.top) < 2 * cell.height]
    amounts = [row.top for row in sheet.rows if any(f.looks_like_money for f in figures(row.text))]
    return cell.middle > max(amounts, default=HALF) and any(FOOT.search(row.text) for row in rows)


def owner_by_words(part: Cell, cell: Cell, sheet: Sheet) -> Role | None:
    """The owner named in the label itself: ``OUR GST``, ``Client's GSTIN``."""
    beside = next(sheet.left_of(cell), None)
    over = next(sheet.above(cell, 2.0), None)
    before = cell.text[: cell.text.find(part.text)] if part.text in cell.text else cell.text
    texts = [before] + [
        c.text
        for c in (beside, over)
        if c is not None and label_in(c, GSTIN_LABELS) and not re.search(r"\d{4}", c.text)
    ]
    if beside is not None and beside.text.isalpha() and cell.left - beside.right < PIECE_GAP:
        texts.append(beside.text)  # "Your" stood apart from "GSTIN"
    for text in texts:
        words = re.findall(r"[a-z']+", text.lower())
        for role, owners in OWNERS.items():
            if any(word in owners for word in words):
                return role
    return None


def covers(heading: Cell, part: Cell, blocks: Sequence[tuple[Role, Label]], floor: float) -> bool:
    """Whether a block's heading stands over a cell, with no other block's heading between them."""
    depth = part.middle - heading.middle
    if (
        not -0.3 * heading.height <= depth < BLOCK_DEPTH
        or heading.left > part.right
        or part.middle > floor > heading.middle
    ):
        return False
    for _, other in blocks:
        level = abs(other.cell.middle - heading.middle) < 2 * heading.height
        if level and heading.left + 0.05 < other.cell.left <= part.left + 0.03:
            return False
    return part.left - heading.left < 0.45
