from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gst import words

AMOUNTS = st.decimals(-(10**10), 10**21, places=2)


@given(AMOUNTS)
def test_words_of_an_amount_read_back(amount: Decimal) -> None:
    spoken = words.in_words(amount)
    assert words.parse(spoken) == amount
    assert words.parse(spoken.upper().replace(" ", "")) == amount
    assert words.parse(spoken.lower().replace(" ", "-").replace("-only", "")) == amount


def test_amounts_are_spoken_in_lakhs_and_crores() -> None:
    expected = "Rupees Twelve Crore Thirty Four Lakh Five Thousand Six Hundred Seven and Eight Paise Only"
    assert words.in_words(Decimal("123405607.08")) == expected


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("INR Twelve Thousand Three Hundred Forty-Five Only", "12345"),
        ("RupeesTwoLakhsThirtyThousandOnly", "230000"),
        ("Amount in words: Rs. Seven Hundred Eighty Nine and 50/100 only", "789.50"),
        ("One Hundred Twenty Rupees and Five Paise", "120.05"),
        ("INR One Lac Two Thousand and Sixty Eight and Eighty Six paise Only", "102068.86"),
        ("Rupees Three Hundred and paise 25 only", "300.25"),
        ("Rupees One Hundred and Paise Seventy Five Only", "100.75"),
        ("Rupees S1xty F1ve Thousand Eght Hundred on1y", "65800"),
        ("fIve hundred", "500"),
        ("Indian Rupee Nine Crore Fourty Lakh only", "94000000"),
        ("#x~ Rupees Ten Only E & O E", "10"),
        ("US Dollars One Thousand and Cents Twenty", "1000.20"),
        ("Rupees One Million Two Hundred Thousand Only", "1200000"),
        ("Ninety Paise", "0.90"),
        ("Rupees Zero Only", "0"),
    ],
)
def test_words_as_they_stand_on_paper_are_read(text: str, amount: str) -> None:
    assert words.parse(text) == Decimal(amount)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Rupees Only",
        "one two three",
        "Thousand Five",
        "One Thousand Two Lakh",
        "Garbage Five Hundred Only",
        "Rupees Five Xyzzy Hundred Only",
        "rupees two hundred twenty five paise",  # 225 paise, or 220 rupees and 5 paise, or 200 and 25
        "Five Hundred Paise",
    ],
)
def test_what_is_not_certain_is_not_read(text: str) -> None:
    assert words.parse(text) is None


def test_a_negative_amount_says_so() -> None:
    assert words.in_words(Decimal("-1.50")) == "Minus Rupees One and Fifty Paise Only"
    assert words.parse("Rupees Negative One Hundred Only") == -100


def test_thousands_of_crores_and_crores_of_crores_are_spoken_and_read() -> None:
    assert words.in_words(Decimal(10**12)) == "Rupees One Lakh Crore Only"
    assert words.parse("Rupees Twelve Thousand Three Hundred Crore Fifty Lakh Only") == 123_005_000_000
    assert words.parse("Rupees Two Crore Crore Only") == 2 * 10**14


@pytest.mark.parametrize("text", ["hundred " * 5000, "one " * 5000, "crore" * 5000, "x" * 100_000])
def test_long_text_is_no_amount(text: str) -> None:
    assert words.parse(text) is None


@given(st.text(max_size=60))
def test_no_text_raises(text: str) -> None:
    words.parse(text)
