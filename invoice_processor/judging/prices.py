"""What the items of an invoice cost, to be compared by later ones."""

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from hashlib import blake2b
from statistics import median

from compliance.prices import item_key, unit_price
from gst import invoice as paper
from invoice_processor.judging.columns import figure
from invoice_processor.models import Invoice, ItemPrice

MOST_ITEMS = 200
"""Different items of one invoice that are compared: databases bound how much one query asks."""

Prices = Mapping[str, Decimal]
"""What one unit costs in rupees, by compliance.prices.item_key."""


def prices_of(invoice: paper.Invoice) -> Prices:
    """The prices on a paper; the middle one of an item that stands there more than once."""
    found: dict[str, list[Decimal]] = defaultdict(list)
    for line in invoice.lines:
        if (key := item_key(line)) and (price := unit_price(line)):
            found[key].append(price)
    return {key: median(prices) for key, prices in list(found.items())[:MOST_ITEMS]}


def item_number(vendor_gstin: str, key: str) -> int:
    """The number under which a vendor's item is kept; see ItemPrice."""
    digest = blake2b(f"{vendor_gstin}|{key}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)


def price_rows(invoice: Invoice, prices: Prices) -> list[ItemPrice]:
    """The prices as rows; none without a vendor, or where a figure is beyond all reason."""
    return [
        ItemPrice(
            organisation_id=invoice.organisation_id,
            invoice=invoice,
            item=item_number(invoice.vendor_gstin, key),
            price=price,
        )
        for key, exact in prices.items()
        if invoice.vendor_gstin and (price := figure(exact, places=4))
    ]
