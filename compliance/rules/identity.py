"""Who billed whom."""

from collections.abc import Iterator

from compliance.findings import Finding, Severity
from gst import gstin
from gst.invoice import Invoice


def gstin_check_digits(invoice: Invoice) -> Iterator[Finding]:
    """A GSTIN whose shape or check character is wrong does not exist."""
    for field, role, value in (
        ("vendor_gstin", "vendor", invoice.vendor.gstin),
        ("buyer_gstin", "buyer", invoice.buyer.gstin),
    ):
        if value and not gstin.is_valid(value):
            yield Finding(
                rule=f"invalid_{field}",
                severity=Severity.CRITICAL,
                title=f"The {role}'s GSTIN is not valid",
                message=f"{value} cannot be a GSTIN: its shape or its check character is wrong.",
                advice=f"Compare it with the document; if it stands there, ask the {role} for the right one.",
                field=field,
                found=value,
                source="CGST Rules, Rule 10",
            )
