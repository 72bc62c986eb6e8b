"""The default engine on drawn paper, and how its recogniser is made."""

import threading
from pathlib import Path

import cv2
import numpy as np
import pytest

from extraction.ocr import models
from extraction.ocr.base import TextLine
from extraction.ocr.engine import PaddleOcr
from extraction.ocr.second_look import is_doubtful, other_frames
from extraction.orientation import Orientation, turned, turned_box
from extraction.page import Gray
from extraction.reading import Box
from tests.extraction import drawn
from tests.extraction.papers import VENDOR


@pytest.fixture(scope="module")
def paper() -> Gray:
    return drawn.scan()


@pytest.fixture(scope="module")
def lines(ocr: PaddleOcr, paper: Gray) -> list[TextLine]:
    return ocr.lines(paper)


def letters(text: str) -> str:
    return "".join(text.split())


def test_printed_lines_are_read_exactly(lines: list[TextLine]) -> None:
    read = letters("".join(line.text for line in lines))
    for printed in drawn.LINES:
        for part in printed.split("    "):
            assert letters(part) in read
    assert all(line.confidence > 0.8 for line in lines)


def test_lines_and_characters_lie_where_they_are_printed(lines: list[TextLine], paper: Gray) -> None:
    line = next(line for line in lines if line.text.startswith("Invoice No"))
    (left, top), (right, bottom) = line.quad.min(axis=0), line.quad.max(axis=0)
    columns = np.nonzero(paper[int(top) : int(bottom), int(left) : int(right)] < 128)[1]
    assert 0 <= columns.min() < bottom - top
    assert right - left - columns.max() < bottom - top
    assert len(line.centres) == len(line.text)
    assert list(line.centres) == sorted(line.centres)
    inked = np.unique(columns) / (right - left)
    for character, centre in zip(line.text, line.centres, strict=True):
        if character not in " .-":
            assert np.abs(inked - centre).min() < 0.02


def test_empty_paper_says_nothing(ocr: PaddleOcr) -> None:
    assert ocr.lines(np.full((500, 400), 255, np.uint8)) == []


def test_same_picture_gives_the_same_reading(ocr: PaddleOcr, lines: list[TextLine], paper: Gray) -> None:
    again = [(line.text, line.confidence) for line in ocr.lines(paper)]
    assert again == [(line.text, line.confidence) for line in lines]


def test_tilted_paper_is_read(ocr: PaddleOcr, paper: Gray) -> None:
    height, width = paper.shape
    tilt = cv2.getRotationMatrix2D((width / 2, height / 2), 2.5, 1)
    tilted = cv2.warpAffine(paper, tilt, (width, height), borderValue=(255,)).astype(np.uint8)
    read = letters("".join(line.text for line in ocr.lines(tilted)))
    assert "24AAACB1234C1Z5" in read
    assert "4,10,156.00" in read


def test_lone_digits_are_not_taken_for_sideways_text(ocr: PaddleOcr) -> None:
    table = ("Nos    1    7", "1    Cotton yarn", "Nos    4    1")
    read = [letters(line.text) for line in ocr.lines(drawn.scan(table))]
    assert "1" in read or any(text.startswith("1C") for text in read)


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_turned_paper_is_noticed(paper: Gray, degrees: int) -> None:
    assert (Orientation().turns(turned(paper, degrees))[0] + degrees) % 360 == 0


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_boxes_turn_with_their_page(degrees: int) -> None:
    page = np.zeros((100, 200), np.uint8)
    page[20:30, 150:180] = 255
    box = turned_box(Box(left=0.75, top=0.2, right=0.9, bottom=0.3), degrees)
    rows, columns = np.nonzero(turned(page, degrees))
    height, width = turned(page, degrees).shape
    assert (columns.min() / width, rows.min() / height) == pytest.approx((box.left, box.top))
    assert ((columns.max() + 1) / width, (rows.max() + 1) / height) == pytest.approx((box.right, box.bottom))


def test_recogniser_is_made_once_and_whole_by_many_at_a_time(tmp_path: Path) -> None:
    made: list[Path | bytes] = []
    threads = [threading.Thread(target=lambda: made.append(models.recogniser(tmp_path))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (file,) = tmp_path.iterdir()
    assert set(made) == {file}
    alphabet = models.alphabet(models.session(file))
    assert set(alphabet) <= {"", " ", *models.CHARACTERS}
    assert {"₹", "0", "Z", "a", " "} < set(alphabet)
    before = file.stat().st_mtime_ns
    assert models.recogniser(tmp_path) == file
    assert file.stat().st_mtime_ns == before


def test_recogniser_works_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    model = models.recogniser(tmp_path / "file")
    assert isinstance(model, bytes)
    assert models.alphabet(models.session(model))


def test_cache_folder_follows_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(models.FOLDER_SETTING, str(tmp_path))
    assert models.cache_folder() == tmp_path
    monkeypatch.delenv(models.FOLDER_SETTING)
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert models.cache_folder() == tmp_path / "cache" / "smartinvoice" / "models"


@pytest.mark.parametrize(
    "text", ["GSTIN:" + VENDOR[:-1] + "0", f"GSTIN{VENDOR[:12]}IZ{VENDOR[-1]}", VENDOR[:-1]]
)
def test_a_gstin_with_a_wrong_check_digit_is_looked_at_twice(text: str) -> None:
    assert is_doubtful(text)


@pytest.mark.parametrize(
    "text", [f"GSTIN: {VENDOR}", "A/c No. 50100012345678", "KXPQR2526-10431", "Total 4,500.00"]
)
def test_other_lines_are_read_once(text: str) -> None:
    assert not is_doubtful(text)


def test_the_other_frames_lie_inside_and_outside_the_line() -> None:
    line = np.array([(10, 10), (90, 10), (90, 30), (10, 30)], np.float32)
    closer, wider = other_frames(line)
    assert closer[:, 1].tolist() == [12, 12, 28, 28]
    assert wider[0, 1] < 10
    assert wider[3, 1] > 30
