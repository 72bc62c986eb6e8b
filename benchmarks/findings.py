"""What the rules say about labelled papers: findings by rule and document, to be judged against the notes.

Run with ``python -m benchmarks.findings <folder with labels/> [--infos]``. A label is what a careful person
reads, so every warning is either a fault of the paper or a false alarm.
"""

import argparse
import datetime as dt
import json
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from benchmarks.labelled import number
from compliance import engine
from compliance.context import Context
from compliance.findings import Finding, Severity
from compliance.history import Bill
from compliance.likeness import near_repeats
from compliance.score import score
from gst.invoice import DocumentKind, Invoice, Line, Party, TaxAmounts, Totals


def main() -> None:
    """Print the findings of a folder of labels."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path, help="holds labels/<id>.json")
    arguments.add_argument("--infos", action="store_true", help="print findings of severity info as well")
    options = arguments.parse_args()
    files = sorted((options.folder / "labels").glob("*.json"))
    labels = [json.loads(file.read_text(encoding="utf-8")) for file in files]
    report(labels, with_infos=options.infos)


def report(labels: list[dict[str, Any]], *, with_infos: bool) -> None:
    """Print findings by rule with their documents, then how many documents have one, and the cost."""
    bills = [bill_of(place, label) for place, label in enumerate(labels)]
    by_rule: dict[str, list[tuple[str, Finding, str]]] = defaultdict(list)
    documents: dict[Severity, set[str]] = {severity: set() for severity in Severity}
    grades: dict[str, int] = defaultdict(int)
    engine.check(invoice_of(labels[0]))  # the tables of law are read once
    spent = 0.0
    for place, label in enumerate(labels):
        started = time.process_time()
        near = near_repeats(bills[place], bills[:place])
        found = engine.check(invoice_of(label), near=near, context=Context(today=dt.date.today()))  # noqa: DTZ011
        spent += time.process_time() - started
        grades[score(found).grade] += 1
        for finding in found:
            by_rule[finding.rule].append((label["id"], finding, str(label.get("notes") or "")))
            documents[finding.severity].add(label["id"])
    for rule, cases in sorted(by_rule.items(), key=lambda item: (item[1][0][1].severity, item[0])):
        print_rule(rule, cases, with_infos=with_infos)
    for severity, ids in documents.items():
        print(f"{severity}: {len(ids)} of {len(labels)} documents")
    print(f"grades: {dict(sorted(grades.items()))}")
    print(f"{1000 * spent / len(labels):.2f} ms of CPU an invoice")


def print_rule(rule: str, cases: list[tuple[str, Finding, str]], *, with_infos: bool) -> None:
    """One rule's findings; infos only as a count unless they are asked for."""
    severity = cases[0][1].severity
    print(f"{severity:8} {rule}: {len(cases)}")
    if severity is Severity.INFO and not with_infos:
        return
    for name, finding, notes in cases:
        print(f"    {name}: {finding.message}")
        if notes and severity is not Severity.INFO:
            print(f"        notes: {notes}")


def invoice_of(label: dict[str, Any]) -> Invoice:
    """A label as the rules see it."""
    return Invoice(
        kind=DocumentKind(label["kind"]),
        number=label["invoice_number"],
        date=dt.date.fromisoformat(label["invoice_date"]) if label["invoice_date"] else None,
        vendor=Party(name=label["vendor_name"], gstin=label["vendor_gstin"]),
        buyer=Party(name=label["buyer_name"], gstin=label["buyer_gstin"]),
        place_of_supply=label["place_of_supply"],
        currency=label["currency"],
        lines=tuple(line_of(line) for line in label["line_items"]),
        totals=Totals(
            taxable_value=number(label["taxable_value"]),
            taxes=TaxAmounts(**{head: number(label[head]) for head in ("cgst", "sgst", "igst", "cess")}),
            round_off=number(label["round_off"]),
            grand_total=number(label["grand_total"]),
        ),
        irn=label["irn"],
    )


def line_of(line: dict[str, Any]) -> Line:
    """A labelled line."""
    return Line(
        description=line["description"],
        hsn_sac=line["hsn_sac"],
        unit=line["unit"],
        taxable_value=number(line["amount"]),
        quantity=number(line["quantity"]),
        unit_price=number(line["unit_price"]),
        gst_rate=number(line["gst_rate"]),
    )


def bill_of(place: int, label: dict[str, Any]) -> Bill:
    """A label's outline."""
    invoice = invoice_of(label)
    return Bill(
        id=place,
        name=label["id"],
        kind=invoice.kind,
        vendor_gstin=invoice.vendor.gstin,
        vendor_name=invoice.vendor.name,
        number=invoice.number,
        date=invoice.date,
        total=invoice.totals.grand_total,
    )


if __name__ == "__main__":
    main()
