"""The fields of the review page: each with its value, its certainty, the reason, and what is wrong."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.formats import date_format

from compliance.findings import Severity
from extraction.amend.amended import LINES
from extraction.amend.fields import PATHS, value_of
from extraction.amend.typed import Value
from extraction.reading import FieldValue, Reading, Source, normal_form
from gst.money import grouped
from invoice_processor.judging.versions import Json, Suggestion
from invoice_processor.models import Finding
from web.templatetags.desk import state_name
from web.wording import AMOUNTS, FIELDS, KINDS, SOURCES

SURE_FROM = 90  # percent
EXPECTED = frozenset(
    {"kind", "invoice_number", "invoice_date", "vendor_name", "vendor_gstin", "buyer_name", "buyer_gstin"}
    | {"place_of_supply", "taxable_value", "grand_total"}
)
"""What every invoice should say; without a value these are shown as missing."""
RARE = {"currency": "INR"} | dict.fromkeys(
    (
        *("reverse_charge", "references", "irn", "acknowledgement_number", "acknowledgement_date"),
        *("bank_account", "bank_ifsc", "discount", "cess", "other_charges", "tcs", "round_off"),
        "amount_in_words",
    )
)
"""Fields that are folded away as long as they hold just this."""
OPTIONS = {
    "kind": [("", "—"), *KINDS.items()],
    "reverse_charge": [("", "Not said"), ("no", "No"), ("yes", "Yes")],
}
GROUPS = {
    "Invoice": (
        "kind",
        "invoice_number",
        "invoice_date",
        "place_of_supply",
        "references",
        "irn",
        "acknowledgement_number",
        "acknowledgement_date",
        "reverse_charge",
        "currency",
    ),
    "Vendor and buyer": (
        *("vendor_name", "vendor_gstin", "buyer_name", "buyer_gstin"),
        *("bank_account", "bank_ifsc"),
    ),
    "Amounts": (
        *("taxable_value", "cgst", "sgst", "igst", "cess", "discount", "other_charges", "tcs"),
        *("round_off", "grand_total", "amount_in_words"),
    ),
}
LISTS = {"place_of_supply": "states", "currency": "currencies"}
DATES = frozenset({"invoice_date", "acknowledgement_date", "references"})
LONG = frozenset({"irn", "amount_in_words"})
"""Fields whose text needs more than one line."""
ISO_DATE = re.compile(r"(?:^|(?<= of ))\d{4}-\d{2}-\d{2}(?=;|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field as it is shown."""

    name: str
    text: str  # in the input
    value: Value
    evidence: FieldValue | None = None
    findings: Sequence[Finding] = ()
    suggestion: str | None = None  # what the engine reads anew
    error: str = ""
    theirs: str | None = None  # what somebody else typed meanwhile

    @property
    def label(self) -> str:
        return FIELDS[self.name]

    @property
    def options(self) -> Sequence[tuple[str, str]]:
        """The choices of a field that is no free text."""
        return OPTIONS.get(self.name, ())

    @property
    def usual(self) -> str:
        """The id of the list of usual values."""
        return LISTS.get(self.name, "")

    @property
    def is_amount(self) -> bool:
        return self.name in AMOUNTS

    @property
    def is_long(self) -> bool:
        return self.name in LONG

    @property
    def is_wrong(self) -> bool:
        """Whether what was typed could not be kept."""
        return bool(self.error) or self.theirs is not None

    @property
    def band(self) -> str:
        """How sure the value is: sure, check, missing, or plain where nothing was expected."""
        if self.is_wrong:
            return "check"
        if self.evidence and (self.value is not None or self.evidence.source is Source.PERSON):
            return "sure" if self.evidence.confidence >= SURE_FROM else "check"
        if self.value is None:
            return "missing" if self.name in EXPECTED else "plain"
        return "plain" if self.name not in EXPECTED else "check"

    @property
    def tone(self) -> str:
        """The colour of the band."""
        return {"sure": "good", "check": "warn", "missing": "bad", "plain": "plain"}[self.band]

    @property
    def is_doubtful(self) -> bool:
        """Whether a person should look at it next."""
        grave = any(finding.severity != Severity.INFO for finding in self.findings)
        return self.band in ("check", "missing") or grave or self.suggestion is not None

    @property
    def is_folded(self) -> bool:
        """Whether it can stay out of sight."""
        is_usual = self.name in RARE and self.value == RARE[self.name]
        return is_usual and not self.findings and not self.is_doubtful

    @property
    def reason(self) -> str:
        """Why the value is believed, in words."""
        if self.evidence is None:
            return ""
        if self.evidence.source is Source.PERSON:
            return self.evidence.reason[:1].upper() + self.evidence.reason[1:]
        return f"{SOURCES[self.evidence.source]}: {self.evidence.reason}"

    @property
    def box(self) -> str:
        """Where it was read, as fractions of the page: left, top, right, bottom."""
        box = self.evidence.box if self.evidence else None
        return ",".join(f"{side:.4f}" for side in (box.left, box.top, box.right, box.bottom)) if box else ""

    @property
    def others(self) -> list[tuple[str, str]]:
        """Values that stood for choice, with what spoke for them; of doubtful fields only."""
        if self.evidence is None or self.band != "check":
            return []
        rejected = {in_words(self.name, other.value): other.reason for other in self.evidence.rejected}
        return [(text, reason) for text, reason in rejected.items() if text and text != self.text][:3]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """What a person typed that could not be kept: texts, sentences, and what others typed, by field."""

    texts: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    theirs: Mapping[str, Json] = field(default_factory=dict)


NOTHING_WRONG = Wrong()


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that belong together: those shown, and those folded away."""

    title: str
    fields: list[Field]
    folded: list[Field]


def groups(
    reading: Reading,
    findings: Iterable[Finding],
    suggestions: Iterable[Suggestion],
    wrong: Wrong = NOTHING_WRONG,
) -> list[Group]:
    """All fields of a reading."""
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.field, []).append(finding)
    offered = {one.field: in_words(one.field, one.value) for one in suggestions}
    fields = {name: made(name, reading, found.get(name, ()), offered.get(name), wrong) for name in PATHS}
    aside = {name for name in other_heads(reading) if not fields[name].is_doubtful}
    folded = aside | {name for name, field in fields.items() if field.is_folded}
    return [
        Group(
            title,
            [fields[name] for name in names if name not in folded],
            [fields[name] for name in names if name in folded],
        )
        for title, names in GROUPS.items()
    ]


def other_heads(reading: Reading) -> set[str]:
    """The heads of tax that go without saying: an invoice has IGST, or CGST and SGST."""
    taxes = reading.invoice.totals.taxes
    if taxes.igst is None and taxes.cgst is not None:
        return {"igst"}
    return {"cgst", "sgst"} if taxes.igst is not None and taxes.cgst is None and taxes.sgst is None else set()


def made(
    name: str, reading: Reading, findings: Sequence[Finding], offered: str | None, wrong: Wrong
) -> Field:
    """One field."""
    value = value_of(reading.invoice, name)
    theirs = wrong.theirs.get(name)
    return Field(
        name=name,
        text=wrong.texts[name] if name in wrong.texts else shown(name, value),
        value=value,
        evidence=reading.fields.get(name),
        findings=findings,
        suggestion=offered,
        error=wrong.errors.get(name, ""),
        theirs=None if theirs is None else in_words(name, theirs) or "nothing",
    )


def told_once(findings: Iterable[Finding]) -> list[Finding]:
    """The findings without those on duplicates, which the page tells with a question of its own."""
    return [one for one in findings if not one.rule.startswith(("duplicate_", "near_duplicate"))]


def loose(findings: Iterable[Finding]) -> list[Finding]:
    """The findings that belong to no field of the page; the gravest first."""
    order = list(Severity)
    rest = [finding for finding in findings if finding.field not in PATHS and finding.field != LINES]
    return sorted(rest, key=lambda finding: order.index(Severity(finding.severity)))


def shown(name: str, value: Value) -> str:
    """A value as it stands in its input: as people write it, and as :func:`parse` understands it again."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return grouped(value)
    if isinstance(value, dt.date):
        return date_format(value, "j M Y")
    if isinstance(value, tuple):
        return in_words(name, normal_form(value))
    return state_name(value) if name == "place_of_supply" else str(value)


def in_words(name: str, value: Json) -> str:
    """A value in normal form as people read it."""
    if isinstance(value, list):
        return f"{len(value)} line{'' if len(value) == 1 else 's'}"
    if name in AMOUNTS and value:
        return grouped(Decimal(value))
    if name in DATES:
        return ISO_DATE.sub(lambda day: date_format(dt.date.fromisoformat(day[0]), "j M Y"), value)
    if name == "reverse_charge":
        return {"True": "Yes", "False": "No"}.get(value, "")
    if name == "kind":
        return KINDS.get(value, value)
    return state_name(value) if name == "place_of_supply" else value
