"""Everything that the finders see on the pages of one invoice."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extraction.fields.candidate import Candidate, voted
from extraction.fields.dating import weighed
from extraction.fields.days import (
    bare_dates,
    date_beside_number,
    date_candidates,
    dated_with,
    days_of_leaving,
)
from extraction.fields.gstins import Mention, mentions_on
from extraction.fields.irn import irn_candidates
from extraction.fields.kind import kind_candidates
from extraction.fields.numbering import (
    LEAST_NUMBER_SCORE,
    as_most_print,
    last_numbers,
    number_candidates,
)
from extraction.fields.place import places_of_supply, reverse_charges
from extraction.fields.totals import Head, Money, Spelled, added, money_on, spelled_on, tax_runs
from extraction.layout import Sheet
from gst.invoice import DocumentKind
from gst.signed_qr import SignedQr, Verdict, read

SURE_TITLE = 0.6
LEAST_TELLING = 4
"""Characters without which an invoice number may stand anywhere by chance."""
LEAST_DATE_SCORE = 0.2
"""Score under which a date counts as not labelled at all."""
WORTH = (Verdict.VERIFIED, Verdict.UNVERIFIABLE, Verdict.UNSIGNED, Verdict.SANDBOX, Verdict.FORGED)
"""Verdicts on a code from the best evidence to the worst."""


@dataclass(frozen=True, slots=True)
class Code:
    """The text of a QR code and the page it stands on."""

    text: str
    page: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """Candidates by field, the best first, and what a signed code says."""

    sheets: tuple[Sheet, ...]
    signed: SignedQr | None
    signed_page: int | None
    signed_text: str | None
    titles: tuple[Candidate[DocumentKind], ...]
    numbers: tuple[Candidate[str], ...]
    days: tuple[Candidate[dt.date], ...]
    mentions: tuple[Mention, ...]
    guesses: tuple[Mention, ...]  # GSTINs that misread prints may mean; a proof must choose
    illegible: tuple[Mention, ...]  # prints that are GSTINs, whichever
    irns: tuple[Candidate[str], ...]
    money: tuple[Money, ...]
    tax_runs: tuple[tuple[Head, tuple[Money, ...]], ...]
    spelled: tuple[Spelled, ...]
    places: tuple[Candidate[str], ...]
    charges: tuple[Candidate[bool], ...]


def gather(pages: Sequence[Sheet], codes: Sequence[Code]) -> Evidence:
    """Let every finder look at every page of the invoice."""
    sheets = billing(pages)
    signed, code = signed_code(codes)
    numbers = voted([c for sheet in sheets for c in number_candidates(sheet)])
    unnumbered = not numbers or numbers[0].score < LEAST_NUMBER_SCORE
    if unnumbered:
        numbers = voted([*numbers, *last_numbers(sheets)])
    if numbers and len(numbers[0].value) >= LEAST_TELLING:
        numbers[0] = replace(numbers[0], value=as_most_print(numbers[0].value, sheets))
    days = [c for sheet in sheets for c in date_candidates(sheet)]
    if numbers:
        days += [c for sheet in sheets for c in date_beside_number(sheet, numbers[0].value)]
    if unnumbered and numbers:
        days += list(dated_with(numbers[0], days))
    if not any(c.score >= LEAST_DATE_SCORE for c in days):
        bare = [c for sheet in sheets[:1] for c in list(days_of_leaving(sheet)) or bare_dates(sheet)]
        days += bare if len({c.value for c in bare}) == 1 else []
    gstins = mentions_on(sheets)
    runs = [run for sheet in sheets for run in tax_runs(sheet)]
    return Evidence(
        sheets=tuple(sheets),
        signed=signed,
        signed_page=code.page if code else None,
        signed_text=code.text if code else None,
        titles=tuple(c for sheet in sheets for c in kind_candidates(sheet)),
        numbers=tuple(numbers),
        days=tuple(voted(weighed(days, sheets))),
        mentions=tuple(gstins.told),
        guesses=tuple(gstins.guesses),
        illegible=tuple(gstins.illegible),
        irns=tuple(sorted((c for sheet in sheets for c in irn_candidates(sheet)), key=lambda c: -c.score)),
        money=(*(m for sheet in sheets for m in money_on(sheet)), *(added(*run) for run in runs)),
        tax_runs=tuple(runs),
        spelled=tuple(s for sheet in sheets for s in spelled_on(sheet)),
        places=tuple(voted([c for sheet in sheets for c in places_of_supply(sheet)])),
        charges=tuple(c for sheet in sheets for c in reverse_charges(sheet)),
    )


def billing(pages: Sequence[Sheet]) -> list[Sheet]:
    """The pages without those that are titled as other papers, such as a consignment note behind it."""
    kept = [page for page in pages if not other_paper(page)]
    return kept or list(pages)


def other_paper(page: Sheet) -> bool:
    """Whether a page's titles name papers that bill nothing, and none that does."""
    titles = [c for c in kind_candidates(page) if c.score >= SURE_TITLE]
    return bool(titles) and all(
        c.value in (DocumentKind.NOT_INVOICE, DocumentKind.DELIVERY_CHALLAN) for c in titles
    )


def signed_code(codes: Sequence[Code]) -> tuple[SignedQr | None, Code | None]:
    """The code that is worth most as evidence: what it says, and the code itself."""
    judged = [(read(code.text), code) for code in codes]
    facts = [(signed, code) for signed, code in judged if signed.facts is not None]
    return min(facts, key=lambda entry: (WORTH.index(entry[0].verdict), entry[1].page), default=(None, None))
