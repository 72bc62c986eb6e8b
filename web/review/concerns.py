"""What a person should look at on the page of one invoice, at a glance."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from compliance.findings import Severity
from invoice_processor.models import Finding
from web.review.fields import Field, Group
from web.review.lines import Grid

LINES = ("Line items", "lines-title")


@dataclass(frozen=True, slots=True)
class Concern:
    """One thing to look at."""

    text: str
    tone: str
    where: str  # the name of the field
    target: str  # the id of what to look at


def concerns(groups: Iterable[Group], grid: Grid, of_lines: Sequence[Finding]) -> list[Concern]:
    """First the findings that stand at a field or at the lines, then the values that are in doubt."""
    fields = [field for group in groups for field in group.fields]
    found = [concern for field in fields for concern in _findings(field.findings, *_place(field))]
    return [*found, *_findings(of_lines, *LINES), *_doubts(fields, grid)]


def _findings(findings: Iterable[Finding], where: str, target: str) -> Iterator[Concern]:
    for one in findings:
        if one.severity != Severity.INFO:
            yield Concern(one.title, "bad" if one.severity == Severity.CRITICAL else "warn", where, target)


def _doubts(fields: Iterable[Field], grid: Grid) -> Iterator[Concern]:
    for field in fields:
        if field.is_doubtful and not any(_findings(field.findings, *_place(field))):
            words = {"missing": "Missing", "check": "Not sure"}.get(field.band, "Read anew")
            yield Concern(words, field.tone, *_place(field))
    if grid.doubts:
        yield Concern(f"{grid.doubts} cell{'' if grid.doubts == 1 else 's'} to check", "warn", *LINES)


def _place(field: Field) -> tuple[str, str]:
    return field.label, f"field-{field.name}"
