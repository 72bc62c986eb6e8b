"""The value of each field from two readers: what is proved, then what is read, never what is only said."""

from dataclasses import dataclass, field
from functools import reduce
from typing import Any

from extraction.ai.answer import Answer
from extraction.ai.believe import (
    CHECKED,
    FOUND,
    GSTINS,
    PROVED,
    agreed,
    by_proof,
    contested,
    is_lawful,
    overruled,
    read_by_model,
    same,
)
from extraction.ai.evidence import is_amount
from extraction.ai.facts import FIELDS, Fact
from extraction.confidence import percent
from extraction.reading import FieldValue, Reading, Rejected, Source
from extraction.solve.choice import Choice
from gst.invoice import Invoice

DOUBTED = 80
"""Percent below which the offline reader's own value gives way, if the solver prefers the model's."""


@dataclass(slots=True)
class Merged:
    """The values by the keys of a reading, with their evidence."""

    values: dict[str, Any] = field(default_factory=dict)
    fields: dict[str, FieldValue] = field(default_factory=dict)
    suggestions: dict[str, FieldValue] = field(default_factory=dict)
    disputed: list[str] = field(default_factory=list)
    adds_up: bool = False  # a set of totals is proved: an amount outside it is none of them


def decide(name: str, local: Reading, fact: Fact | None, choice: Choice[Any] | None, merged: Merged) -> None:
    """The value of one field, its evidence, and what was not taken."""
    ours, value = local.fields.get(name), value_of(local.invoice, name)
    if ours is None or value is None:
        decide_alone(name, fact, choice, merged)
        return
    proved = choice if choice and choice.proof in PROVED and ours.proof not in PROVED else None
    if proved and not same(name, proved.value, value):
        evidence = by_proof(
            name, proved, fact, (Rejected(value=ours.value, reason=f"{ours.reason}; proved wrong"),)
        )
        take(name, proved.value, evidence, merged, disputed=True)
        return
    if proved:
        ours = max(ours, by_proof(name, proved, None, ours.rejected), key=lambda f: f.confidence)
    if fact is None:
        take(name, value, ours, merged)
    elif same(name, fact.value, value):
        take(name, value, agreed(ours), merged)
    elif prefers(name, choice, fact) and ours.proof not in PROVED and ours.confidence < DOUBTED:
        take(name, fact.value, overruled(fact, ours), merged, disputed=True)
    else:
        take(name, value, contested(name, ours, fact), merged, disputed=True)


def prefers(name: str, choice: Choice[Any] | None, fact: Fact) -> bool:
    """Whether the solver, with both values before it, chose the model's, and it stands on the page."""
    chosen = choice is not None and same(name, choice.value, fact.value)
    return chosen and fact.is_supported and is_lawful(name, fact)


def decide_alone(name: str, fact: Fact | None, choice: Choice[Any] | None, merged: Merged) -> None:
    """A value that the offline reader did not give: by proof, by its place on the page, else a suggestion."""
    fits = choice is not None and (fact is None or same(name, choice.value, fact.value))
    if choice and fits and (choice.proof in PROVED or choice.source is Source.COMPUTED):
        take(name, choice.value, by_proof(name, choice, fact, ()), merged)
    elif fact and not is_lawful(name, fact):
        why = "the AI model reads it, but its check digit is wrong"
        merged.suggestions[name] = read_by_model(fact, 0, why)
    elif fact and is_amount(name) and not fact.value:
        return  # a head that is not charged is left empty, whether a zero is printed or not
    elif fact and is_amount(name) and merged.adds_up:
        why = "the AI model reads it, but the amounts add up without it"
        merged.suggestions[name] = read_by_model(fact, 0, why)
    elif fact and fact.is_supported:
        sure = CHECKED if name in GSTINS else FOUND
        why = "only the AI model reads it; it stands on the page"
        take(name, fact.value, read_by_model(fact, sure, why), merged)
    elif fact:
        why = "unsupported: the AI model reads it, but it was not found on the page"
        merged.suggestions[name] = read_by_model(fact, 0, why)


def decide_kind(local: Reading, answer: Answer, choice: Choice[Any], merged: Merged) -> None:
    """What the paper is: by the offline reader's rules, in which the model's word is one witness."""
    before, kind = local.invoice.kind, local.invoice.kind if local.is_invoice else choice.value
    ours = local.fields.get("kind") or FieldValue(
        value=before.value, confidence=percent("kind", choice), source=Source.COMPUTED, reason=choice.reason
    )
    if kind is not before:
        fact = Fact(kind, kind.value, choice.cell, None, None)
        take("kind", kind, overruled(fact, ours), merged, disputed=True)
    elif answer.kind is None or answer.kind is kind:
        take("kind", kind, agreed(ours) if answer.kind else ours, merged)
    else:
        fact = Fact(answer.kind, answer.kind.value, None, None, None)
        take("kind", kind, contested("kind", ours, fact), merged, disputed=True)


def take(name: str, value: object, evidence: FieldValue, merged: Merged, *, disputed: bool = False) -> None:
    """Let a value stand."""
    merged.values[name], merged.fields[name] = value, evidence
    if disputed:
        merged.disputed.append(name)


def value_of(paper: Invoice, name: str) -> Any:  # noqa: ANN401 - of any type of the vocabulary
    """The typed value behind a key of a reading."""
    start: Any = paper
    return reduce(lambda part, step: getattr(part, step, None), FIELDS[name][0].split("."), start)
