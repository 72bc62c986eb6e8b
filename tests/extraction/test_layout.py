from extraction.layout import Sheet, lay_out
from extraction.reading import Source
from tests.extraction.papers import CHARACTER, page, sheet, word


def texts(laid_out: Sheet) -> list[list[str]]:
    """Texts by row."""
    return [[cell.text for cell in row.cells] for row in laid_out.rows]


def test_cells_of_one_line_make_a_row_from_left_to_right() -> None:
    assert texts(sheet((0.5, 0.1, "beside"), (0.1, 0.1, "label"), (0.1, 0.13, "below"))) == [
        ["label", "beside"],
        ["below"],
    ]


def test_skewed_lines_stay_rows() -> None:
    tilted = [
        (left, 0.1 + 0.03 * line + 0.02 * left, f"w{line}{place}")
        for line in range(6)
        for place, left in enumerate((0.05, 0.3, 0.55, 0.8))
    ]
    assert all(len(row.cells) == 4 for row in sheet(*tilted).rows)


def test_single_words_of_a_pdf_make_cells_up_to_a_wide_gap() -> None:
    words = (
        (0.10, 0.1, "Sahyadri"),
        (0.10 + 9 * CHARACTER, 0.1, "Pumps"),
        (0.60, 0.1, "Invoice"),
        (0.60 + 8 * CHARACTER, 0.1, "No."),
    )
    assert texts(lay_out(page(*words, source=Source.PDF_TEXT))) == [["Sahyadri Pumps", "Invoice No."]]


def test_a_line_that_runs_over_two_cells_is_cut_where_letters_stand_apart() -> None:
    text = "NOS 1,500.00"
    centres = tuple(0.1 + 0.01 * place + (0.2 if place > 3 else 0.0) for place in range(len(text)))
    whole = page().model_copy(update={"words": (word(0.1, 0.1, text),)})
    assert texts(lay_out(whole, (centres,))) == [["NOS", "1,500.00"]]


def test_figures_are_never_cut() -> None:
    text = "1,35,057.00"
    centres = tuple(0.1 + 0.01 * place + (0.2 if place > 6 else 0.0) for place in range(len(text)))
    whole = page().model_copy(update={"words": (word(0.1, 0.1, text),)})
    assert texts(lay_out(whole, (centres,))) == [[text]]


def test_a_part_of_a_cell_stands_where_its_letters_do() -> None:
    cell = sheet((0.1, 0.1, "Total 500.00")).cells[0]
    part = cell.part(6, 12)
    assert part.text == "500.00"
    assert abs(part.left - (0.1 + 6 * CHARACTER)) < 1e-9


def test_neighbours_are_found_on_the_line_and_in_the_column() -> None:
    laid_out = sheet(
        (0.1, 0.1, "Dated"), (0.5, 0.1, "beside"), (0.1, 0.12, "below"), (0.8, 0.12, "elsewhere")
    )
    label = laid_out.cells[0]
    assert [cell.text for cell in laid_out.right_of(label)] == ["beside"]
    assert [cell.text for cell in laid_out.below(label)] == ["below"]
