from extraction.paise import with_paise
from tests.extraction.papers import sheet

LABELS = ("Taxable Value", "CGST", "SGST", "Total")


def texts(paise: tuple[str, ...], heading: str = "") -> list[list[str]]:
    """Cells by row of amounts cut into rupees and paise."""
    words = [(0.9, 0.48, heading)] if heading else []
    for at, (label, part) in enumerate(zip(LABELS, paise, strict=True)):
        words += [
            (0.5, 0.5 + at * 0.02, label),
            (0.8, 0.5 + at * 0.02, "1,234"),
            (0.9, 0.5 + at * 0.02, part),
        ]
    return [[cell.text for cell in row.cells] for row in with_paise(sheet(*words)).rows if len(row.cells) > 1]


def test_amounts_cut_in_rupees_and_paise_are_whole_again() -> None:
    assert texts(("70", "05", "05", "00"), "P.")[0] == ["Taxable Value", "1,234.70"]
    assert texts(("00", "00", "05", "00"))[2] == ["SGST", "1,234.05"]


def test_a_column_of_small_numbers_is_not_taken_for_paise() -> None:
    assert texts(("70", "05", "05", "10"))[0] == ["Taxable Value", "1,234", "70"]


def test_a_point_that_faded_is_set_again_but_not_between_a_code_and_its_rate() -> None:
    words = ((0.1, 0.5, "48,215 60"), (0.3, 0.5, "8414 18"), (0.5, 0.5, "3500-00"), (0.7, 0.5, "45=00"))
    (row,) = with_paise(sheet(*words)).rows
    assert [cell.text for cell in row.cells] == ["48,215.60", "8414 18", "3500.00", "45.00"]
