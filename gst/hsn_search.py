"""Finding an HSN code or SAC by words, for people who must pick one."""

import math
import re
from bisect import bisect_left
from collections import defaultdict
from functools import cache

from gst import hsn
from gst.hsn import Code
from gst.tables import rows


def search(text: str, limit: int = 20) -> tuple[Code, ...]:
    """The codes whose description, or that of their headings, has the most telling of the words in ``text``.

    Digits find the codes that begin with them; everyday words ("laptop") also find their official ones.
    """
    if digits := re.sub(r"\s", "", text) if re.fullmatch(r"[\d\s]+", text) else "":
        return tuple(code for code in hsn.all_codes() if code.code.startswith(digits))[:limit]
    scores: dict[int, float] = defaultdict(float)
    for wish in _wishes(text):
        best: dict[int, float] = {}
        for word in wish:
            for place, weight in _postings(word).items():
                best[place] = max(best.get(place, 0), weight)
        for place, weight in best.items():
            scores[place] += weight
    found = sorted(scores, key=lambda place: (-scores[place], place))
    return tuple(hsn.all_codes()[place] for place in found[:limit])


def _wishes(text: str) -> list[set[str]]:
    """Each word asked for, with the words that mean the same."""
    words, plain = _words(text), f" {text.lower()} "
    official = [row["official"] for row in _everyday() if f" {row['everyday']} " in plain]
    return [{word} for word in words] + [{word} for phrase in official for word in _words(phrase)]


def _postings(word: str) -> dict[int, float]:
    """Where a word, or one that begins with it, stands, with its weight there: rare words tell more."""
    index, known = _index()
    first, last = bisect_left(known, word), bisect_left(known, word + "~")
    longer = known[first:last] if len(word) >= 4 else [known[first]] if word in index else []
    found: dict[int, float] = {}
    for each in longer:
        rarity = math.log(len(hsn.all_codes()) / len(index[each])) * (1 if each == word else 0.7)
        for place, share in index[each].items():
            found[place] = max(found.get(place, 0), rarity * share)
    return found


@cache
def _index() -> tuple[dict[str, dict[int, float]], list[str]]:
    """For each word the places in the master where it stands, with its share: less in a heading's text."""
    index: dict[str, dict[int, float]] = defaultdict(dict)
    for place, code in enumerate(hsn.all_codes()):
        for parent in hsn.parents(code.code):
            for word in _words(parent.description):
                index[word][place] = 0.5
        own = _words(code.description)
        for word in own:
            index[word][place] = 1 + 1 / (1 + len(own))
    return dict(index), sorted(index)


def _words(text: str) -> set[str]:
    """The words of a text in small letters, the plural's s taken off."""
    return {word.removesuffix("s") for word in re.findall(r"[a-z]{2,}|\d+", text.lower())} - _EMPTY


_EMPTY = frozenset(("and", "or", "of", "the", "for", "in", "with", "other", "than", "not", "to", "by", "on"))


@cache
def _everyday() -> list[dict[str, str]]:
    return rows("hsn_sac_master/everyday_words.csv")
