"""How much of real invoices is read right: ``python -m benchmarks.accuracy FOLDER``.

Prints right, wrong, missed and invented values by field, the cells of line items, and how far the shown
certainty can be trusted. ``--readings DIR`` also writes each reading's public JSON.
"""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.labelled import HEADER, KEY, Labelled, agreeing, labelled, pairs, verdict, wanted
from extraction.engines.local import LocalReader
from extraction.errors import ReadingError

BANDS = (0, 50, 70, 80, 90, 95, 98, 101)


def read_all(documents: Iterable[Labelled], reader: LocalReader) -> list[tuple[Labelled, dict[str, Any]]]:
    """Each document with its reading's public JSON; an unreadable one has an empty reading."""
    found = []
    for document in documents:
        try:
            found.append((document, reader.read(document.path).document()))
        except ReadingError as error:
            print(f"{document.id}: {error}")
            found.append((document, {}))
    return found


def print_fields(read: Sequence[tuple[Labelled, dict[str, Any]]]) -> None:
    """Values by field, and documents with all key fields right."""
    fields: dict[str, Counter[str]] = {field: Counter() for field in HEADER}
    whole = 0
    for document, reading in read:
        verdicts = field_verdicts(document, reading)
        for field, result in verdicts.items():
            fields[field][result] += 1
        whole += not any(verdicts.get(field) in ("wrong", "missed") for field in KEY)
    total: Counter[str] = sum(fields.values(), Counter())
    for field, counts in [*fields.items(), ("all", total)]:
        known = counts["right"] + counts["wrong"] + counts["missed"]
        shares = "  ".join(f"{name} {counts[name]:4}" for name in ("right", "wrong", "missed", "invented"))
        print(f"{field:16} {100 * counts['right'] / max(1, known):6.1f} %  {shares}")
    print(f"documents with all key fields right: {100 * whole / max(1, len(read)):.1f} %")


def field_verdicts(document: Labelled, reading: dict[str, Any]) -> dict[str, str]:
    """How each header field came out; masked fields are left out."""
    masked = document.label.get("masked") or ()
    results = {
        field: verdict(field, document.label.get(field), reading.get(field))
        for field in HEADER
        if field not in masked
    }
    return {field: result for field, result in results.items() if result}


def print_lines(read: Sequence[tuple[Labelled, dict[str, Any]]]) -> None:
    """Cells and whole lines of the items."""
    cells = right = lines = whole = extra = 0
    for document, reading in read:
        labels = document.label.get("line_items") or []
        if not labels or not document.label.get("line_items_complete", True):
            continue
        found = pairs(labels, reading.get("line_items") or [])
        extra += max(0, len(reading.get("line_items") or []) - sum(other is not None for _, other in found))
        for line, other in found:
            hits, needed = len(agreeing(line, other)), len(wanted(line))
            cells, right = cells + needed, right + hits
            lines, whole = lines + 1, whole + (hits == needed)
    shares = f"whole {100 * whole / max(1, lines):.1f} %, cells {100 * right / max(1, cells):.1f} %"
    print(f"line items: {lines}, {shares}, extra {extra}")


def print_calibration(read: Sequence[tuple[Labelled, dict[str, Any]]]) -> None:
    """Shown certainty against the share that was right, for values and for whole documents."""
    values: defaultdict[int, list[bool]] = defaultdict(list)
    documents: defaultdict[int, list[bool]] = defaultdict(list)
    for document, reading in read:
        verdicts = field_verdicts(document, reading)
        for field, result in verdicts.items():
            if result != "missed" and field in reading.get("fields", {}):
                values[band(reading["fields"][field]["confidence"])].append(result == "right")
        all_right = not any(verdicts.get(field) in ("wrong", "missed") for field in KEY)
        documents[band(reading.get("confidence", 0))].append(all_right)
    for name, bands in (("values", values), ("documents", documents)):
        for low, results in sorted(bands.items()):
            share = 100 * sum(results) / len(results)
            print(f"{name} shown from {low:3} %: {share:5.1f} % right of {len(results)}")


def band(confidence: int) -> int:
    """The lower end of a certainty's band."""
    return max(low for low in BANDS if low <= confidence)


def main() -> None:
    """Read the folder and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--readings", type=Path, help="write each reading's JSON into this directory")
    arguments = parser.parse_args()
    read = read_all(labelled(arguments.folder), LocalReader())
    if arguments.readings:
        arguments.readings.mkdir(parents=True, exist_ok=True)
        for document, reading in read:
            (arguments.readings / f"{document.id}.json").write_text(json.dumps(reading), encoding="utf-8")
    told_apart = sum(document.is_invoice == bool(reading.get("is_invoice")) for document, reading in read)
    print(f"{len(read)} documents; told apart right: {100 * told_apart / max(1, len(read)):.1f} %")
    invoices = [(document, reading) for document, reading in read if document.is_invoice]
    print_fields(invoices)
    print_lines(invoices)
    print_calibration(invoices)


if __name__ == "__main__":
    main()
