"""What an invoice is found by: its words in one normal form, and the same form of what a person types.

Words, not parts of words: of what is typed each word may be the beginning of one on the invoice. An index of
words stays small and quick on both databases, and an invoice's number is cut so that its parts are words.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from decimal import Decimal

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from gst.money import parse
from invoice_processor.models import Invoice, InvoiceLine, InvoiceSearch
from invoice_processor.prepared import Insert

MOST_WORDS = 400  # of one invoice: its first two dozen lines or so
MOST_TYPED = 8  # words of a question
LONGEST = 40  # characters of a word
WHOLE_BELOW = 3  # a shorter word counts as a beginning only while it is being typed, that is as the last one

_RUNS = re.compile(r"[a-z]+|\d+")


def split(text: str) -> list[str]:
    """The words of a text: letters, marks and digits, without case."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    kept = (letter if unicodedata.category(letter)[0] in "LMN" else " " for letter in folded)
    return [word[:LONGEST] for word in "".join(kept).split()]


def words(invoice: Invoice, lines: Iterable[InvoiceLine]) -> str:
    """All words of an invoice, each once."""
    found = dict.fromkeys(word for word in _words(invoice, lines) if word)
    return " ".join(list(found)[:MOST_WORDS])


def _words(invoice: Invoice, lines: Iterable[InvoiceLine]) -> Iterator[str]:
    yield from _number_words(invoice.number)
    for text in (invoice.vendor_name, invoice.vendor_gstin, invoice.buyer_gstin, invoice.irn):
        yield from split(text)
    yield from split(invoice.vendor_gstin[2:12])  # the PAN
    if invoice.grand_total is not None:
        yield from _amount_words(invoice.grand_total)
    yield from split(invoice.original_name)
    yield from split(invoice.buyer_name)
    for line in lines:
        yield from split(f"{line.hsn_sac} {line.description}")


def _number_words(number: str) -> Iterator[str]:
    """A number's words, itself as one word, and its runs of digits also without zeros ahead."""
    parts = split(number)
    yield from parts
    yield "".join(parts)[:LONGEST]
    for part in parts:
        for run in _RUNS.findall(part):
            yield run
            yield run.lstrip("0")


def _amount_words(amount: Decimal) -> Iterator[str]:
    """An amount as a word of its own, with and without paise."""
    rupees, _, paise = f"{abs(amount):.2f}".partition(".")
    yield rupees
    yield f"{rupees}p{paise}"


def typed(text: str) -> list[str]:
    """What a person typed as words to look for; amounts in any grouping are amounts."""
    return [word for piece in text.split() for word in _typed(piece)][:MOST_TYPED]


def _typed(piece: str) -> list[str]:
    amount = parse(piece) if re.search(r"[₹,.]", piece) else None
    if amount is None:
        return split(piece)
    rupees, _, paise = f"{abs(amount):f}".partition(".")
    return [f"{rupees}p{paise}" if paise.strip("0") else rupees]


def index(invoice: Invoice, lines: Iterable[InvoiceLine]) -> None:
    """Let an invoice be found by what it says now."""
    index_all([(invoice, lines)])


def index_all(invoices: Iterable[tuple[Invoice, Iterable[InvoiceLine]]]) -> None:
    """Let several invoices be found by what they say now, in one query."""
    INDEX([InvoiceSearch(invoice=invoice, words=words(invoice, lines)) for invoice, lines in invoices])


INDEX = Insert(InvoiceSearch, unique="invoice_id", update="words")


def found(invoices: "QuerySet[Invoice]", text: str) -> "QuerySet[Invoice]":
    """Those on which all words of the text stand; none when it has no words."""
    wanted = typed(text)
    if not wanted:
        return invoices.none()
    sql, query = _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE, _query(wanted)
    return invoices.filter(pk__in=RawSQL(sql, [query]))  # noqa: S611 - the text travels as a parameter


_POSTGRESQL = (
    "SELECT invoice_id FROM invoice_processor_invoicesearch WHERE invoice_words(words) @@ %s::tsquery"
)
_SQLITE = "SELECT rowid FROM invoice_processor_words WHERE words MATCH %s"


def _query(wanted: list[str]) -> str:
    """The words as a question in the database's language; they hold letters, marks and digits only."""
    pairs = [(word, len(word) >= WHOLE_BELOW or word is wanted[-1]) for word in wanted]
    if connection.vendor == "postgresql":
        return " & ".join(f"'{word}':*" if start else f"'{word}'" for word, start in pairs)
    return " AND ".join(f'"{word}"*' if start else f'"{word}"' for word, start in pairs)
