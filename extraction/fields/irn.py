"""The printed Invoice Reference Number: 64 hexadecimal digits, often broken over lines and misread."""

import re
from collections.abc import Iterator

from extraction.fields.candidate import Candidate
from extraction.layout import Cell, Sheet

LENGTH = 64
SHORTEST_PIECE = 4
HEX_LIKE = re.compile(r"[0-9a-fOolIsSgqQzZ]{4,}", re.IGNORECASE)
MISREAD = str.maketrans({"o": "0", "l": "1", "i": "1", "s": "5", "z": "2", "q": "9", "g": "9"})


def irn_candidates(sheet: Sheet) -> Iterator[Candidate[str]]:
    """Runs of hexadecimal digits long enough to be most of an IRN, joined over the lines they run over."""
    for cell in sheet.cells:
        start = hex_piece(cell)
        if len(start) < 16:
            continue
        text = start
        for under in sheet.below(cell, 6.0):
            if len(text) >= LENGTH - 1:
                break
            piece = hex_piece(under)
            if len(piece) < SHORTEST_PIECE or under.left - cell.left > 0.15:
                break
            text += piece
        if len(text) >= 24:
            exact = len(text) == LENGTH and re.fullmatch(r"[0-9a-f]{64}", text) is not None
            yield Candidate(text[:LENGTH], 1.0 if exact else 0.4, "printed as the IRN", cell)


def hex_piece(cell: Cell) -> str:
    """The hexadecimal digits that a cell ends in, with look-alikes put right."""
    text = re.sub(
        r"^\W*(?:IRN|Invoice Reference)\s*(?:No|Number)?\W*", "", cell.text.strip(), flags=re.IGNORECASE
    )
    compact = re.sub(r"[\s\-:.#]", "", text)
    if not HEX_LIKE.fullmatch(compact) or not re.search(r"\d", compact):
        return ""
    return compact.lower().translate(MISREAD)
