import pytest

from gst.hsn_search import search


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("laptop", "847130"),
        ("cement clinkers", "252310"),
        ("mobile phones", "8517"),
        ("hotel room", "996311"),
        ("courier charges", "996812"),
        ("cotton shirt", "62052000"),
        ("software development", "998314"),
        ("audit", "998221"),
        ("tyres for cars", "401110"),
    ],
)
def test_words_of_the_trade_find_the_code_among_the_first(words: str, code: str) -> None:
    assert code in [found.code for found in search(words, 5)]


def test_digits_find_the_codes_that_begin_with_them() -> None:
    found = search("8517 13")
    assert [code.code for code in found] == ["851713", "85171300"]


def test_half_a_word_is_enough() -> None:
    assert search("refrig", 3) != ()


@pytest.mark.parametrize("words", ["", "xyzzy", "of the", "?"])
def test_words_that_say_nothing_find_nothing(words: str) -> None:
    assert search(words) == ()


def test_no_more_are_found_than_asked_for() -> None:
    assert len(search("paper", 3)) == 3
