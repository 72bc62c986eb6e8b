"""The invented firms: their identity, what they sell, and what stays the same on all their papers."""

import datetime as dt
import random
from dataclasses import dataclass

from gst.gstin import check_character
from gst.invoice import DocumentKind, Party
from specimens.catalogue import BUYER_PLACES, EXEMPT, RESTAURANT, TRADES, TRANSPORT, Place, Trade


def make_gstin(state_code: str, pan: str) -> str:
    """The first ordinary registration of ``pan`` in the state, with its check character."""
    stem = f"{state_code}{pan}1Z"
    return stem + check_character(stem)


def make_party(name: str, place: Place) -> Party:
    """An invented firm; its PAN follows from its name, so its branches share it.

    Like any invented number it could in theory be somebody's; the X in front makes that unlikely.
    """
    rng = random.Random(name)
    holder = "C" if name.endswith(("Pvt Ltd", "Private Limited")) else "F"
    letters = "".join(rng.choices("ABCDEFGHJKLMNPQRSTUVWXY", k=3))
    pan = f"X{letters[:2]}{holder}{name[0]}{rng.randint(1001, 9998)}{letters[2]}"
    address = f"{place.area}, {place.town} - {place.pin}"
    return Party(
        name=name, gstin=make_gstin(place.state_code, pan), address=address, state_code=place.state_code
    )


BUYERS = tuple(make_party("Saptashrota Retail Private Limited", place) for place in BUYER_PLACES)
"""The company the samples are billed to: one PAN, registered in Maharashtra, Karnataka, Tamil Nadu, Delhi."""


@dataclass(frozen=True, slots=True)
class Habits:
    """What stays the same from one paper of a vendor to the next."""

    number_style: int
    rounds: bool
    e_invoices: bool
    hsn_digits: int


def habits_of(vendor: Party, e_invoice: bool | None) -> Habits:
    rng = random.Random(f"habits of {vendor.name}")
    style, rounds, large = rng.randrange(6), rng.random() < 0.8, rng.random() < 0.4
    registers = large and trade_of(vendor) is not TRANSPORT  # goods transport agencies are exempt from it
    e_invoices = registers if e_invoice is None else e_invoice
    # N/N 78/2020-CT: six digits from a turnover of Rs. 5 crore, which is also where e-invoicing begins
    return Habits(style, rounds, e_invoices, 8 if e_invoices else rng.choice((4, 6)))


def trade_of(vendor: Party) -> Trade:
    every = (*TRADES, EXEMPT, RESTAURANT, TRANSPORT)
    return next((trade for trade in every if (vendor.name or "").endswith(trade.suffixes)), TRADES[0])


def financial_year(day: dt.date) -> str:
    """``2026-27`` for a day from 1 April 2026 to 31 March 2027."""
    start = day.year if day.month >= 4 else day.year - 1
    return f"{start}-{(start + 1) % 100:02d}"


def document_number(vendor: Party, habits: Habits, kind: DocumentKind, day: dt.date, serial: int) -> str:
    """At most 16 letters, digits, ``-`` and ``/`` (Rule 46(b)); unique per vendor for serials below 9999."""
    year, serial = financial_year(day), serial % 9999 + 1
    short = year[2:]
    if kind in {DocumentKind.CREDIT_NOTE, DocumentKind.DEBIT_NOTE}:
        return f"{'CN' if kind is DocumentKind.CREDIT_NOTE else 'DN'}/{short}/{serial:04d}"
    initials = "".join(word[0] for word in (vendor.name or "X").split() if word[0].isalpha())[:3].upper()
    return (
        f"{initials}/{short}/{serial:04d}",
        f"INV-{serial:05d}",
        f"{year}/{serial}",
        f"GST{serial:04d}",
        f"{initials}{short[:2]}{serial:05d}",
        f"{serial}",
    )[habits.number_style]
