"""Papers in the wild must say exactly what their labels claim, or they measure nothing."""

import io
import re

import numpy as np
import pypdfium2 as pdfium
import pytest

from specimens.money import grouped
from specimens.wear import worn
from specimens.wild import EVERYDAY, WildPaper, everyday_paper, odd_paper, wild_paper

SEEDS = range(5000, 5030)


def squeezed(text: str) -> str:
    return re.sub(r"[^A-Z0-9.]", "", text.upper())


ODD = 6000
"""Seeds from which the papers are those with heads and feet of less usual forms."""


@pytest.fixture(scope="module", params=[*SEEDS, *range(ODD, ODD + 30)])
def paper(request: pytest.FixtureRequest) -> WildPaper:
    return odd_paper(request.param) if request.param >= ODD else wild_paper(request.param)


def text_of(paper: WildPaper) -> str:
    with pdfium.PdfDocument(io.BytesIO(paper.pdf)) as document:
        return squeezed("".join(page.get_textpage().get_text_range() for page in document))


def test_what_the_label_says_is_printed(paper: WildPaper) -> None:
    printed, invoice = text_of(paper), paper.invoice
    account = invoice.bank_account
    wanted = [invoice.number, invoice.vendor.name, invoice.vendor.gstin, invoice.buyer.gstin]
    wanted += [account.number, account.ifsc] if account else []
    for value in wanted:
        assert squeezed(value or "") in printed
    assert invoice.totals.grand_total is not None
    assert squeezed(grouped(invoice.totals.grand_total)).partition(".")[0] in printed


def test_totals_add_up(paper: WildPaper) -> None:
    totals = paper.invoice.totals
    assert totals.taxable_value is not None
    others = (totals.other_charges or 0) + (totals.round_off or 0)
    assert totals.taxable_value + totals.taxes.total + others == totals.grand_total


@pytest.mark.parametrize("kind", sorted(EVERYDAY))
def test_a_paper_of_every_day_prints_its_number_and_total(kind: str) -> None:
    paper = everyday_paper(7001, kind)
    printed, totals = text_of(paper), paper.invoice.totals
    assert squeezed(paper.invoice.number or "-") in printed
    assert totals.grand_total is not None
    assert squeezed(grouped(totals.grand_total)).partition(".")[0] in printed
    others = (totals.other_charges or 0) + (totals.round_off or 0)
    assert totals.taxable_value in (None, totals.grand_total - totals.taxes.total - others)


def test_each_seed_gives_one_paper() -> None:
    assert wild_paper(5001).pdf == wild_paper(5001).pdf
    assert len({wild_paper(seed).layout for seed in SEEDS}) > 2


def test_wear_marks_a_page_alike_each_time() -> None:
    page = np.full((300, 212, 3), 255, np.uint8)
    page[100:110, 20:190] = 0
    for seed in range(12):
        once, mishaps = worn(page, seed)
        again, _ = worn(page, seed)
        assert mishaps
        assert once.shape[2] == 3
        assert not np.array_equal(once, page)
        assert np.array_equal(once, again)
