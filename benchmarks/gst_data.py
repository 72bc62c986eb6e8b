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
    print_repairs()
    print_speed(goods)


def print_coverage(name: str, codes: list[str], on: dt.date) -> None:
    """How many codes have one, two, three or more lawful rates on a day."""
    answers = [answer for code in codes if isinstance(answer := rates.lawful(code, on), RateAnswer)]
    lawful = shares(len(answer.rates) for answer in answers)
    suggested = shares(len(answer.suggested) for answer in answers)
    residual = sum(not answer.rules for answer in answers)
    print(f"{on} {name}: {len(answers):,} codes, {residual} by the residual entry alone")
    print(f"  lawful rates by the widest match:    {lawful}")
    print(f"  suggested rates by the closest entry: {suggested}")


def shares(counts: Iterable[int]) -> str:
    """Counts of one, two, and three or more."""
    found = Counter(min(count, 3) for count in counts)
    return ", ".join(f"{label}: {found[count]:,}" for count, label in ((1, "1"), (2, "2"), (3, "3+")))


def print_repairs() -> None:
    """What becomes of invented GSTINs, by kind of damage."""
    chance = random.Random(1)
    for name, damage in DAMAGES.items():
        outcomes = Counter(
            repair_outcome(value, damage(value, chance)) for value in invented_gstins(chance, 3000)
        )
        print(f"GSTIN repairs, {name}: {dict(sorted(outcomes.items()))}")


def repair_outcome(value: str, read: str) -> str:
    """Whether the reading was put right, by itself or among those offered to a second witness."""
    if read == value or gstin.is_valid(read):
        return "valid as it stands"
    if repair := gstin.repair(read):
        return "right" if repair.value == value else "wrong"
    offered = [repair.value for repair in gstin.repairs(read)]
    return "offered with others" if value in offered else "left alone"


TWINS = str.maketrans("OISBZG015826", "015826OISBZG")
LOOKALIKES = dict(zip("0123456789ABCDEFGIKLMNOPQSTUVZ", "OI28AGGIBP4B6OFP6LXINHDRO57VU2", strict=True))


def exchange_twins(value: str, chance: random.Random, count: int = 1) -> str:
    """Letters read as their digits or the reverse."""
    return damaged(value, chance, count, lambda character: character.translate(TWINS))


def exchange_lookalikes(value: str, chance: random.Random, count: int = 1) -> str:
    """Characters read as others of similar shape, letter or digit."""
    return damaged(value, chance, count, lambda character: LOOKALIKES.get(character, character))


def exchange_any(value: str, chance: random.Random) -> str:
    """One character read as any other."""
    return damaged(value, chance, 1, lambda character: chance.choice(gstin.ALPHABET.replace(character, "")))


def swap_neighbours(value: str, chance: random.Random) -> str:
    """Two neighbours typed in the wrong order."""
    place = chance.choice([place for place in range(14) if value[place] != value[place + 1]])
    return value[:place] + value[place + 1] + value[place] + value[place + 2 :]


DAMAGES: dict[str, Callable[[str, random.Random], str]] = {
    "one letter for its digit or the reverse": exchange_twins,
    "two of them": lambda value, chance: exchange_twins(value, chance, 2),
    "one look-alike": exchange_lookalikes,
    "two look-alikes": lambda value, chance: exchange_lookalikes(value, chance, 2),
    "one arbitrary character": exchange_any,
    "two neighbours in the wrong order": swap_neighbours,
}


def damaged(value: str, chance: random.Random, count: int, misread: Callable[[str], str]) -> str:
    """``value`` with up to ``count`` of the characters misread that can be."""
    places = [place for place in range(15) if misread(value[place]) != value[place]]
    for place in chance.sample(places, min(count, len(places))):
        value = value[:place] + misread(value[place]) + value[place + 1 :]
    return value


def invented_gstins(chance: random.Random, count: int) -> list[str]:
    """Regular GSTINs that belong to nobody we know."""
    letters = gstin.ALPHABET[10:]

    def body() -> str:
        name = "".join(chance.choices(letters, k=3)) + chance.choice("CPFHTA") + chance.choice(letters)
        pan = f"{name}{chance.randint(1, 9999):04d}{chance.choice(letters)}"
        return f"{chance.randint(1, 37):02d}{pan}{chance.randint(1, 3)}Z"

    return [text + gstin.check_character(text) for text in (body() for _ in range(count))]


def print_speed(goods: list[str]) -> None:
    """Calls a second of one core."""
    chance = random.Random(0)
    numbers = invented_gstins(chance, 10_000)
    report("GSTIN validations", gstin.is_valid, numbers * 20)
    report("GSTINs parsed", gstin.parse, numbers)
    report("misread GSTINs repaired", gstin.repair, [number.replace("0", "O") for number in numbers[:2000]])
    fresh = dt.date(2026, 3, 1)  # a period that nothing was asked about yet
    report("rate look-ups, first of each code", lambda code: rates.lawful(code, fresh), goods)
    report("rate look-ups", lambda code: rates.lawful(code, TODAY), goods * 5)
    spoken = "Rupees One Lakh Twenty Three Thousand Four Hundred Fifty Six and Seven Paise Only"
    report("amounts read from words", words.parse, [spoken] * 5000)


def report(name: str, ask: Callable[[str], object], questions: list[str]) -> None:
    """Processor time of one question after another, so that a busy machine does not show."""
    start = time.process_time()
    for question in questions:
        ask(question)
    print(f"{len(questions) / (time.process_time() - start):>12,.0f} {name} a second")


if __name__ == "__main__":
    main()
