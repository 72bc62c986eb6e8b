"""What each kind of document may and must do: charge tax, give credit, carry a declaration."""

from dataclasses import dataclass

from gst.invoice import DocumentKind
from gst.tables import law


@dataclass(frozen=True, slots=True)
class DocumentRule:
    """The law on one kind of document."""

    kind: DocumentKind
    charges_tax: bool
    gives_credit: bool
    wording: str  # that has to stand on it, empty if none
    source: str


def rule(kind: DocumentKind) -> DocumentRule:
    """The law on a kind of document."""
    row = next(row for row in law("documents") if row["kind"] == kind)
    return DocumentRule(
        kind, row["charges_tax"] == "yes", row["gives_credit"] == "yes", row["wording"], row["source"]
    )
