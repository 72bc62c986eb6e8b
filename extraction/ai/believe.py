"""How sure a value is when two readers give it: agreement raises it, conflict lowers it, proof stands."""

from decimal import Decimal
from typing import Any

from extraction.ai.facts import Fact
from extraction.confidence import percent
from extraction.fields.names import alike
from extraction.labels import fold
from extraction.reading import FieldValue, Rejected, Source, normal_form
from extraction.solve.choice import Choice
from gst import gstin

PROVED = frozenset({"signed", "irn", "sums"})
"""Kinds of evidence that no reader's opinion outweighs: see extraction.solve."""
SURE_PROOFS = frozenset({"signed", "irn"})
FOUND = 70
"""Percent for a value that only the model read and that stands on the page. Not fitted: no labelled answers
of a model exist yet, so it is set below what a person is asked to look at."""
CHECKED = 85
"""Percent for a GSTIN like that, whose check digit fits as well; the most for what stands on no page."""
PROVEN = 95
"""The most for a value that arithmetic proves with the model's help."""
MOST = 99
PREFERRED = 60
"""Percent for a value of the model that displaces a doubtful one."""
CONTESTED = 0.7
"""What is left of certainty when the model reads something else."""
NAMES = frozenset({"vendor_name", "buyer_name"})
GSTINS = frozenset({"vendor_gstin", "buyer_gstin"})


def agreed(ours: FieldValue) -> FieldValue:
    """Both readers read the same: half of the doubt is gone."""
    sure = max(ours.confidence, min(MOST, 100 - (100 - ours.confidence) // 2))
    return ours.model_copy(
        update={"confidence": sure, "reason": f"{ours.reason}; the AI model reads the same"}
    )


def contested(name: str, ours: FieldValue, fact: Fact) -> FieldValue:
    """The model reads something else: it is kept beside, and doubt grows unless signature or hash decides."""
    if not is_lawful(name, fact):
        other, sure = "the AI model reads it, but its check digit is wrong", ours.confidence
    elif ours.proof in SURE_PROOFS:
        other, sure = "the AI model reads it; what is signed or hashed stands", ours.confidence
    elif ours.proof in PROVED:
        other, sure = "the AI model reads it; what adds up stands", int(ours.confidence * CONTESTED)
    else:
        place = "" if fact.is_supported else "; it was not found on the page"
        other, sure = f"the AI model reads it{place}", int(ours.confidence * CONTESTED)
    rejected = Rejected(value=normal_form(fact.value), reason=other)
    return ours.model_copy(update={"confidence": sure, "rejected": (rejected, *ours.rejected)})


def overruled(fact: Fact, ours: FieldValue) -> FieldValue:
    """The solver prefers the model's value, and nothing proves either: both are shown, and doubt remains."""
    lost = Rejected(value=ours.value, reason=f"the offline reader: {ours.reason}")
    reason = "the AI model reads it, and its place on the page speaks for it"
    return read_by_model(fact, PREFERRED, reason).model_copy(update={"rejected": (lost, *ours.rejected)})


def by_proof(name: str, choice: Choice[Any], fact: Fact | None, rejected: tuple[Rejected, ...]) -> FieldValue:
    """A value that the evidence of both readers proves."""
    cell = choice.cell if choice.cell and choice.cell.page else None
    by_model = fact is not None and same(name, choice.value, fact.value)
    reason = f"{choice.reason}; the AI model reads it so" if by_model else choice.reason
    page = cell.page if cell else fact.page if fact and by_model else None
    most = (PROVEN if cell else CHECKED) if by_model else MOST
    return FieldValue(
        value=normal_form(choice.value),
        confidence=min(most, percent(name, choice)),
        source=Source.AI if by_model else choice.source or (cell.source if cell else Source.COMPUTED),
        reason=reason if cell or not by_model else f"{reason}, though it was not found on the page",
        page=page,
        box=cell.box if cell else fact.box if fact and by_model else None,
        rejected=rejected,
        proof=choice.proof,
    )


def read_by_model(fact: Fact, sure: int, reason: str) -> FieldValue:
    """A value that only the model read."""
    return FieldValue(
        value=normal_form(fact.value),
        confidence=sure,
        source=Source.AI,
        reason=reason,
        page=fact.page,
        box=fact.box,
        proof="ai",
    )


def same(name: str, one: object, other: object) -> bool:
    """Whether two values of a field mean one."""
    if name == "invoice_number":
        return fold(str(one)) == fold(str(other))
    if name in NAMES:
        return alike(str(one), str(other))
    if isinstance(one, Decimal) and isinstance(other, Decimal) and name != "round_off":
        return abs(one) == abs(other)
    return one == other


def is_lawful(name: str, fact: Fact) -> bool:
    """Whether a value can be one of its kind at all."""
    return name not in GSTINS or gstin.is_valid(str(fact.value))
