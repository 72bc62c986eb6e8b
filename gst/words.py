"""Amounts in words, as Indian invoices print them, both ways: a total can be checked against its words."""

import re
from decimal import Decimal
from typing import NamedTuple

from gst.money import to_paisa
from gst.spelling import neighbours

_TO_NINETEEN = (
    "zero one two three four five six seven eight nine ten"
    " eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)
_UNITS = tuple(_TO_NINETEEN.split())
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SCALES = {"crore": 10**7, "lakh": 10**5, "thousand": 1000, "hundred": 100}


def in_words(amount: Decimal) -> str:
    """``amount`` as ``Rupees One Lakh Five and Fifty Paise Only``, below zero after ``Minus``."""
    rupees, paise = divmod(abs(int(to_paisa(amount) * 100)), 100)
    sign, tail = "minus " if amount < 0 else "", f" and {_spoken(paise)} paise" if paise else ""
    return f"{sign}rupees {_spoken(rupees)}{tail} only".title().replace(" And ", " and ")


def _spoken(number: int) -> str:
    if number < 20:
        return _UNITS[number]
    if number < 100:
        return _TENS[number // 10 - 2] + (f" {_UNITS[number % 10]}" if number % 10 else "")
    name, scale = next(item for item in _SCALES.items() if number >= item[1])
    head, rest = divmod(number, scale)
    return f"{_spoken(head)} {name}" + (f" {_spoken(rest)}" if rest else "")


class _Word(NamedTuple):
    role: str  # "number", "scale", "rupees", "paise", "and", "only", "label" or "unknown"
    worth: int = 0


def _shape(text: str) -> str:
    """``text`` in small letters, those that OCR confuses made equal: 1 l | ! are i, 0 is o, 5 is s."""
    return text.lower().translate(str.maketrans("1l|!05", "iiiios"))


def _vocabulary() -> dict[str, _Word]:
    words = {word: _Word("number", value) for value, word in enumerate(_UNITS)}
    words |= {word: _Word("number", 10 * tens) for tens, word in enumerate(_TENS, 2)}
    words |= {"nil": _Word("number", 0), "fourty": _Word("number", 40), "ninty": _Word("number", 90)}
    for scale, spellings in _SCALE_SPELLINGS.items():
        words |= dict.fromkeys(spellings.split(), _Word("scale", scale))
    for role, spellings in _OTHER_SPELLINGS.items():
        words |= dict.fromkeys(spellings.split(), _Word(role))
    return {_shape(word): meaning for word, meaning in words.items()}


_SCALE_SPELLINGS = {
    10**9: "billion billions",
    10**7: "crore crores cr",
    10**6: "million millions",
    10**5: "lakh lakhs lac lacs lack laks",
    10**3: "thousand thousands",
    100: "hundred hundreds hundered",
}
_OTHER_SPELLINGS = {
    "rupees": "rupees rupee rs inr dollars dollar euros euro pounds pound dirhams dirham",
    "paise": "paise paisa paisas ps cents cent pence fils",
    "and": "and",
    "only": "only",
    "label": (
        "indian usd us eur gbp aed total amount in words invoice value bill grand net payable chargeable"
        " tax of the is"
    ),
}
_VOCABULARY = _vocabulary()
_LONGEST = max(map(len, _VOCABULARY))
_PAISE_IN_DIGITS = re.compile(
    r"(\d{1,2})\s*/\s*100\b|\b(?:paise|ps\.?)\s*(\d{1,2})\b|\b(\d{1,2})\s*paise\b", re.IGNORECASE
)
_MINUS = re.compile("minus|negative", re.IGNORECASE)
_LONGEST_TEXT = 1000
_UNKNOWN = _Word("unknown")


def parse(text: str) -> Decimal | None:
    """The amount that ``text`` spells out, in rupees (or the currency it names); None if that is not certain.

    Case, hyphens, lost blanks, ``and``, ``Only``, common misspellings and letters that OCR confuses do not
    matter. Words that make no sense are skipped only before the currency's name and after ``Only``.
    """
    if len(text) > _LONGEST_TEXT:
        return None
    if sign := _MINUS.search(text):
        amount = parse(text[: sign.start()] + text[sign.end() :])
        return amount and -amount
    in_digits = _PAISE_IN_DIGITS.search(text)
    if in_digits:
        text = text[: in_digits.start()] + " " + text[in_digits.end() :]
    words = _relevant(_understood(text))
    amount = None if _UNKNOWN in words else _amount(words)
    if amount is None or in_digits is None:
        return amount
    return amount + Decimal(next(filter(None, in_digits.groups()))) / 100


def _understood(text: str) -> list[_Word]:
    """The words of ``text``: first as one run of letters, whose blanks OCR may have lost, then one by one."""
    tokens = [token for token in re.split(r"[^a-z]+", _shape(text)) if token]
    whole = _segmented("".join(tokens))
    return whole if whole is not None else [word for token in tokens for word in _token(token)]


def _segmented(letters: str) -> list[_Word] | None:
    """``letters`` cut into known words, the longest first where there is a choice."""
    tails: dict[int, list[_Word]] = {len(letters): []}
    for start in reversed(range(len(letters))):
        for end in range(min(start + _LONGEST, len(letters)), start, -1):
            if end in tails and (word := _VOCABULARY.get(letters[start:end])):
                tails[start] = [word, *tails[end]]
                break
    return tails.get(0)


def _token(token: str) -> list[_Word]:
    if (words := _segmented(token)) is not None:
        return words
    near = neighbours(token, _VOCABULARY) if 4 <= len(token) <= _LONGEST + 1 else set()
    meant = {_VOCABULARY[word] for word in near}
    return [meant.pop()] if len(meant) == 1 else [_UNKNOWN]


def _relevant(words: list[_Word]) -> list[_Word]:
    """``words`` from the currency's name, if no number stands before it, to ``Only``, without labels."""
    roles = [word.role for word in words]
    start = roles.index("rupees") if "rupees" in roles else 0
    start = 0 if "number" in roles[:start] else start
    end = roles.index("only", start) if "only" in roles[start:] else len(words)
    return [word for word in words[start:end] if word.role != "label"]


def _amount(words: list[_Word]) -> Decimal | None:
    roles = [word.role for word in words]
    if "paise" not in roles:
        whole = _number(words)
        return None if whole is None else Decimal(whole)
    at = roles.index("paise")
    before, after = words[:at], words[at + 1 :]
    if any(word.role in {"number", "scale"} for word in after):
        splits = [(before, after)]
    elif cut := next((i for i in reversed(range(1, at)) if roles[i] in {"and", "rupees"}), 0):
        splits = [(before[:cut], before[cut:])]
    else:
        splits = [(before[:i], before[i:]) for i in range(at)]
    amounts = {amount for rupees, paise in splits if (amount := _joined(rupees, paise)) is not None}
    return amounts.pop() if len(amounts) == 1 else None


def _joined(rupees: list[_Word], paise: list[_Word]) -> Decimal | None:
    whole = _number(rupees) if any(word.role == "number" for word in rupees) else 0
    part = _number(paise)
    return None if whole is None or part is None or part > 99 else Decimal(whole) + Decimal(part) / 100


def _number(words: list[_Word]) -> int | None:
    """The whole number spelled by ``words``; None if they are not in the order of one number."""
    spoken = [word for word in words if word.role in {"number", "scale"}]
    scales = [word.worth for word in spoken if word.role == "scale"]
    if not scales:
        return _below_hundred([word.worth for word in spoken])
    biggest = max(scales)  # of equal ones the last, so that a repeated scale makes its head too big
    at = max(place for place, word in enumerate(spoken) if word == ("scale", biggest))
    head, rest = _number(spoken[:at]), spoken[at + 1 :]
    tail = _number(rest) if rest else 0
    if not head or tail is None or tail >= biggest or head >= _HEAD_LIMITS.get(biggest, head + 1):
        return None
    return head * biggest + tail


_HEAD_LIMITS = {100: 100, 1000: 1000, 10**5: 1000, 10**6: 1000}
"""What may be counted in a scale: ninety-nine hundred, but any number of crores."""


def _below_hundred(worths: list[int]) -> int | None:
    match worths:
        case [worth]:
            return worth
        case [tens, unit] if tens in range(20, 100, 10) and 0 < unit < 10:
            return tens + unit
    return None
