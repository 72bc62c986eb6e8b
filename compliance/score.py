"""The health score of an invoice: 0.0 to 10.0 from five weighted parts, every lost tenth with its reason.

Points are whole tenths throughout, so that the parts add up to the score exactly.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from compliance.catalogue import Part, entries
from compliance.context import Context
from compliance.findings import Finding, Severity
from gst.signed_qr import Verdict

RUBRIC = "1"
"""Stored with each score; a change of any figure here is a new version."""

WEIGHTS = {
    Part.COMPLETENESS: Decimal("2.5"),
    Part.VERIFICATION: Decimal("3.0"),
    Part.COMPLIANCE: Decimal("2.5"),
    Part.ANOMALY: Decimal("1.5"),
    Part.QUALITY: Decimal("0.5"),
}
HEALTHY_FROM = Decimal("8.0")
REVIEW_FROM = Decimal("5.0")
AT_MOST_AT_RISK = Decimal("4.9")
TENTH = Decimal("0.1")
ZERO = Decimal("0.0")

SHARES = {Severity.CRITICAL: Decimal(1), Severity.WARNING: Decimal("0.6"), Severity.INFO: Decimal(0)}
"""How much of its part a finding takes."""
INFO_SHARES = {Part.COMPLETENESS: Decimal("0.08"), Part.QUALITY: Decimal("0.2")}
"""Where a mere remark counts as well: what is missing is missing."""

ALWAYS_AT_RISK = frozenset({"qr_forged", "qr_of_test_system"})
CAP_ORDER = (Part.ANOMALY, Part.VERIFICATION, Part.COMPLIANCE, Part.COMPLETENESS, Part.QUALITY)
ALWAYS_AT_RISK_PREFIXES = ("print_contradicts_qr_", "duplicate_")


class Grade(StrEnum):
    """What the score means."""

    HEALTHY = "HEALTHY"
    REVIEW = "REVIEW"
    AT_RISK = "AT_RISK"


class Proof(StrEnum):
    """What is known of the vendor's registration."""

    PORTAL = "portal"  # the portal's record is known
    SIGNED_QR = "signed_qr"  # a verified code proves that the GSTIN existed on its date
    IMPORTED = "imported"  # the organisation's own list says so
    PENDING = "pending"


UNPROVEN = {
    Proof.PENDING: (Decimal("1.5"), "vendor_not_verified", "The vendor's GSTIN is not yet verified"),
    Proof.SIGNED_QR: (
        Decimal("0.5"),
        "vendor_known_from_qr",
        "The vendor's GSTIN is proven by the signed QR code only",
    ),
    Proof.IMPORTED: (
        Decimal("0.5"),
        "vendor_known_from_list",
        "The vendor's GSTIN is known from your own list only",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Deduction:
    """Points that a part loses, and the rule whose finding took them."""

    rule: str
    title: str
    points: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class PartScore:
    """One part: ``points`` are its weight less its deductions."""

    part: Part
    weight: Decimal
    deductions: tuple[Deduction, ...]

    @property
    def points(self) -> Decimal:
        """What is left of the weight."""
        return self.weight - sum((deduction.points for deduction in self.deductions), ZERO)


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthScore:
    """The score, its grade, and the parts that add up to it."""

    parts: tuple[PartScore, ...]
    rubric: str = RUBRIC

    @property
    def value(self) -> Decimal:
        """0.0 to 10.0."""
        return sum((part.points for part in self.parts), ZERO)

    @property
    def grade(self) -> Grade:
        """What the value means."""
        if self.value >= HEALTHY_FROM:
            return Grade.HEALTHY
        return Grade.REVIEW if self.value >= REVIEW_FROM else Grade.AT_RISK


def proof_of_vendor(context: Context) -> Proof:
    """The best proof there is of the vendor's registration."""
    if context.vendor and not context.vendor.is_claim:
        return Proof.PORTAL
    if context.qr is not None and context.qr.verdict is Verdict.VERIFIED:
        return Proof.SIGNED_QR
    return Proof.IMPORTED if context.vendor else Proof.PENDING


def score(
    findings: Sequence[Finding], *, confidence: int | None = None, vendor: Proof = Proof.PENDING
) -> HealthScore:
    """The health of an invoice; ``confidence`` of its reading in percent, None for manual entry."""
    parts = tuple(_part(part, _deductions(part, findings, confidence, vendor)) for part in Part)
    whole = HealthScore(parts=parts)
    fatal = next((found for found in findings if is_fatal(found.rule)), None)
    return HealthScore(parts=_capped(parts, fatal)) if fatal and whole.value > AT_MOST_AT_RISK else whole


def is_fatal(rule: str) -> bool:
    """Whether a finding alone puts an invoice at risk: a forgery, a tampered print, an exact duplicate."""
    return rule in ALWAYS_AT_RISK or rule.startswith(ALWAYS_AT_RISK_PREFIXES)


def _deductions(
    part: Part, findings: Sequence[Finding], confidence: int | None, vendor: Proof
) -> Iterator[Deduction]:
    if part is Part.VERIFICATION and vendor in UNPROVEN:
        points, rule, title = UNPROVEN[vendor]
        yield Deduction(rule=rule, title=title, points=points)
    if part is Part.QUALITY and confidence is not None:
        lost = tenths(WEIGHTS[part] * (100 - confidence) / 100)
        yield Deduction(rule="reading_uncertain", title=f"Read with {confidence} % certainty", points=lost)
    for found in findings:
        if entries()[found.rule].part is part:
            yield Deduction(rule=found.rule, title=found.title, points=_lost(part, found.severity))


def _lost(part: Part, severity: Severity) -> Decimal:
    share = INFO_SHARES.get(part, SHARES[severity]) if severity is Severity.INFO else SHARES[severity]
    return tenths(WEIGHTS[part] * share)


def _part(part: Part, deductions: Iterable[Deduction]) -> PartScore:
    """A part that loses no more than it has; the gravest first, so that it is the one that is named."""
    left, kept = WEIGHTS[part], []
    for deduction in sorted(deductions, key=lambda each: -each.points):
        points = min(deduction.points, left)
        if points > 0:
            kept.append(replace(deduction, points=points))
            left -= points
    return PartScore(part=part, weight=WEIGHTS[part], deductions=tuple(kept))


def _capped(parts: tuple[PartScore, ...], fatal: Finding) -> tuple[PartScore, ...]:
    """The parts with what is above the cap taken off them, in the name of the fatal finding."""
    excess = sum((part.points for part in parts), ZERO) - AT_MOST_AT_RISK
    capped = {part.part: part for part in parts}
    for name in CAP_ORDER:
        part = capped[name]
        if (points := min(excess, part.points)) > 0:
            excess -= points
            more = Deduction(rule=fatal.rule, title=f"{fatal.title}: always at risk", points=points)
            capped[name] = replace(part, deductions=(*part.deductions, more))
    return tuple(capped.values())


def tenths(points: Decimal) -> Decimal:
    """Rounded half up to a tenth."""
    return points.quantize(TENTH, ROUND_HALF_UP)
