"""Which GSTIN a misread print means, as far as other witnesses on the page tell.

Every damaged number has some valid neighbour, so the check digit alone is no witness. The shape of a GSTIN is
one, the PAN that is printed for itself or inside another GSTIN, and a second print misread in another way.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from gst import gstin

LENGTH = 15
TWINS = ({"0", "O"}, {"1", "I"}, {"5", "S"}, {"8", "B"}, {"2", "Z"})
"""Characters that OCR exchanges most often."""
STROKE = re.compile(r"(?<![A-Z0-9])(?=[A-Z0-9/|!\\]{15}(?![A-Z0-9]))\d\d[A-Z0-9]*[/|!\\][A-Z0-9]+")
"""``27ABCDE1234F/Z5``: a one or an I read as a stroke."""
PAN = re.compile(r"(?<![A-Z0-9])[A-Z]{5}\d{4}[A-Z](?![A-Z0-9])")
MOST_KNOWN = 24
"""PANs and GSTINs that a misread print is compared with: an invoice has a few, a hostile file any number."""
MOST_CHANGES = 2
MOST_OF_KNOWN = 5
"""Characters in which a print may differ from a number of the same State that stands elsewhere."""
FAMILY, FAMILIES = 14, "ZCD"
"""Place of the family's letter, and those in use; the law would allow others."""
ENTITY = 13
"""Place of the entity's number: nearly always 1, and then it was read rightly."""
LEAST_DIGITS, LEAST_LETTERS = 4, 5
"""A GSTIN has six digits or more, and seven letters, or five and a TAN's."""
WITHOUT_DIGITS = str.maketrans("", "", "0123456789")
LABEL_BEFORE = re.compile(r"(?:GSTIN|UIN|NO)$")


@dataclass(frozen=True, slots=True)
class Print:
    """The letters and digits of a text in capitals, and the place of each in it."""

    text: str
    letters: str
    places: Sequence[int]

    def stands_alone(self, at: int, size: int) -> bool:
        """Whether so many characters stand between marks, a label and the end."""
        start, end = self.places[at], self.places[at + size - 1] + 1
        if end < len(self.text) and self.text[end].isalnum():
            return False
        before = self.text[:start]
        return not before[-1:].isalnum() or bool(LABEL_BEFORE.search(before.upper()))


@dataclass(frozen=True, slots=True)
class Meant:
    """A GSTIN, where its print begins and ends in the text, and how many characters were put right."""

    value: str
    start: int
    end: int
    changes: int


def meant(print_: Print, pans: frozenset[str], known: frozenset[str] = frozenset()) -> Meant | None:
    """The GSTIN that a text means which holds no valid one; None where it cannot be told.

    ``pans`` and ``known`` are the PANs and the valid GSTINs that the paper prints elsewhere.
    """
    ways = (by_other_print(print_, known), with_stroke(print_), by_pan(print_, pans), by_shape(print_, pans))
    return next((found for way in ways for found in way), None)


def by_other_print(print_: Print, known: frozenset[str]) -> Iterator[Meant]:
    """A number that the paper prints elsewhere, but for a few characters and not those of the State."""
    for at, size in spans(print_):
        read = print_.letters[at : at + size]
        near = [(edits(read, value), value) for value in known]
        changes, value = min(near, default=(LENGTH, ""))
        if changes <= MOST_CHANGES or (changes <= MOST_OF_KNOWN and read[:2] == value[:2]):
            yield at_place(print_, at, size, value, changes)


def spans(
    print_: Print, sizes: Sequence[int] = (LENGTH, LENGTH - 1, LENGTH + 1)
) -> Iterator[tuple[int, int]]:
    """Begin and length of what may be a number, one that lost a character, or one with one too many."""
    for size in sizes if is_mixed(print_.letters) else ():
        for at in range(len(print_.letters) - size + 1):
            if is_mixed(print_.letters[at : at + size]) and print_.stands_alone(at, size):
                yield at, size


def is_mixed(letters: str) -> bool:
    """Whether letters and digits are mixed about as in a GSTIN."""
    digits = len(letters) - len(letters.translate(WITHOUT_DIGITS))
    return digits >= LEAST_DIGITS and len(letters) - digits >= LEAST_LETTERS


def with_stroke(print_: Print) -> Iterator[Meant]:
    """The number with a one, or an I, where a stroke was read."""
    for match in STROKE.finditer(print_.text):
        for character in "1I":
            value = re.sub(r"[/|!\\]", character, match[0])
            if gstin.is_valid(value):
                yield Meant(value, *match.span(), 1)


def by_shape(print_: Print, pans: frozenset[str]) -> Iterator[Meant]:
    """The only repair that exchanges twins or what its place forbids, or the one whose PAN is on the page."""
    for at, near in repairs_in(print_):
        known = [repair for repair in near if repair.value[2:12] in pans]
        plain = [repair for repair in near if is_plain(repair)]
        chosen = plain if len(plain) == 1 and (len(near) == 1 or not plain[0].is_forced) else likeliest(known)
        if len(chosen) == 1 and len(chosen[0].changes) <= MOST_CHANGES:
            yield at_place(print_, at, LENGTH, chosen[0].value, len(chosen[0].changes))


def is_plain(repair: gstin.Repair) -> bool:
    """Whether every change is forced by its place, or exchanges twins where the place forbids neither."""
    return all(change.forced or {change.read, change.meant} in TWINS for change in repair.changes)


def repairs_in(print_: Print) -> Iterator[tuple[int, Sequence[gstin.Repair]]]:
    """The valid numbers closest to each run of fifteen characters that stands alone."""
    for at, size in spans(print_, (LENGTH,)):
        near = gstin.repairs(print_.letters[at : at + size])
        yield at, [repair for repair in near if repair.value[FAMILY - 1] in FAMILIES]


def by_pan(print_: Print, pans: frozenset[str]) -> Iterator[Meant]:
    """The number with a PAN of the page in its middle, where that was misread or lost a character."""
    for at, size in spans(print_):
        read = print_.letters[at : at + size]
        for pan in sorted(pans):
            changes, near = edits(read[2:-3], pan), gstin.repair(f"{read[:2]}{pan}{read[-3:]}")
            if changes <= MOST_CHANGES and near and len(near.changes) <= 1:
                yield at_place(print_, at, size, near.value, changes + len(near.changes))


def at_place(print_: Print, at: int, size: int, value: str, changes: int) -> Meant:
    """A repair with its place in the text."""
    return Meant(value, print_.places[at], print_.places[at + size - 1] + 1, changes)


def edits(one: str, other: str) -> int:
    """How many characters must be changed, lost or added to make one text the other."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            before, row[j] = row[j], min(before + (a != b), row[j] + 1, row[j - 1] + 1)
    return row[-1]


def likeliest(repairs: Sequence[gstin.Repair]) -> Sequence[gstin.Repair]:
    """Of equally close repairs those that only exchange twins, else those that leave the entity a one."""
    twins = [r for r in repairs if all({change.read, change.meant} in TWINS for change in r.changes)]
    return twins or [r for r in repairs if all((c.place, c.read) != (ENTITY, "1") for c in r.changes)]


def pans_in(texts: Iterable[str], valid: Iterable[str]) -> frozenset[str]:
    """PANs printed for themselves, and those inside valid GSTINs."""
    printed = {pan for text in texts for pan in PAN.findall(text)}
    return frozenset(sorted(printed | {value[2:12] for value in valid})[:MOST_KNOWN])


def agreed(guesses: Iterable[tuple[str, str]]) -> set[str]:
    """Numbers that two prints, misread in different ways, may both mean: (text read, number it may mean)."""
    read_as: defaultdict[str, set[str]] = defaultdict(set)
    for text, value in guesses:
        read_as[value].add(text)
    return {value for value, texts in read_as.items() if len(texts) > 1}
