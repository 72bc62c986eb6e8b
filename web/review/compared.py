"""Two invoices side by side."""

from dataclasses import dataclass

from extraction.amend.amended import LINES, blank
from extraction.amend.fields import PATHS
from extraction.reading import Reading
from invoice_processor.judging.versions import in_json
from invoice_processor.models import InvoiceDuplicateLink
from web.review.fields import in_words
from web.wording import FIELDS

NEVER_BLANK = frozenset({"invoice_number", "invoice_date", "vendor_name", "vendor_gstin", "grand_total"})


@dataclass(frozen=True, slots=True)
class ComparedField:
    """One field of both invoices."""

    label: str
    original: str
    copy: str

    @property
    def differs(self) -> bool:
        return self.original != self.copy


def compared(
    link: InvoiceDuplicateLink, original: Reading | None, copy: Reading | None
) -> list[ComparedField]:
    """The fields that at least one of the two has."""
    first, second = (original or blank()).invoice, (copy or blank()).invoice
    rows = []
    for name in (*PATHS, LINES):
        one, other = (in_words(name, in_json(paper, name)) for paper in (first, second))
        if one or other or name in NEVER_BLANK:
            rows.append(ComparedField(FIELDS.get(name, "Line items"), one or "—", other or "—"))
    return [*rows, ComparedField("File", link.original.place_in_file, link.invoice.place_in_file)]
