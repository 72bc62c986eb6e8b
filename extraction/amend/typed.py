"""What a person types, as typed values: every usual way of writing is understood, and nothing is guessed."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from extraction import numbers
from gst import gstin, hsn, ifsc, money, states
from gst.invoice import DocumentKind, DocumentReference

References = tuple[DocumentReference, ...]
Value = str | Decimal | dt.date | bool | DocumentKind | References | None
"""A typed value; None: the paper does not say, or the person emptied the field."""

MOST_RUPEES = Decimal(10) ** 13
HIGHEST_RATE = Decimal(400)  # percent; cess on some goods is far above 100
SAYS = {"yes": True, "no": False}
DATED = re.compile(r"(?P<number>.+?),?\s+(?:of|dated|dt\.?)\s+(?P<date>[0-9].*)", re.IGNORECASE)
MOST_REFERENCES = 20


class NotUnderstood(Exception):
    """The typed text cannot be what the field holds; the message tells the person what to write."""


def parse(field: str, text: str) -> Value:
    """The value that a person typed into a field (a key of :data:`PARSERS`).

    Raises:
        NotUnderstood: with a sentence for the person.
    """
    text = " ".join(text.replace("\x00", "").split())
    return PARSERS[field](text) if text else None


def words(most: int) -> Callable[[str], str]:
    """A parser of free text of at most so many characters."""

    def parsed(text: str) -> str:
        if len(text) > most:
            raise NotUnderstood(f"This has {len(text)} characters; at most {most} have room.")
        return text

    return parsed


def decimal(text: str, *, places: int, most: Decimal, example: str) -> Decimal:
    """A number in any usual grouping, with at most so many decimals."""
    value = money.parse(text)
    if value is None:
        value = numbers.amount(text)
    if value is None:
        raise NotUnderstood(f"“{text}” is not one number: write it like {example}.")
    if abs(value) >= most:
        raise NotUnderstood(f"{money.grouped(value)} is too large.")
    if value != round(value, places):
        raise NotUnderstood(f"At most {places} decimals have room here.")
    return value


def amount(text: str) -> Decimal:
    """Money with paise: ``₹12,34,075.00``, ``Rs 500/-``, ``(40.50)`` for a negative one."""
    return decimal(text, places=2, most=MOST_RUPEES, example="12,34,075.00")


def quantity(text: str) -> Decimal:
    """A quantity or a price of one."""
    return decimal(text, places=4, most=MOST_RUPEES, example="12.5")


def rate(text: str) -> Decimal:
    """Percent, with or without the sign."""
    value = decimal(text.removesuffix("%"), places=3, most=HIGHEST_RATE, example="18")
    if value < 0:
        raise NotUnderstood("A rate is not negative.")
    return value


def date(text: str) -> dt.date:
    """A day, as India writes it: day before month."""
    found = {day for day, _, _ in numbers.dates(text)}
    if len(found) != 1:
        raise NotUnderstood(f"“{text}” is not one date: write it like 20 Aug 2025 or 20/08/2025.")
    return found.pop()


def registration(text: str) -> str:
    """A GSTIN in capitals. A wrong one can be kept, since the paper may print it: a check will say so."""
    value = gstin.normal(text)
    if len(value) != 15 or not value.isascii() or not value.isalnum():
        raise NotUnderstood(f"A GSTIN has 15 letters and digits; this has {len(value)}.")
    return value


def state(text: str) -> str:
    """The two-digit code of a State: from its code, name or letters."""
    found = states.find(text)
    if found is None:
        raise NotUnderstood(f"No State is known as “{text}”: write its name or its GST code, such as 27.")
    return found.code


def code(text: str) -> str:
    """An HSN or SAC code: two to eight digits. Whether it exists is for the checks to say."""
    value = hsn.normal(text)
    if not re.fullmatch(r"[0-9]{2,8}", value):
        raise NotUnderstood(f"“{text}” is no HSN or SAC code: these have 4, 6 or 8 digits.")
    return value


def irn(text: str) -> str:
    """An invoice reference number."""
    value = re.sub(r"[\s-]", "", text).lower()
    if not re.fullmatch(r"[0-9a-f]{64}", value):
        raise NotUnderstood(f"An IRN has 64 characters from 0-9 and a-f; this has {len(value)}.")
    return value


def acknowledgement_number(text: str) -> str:
    """What the registration portal gave with the IRN."""
    value = re.sub(r"[\s-]", "", text)
    if not re.fullmatch(r"[0-9]{15}", value):
        raise NotUnderstood(f"An acknowledgement number has 15 digits; this has {len(value)} characters.")
    return value


def references(text: str) -> References:
    """Other papers that are named, with their dates if these are known: ``PO/77 of 3 Apr 2026; DC-12``."""
    parts = [part for part in (part.strip() for part in text.split(";")) if part]
    if len(parts) > MOST_REFERENCES:
        raise NotUnderstood(f"At most {MOST_REFERENCES} other papers have room on one invoice.")
    return tuple(reference(part) for part in parts)


def reference(text: str) -> DocumentReference:
    """One of them."""
    dated = DATED.fullmatch(text)
    number = words(100)(dated["number"] if dated else text)
    return DocumentReference(number=number, date=date(dated["date"]) if dated else None)


def currency(text: str) -> str:
    """A currency's three letters."""
    value = {"₹": "INR", "RS": "INR", "RS.": "INR", "$": "USD", "€": "EUR", "£": "GBP"}.get(
        text.upper(), text
    )
    if not re.fullmatch(r"[A-Za-z]{3}", value):
        raise NotUnderstood("A currency is written with three letters, such as INR or USD.")
    return value.upper()


def kind(text: str) -> DocumentKind:
    """What the paper is."""
    try:
        return DocumentKind(text)
    except ValueError:
        raise NotUnderstood("Choose one of the kinds of documents.") from None


def yes_or_no(text: str) -> bool:
    """Whether something holds."""
    if text.lower() not in SAYS:
        raise NotUnderstood("Choose yes or no.")
    return SAYS[text.lower()]


def bank_account(text: str) -> str:
    """The number of a bank account, or an IBAN."""
    value = re.sub(r"[\s-]", "", text).upper()
    if not re.fullmatch(r"[0-9A-Z]{5,34}", value):
        raise NotUnderstood("A bank account has 5 to 34 digits and letters.")
    return value


def bank_branch(text: str) -> str:
    """The IFSC of a bank's branch."""
    value = re.sub(r"[\s-]", "", text).upper()
    if ifsc.check(value):
        raise NotUnderstood("An IFSC has four letters, a zero and six more characters, such as HDFC0001234.")
    return value


PARSERS: Mapping[str, Callable[[str], Value]] = {
    "kind": kind,
    "invoice_number": words(100),
    "invoice_date": date,
    "place_of_supply": state,
    "reverse_charge": yes_or_no,
    "currency": currency,
    "references": references,
    "irn": irn,
    "acknowledgement_number": acknowledgement_number,
    "acknowledgement_date": date,
    "vendor_name": words(300),
    "vendor_gstin": registration,
    "buyer_name": words(300),
    "buyer_gstin": registration,
    "bank_account": bank_account,
    "bank_ifsc": bank_branch,
    "taxable_value": amount,
    "discount": amount,
    "cgst": amount,
    "sgst": amount,
    "igst": amount,
    "cess": amount,
    "other_charges": amount,
    "tcs": amount,
    "round_off": amount,
    "grand_total": amount,
    "amount_in_words": words(500),
}
"""How each field of an invoice is understood; the keys are those of a reading's fields."""
