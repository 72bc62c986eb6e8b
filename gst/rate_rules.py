"""The entries of the rate notifications as rules: which codes, which rates, from when to when.

Goods and services until 21 September 2025 come from CBIC's lists as published before the reform, goods from
22 September 2025 from notifications 9/2025, 10/2025, 14/2025 and 2/2022 with their amendments, services from
the old list with the changes of 15/2025 and 16/2025. Where each comes from stands in ``gst/data/README.md``.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from gst.rate_lists import read_codes, read_headings, read_rates
from gst.tables import parts, rows

GST_BEGAN = dt.date(2017, 7, 1)
REFORM = dt.date(2025, 9, 22)
"""Notifications 9/2025, 10/2025 and 15/2025 came into force."""
RESIDUAL_RATE = Decimal(18)
"""For goods in no schedule: the last serial of Schedule III of 1/2017, and of Schedule II of 9/2025."""

_DAY = dt.timedelta(days=1)
_OLD = "rates_until_2025-09-21/"
_RESIDUAL_ENTRIES = frozenset({("III", "453"), ("II", "639")})
_CONDITIONS = {
    "pre_packaged": re.compile("pre-packaged", re.IGNORECASE),
    "value_threshold": re.compile(
        r"(?:sale value|price|value of supply).{0,60}exceed|less than or equal to", re.IGNORECASE
    ),
    "fresh_or_chilled": re.compile("fresh or chilled", re.IGNORECASE),
    "seed_quality": re.compile("seed quality", re.IGNORECASE),
    "no_itc": re.compile("credit of input tax charged.*has not been taken", re.IGNORECASE | re.DOTALL),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RateRule:
    """One entry of a notification; ``rates`` are combined percentages (CGST and SGST together, or IGST)."""

    notification: str
    schedule: str = ""
    serial: str = ""
    description: str
    rates: tuple[Decimal, ...]
    codes: tuple[str, ...]  # prefixes of HSN codes or SACs
    except_codes: tuple[str, ...] = ()
    is_for_any_chapter: bool = False  # also for goods of other chapters that its description fits
    is_service: bool = False
    conditions: frozenset[str] = frozenset()  # hints such as "pre_packaged" or "no_itc", not legal tests
    first_day: dt.date = GST_BEGAN
    last_day: dt.date | None = None

    def is_in_force(self, on: dt.date) -> bool:
        """Whether the entry applies on a day."""
        return self.first_day <= on and (self.last_day is None or on <= self.last_day)


@cache
def all_rules() -> tuple[RateRule, ...]:
    """Every rule of every list, read once on first use."""
    return (*_old_goods(), *_new_goods(), *_services(), *_outside_gst())


def _old_goods() -> Iterator[RateRule]:
    corrections = {
        (row["list"], row["serial"], row["printed"]): row["read_as"] for row in rows(_OLD + "corrections.csv")
    }
    for row in rows(_OLD + "GST_Goods_Rates.csv"):
        schedule, serial = row["Schedules"], row["S. No."]
        if schedule.startswith("Compensation") or (schedule, serial) in _RESIDUAL_ENTRIES:
            continue
        description = " ".join(row["Description of Goods"].split())
        printed = " ".join(row["HSN Code"].split())
        codes = read_codes(corrections.get((schedule, serial, printed), printed))
        yield RateRule(
            notification="2/2017-CT(Rate)" if schedule == "Nil rate" else "1/2017-CT(Rate)",
            schedule=schedule,
            serial=serial,
            description=description,
            rates=(Decimal(row["IGST Rate (%)"].rstrip("%")),),
            codes=codes.codes,
            except_codes=codes.except_codes,
            is_for_any_chapter=codes.is_for_any_chapter,
            conditions=_conditions(description),
            last_day=REFORM - _DAY,
        )


def _new_goods() -> Iterator[RateRule]:
    for row in rows("gst2_goods_rates/gst_goods_rate_rules_2025-09-22.csv"):
        if (row["schedule"], row["serial"]) in _RESIDUAL_ENTRIES:
            continue
        yield RateRule(
            notification=row["notification"],
            schedule=row["schedule"],
            serial=row["serial"],
            description=row["description"],
            rates=(Decimal(row["gst_rate"]),),
            codes=parts(row["hsn_include"]),
            except_codes=parts(row["hsn_exclude"]),
            is_for_any_chapter=row["any_chapter"] == "1",
            conditions=frozenset(parts(row["condition_flags"])),
            first_day=dt.date.fromisoformat(row["effective_from"]),
            last_day=dt.date.fromisoformat(row["effective_to"]) if row["effective_to"] else None,
        )


def _services() -> Iterator[RateRule]:
    """The old list; what a change touches ends with the reform, and the change begins."""
    changes = rows("service_rates/service_changes_2025-09-22.csv")
    changed = {(row["serial"], row["item"]) for row in changes}
    headings: dict[str, tuple[str, ...]] = {}
    for rule, item in _old_services():
        headings.setdefault(rule.serial, rule.codes)
        yield replace(rule, last_day=REFORM - _DAY) if (rule.serial, item) in changed else rule
    for row in changes:
        yield RateRule(
            notification=row["source"],
            serial=f"{row['serial']} ({row['item']})",
            description=row["description"],
            rates=tuple(map(Decimal, parts(row["rate"]))),
            codes=parts(row["codes"]) or headings[row["serial"]],
            is_service=True,
            conditions=frozenset(parts(row["condition"])),
            first_day=REFORM,
        )


def _old_services() -> Iterator[tuple[RateRule, str]]:
    """Each rule with the number of its item, such as ``viia``, by which amendments name it."""
    for row in rows(_OLD + "GST_Services_Rates.csv"):
        rates, codes = read_rates(row["IGST Rate (%)"]), read_headings(row["Heading / Chapter"])
        if not rates:
            continue  # a headline
        description = " ".join(row["Description of Service"].split())
        item = re.match(r"\W*\(([a-z]+)\)", description)
        rule = RateRule(
            notification="11/2017-CT(Rate)" if row["S. No."] else "12/2017-CT(Rate)",
            serial=row["S. No."],
            description=description,
            rates=rates,
            codes=codes.codes,
            is_for_any_chapter=codes.is_for_any_chapter,
            is_service=True,
            conditions=_conditions(f"{description} {row['Condition']}"),
        )
        yield rule, item[1] if item else ""


def _outside_gst() -> Iterator[RateRule]:
    for row in rows("outside_gst.csv"):
        yield RateRule(
            notification=row["source"],
            schedule="outside GST",
            description=row["description"],
            rates=(Decimal(0),),
            codes=parts(row["codes"]),
        )


def _conditions(text: str) -> frozenset[str]:
    return frozenset(name for name, pattern in _CONDITIONS.items() if pattern.search(text))
