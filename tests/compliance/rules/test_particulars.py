"""What must be on the paper."""

from dataclasses import replace

import pytest

from compliance.findings import Severity
from compliance.rules.particulars import missing_particulars
from gst.invoice import DocumentKind, Invoice, Party, Totals
from specimens import sample_invoice

HONEST = sample_invoice(3)


@pytest.mark.parametrize(
    ("paper", "rule", "source"),
    [
        (replace(HONEST, number=None), "missing_invoice_number", "CGST Rules, Rule 46(b)"),
        (replace(HONEST, date=None), "missing_invoice_date", "CGST Rules, Rule 46(c)"),
        (replace(HONEST, totals=Totals()), "missing_grand_total", "CGST Rules, Rule 46(j)"),
        (replace(HONEST, vendor=Party(name="Asha")), "missing_vendor_gstin", "CGST Rules, Rule 46(a)"),
    ],
)
def test_a_missing_particular_is_a_warning_with_its_rule(paper: Invoice, rule: str, source: str) -> None:
    (finding,) = missing_particulars(paper)
    assert (finding.rule, finding.severity, finding.source) == (rule, Severity.WARNING, source)
    assert finding.field == rule.removeprefix("missing_")


@pytest.mark.parametrize(
    ("kind", "needs_gstin"),
    [
        (DocumentKind.TAX_INVOICE, True),
        (DocumentKind.CREDIT_NOTE, True),
        (DocumentKind.DEBIT_NOTE, True),
        (DocumentKind.RECEIPT, False),
        (DocumentKind.OTHER_INVOICE, False),
    ],
)
def test_only_documents_with_tax_need_a_gstin(kind: DocumentKind, needs_gstin: bool) -> None:
    found = missing_particulars(replace(HONEST, kind=kind, vendor=Party()))
    assert bool(list(found)) is needs_gstin
