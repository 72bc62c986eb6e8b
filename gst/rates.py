"""Which GST rates are lawful for a code on a day, and why.

The answer is a set: one code often carries several rates by condition (pre-packed, price per piece, credit
taken or not), which no invoice proves. The widest match accepts a rate, the closest entries suggest one.

Asked of lines on which the supplier charges tax: not under reverse charge or composition, nor where a supply
is zero-rated (section 16 of the IGST Act). Freight or packing billed with goods may lawfully carry the goods'
own rate (composite supply, section 8 of the CGST Act), which only the whole invoice shows.
"""

import datetime as dt
import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import cache, lru_cache

from gst import hsn
from gst.problem import Problem
from gst.rate_rules import GST_BEGAN, RESIDUAL_RATE, RateRule, all_rules

GRACE = dt.timedelta(days=61)
"""Around a change the time of supply decides, not the invoice's date alone (section 14 of the CGST Act)."""
OLD_LISTS_SINCE = dt.date(2025, 4, 1)
"""The old lists show the law as it stood shortly before the reform; for earlier days they are a hint only."""


class Judgement(StrEnum):
    """What to say about a printed rate."""

    LAWFUL = "lawful"
    REVIEW = "review"  # explicable: a change nearby, an entry for goods of any chapter, or an old document
    UNLAWFUL = "unlawful"


@dataclass(frozen=True, slots=True, kw_only=True)
class RateAnswer:
    """Combined rates in percent for one code on one day."""

    code: str
    rates: frozenset[Decimal]  # lawful under some condition
    suggested: frozenset[Decimal]  # of the entries that name the code most closely
    rules: tuple[RateRule, ...]  # behind ``rates``, closest first; none where only the residual entry applies
    elsewhere: tuple[RateRule, ...]  # entries for goods of any chapter that a description may fit
    near_change: frozenset[Decimal] = frozenset()  # lawful only before or after a change nearby
    is_certain: bool = True  # False for days before the lists' time

    def judge(self, rate: Decimal, description: str = "") -> Judgement:
        """Judge a printed combined rate; the line's description may fit an entry for any chapter."""
        if rate in self.rates:
            return Judgement.LAWFUL
        if rate in self.near_change or not self.is_certain:
            return Judgement.REVIEW
        words = _words(description)
        fits = any(
            "any_goods" in rule.conditions or words & _words(rule.description)
            for rule in self.elsewhere
            if rate in rule.rates
        )
        return Judgement.REVIEW if fits else Judgement.UNLAWFUL


def lawful(code: str, on: dt.date) -> RateAnswer | Problem:
    """The rates for a code of 2, 4, 6 or 8 digits on a day; a shorter code has those of all its parts.

    Its heading has to exist, the code itself need not: tariffs are split more often than lists are renewed.
    """
    digits = code if code.isdigit() else hsn.normal(code)
    if not (digits.isdigit() and digits.isascii() and len(digits) in {2, 4, 6, 8}):
        return Problem(
            "hsn_shape", f"{code!r} is no code of 4, 6 or 8 digits.", "Rule 46(g) of the CGST Rules"
        )
    # Perhaps misread: no rate is unlawful for a heading that does not exist. The list lacks a few headings.
    if not (hsn.exists(digits[:4]) or hsn.exists(digits)):
        return Problem("hsn_unknown", f"There is no heading {digits[:4]}.", "GSTN list HSN_SAC.xlsx")
    if on < GST_BEGAN:
        return Problem("before_gst", f"There was no GST on {on}.", "Section 1(3) of the CGST Act")
    return _answer(digits, *_periods(on))


@lru_cache(maxsize=4096)
def _periods(on: dt.date) -> tuple[int, int, int, bool]:
    """The period of a day, the first and the last one nearby, and whether the lists are certain for it."""
    changes = _changes()
    first, last = (bisect_right(changes, day) for day in (on - GRACE, on + GRACE))
    return bisect_right(changes, on), max(first, 1), last, on >= OLD_LISTS_SINCE


@lru_cache(maxsize=16_384)
def _answer(code: str, period: int, first: int, last: int, is_certain: bool) -> RateAnswer:
    """The answer for a day of one period, with the periods from ``first`` to ``last`` nearby."""
    answer = _answer_within(code, period)
    nearby = {rate for other in range(first, last + 1) for rate in _answer_within(code, other).rates}
    return replace(answer, near_change=frozenset(nearby - answer.rates), is_certain=is_certain)


@lru_cache(maxsize=16_384)
def _answer_within(code: str, period: int) -> RateAnswer:
    index = _index(period)
    named = [
        (_closeness(rule, code, length), rule)
        for length in range(len(code), 1, -1)
        for rule in index.get(code[:length], ())
        if not code.startswith(rule.except_codes)
    ]
    parts = [rule for prefix in _prefixes_below(code, period) for rule in index[prefix]]
    rules = {id(rule): rule for rule in [*(rule for _, rule in named), *parts]}.values()
    rates = {rate for rule in rules for rate in rule.rates}
    if all(rule.meant == () for _, rule in named):  # exemptions and concessions only
        rates.add(RESIDUAL_RATE)
    nearest = max((closeness for closeness, _ in named), default=0)
    closest = {rate for closeness, rule in named if 0 < closeness == nearest for rate in rule.rates}
    return RateAnswer(
        code=code,
        rates=frozenset(rates),
        suggested=frozenset(closest or {RESIDUAL_RATE}),
        rules=tuple(rules),
        elsewhere=_elsewhere(code[:2], period),
    )


def _closeness(rule: RateRule, code: str, length: int) -> int:
    """How many digits of the code an entry names by its number, or, if they say more, by its words.

    A service's number is that of its heading, so all entries whose words mean the code are equally close, and
    those that mean other codes of the heading are not close at all.
    """
    if rule.meant is None:
        return length if len(code) > 4 or not rule.is_service else _SAC_DIGITS
    if rule.is_service:
        return _SAC_DIGITS * any(code.startswith(meant) or meant.startswith(code) for meant in rule.meant)
    return max((len(meant) for meant in rule.meant if code.startswith(meant)), default=0)


_SAC_DIGITS = 6


@cache
def _elsewhere(chapter: str, period: int) -> tuple[RateRule, ...]:
    """The entries for goods of any chapter, or any services; what they except are whole chapters."""
    return tuple(
        rule
        for rule in _index(period).get("", ())
        if rule.is_service == (chapter == "99") and chapter not in rule.except_codes
    )


def _prefixes_below(code: str, period: int) -> list[str]:
    """The prefixes in the lists that are longer than ``code`` and begin with it."""
    prefixes = _sorted_prefixes(period)
    return prefixes[bisect_right(prefixes, code) : bisect_right(prefixes, code + "~")]


@cache
def _sorted_prefixes(period: int) -> list[str]:
    return sorted(_index(period))


@cache
def _changes() -> list[dt.date]:
    """The days on which a rule begins or has just ended, GST's first day included."""
    begun = {rule.first_day for rule in all_rules()}
    ended = {rule.last_day + dt.timedelta(days=1) for rule in all_rules() if rule.last_day}
    return sorted(begun | ended)


@cache
def _index(period: int) -> dict[str, tuple[RateRule, ...]]:
    """The rules in force in a period by code prefix; under the empty prefix, those for any chapter."""
    index: dict[str, list[RateRule]] = defaultdict(list)
    for rule in all_rules():
        if rule.is_in_force(_changes()[period - 1]):
            for code in rule.codes + ("",) * rule.is_for_any_chapter:
                index[code].append(rule)
    return {code: tuple(rules) for code, rules in index.items()}


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]{5,}", text.lower())) - {"goods", "chapter", "other", "services"}
