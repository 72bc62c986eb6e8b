"""Papers in the wild must say exactly what their labels claim, or they measure nothing."""

import io
import re

import pypdfium2 as pdfium
import pytest

from specimens.money import grouped
from specimens.wild import WildPaper, wild_paper

SEEDS = range(5000, 5030)


def squeezed(text: str) -> str:
    return re.sub(r"[^A-Z0-9.]", "", text.upper())


@pytest.fixture(scope="module", params=SEEDS)
def paper(request: pytest.FixtureRequest) -> WildPaper:
    return wild_paper(request.param)


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
    assert squeezed(grouped(invoice.totals.grand_total)) in printed


def test_totals_add_up(paper: WildPaper) -> None:
    totals = paper.invoice.totals
    assert totals.taxable_value is not None
    others = (totals.other_charges or 0) + (totals.round_off or 0)
    assert totals.taxable_value + totals.taxes.total + others == totals.grand_total


def test_each_seed_gives_one_paper() -> None:
    assert wild_paper(5001).pdf == wild_paper(5001).pdf
    assert len({wild_paper(seed).layout for seed in SEEDS}) > 2
