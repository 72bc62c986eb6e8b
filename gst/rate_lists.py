"""Reading the code and rate columns of CBIC's printed rate lists: ranges, exceptions, headings, prose."""

import re
from dataclasses import dataclass
from decimal import Decimal

_CODE = r"\d{4}(?: ?\d{2}){0,2}|\d{2}"
_RANGE = re.compile(r"(\d{4}) to (\d{4})")
_EXCEPTION = re.compile(r"[\[(]?(?:except|other than)\s([^\])]*)", re.IGNORECASE)
_ANY = re.compile(r"any (?:other )?(?:chapter|heading)", re.IGNORECASE)

LIKE_GOODS = tuple(map(Decimal, ("0", "0.25", "1.5", "3", "5", "12", "18", "28")))
"""Rates of leasing until the reform, which follow those of the goods leased."""


@dataclass(frozen=True, slots=True)
class PrintedCodes:
    """Code prefixes, those excepted from them, and whether other chapters may be meant as well."""

    codes: tuple[str, ...]
    except_codes: tuple[str, ...] = ()
    is_for_any_chapter: bool = False


def read_codes(text: str) -> PrintedCodes:
    """The HSN column: ``5004 to 5006``, ``0507 [Except 0507 90]``, ``90 or any other Chapter``."""
    text = " ".join(text.split())
    excepted = " ".join(_EXCEPTION.findall(text))
    included = _EXCEPTION.sub(" ", text)
    return PrintedCodes(_codes(included), _codes(excepted), _ANY.search(included) is not None)


def _codes(text: str) -> tuple[str, ...]:
    ranges = _RANGE.findall(text)
    spanned = [f"{code:04d}" for first, last in ranges for code in range(int(first), int(last) + 1)]
    single = [code.replace(" ", "") for code in re.findall(_CODE, _RANGE.sub(" ", text))]
    return tuple(dict.fromkeys(spanned + single))


def read_headings(text: str) -> PrintedCodes:
    """The heading column of the services list: ``Heading 9954 or 9983``, ``Chapter 99``."""
    headings = tuple(re.findall(r"99\d\d", text))
    return PrintedCodes(headings, is_for_any_chapter=not headings or _ANY.search(text) is not None)


def read_rates(text: str) -> tuple[Decimal, ...]:
    """The rate column, percent: ``5 or 12``, ``Nil``, ``Same rate … like goods``; empty on headlines."""
    if "rate" in text:
        if share := re.match(r"\d+(?= per cent)", text):
            return tuple((rate * Decimal(share[0]) / 100).normalize() for rate in LIKE_GOODS)
        return LIKE_GOODS
    if text.strip().lower() == "nil":
        return (Decimal(0),)
    return tuple(map(Decimal, re.findall(r"\d+(?:\.\d+)?", text)))
