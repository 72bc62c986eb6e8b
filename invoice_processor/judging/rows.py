"""Line items, findings and scores as rows and JSON."""

from dataclasses import asdict
from typing import Any

from compliance import findings as compliance
from compliance.score import HealthScore
from gst.invoice import Line
from invoice_processor.judging.columns import figure, text
from invoice_processor.models import Finding, Invoice, InvoiceLine

LONG = frozenset({"message", "advice"})  # of a finding; what else may quote the paper is cut


def line_row(invoice: Invoice, position: int, line: Line) -> InvoiceLine:
    """A line item as a row."""
    return InvoiceLine(
        invoice=invoice,
        position=position,
        description=text(line.description),
        hsn_sac=text(line.hsn_sac, 8),
        quantity=figure(line.quantity, places=4),
        unit=text(line.unit, 20),
        unit_price=figure(line.unit_price, places=4),
        gst_rate=figure(line.gst_rate, places=3, digits=3),
        amount=figure(line.taxable_value),
    )


def finding_row(invoice: Invoice, finding: compliance.Finding) -> Finding:
    """A finding as a row."""
    said = {name: text(value, None if name in LONG else 200) for name, value in asdict(finding).items()}
    return Finding(invoice=invoice, **said)


def health(score: HealthScore) -> dict[str, Any]:
    """A score as JSON: its rubric, and the parts with what each lost and why; points as strings."""
    return {
        "rubric": score.rubric,
        "parts": [
            {
                "part": part.part.value,
                "weight": str(part.weight),
                "points": str(part.points),
                "deductions": [
                    {"rule": lost.rule, "title": lost.title, "points": str(lost.points)}
                    for lost in part.deductions
                ],
            }
            for part in score.parts
        ],
    }
