"""Known words that a misread word is one letter away from."""

from collections.abc import Container, Iterator
from string import ascii_lowercase


def neighbours(word: str, known: Container[str]) -> set[str]:
    """The ``known`` words that one exchanged, lost or added letter makes out of lower-case ``word``."""
    return {near for near in _one_letter_away(word) if near in known}


def _one_letter_away(word: str) -> Iterator[str]:
    for place in range(len(word) + 1):
        head, tail = word[:place], word[place:]
        yield head + tail[1:]
        for letter in ascii_lowercase:
            yield head + letter + tail
            yield head + letter + tail[1:]
