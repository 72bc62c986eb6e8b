"""Rule 46 of the CGST Rules: what must be on the paper."""

from collections.abc import Iterator

from compliance.findings import Finding, Severity
from gst.invoice import DocumentKind, Invoice

WITH_TAX = frozenset({DocumentKind.TAX_INVOICE, DocumentKind.CREDIT_NOTE, DocumentKind.DEBIT_NOTE})


def missing_particulars(invoice: Invoice) -> Iterator[Finding]:
    """The number, date, supplier's GSTIN and value that no tax document can do without."""
    particulars: list[tuple[str, str, object, str]] = [
        ("invoice_number", "number", invoice.number, "Rule 46(b)"),
        ("invoice_date", "date", invoice.date, "Rule 46(c)"),
        ("grand_total", "total", invoice.totals.grand_total, "Rule 46(j)"),
    ]
    if invoice.kind in WITH_TAX:
        particulars.append(("vendor_gstin", "vendor's GSTIN", invoice.vendor.gstin, "Rule 46(a)"))
    for field, name, value, rule in particulars:
        if value is None:
            yield Finding(
                rule=f"missing_{field}",
                severity=Severity.WARNING,
                title=f"No {name}",
                message=f"The {name} could not be found on the document.",
                advice=f"Look for the {name} on the document and enter it, or ask for a proper invoice.",
                field=field,
                source=f"CGST Rules, {rule}",
            )
