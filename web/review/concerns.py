"""What a person should look at on the page of one invoice, at a glance."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from compliance.findings import Severity
from invoice_processor.models import Finding
from web.review.fields import Field, Group
from web.review.lines import Grid

DOUBTS = {"missing": "Missing", "check": "Not sure"}  # else there is a suggestion


@dataclass(frozen=True, slots=True)
class Place:
    """Where to look."""

    name: str
    target: str  # the id of a field, or of a heading


@dataclass(frozen=True, slots=True)
class Concern:
    """One thing to look at, in one place or several."""

    text: str
    tone: str
    places: list[Place]


LINES = Place("Line items", "lines-title")


def concerns(groups: Iterable[Group], grid: Grid, of_lines: Sequence[Finding]) -> list[Concern]:
    """First the findings that stand at a field or at the lines, then the values that are in doubt."""
    fields = [field for group in groups for field in group.fields]
    found = [concern for field in fields for concern in _findings(field.findings, _place(field))]
    return [*found, *_findings(of_lines, LINES), *_doubts(fields, grid)]


def _findings(findings: Iterable[Finding], place: Place) -> Iterator[Concern]:
    for one in findings:
        if one.severity != Severity.INFO:
            yield Concern(one.title, "bad" if one.severity == Severity.CRITICAL else "warn", [place])


def _doubts(fields: Iterable[Field], grid: Grid) -> Iterator[Concern]:
    doubts: dict[tuple[str, str], list[Place]] = {}
    for field in fields:
        if field.is_doubtful and not any(_findings(field.findings, _place(field))):
            doubts.setdefault((DOUBTS.get(field.band, "Read anew"), field.tone), []).append(_place(field))
    for (words, tone), places in doubts.items():
        yield Concern(words, tone, places)
    if grid.doubts:
        yield Concern(f"{grid.doubts} cell{'' if grid.doubts == 1 else 's'} to check", "warn", [LINES])


def _place(field: Field) -> Place:
    return Place(field.label, f"field-{field.name}")
