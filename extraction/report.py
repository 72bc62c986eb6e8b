"""From an understanding to the reading that leaves this package."""

from collections.abc import Iterator, Sequence
from typing import Any

from extraction.confidence import document_percent, percent
from extraction.fields.candidate import Candidate
from extraction.labels import fold
from extraction.reading import FieldValue, PageText, Reading, ReadingWarning, Rejected, Source, normal_form
from extraction.solve.choice import Choice
from extraction.understand import Understanding
from gst.signed_qr import QrFacts, Verdict

ROUNDING = 1
"""Rupees by which a printed total may differ from the signed one, which is before rounding."""
SURE_LABEL = 0.8


def report(
    found: Understanding,
    pages: Sequence[PageText],
    engine: str,
    seconds: float,
    notes: Sequence[ReadingWarning] = (),
) -> Reading:
    """The reading with evidence; ``notes`` are further warnings, about the file as a whole."""
    fields = {name: field_value(name, choice) for name, choice in found.choices.items()}
    signed = found.seen.signed
    return Reading(
        invoice=found.invoice,
        fields=fields,
        lines=tuple(
            {name: field_value(f"line.{name}", choice) for name, choice in cells.items()}
            for cells in found.line_choices
        ),
        confidence=document_percent(found.choices),
        warnings=(*warnings(found), *notes),
        pages=tuple(pages),
        signed_qr=signed.verdict.value if signed else None,
        qr_text=found.seen.signed_text,
        engine=engine,
        seconds=seconds,
    )


def field_value(name: str, choice: Choice[object]) -> FieldValue:
    """One value with its place, its certainty and the reason."""
    cell = choice.cell
    source = choice.source or (cell.source if cell else Source.COMPUTED)
    reason = f"{choice.reason} (a misread character was put right)" if choice.repaired else choice.reason
    return FieldValue(
        value=normal_form(choice.value),
        confidence=percent(name, choice),
        source=source,
        reason=reason,
        page=cell.page if cell else choice.page,
        box=cell.box if cell else None,
        rejected=tuple(
            Rejected(value=normal_form(other.value), reason=other.reason) for other in choice.rejected
        ),
        proof=choice.proof,
    )


def contradictions(found: Understanding, facts: QrFacts) -> Iterator[ReadingWarning]:
    """Where the paper says otherwise than its signed code."""
    buyer, total = found.choices.get("buyer_gstin"), found.choices.get("grand_total")
    numbers, days = found.seen.numbers, found.seen.days
    gstins = {mention.value for mention in found.seen.mentions}
    said = {
        "buyer": buyer and len(facts.buyer_gstin) == 15 and buyer.value != facts.buyer_gstin,
        "total": total and abs(total.value - facts.total) > ROUNDING,
        "number": is_sure(numbers) and all(fold(facts.number) != fold(c.value) for c in numbers),
        "date": is_sure(days) and all(facts.date != c.value for c in days),
        "vendor": gstins and facts.seller_gstin not in gstins,
    }
    for what, differs in said.items():
        if differs:
            yield ReadingWarning(
                code=f"qr_other_{what}",
                message=f"The paper prints another {what} than its signed QR code says.",
            )


def is_sure(candidates: Sequence[Candidate[Any]]) -> bool:
    """Whether one of them stands under a label that leaves no doubt."""
    return any(candidate.score >= SURE_LABEL for candidate in candidates)


def notes_on(others: Sequence[tuple[str | None, int]], unread: int) -> Iterator[ReadingWarning]:
    """What the file holds besides: other invoices by number and page, and pages that limits left unread."""
    if others:
        listed = ", ".join(f"{number or 'one without a number'} (page {page})" for number, page in others)
        yield ReadingWarning(code="several_invoices", message=f"The file holds other invoices too: {listed}.")
    if unread:
        yield ReadingWarning(
            code="pages_unread", message=f"The last {unread} pages were not read: please split the file."
        )


def warnings(found: Understanding) -> Iterator[ReadingWarning]:
    """What a person should look at."""
    signed = found.seen.signed
    if signed and signed.verdict is not Verdict.VERIFIED:
        yield ReadingWarning(code=f"qr_{signed.verdict.value}", message=signed.reason)
    if signed and signed.facts:
        yield from contradictions(found, signed.facts)
    if found.footer.choices and found.footer.sums is None:
        yield ReadingWarning(
            code="totals_unproven", message="No set of printed amounts adds up to the total."
        )
    repaired = sorted(name for name, choice in found.choices.items() if choice.repaired)
    if repaired:
        yield ReadingWarning(
            code="repaired", message=f"Misread characters were put right in: {', '.join(repaired)}."
        )
