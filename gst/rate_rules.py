"""The entries of the rate notifications as rules: which codes, which rates, from when to when.

Goods and services until 21 September 2025 come from CBIC's lists as published before the reform, goods from
22 September 2025 from notifications 9/2025, 10/2025, 14/2025 and 2/2022 with their amendments, services from
the old list with the changes of 15/2025 and 16/2025. Where each comes from stands in ``gst/data/README.md``.

A service's entry names a heading only, and its words a few of the codes in it: ``meant`` holds those.
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
    meant: tuple[str, ...] | None = None  # narrower prefixes that its words mean; () if no code tells
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
    return (*_old_goods(), *_new_goods(), *_concessions(), *_services(), *_added_services(), *_outside_gst())


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
            meant=_meant().get(("1/2017-CT(Rate)", f"{schedule} {serial}")),
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
            meant=_meant().get((row["notification"], f"{row['schedule']} {row['serial']}")),
            is_for_any_chapter=row["any_chapter"] == "1",
            conditions=frozenset(parts(row["condition_flags"])),
            first_day=dt.date.fromisoformat(row["effective_from"]),
            last_day=_last_day(row["effective_to"]),
        )


def _concessions() -> Iterator[RateRule]:
    """Lower rates by notifications of their own, which depend on the buyer or the maker."""
    for row in rows("goods_concessions.csv"):
        yield RateRule(
            notification=row["notification"],
            description=row["description"],
            rates=(Decimal(row["rate"]),),
            codes=parts(row["codes"]),
            meant=(),
            is_for_any_chapter=not row["codes"],
            conditions=frozenset(parts(row["condition"])),
            first_day=dt.date.fromisoformat(row["first_day"]),
            last_day=_last_day(row["last_day"]),
        )


def _services() -> Iterator[RateRule]:
    """The old list; what a change touches ends with the reform, and the change begins."""
    changes = rows("service_rates/service_changes_2025-09-22.csv")
    changed = {(row["serial"], row["item"]) for row in changes}
    old: dict[str, RateRule] = {}
    for rule, item in _old_services():
        old.setdefault(rule.serial, rule)
        old[f"{rule.serial} {item}"] = rule
        yield replace(rule, last_day=REFORM - _DAY) if (rule.serial, item) in changed else rule
    for row in changes:
        before = old.get(f"{row['serial']} {row['item']}")
        yield RateRule(
            notification=row["source"],
            serial=f"{row['serial']} ({row['item']})",
            description=row["description"],
            rates=tuple(map(Decimal, parts(row["rate"]))),
            codes=parts(row["codes"]) or (before or old[row["serial"]]).codes,
            meant=parts(row["meant"]) or (before.meant if before else None),
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
        found = re.match(r"\W*\(([a-z]+)\)", description)
        item = found[1] if found else ""
        meant = _meant().get(("11/2017-CT(Rate)", f"{row['S. No.']} {item}".strip()))
        rule = RateRule(
            notification="11/2017-CT(Rate)" if row["S. No."] else "12/2017-CT(Rate)",
            serial=row["S. No."],
            description=description,
            rates=rates,
            # What is leased may carry any rate: only the codes of leasing do, not their whole heading.
            codes=meant if meant and len(rates) > 2 else codes.codes,
            meant=meant if row["S. No."] else _exempt(description),
            is_for_any_chapter=codes.is_for_any_chapter,
            is_service=True,
            conditions=_conditions(f"{description} {row['Condition']}"),
        )
        yield rule, item


def _exempt(description: str) -> tuple[str, ...]:
    """The codes that an exemption means; most depend on persons or places, of which no code tells."""
    exemptions = ((words, codes) for (list_, words), codes in _meant().items() if list_ == "12/2017-CT(Rate)")
    return next((codes for words, codes in exemptions if description.startswith(words)), ())


def _added_services() -> Iterator[RateRule]:
    """What the old list lacks, or what is printed under another heading than its own."""
    for row in rows("service_rates/service_additions.csv"):
        yield RateRule(
            notification=row["notification"],
            serial=row["serial"],
            description=row["description"],
            rates=tuple(map(Decimal, parts(row["rate"]))),
            codes=parts(row["codes"]),
            meant=parts(row["meant"]) or None,
            is_for_any_chapter=not row["codes"],
            is_service=True,
            conditions=frozenset(parts(row["condition"])),
            first_day=dt.date.fromisoformat(row["first_day"]),
            last_day=_last_day(row["last_day"]),
        )


def _outside_gst() -> Iterator[RateRule]:
    for row in rows("outside_gst.csv"):
        yield RateRule(
            notification=row["source"],
            schedule="outside GST",
            description=row["description"],
            rates=(Decimal(0),),
            codes=parts(row["codes"]),
            meant=parts(row["meant"]) or None,
        )


@cache
def _meant() -> dict[tuple[str, str], tuple[str, ...]]:
    """The codes that an entry's words mean, by notification and number; ``none`` where no code tells."""
    return {
        (row["notification"], row["entry"]): () if row["codes"] == "none" else parts(row["codes"])
        for row in rows("meant_codes.csv")
    }


def _last_day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _conditions(text: str) -> frozenset[str]:
    return frozenset(name for name, pattern in _CONDITIONS.items() if pattern.search(text))
