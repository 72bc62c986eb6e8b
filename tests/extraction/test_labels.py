import pytest

from extraction.labels import Label, is_heading, label_in, labels, values_of
from tests.extraction.papers import sheet

WORDS = (("Invoice No", 1.0), ("Date", 0.5), ("Ack Date", 0.3), ("Details of Receiver", 1.0), ("To", 0.5))


def found(text: str) -> Label | None:
    """The label in a cell with this text."""
    return label_in(sheet((0.1, 0.1, text)).cells[0], WORDS)


def word(text: str) -> str | None:
    """The vocabulary's word for it."""
    label = found(text)
    return label.word if label else None


@pytest.mark.parametrize("text", ["Invoice No.", "InvoiceNo:", "lnvoice N0 :", "Tax Invoice No"])
def test_a_label_is_found_whatever_ocr_made_of_it(text: str) -> None:
    assert word(text) == "Invoice No"


def test_the_longest_label_wins() -> None:
    assert word("Ack Date 12-Aug-25") == "Ack Date"


def test_a_misread_letter_is_forgiven_in_long_labels_and_at_the_end_of_short_ones() -> None:
    assert word("Details of Recciver") == "Details of Receiver"
    assert word("Datea") == "Date"


@pytest.mark.parametrize("text", ["Invoce No: 7", "Invoiice No: 7", "Inyoice No: 7"])
def test_a_letter_lost_or_too_many_is_forgiven_in_long_labels(text: str) -> None:
    label = found(text)
    assert label
    assert (label.word, label.rest and label.rest.text) == ("Invoice No", "7")


@pytest.mark.parametrize("text", ["Total", "Update of stock", "Tower"])
def test_a_label_inside_a_word_is_none(text: str) -> None:
    assert found(text) is None


def test_the_rest_of_the_cell_comes_without_the_colon() -> None:
    label = found("Invoice No : - SP/117")
    assert label
    assert label.rest
    assert label.rest.text == "SP/117"


@pytest.mark.parametrize(
    "words",
    [
        [(0.1, 0.1, "Invoice No: SP/117")],
        [(0.1, 0.1, "Invoice No"), (0.3, 0.1, ": SP/117")],
        [(0.1, 0.1, "Invoice No"), (0.1, 0.12, "SP/117")],
        [(0.1, 0.1, "Invoice No"), (0.3, 0.1, "Dated"), (0.1, 0.12, "SP/117")],
    ],
)
def test_a_value_stands_behind_beside_or_below_its_label(words: list[tuple[float, float, str]]) -> None:
    laid_out = sheet(*words)
    label = next(iter(labels(laid_out, WORDS)))
    assert next(iter(values_of(label, laid_out)))[0].text == "SP/117"


def test_headings_are_told_from_names_that_begin_alike() -> None:
    assert is_heading("PAN : AAACV1234F")
    assert not is_heading("Panchavati Traders")
