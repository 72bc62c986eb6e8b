"""HSN codes, rates of tax and cess, judged by the law on the invoice's day. One finding a cause."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from compliance.catalogue import finding
from compliance.findings import Finding
from compliance.lines import codes, combined_rate, listed, total_of
from gst import cess, hsn, money, rates
from gst.invoice import Invoice, Line
from gst.money import grouped
from gst.rate_rules import REFORM, all_rules
from gst.rates import GRACE, Judgement, RateAnswer

RULES_BY_CAUSE = ("rate_ended", "rate_not_lawful", "rate_to_review")
WITH_GOODS = ("9965", "9966", "9967", "9968", "9971", "9985")
"""Carriage, loading, courier, insurance and packing, as sellers of goods charge them."""

_DAY = dt.timedelta(days=1)


def codes_exist(invoice: Invoice) -> Iterator[Finding]:
    """Each HSN or SAC is in the portal's list, or at least its heading is."""
    unknown = [
        place for place, line in enumerate(invoice.lines, 1) if line.hsn_sac and not _is_known(line.hsn_sac)
    ]
    if unknown:
        code = invoice.lines[unknown[0] - 1].hsn_sac or ""
        problem = hsn.check(code)
        message = f"{problem.message if problem else code} See {listed(unknown)}."
        yield finding("hsn_unknown", message, field="line_items", found=code)


def _is_known(printed: str) -> bool:
    """Tariff splits come faster than lists: an eight-digit code below a known six-digit one passes."""
    code = hsn.normal(printed)
    return hsn.check(code) is None or (len(code) == 8 and code.isdigit() and hsn.exists(code[:6]))


def rates_are_lawful(invoice: Invoice) -> Iterator[Finding]:
    """Each line's rate is among those that the law has for its code on that day."""
    if invoice.date is None:
        return
    judged: dict[str, list[int]] = {}
    lines = [replace(line, gst_rate=combined_rate(line, invoice)) for line in invoice.lines]
    for place, line in enumerate(lines, 1):
        if not _is_composite(line, lines, invoice) and (rule := _judge(line, invoice.date)):
            judged.setdefault(rule, []).append(place)
    for rule in RULES_BY_CAUSE:
        if places := judged.get(rule):
            line = lines[places[0] - 1]
            yield finding(
                rule,
                f"{_sentence(line, invoice.date)} See {listed(places)}.",
                field="line_items",
                expected=_list(_lawful_rates(line, invoice.date)),
                found=_percent(line.gst_rate),
            )


def _is_composite(line: Line, lines: Sequence[Line], invoice: Invoice) -> bool:
    """Freight beside goods bears the goods' rate (section 8), also beside goods that were not read."""
    if not line.hsn_sac or not hsn.normal(line.hsn_sac).startswith(WITH_GOODS):
        return False
    taxable, made = invoice.totals.taxable_value, total_of(other.taxable_value for other in lines)
    if taxable is None or made is None or not money.agree(made, taxable):
        return True
    goods = (other for other in lines if not hsn.normal(other.hsn_sac or "").startswith("99"))
    return line.gst_rate in {other.gst_rate for other in goods}


def _judge(line: Line, on: dt.date) -> str | None:
    if line.gst_rate is None:
        return None
    answer = rates.lawful(line.hsn_sac, on) if line.hsn_sac else None
    if not isinstance(answer, RateAnswer):
        return _judge_alone(line.gst_rate, on)
    match answer.judge(line.gst_rate, line.description or ""):
        case Judgement.LAWFUL:
            return None
        case Judgement.REVIEW:
            return "rate_to_review"
        case Judgement.UNLAWFUL:
            return "rate_ended" if _was_lawful(line, on) else "rate_not_lawful"


def _judge_alone(rate: Decimal, on: dt.date) -> str | None:
    """Without a code: whether anything at all bears the rate around that day."""
    if any(rate in _rates_in_force(day) for day in (on, on - GRACE, on + GRACE)):
        return None
    return "rate_ended" if rate in _rates_in_force(REFORM - _DAY) else "rate_not_lawful"


def _was_lawful(line: Line, on: dt.date) -> bool:
    """Whether the reform of September 2025, or the end of 28 percent, made a lawful rate unlawful."""
    if on < REFORM or not line.hsn_sac or line.gst_rate is None:
        return False
    before = rates.lawful(line.hsn_sac, REFORM - _DAY)
    return isinstance(before, RateAnswer) and line.gst_rate in before.rates


@lru_cache(maxsize=1024)
def _rates_in_force(on: dt.date) -> frozenset[Decimal]:
    """Every combined rate that any entry had on a day, and none at all."""
    in_force = (rule for rule in all_rules() if rule.is_in_force(on))
    return frozenset({Decimal(0)}.union(*(rule.rates for rule in in_force)))


def _lawful_rates(line: Line, on: dt.date) -> frozenset[Decimal]:
    answer = rates.lawful(line.hsn_sac, on) if line.hsn_sac else None
    return answer.rates if isinstance(answer, RateAnswer) else _rates_in_force(on)


def _sentence(line: Line, on: dt.date) -> str:
    """What the law says about the line, with the conditions of its entries."""
    answer = rates.lawful(line.hsn_sac, on) if line.hsn_sac else None
    if not isinstance(answer, RateAnswer):
        return f"No supply bears {_percent(line.gst_rate)} on {on:%d %b %Y}."
    lawful = f"{line.hsn_sac} bears {_list(answer.rates)} on {on:%d %b %Y}, not {_percent(line.gst_rate)}."
    conditions = sorted({hint for rule in answer.rules for hint in rule.conditions})
    if not answer.is_certain:
        return f"{lawful} The law of that time is known less well."
    return f"{lawful} It depends on: {', '.join(conditions).replace('_', ' ')}." if conditions else lawful


def _list(lawful: frozenset[Decimal]) -> str:
    return ", ".join(_percent(rate) for rate in sorted(lawful))


def _percent(rate: Decimal | None) -> str:
    return "" if rate is None else f"{rate.normalize():f} %"


def cess_is_in_force(invoice: Invoice) -> Iterator[Finding]:
    """The compensation cess ended on 22 September 2025, for tobacco and pan masala on 1 February 2026."""
    charged, on = invoice.totals.taxes.cess, invoice.date
    if not charged or on is None or on < REFORM:
        return
    known = codes(invoice)
    may_be_tobacco = len(known) < len(invoice.lines) or not known or any(map(_is_tobacco, known))
    if on >= cess.TOBACCO_CESS_ENDED or not may_be_tobacco:
        message = f"A cess of {grouped(charged)} is charged on {on:%d %b %Y}."
        rule = "cess_to_review" if _just_ended(on, may_be_tobacco) else "cess_after_end"
        yield finding(rule, message, field="cess", expected=0, found=charged)


def _is_tobacco(code: str) -> bool:
    return code.startswith(cess.TOBACCO)


def _just_ended(on: dt.date, may_be_tobacco: bool) -> bool:
    """Whether the time of supply may still lie before the end."""
    return on - (cess.TOBACCO_CESS_ENDED if may_be_tobacco else REFORM) <= GRACE
