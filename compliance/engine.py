"""Running all rules over one invoice."""

from collections.abc import Callable, Iterator

from compliance.duplicates import Repeat, duplicate
from compliance.findings import Finding, Severity
from compliance.rules import arithmetic, identity, particulars
from gst.invoice import Invoice

Rule = Callable[[Invoice], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    particulars.missing_particulars,
    identity.gstin_check_digits,
    arithmetic.total_adds_up,
    arithmetic.lines_add_up,
    arithmetic.central_and_state_tax_equal,
)


def check(invoice: Invoice, repeats: tuple[Repeat, ...] = ()) -> tuple[Finding, ...]:
    """Every finding on an invoice; a rule that crashes is itself a finding and stops nothing else."""
    findings = [finding for rule in RULES for finding in apply(rule, invoice)]
    if repeated := duplicate(repeats):
        findings.append(repeated)
    return tuple(findings)


def apply(rule: Rule, invoice: Invoice) -> list[Finding]:
    """One rule's findings."""
    try:
        return list(rule(invoice))
    except Exception as error:  # noqa: BLE001 - whatever a rule does, the invoice goes on
        return [
            Finding(
                rule="rule_failed",
                severity=Severity.WARNING,
                title="A check could not be made",
                message=f"The check {rule.__name__} stopped with {type(error).__name__}.",
                advice="Check this invoice by hand and report the problem to your administrator.",
            )
        ]
