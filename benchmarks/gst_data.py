"""How well the bundled GST data covers the codes, and how fast the law answers on one core.

Run with ``python -m benchmarks.gst_data``.
"""

import datetime as dt
import random
import time
from collections import Counter
from collections.abc import Callable, Iterable

from gst import gstin, hsn, rates, words
from gst.rates import RateAnswer

TODAY = dt.date(2026, 11, 23)
BEFORE_THE_REFORM = dt.date(2025, 9, 1)


def main() -> None:
    """Print coverage, then speed."""
    goods = [code for code in hsn.codes(8) if not code.startswith("99")]
    services = [code for code in hsn.codes(6) if code.startswith("99")]
    for on in (TODAY, BEFORE_THE_REFORM):
        for name, codes in (("goods, 8 digits", goods), ("services, 6 digits", services)):
            print_coverage(name, codes, on)
    print_speed(goods)


def print_coverage(name: str, codes: list[str], on: dt.date) -> None:
    """How many codes have one, two, three or more lawful rates on a day."""
    answers = [answer for code in codes if isinstance(answer := rates.lawful(code, on), RateAnswer)]
    lawful = shares(len(answer.rates) for answer in answers)
    suggested = shares(len(answer.suggested) for answer in answers)
    residual = sum(not answer.rules for answer in answers)
    print(f"{on} {name}: {len(answers):,} codes, {residual} by the residual entry alone")
    print(f"  lawful rates by the widest match:    {lawful}")
    print(f"  suggested rates by longest prefix:   {suggested}")


def shares(counts: Iterable[int]) -> str:
    """Counts of one, two, and three or more."""
    found = Counter(min(count, 3) for count in counts)
    return ", ".join(f"{label}: {found[count]:,}" for count, label in ((1, "1"), (2, "2"), (3, "3+")))


def print_speed(goods: list[str]) -> None:
    """Calls a second on one core."""
    chance = random.Random(0)
    numbers = [f"27AAPFU{chance.randrange(1, 10_000):04d}F1Z" for _ in range(10_000)]
    numbers = [number + gstin.check_character(number) for number in numbers]
    report("GSTIN validations", gstin.is_valid, numbers * 20)
    report("GSTINs parsed", gstin.parse, numbers)
    report("misread GSTINs repaired", gstin.repair, [number.replace("0", "O") for number in numbers[:2000]])
    fresh = dt.date(2026, 3, 1)  # a period that nothing was asked about yet
    report("rate look-ups, first of each code", lambda code: rates.lawful(code, fresh), goods)
    report("rate look-ups", lambda code: rates.lawful(code, TODAY), goods * 5)
    spoken = "Rupees One Lakh Twenty Three Thousand Four Hundred Fifty Six and Seven Paise Only"
    report("amounts read from words", words.parse, [spoken] * 5000)


def report(name: str, ask: Callable[[str], object], questions: list[str]) -> None:
    """Time one question after another."""
    start = time.perf_counter()
    for question in questions:
        ask(question)
    print(f"{len(questions) / (time.perf_counter() - start):>12,.0f} {name} a second")


if __name__ == "__main__":
    main()
