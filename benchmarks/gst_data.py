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
    print(f"  suggested rates by longest prefix:   {suggested}")


def shares(counts: Iterable[int]) -> str:
    """Counts of one, two, and three or more."""
    found = Counter(min(count, 3) for count in counts)
    return ", ".join(f"{label}: {found[count]:,}" for count, label in ((1, "1"), (2, "2"), (3, "3+")))


def print_repairs() -> None:
    """What becomes of invented GSTINs with one misread character."""
    chance = random.Random(1)
    confused = str.maketrans("OISBZG015826", "015826OISBZG")
    misreadings: dict[str, Callable[[str], str]] = {
        "a letter read as its digit or the reverse": lambda character: character.translate(confused),
        "any other character": lambda character: chance.choice(gstin.ALPHABET.replace(character, "")),
    }
    for name, misread in misreadings.items():
        outcomes = Counter(repair_outcome(value, misread, chance) for value in invented_gstins(chance, 3000))
        print(f"GSTIN repairs, {name}: {dict(sorted(outcomes.items()))}")


def repair_outcome(value: str, misread: Callable[[str], str], chance: random.Random) -> str:
    """What becomes of one number after one character that can be misread was."""
    place = chance.choice([place for place in range(15) if misread(value[place]) != value[place]] or [14])
    repair = gstin.repair(value[:place] + misread(value[place]) + value[place + 1 :])
    if repair is None:
        return "left alone"
    chosen = "forced" if repair.is_forced else "chosen by the check character"
    return f"{chosen}, {'right' if repair.value == value else 'wrong'}"


def invented_gstins(chance: random.Random, count: int) -> list[str]:
    """Regular GSTINs that belong to nobody we know."""
    letters = gstin.ALPHABET[10:]

    def body() -> str:
        name = "".join(chance.choices(letters, k=3)) + chance.choice("CPFHTA") + chance.choice(letters)
        pan = f"{name}{chance.randint(1, 9999):04d}{chance.choice(letters)}"
        return f"{chance.randint(1, 37):02d}{pan}{chance.randint(1, 3)}Z"

    return [text + gstin.check_character(text) for text in (body() for _ in range(count))]


def print_speed(goods: list[str]) -> None:
    """Calls a second on one core."""
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
    """Time one question after another."""
    start = time.perf_counter()
    for question in questions:
        ask(question)
    print(f"{len(questions) / (time.perf_counter() - start):>12,.0f} {name} a second")


if __name__ == "__main__":
    main()
