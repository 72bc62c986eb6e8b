"""Single words of a page."""

import pytest

from extraction.reading import Box, PageText, Source, Word
from extraction.words import single_words


def test_line_is_cut_where_its_blanks_lie() -> None:
    line = Word(text="Total  1,180.00", box=Box(left=0, top=0.2, right=0.15, bottom=0.3), confidence=0.9)
    page = PageText(number=1, width=100, height=100, source=Source.OCR, words=(line,))
    total, amount = single_words(page)
    assert (total.text, amount.text) == ("Total", "1,180.00")
    assert total.box.right == pytest.approx(0.05)
    assert amount.box.left == pytest.approx(0.07)
    assert amount.box.right == pytest.approx(0.15)
    assert (amount.box.top, amount.box.bottom) == (0.2, 0.3)


def test_page_without_words_has_none() -> None:
    assert not list(single_words(PageText(number=1, width=1, height=1, source=Source.OCR)))
