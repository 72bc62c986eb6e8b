"""One reading from two readers.

What a signature, a hash or the arithmetic proves stays, whatever the model says. Where both read the same,
certainty rises; where they differ it falls, and the other value is kept beside. A value of the model that
stands nowhere on the page and that nothing proves is a suggestion and no part of the invoice.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from extraction.ai import lines as items
from extraction.ai.answer import Answer
from extraction.ai.decide import Merged, decide, decide_kind
from extraction.ai.evidence import Solved, solve
from extraction.ai.facts import FIELDS, Fact, facts
from extraction.confidence import key_percent
from extraction.evidence import gather
from extraction.layout import Sheet, lay_out
from extraction.reading import Reading, ReadingWarning
from extraction.solve.choice import Choice
from extraction.understand import invoice_of
from gst.invoice import Invoice, Line, Party

NOTED = frozenset({"totals_unproven"})
"""Warnings of the offline reading that are judged anew."""


def merge(local: Reading, answer: Answer, model: str) -> Reading:
    """The reading of both; ``model`` is the name that the model has for a person."""
    sheets = tuple(lay_out(page) for page in local.pages)
    told = facts(answer, sheets)
    said = tuple(items.line_of(cells, sheets) for cells in answer.lines)
    solved = best_solution(local, sheets, told, answer, said)
    merged = Merged(adds_up=solved.footer.sums is not None or proved_sums(local))
    decide_kind(local, answer, solved.choices["kind"], merged)
    for name in FIELDS:
        decide(name, local, told.get(name), solved.choices.get(name), merged)
    chosen = items.choose(local.invoice.lines, said, merged.values.get("taxable_value"))
    return local.model_copy(
        update={
            "invoice": invoice(local.invoice, merged.values, chosen.lines),
            "fields": {**local.fields, **merged.fields},
            "lines": () if chosen.by_model else local.lines,
            "suggestions": merged.suggestions,
            "confidence": key_percent({name: found.confidence for name, found in merged.fields.items()}),
            "warnings": tuple(warnings(local, merged, chosen)),
            "engine": f"{local.engine} + {model}",
        }
    )


def best_solution(
    local: Reading, sheets: Sequence[Sheet], told: Mapping[str, Fact], answer: Answer, said: tuple[Line, ...]
) -> Solved:
    """The solver's word on the evidence of both, with the lines, ours or those ``said``, that add up."""
    seen = gather(sheets, ())
    signed = (
        local.invoice.totals.grand_total
        if "grand_total" in local.fields and local.fields["grand_total"].proof == "signed"
        else None
    )
    ours = solve(seen, told, answer, local.invoice.lines, signed)
    theirs = solve(seen, told, answer, said, signed) if said and ours.footer.sums is None else ours
    return theirs if theirs.footer.sums is not None else ours


def proved_sums(local: Reading) -> bool:
    """Whether the offline reader's totals add up."""
    total = local.fields.get("grand_total")
    return total is not None and total.proof == "sums"


def invoice(paper: Invoice, values: Mapping[str, Any], lines: tuple[Line, ...]) -> Invoice:
    """The invoice of the merged values; what only the offline reader gives stays."""
    merged = invoice_of({name: Choice(value, "", "") for name, value in values.items()}, lines)
    return replace(
        paper,
        kind=merged.kind,
        number=merged.number,
        date=merged.date,
        vendor=party(paper.vendor, merged.vendor),
        buyer=party(paper.buyer, merged.buyer),
        place_of_supply=merged.place_of_supply,
        reverse_charge=merged.reverse_charge,
        lines=lines,
        totals=replace(
            merged.totals, discount=paper.totals.discount, amount_in_words=paper.totals.amount_in_words
        ),
        irn=merged.irn,
    )


def party(before: Party, merged: Party) -> Party:
    """A party under its merged name and GSTIN."""
    return replace(
        before, name=merged.name, gstin=merged.gstin, state_code=merged.state_code or before.state_code
    )


def warnings(local: Reading, merged: Merged, chosen: items.Lines) -> Iterator[ReadingWarning]:
    """The offline reader's warnings as they still hold, and what a person should know of the two readers."""
    adds_up = any(f.proof == "sums" for f in merged.fields.values())
    yield from (w for w in local.warnings if w.code not in NOTED or not adds_up)
    if merged.disputed:
        names = ", ".join(sorted(name.replace("_", " ") for name in merged.disputed))
        yield ReadingWarning(code="ai_conflict", message=f"The two readers differ in: {names}.")
    if merged.suggestions:
        names = ", ".join(sorted(name.replace("_", " ") for name in merged.suggestions))
        yield ReadingWarning(
            code="ai_unsupported",
            message=f"Not taken from the AI model, since nothing on the page supports it: {names}.",
        )
    if chosen.by_model:
        how = "they add up to the taxable value" if chosen.proved else "they are not proved"
        yield ReadingWarning(code="ai_lines", message=f"The lines are those of the AI model: {how}.")
