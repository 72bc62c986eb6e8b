"""Single words of a page, for a person to point at."""

import re
from collections.abc import Iterator

from extraction.reading import Box, PageText, Word

WORD = re.compile(r"\S+")


def single_words(page: PageText) -> Iterator[Word]:
    """The words one by one; a line that was read as a whole is cut where its blanks lie, as if set evenly."""
    for cell in page.words:
        width = (cell.box.right - cell.box.left) / max(1, len(cell.text))
        for match in WORD.finditer(cell.text):
            box = Box(
                left=cell.box.left + match.start() * width,
                top=cell.box.top,
                right=cell.box.left + match.end() * width,
                bottom=cell.box.bottom,
            )
            yield Word(text=match.group(), box=box, confidence=cell.confidence)
