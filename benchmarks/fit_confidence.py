"""Fit the table of certainties: ``python -m benchmarks.fit_confidence FOLDER [--write]``.

For each kind of evidence the share of values that were right, drawn towards the share over all fields where
there are few. Each document is understood with its codes, without them, and worn: some words lost, some
characters misread, as on poorer paper than that with which the finders were written. Five folds by vendor
print how far the table holds for vendors it was not fitted on; ``--write`` then fits on all of them.
"""

import argparse
import hashlib
import json
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.labelled import CELLS, HEADER, KEY, Labelled, labelled, pairs, same, verdict
from extraction import confidence
from extraction.confidence import LINE_POOL, pool_of
from extraction.engines.local import understood
from extraction.errors import ReadingError
from extraction.page_reader import PageReader, ReadPage
from extraction.reading import PageText, line_document, normal_form
from extraction.solve.identity import LOOKALIKES
from extraction.understand import Understanding

PUBLIC = {"taxable_value": "amount"}
"""Cells of a line that labels call otherwise."""
FOLDS = 5
WEIGHT = 6
"""How many vendors the share over all fields is worth against a field's own."""
DOUBT = (3, 0.75)
"""So many more vendors with this share of right values are added to each pool: nothing is ever certain, and
the finders were written with these papers at hand."""
CEILING, FLOOR = 99, 5
LOST_WORDS, MISREAD_CHARACTERS = 0.03, 0.005


Tally = defaultdict[str, defaultdict[str, list[bool]]]
"""Outcomes by evidence and vendor: a vendor's papers look alike, so each vendor counts once."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One value or one document: its evidence, and whether it was right."""

    vendor: str
    field: str
    key: str
    right: bool


def outcomes(document: Labelled, found: Understanding) -> Iterator[Outcome]:
    """How the values of a document came out."""
    masked = document.label.get("masked") or ()
    results = {}
    for field in HEADER:
        choice = found.choices.get(field)
        value = normal_form(choice.value) if choice else None
        result = None if field in masked else verdict(field, document.label.get(field), value)
        results[field] = result
        if choice and result:
            yield Outcome(document.vendor, field, confidence.evidence_key(choice), result == "right")
    yield from line_outcomes(document, found)
    right = not any(results[field] in ("wrong", "missed") for field in KEY)
    yield Outcome(document.vendor, "document", document_key(found), right)


def line_outcomes(document: Labelled, found: Understanding) -> Iterator[Outcome]:
    """How the cells of the lines came out; a line that is not on the paper has none right."""
    if not document.label.get("line_items_complete", True):
        return
    read = [line_document(line) for line in found.invoice.lines]
    labels = {id(line): label for label, line in pairs(document.label.get("line_items") or [], read) if line}
    for line, choices in zip(read, found.line_choices, strict=True):
        label = labels.get(id(line), {})
        for name, choice in choices.items():
            cell = PUBLIC.get(name, name)
            if cell in CELLS and (not label or label.get(cell) is not None):
                right = bool(label) and same(cell, label[cell], line[cell])
                yield Outcome(document.vendor, f"line.{name}", confidence.evidence_key(choice), right)


def document_key(found: Understanding) -> str:
    """The evidence of a whole document, as the reader will see it."""
    return confidence.document_key(found.choices)


def fit(seen: Sequence[Outcome]) -> dict[str, int]:
    """Percent by field and evidence, and by evidence over all fields."""
    pooled: Tally = defaultdict(lambda: defaultdict(list))
    own: Tally = defaultdict(lambda: defaultdict(list))
    for outcome in seen:
        pooled[f"{pool_of(outcome.field)}/{outcome.key}"][outcome.vendor].append(outcome.right)
        own[f"{outcome.field}/{outcome.key}"][outcome.vendor].append(outcome.right)
    shares = {key: share(by_vendor, *DOUBT) for key, by_vendor in sorted(pooled.items())}
    table = {key: percent(value) for key, value in shares.items()}
    for name, by_vendor in sorted(own.items()):
        field, _, key = name.partition("/")
        if field != "document":
            table[name] = percent(share(by_vendor, WEIGHT, shares[f"{pool_of(field)}/{key}"]))
    return table


def share(by_vendor: Mapping[str, Sequence[bool]], weight: float, prior: float) -> float:
    """The share of right values, with some more vendors of a known share added."""
    right = sum(sum(results) / len(results) for results in by_vendor.values())
    return (right + weight * prior) / (len(by_vendor) + weight)


def percent(value: float) -> int:
    """A share as a percentage that claims neither certainty nor impossibility."""
    return max(FLOOR, min(CEILING, round(100 * value)))


def print_folds(seen: Sequence[Outcome]) -> None:
    """Shown certainty against right values, for vendors that the table was not fitted on."""
    shown: list[tuple[str, int, bool]] = []
    for fold in range(FOLDS):
        table = fit([outcome for outcome in seen if fold_of(outcome.vendor) != fold])
        for outcome in seen:
            if fold_of(outcome.vendor) == fold:
                pool = pool_of(outcome.field)
                known = table.get(
                    f"{outcome.field}/{outcome.key}", table.get(f"{pool}/{outcome.key}", confidence.UNKNOWN)
                )
                shown.append((pool, known, outcome.right))
    for pool, name in (("*", "values"), (LINE_POOL, "cells of lines"), ("document", "documents")):
        for low, high in ((0, 50), (50, 70), (70, 80), (80, 90), (90, 95), (95, 98), (98, 101)):
            found = [right for kind, known, right in shown if kind == pool and low <= known < high]
            if found:
                right = 100 * sum(found) / len(found)
                print(f"{name} shown {low:3} to {high:3} %: {right:5.1f} % right of {len(found)}")


def fold_of(vendor: str) -> int:
    """The fold of a vendor, the same on every machine."""
    return hashlib.sha256(vendor.encode()).digest()[0] % FOLDS


def versions(pages: Sequence[ReadPage], name: str) -> Iterator[tuple[Sequence[ReadPage], bool]]:
    """The pages with their codes, without them, and worn without them."""
    yield pages, True
    yield pages, False
    chance = random.Random(name)
    yield [replace(page, text=worn(page.text, chance), centres=()) for page in pages], False


def worn(page: PageText, chance: random.Random) -> PageText:
    """The page with some words lost and some characters misread."""
    words = [
        word.model_copy(update={"text": "".join(misread(character, chance) for character in word.text)})
        for word in page.words
        if chance.random() >= LOST_WORDS
    ]
    return page.model_copy(update={"words": tuple(words)})


def misread(character: str, chance: random.Random) -> str:
    """The character, or now and then one that looks like it."""
    alike = LOOKALIKES.get(character)
    return chance.choice(alike) if alike and chance.random() < MISREAD_CHARACTERS else character


def read_pages(documents: Sequence[Labelled]) -> Iterator[tuple[Labelled, list[ReadPage]]]:
    """The pages of each document that can be read."""
    reader = PageReader()
    for document in documents:
        try:
            yield document, list(reader.read(document.path))
        except ReadingError as error:
            print(f"{document.id}: {error}")


def main() -> None:
    """Fit, print the folds, write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true", help="replace the table of the reader")
    arguments = parser.parse_args()
    documents = [document for document in labelled(arguments.folder) if document.is_invoice]
    seen = [
        outcome
        for document, pages in read_pages(documents)
        for version, with_codes in versions(pages, document.id)
        for outcome in outcomes(document, understood(version, with_codes=with_codes)[0][0])
    ]
    print_folds(seen)
    if arguments.write:
        table = {"about": "fitted by benchmarks/fit_confidence.py", "percent": fit(seen)}
        path = Path(confidence.__file__).with_name("confidence.json")
        path.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
