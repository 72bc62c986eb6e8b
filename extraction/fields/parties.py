"""Names of the vendor and the buyer."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from extraction.fields.candidate import Candidate, best_first
from extraction.fields.gstins import BLOCKS, GSTIN_LABELS, IN_FOOT, Mention, Role, block_labels
from extraction.fields.names import COMPANY, alike, cleaned, is_name, name_key
from extraction.fields.table import header_kinds, is_items
from extraction.labels import EMPTY, Label, Vocabulary, first, is_heading, label_in, labels
from extraction.layout import Cell, Row, Sheet
from extraction.numbers import figures

SIGNATURE = re.compile(r"^\W*for[\s:,.\-]+(?=[A-Z&])(.{4,})$", re.IGNORECASE)
GLUED_SIGNATURE = re.compile(r"^\W*F(?:or|OR)(?=[A-Z])(.{6,})$")
ISSUED = re.compile(r"invoice\s*issued\s*by\W*(.{4,60}?)\W*(?:\bon\s*behalf\b.*)?$", re.IGNORECASE)
HOLDER_LABELS: Vocabulary = (
    ("A/c Holder's Name", 0.9), ("A/c Holder Name", 0.9), ("Account Holder", 0.9), ("Account Name", 0.9),
    ("Beneficiary Name", 0.9), ("Beneficiary", 0.8), ("A/c Name", 0.9), ("Name of Beneficiary", 0.9),
    ("In favour of", 0.7), ("Supplier Name", 0.9), ("Name of Supplier", 0.9), ("Vendor Name", 0.8),
    ("Seller", 0.6), ("Name of Account", 0.8), ("Restaurant Name", 0.9), ("Merchant Name", 0.9),
    ("Department", 0.9), ("Department Name", 0.9), ("Name of Department", 0.9),
)  # fmt: skip
VALUE = re.compile(r"^\W*:|[A-Za-z.]\s*:\s*\w")
IN_FOOT_SURER = 1.4
"""Over the particulars that end a paper stands its vendor's name, even where another is printed larger."""
ALIGNED = 0.01
ASKING, ANSWER_GAP = re.compile(r"(?:\bno\.?|\bname|:)\W*$", re.IGNORECASE), 0.1
LOWEST_HEADING = 0.6
"""Fraction of the page below which a party's heading is small print."""
PRINTS = ("heads", "stands", "letterhead", "signs")
"""Where a name is printed best, by the first word of the reason; stamps and strokes cover signatures."""


def vendor_names(sheets: Sequence[Sheet], vendor: Sequence[Mention]) -> list[Candidate[str]]:
    """Names that the vendor may have, the likeliest first: those that several places agree on."""
    found = [candidate for sheet in sheets for candidate in vendor_names_on(sheet, vendor)]
    return best_first([with_support(candidate, found) for candidate in found])


def best_print(name: Candidate[str], others: Sequence[Candidate[str]]) -> Candidate[str]:
    """The same name where it is printed best; as other places agree on it, if this one stands alone."""
    near = [o for o in others if alike(o.value, name.value)]
    prints = Counter(key for key, _ in dict.fromkeys((name_key(o.value), o.cell) for o in near))
    usual = max(prints, key=lambda key: prints[key], default="")
    if prints[usual] > 1 and prints[name_key(name.value)] == 1:
        same = [o for o in near if name_key(o.value) == usual]
    else:
        same = [o for o in near if len(name_key(o.value)) >= len(name_key(name.value)) - 2]
    return min(same, key=lambda o: (PRINTS.index(o.reason.split()[0]), -o.score), default=name)


def with_support(candidate: Candidate[str], others: Sequence[Candidate[str]]) -> Candidate[str]:
    """The candidate raised by each other place, or other reason, that says nearly the same."""
    here = (candidate.cell, candidate.reason)
    support = [o.score for o in others if (o.cell, o.reason) != here and alike(o.value, candidate.value)]
    return candidate if not support else candidate.scored(1 + min(1.0, max(support)) + 0.1 * len(support))


def vendor_names_on(sheet: Sheet, vendor: Sequence[Mention]) -> Iterator[Candidate[str]]:
    """Signature line, account holder, letterhead, and the head of the block with the vendor's GSTIN."""
    yield from signatures(sheet)
    for label in labels(sheet, HOLDER_LABELS):
        cell = label.rest or next(sheet.right_of(label.cell), None)
        if cell is not None and is_name(cell.text):
            yield Candidate(cleaned(cell.text), 0.6 * label.score, f'stands behind "{label.cell.text}"', cell)
    yield from letterhead(sheet)
    for cell, match in ((cell, ISSUED.search(cell.text)) for cell in sheet.cells):
        if match and is_name(match[1]):
            yield Candidate(cleaned(match[1]), 0.8, "stands as who issued it", cell)
    for role, label in block_labels(sheet):
        if role is Role.VENDOR and label.score >= 0.9:
            for cell in first(name_cells(label, sheet), 1):
                reason = f'stands at "{label.cell.text}"'
                yield Candidate(cleaned(cell.text), 0.6 * label.score, reason, cell)
    for mention in vendor:
        if mention.cell.page == sheet.number:
            sure = IN_FOOT_SURER if mention.reason == IN_FOOT else 1.0
            yield from (head.scored(sure) for head in block_heads(sheet, mention.cell))


def signatures(sheet: Sheet) -> Iterator[Candidate[str]]:
    """``for SOMEBODY`` above the signature."""
    for cell in sheet.cells:
        match = SIGNATURE.match(cell.text) or GLUED_SIGNATURE.match(cell.text)
        if match and is_name(match[1]) and cell.middle > 0.3:
            yield Candidate(cleaned(match[1]), 0.75, "signs the paper", cell)
        elif re.fullmatch(r"\W*for\W*", cell.text, re.IGNORECASE) and cell.middle > 0.3:
            beside = next(sheet.right_of(cell), None)
            if beside is not None and is_name(beside.text):
                yield Candidate(cleaned(beside.text), 0.7, "signs the paper", beside)


def letterhead(sheet: Sheet) -> Iterator[Candidate[str]]:
    """Large print in the upper part of the first page, but for what stands in tables."""
    tabled = {cell for row in sheet.rows if holds_table(row) for cell in row.cells}
    top = [c for c in sheet.cells if c.middle < 0.3 and c not in tabled and is_title(c)]
    top = [cell for cell in top if not answers(cell, sheet)]
    tallest = max((cell.height for cell in top), default=0.0)
    for cell in top:
        size = cell.height / tallest
        if size > 0.6 or COMPANY.search(cell.text):
            score = (
                0.35 * size
                + (0.25 if COMPANY.search(cell.text) else 0.0)
                + (0.1 if cell.middle < 0.15 else 0.0)
            )
            yield Candidate(cleaned(cell.text), score, "letterhead", cell)


def answers(cell: Cell, sheet: Sheet) -> bool:
    """Whether a cell stands right behind a label, such as ``Flat/Block No.``."""
    beside = next(sheet.left_of(cell), None)
    return beside is not None and bool(ASKING.search(beside.text)) and cell.left - beside.right < ANSWER_GAP


def is_title(cell: Cell) -> bool:
    """Whether a cell can be a letterhead's name: no value behind a label, no GSTIN."""
    return is_name(cell.text) and not VALUE.search(cell.text) and not label_in(cell, GSTIN_LABELS)


def holds_table(row: Row) -> bool:
    """Whether a line names columns or holds amounts."""
    return len(header_kinds(row)) >= 2 or any(f.looks_like_money for c in row.cells for f in figures(c.text))


def block_heads(sheet: Sheet, gstin: Cell) -> Iterator[Candidate[str]]:
    """The first line of the lines that stand closely above the vendor's GSTIN."""
    foot = lowest = line_start(sheet, gstin)
    named: Cell | None = None
    for cell in sheet.above(foot, 20.0):
        gap = lowest.top - cell.bottom
        aligned = abs(cell.left - foot.left) < 0.04 or abs(cell.centre - foot.centre) < 0.02
        if aligned and gap < 1.6 * max(cell.height, foot.height):
            lowest = cell
            named = cell if is_name(cell.text) else named
    if named is not None:
        score = 0.6 if COMPANY.search(named.text) else 0.5
        yield Candidate(cleaned(named.text), score, "heads the block with the vendor's GSTIN", named)


def line_start(sheet: Sheet, gstin: Cell) -> Cell:
    """The cell that a GSTIN's line begins with: its label where it stands apart."""
    whole = next(
        (c for c in sheet.cells if c.box.top == gstin.box.top and c.left <= gstin.left < c.right), gstin
    )
    beside = next(sheet.left_of(whole), None)
    return beside if beside is not None and label_in(beside, GSTIN_LABELS) else whole


def buyer_names(sheets: Sequence[Sheet]) -> list[Candidate[str]]:
    """Names under the buyer's heading, or under the consignee's where there is no other."""
    return best_first([c for sheet in sheets for c in buyer_names_on(sheet)])


def buyer_names_on(sheet: Sheet) -> Iterator[Candidate[str]]:
    """The first line of each party block."""
    for role, label in block_labels(sheet):
        if role is Role.VENDOR or label.cell.middle > LOWEST_HEADING:
            continue
        weight = label.score * (1.0 if role is Role.BUYER else 0.6)
        for cell in name_cells(label, sheet):
            yield Candidate(cleaned(cell.text), weight, f'stands at "{label.cell.text}"', cell)
            break


def name_cells(label: Label, sheet: Sheet) -> Iterator[Cell]:
    """Cells that may hold the name under a heading: behind it, below it, or beside it."""
    if label.rest is not None and not EMPTY.match(label.rest.text):
        marks = re.match(
            r"^[\s(]*(?:bill(?:ed)? to|ship(?:ped)? to|party|name|details|address|&|and|[):,\-.])*\s*",
            label.rest.text,
            re.IGNORECASE,
        )
        rest = label.rest.part(marks.end() if marks else 0, len(label.rest.text))
        if is_name(rest.text):
            yield rest
    beside = next(sheet.right_of(label.cell), None)
    named_beside = beside is not None and is_name(beside.text) and not is_heading(beside.text)
    if beside is not None and named_beside and asks_down(label, beside, sheet):
        yield beside  # in a column of labels, each value stands beside its own
    titles = {cell for row in sheet.rows if is_items(header_kinds(row)) for cell in row.cells}
    for cell in sheet.below(label.cell, 4.5):
        if abs(cell.left - label.cell.left) > 0.2 or label_in(cell, GSTIN_LABELS) or cell in titles:
            continue
        named = re.match(r"^\W*(?:name|m/s\.?|to)\b\W*", cell.text, re.IGNORECASE)
        text = cell.part(named.end() if named else 0, len(cell.text))
        if is_name(text.text):
            yield text
        elif named:
            answer = next(sheet.right_of(cell), None)
            if answer is not None and is_name(answer.text):
                yield answer
    if beside is not None and named_beside:
        yield beside


def asks_down(label: Label, beside: Cell, sheet: Sheet) -> bool:
    """Whether a heading stands in a column of labels, with a column of their values beside it."""
    if label.word.endswith("Name"):
        return True
    under = next(sheet.below(label.cell, 2.0), None)
    if under is None or any(label_in(beside, words) for words in BLOCKS.values()):
        return False
    answer = next(sheet.right_of(under), None)
    return is_heading(under.text) or (answer is not None and abs(answer.left - beside.left) < ALIGNED)
