"""Codes in every state of wear, up to those that only weighing their modules can read."""

import random
import string

import cv2
import numpy as np
import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction import qr
from extraction.page import Gray
from extraction.qr import cascade, sampler, segments, symbol
from extraction.qr.codewords import Format, Soft, blocks, likely_formats
from extraction.qr.locate import dense_regions
from extraction.qr.repair import Repairer, known_starts
from tests.extraction import drawn

LETTERS = string.ascii_letters + string.digits + "-_"
VERSION = 22


def token(seed: int = 1, start: str = "eyJ", length: int = 900) -> str:
    """Something that looks like an e-invoice's signed token."""
    rest = "".join(random.Random(seed).choices(LETTERS, k=length - len(start) - 2))
    return f"{start}{rest[:100]}.{rest[100:500]}.{rest[500:]}"


def modules(text: str) -> Soft:
    """The symbol as perfect evidence."""
    matrix = segno.make(text, version=VERSION, error="L", mode="byte", boost_error=False).matrix
    return np.array(list(matrix), np.float32) * 2 - 1


def worn(picture: Gray, blur: float, noise: float, seed: int = 1) -> Gray:
    soft = cv2.GaussianBlur(picture.astype(np.float32), (0, 0), blur)
    return (soft + np.random.default_rng(seed).normal(0, noise, soft.shape)).clip(0, 255).astype(np.uint8)


def test_clean_codes_of_any_size_are_read_with_their_place() -> None:
    page = drawn.on_paper(drawn.code(token(), 3, VERSION), 1200, 100)
    payment = drawn.code("upi://pay?pa=banyan@bank&am=410156.00", 4)
    page[1500 : 1500 + payment.shape[0], 200 : 200 + payment.shape[1]] = payment
    first, second = qr.decode(page)
    assert first.text == token()
    assert second.text.startswith("upi://")
    assert (first.box.left * 1654, first.box.top * 2339) == pytest.approx((1212, 112), abs=6)
    assert second.box.right * 1654 == pytest.approx(200 + payment.shape[1] - 16, abs=8)


@pytest.mark.parametrize("quarter", [1, 2, 3])
@pytest.mark.parametrize("mirrored", [False, True])
def test_turned_and_mirrored_codes_are_read(quarter: int, mirrored: bool) -> None:
    picture = np.rot90(drawn.code(token(), 4, VERSION), quarter)
    page = drawn.on_paper(picture.T if mirrored else picture, 600, 900)
    assert [code.text for code in qr.decode(page)] == [token()]


def test_page_without_a_code_gives_none() -> None:
    assert qr.decode(drawn.scan()) == []
    assert qr.decode(np.full((300, 200), 255, np.uint8)) == []


def test_dense_code_is_located_among_text() -> None:
    page = worn(drawn.on_paper(drawn.code(token(), 4, VERSION), 1000, 400), blur=1.6, noise=8)
    page[1200:] = drawn.scan()[: page.shape[0] - 1200, : page.shape[1]]
    side = (symbol.size(VERSION) + 8) * 4
    region = dense_regions(page)[0]
    assert abs(region.left - 1000) < 60
    assert abs(region.bottom - (400 + side)) < 60


@pytest.mark.parametrize(("blur", "found_on_page", "found_in_crop"), [(1.6, 1, 1), (2, 0, 1), (2.2, 0, 0)])
def test_worn_codes_are_read_by_what_is_left_to_try(
    blur: float, found_on_page: int, found_in_crop: int
) -> None:
    page = worn(drawn.on_paper(drawn.code(token(), 4, VERSION), 1000, 400), blur, noise=8)
    assert len(cascade._from_page(page)) == found_on_page
    assert bool(cascade._from_crop(page, dense_regions(page)[0])) == found_in_crop
    assert [code.text for code in qr.decode(page)] == [token()]


@pytest.mark.parametrize("quarter", [0, 1, 2, 3])
def test_sampler_reads_bent_blurred_noisy_codes_whichever_way_they_lie(quarter: int) -> None:
    picture = np.rot90(drawn.code(token(), 4, VERSION), quarter)
    across = np.arange(picture.shape[0], dtype=np.float32)
    columns, rows = np.meshgrid(across, across)
    bent = cv2.remap(
        np.ascontiguousarray(picture),
        columns + 3 * np.sin(rows / 90),
        rows + 3 * np.sin(columns / 110),
        cv2.INTER_LINEAR,
        borderValue=(255,),
    )
    page = worn(bent.astype(np.uint8), blur=1.8, noise=8)
    quiet = 4 * 4
    side = picture.shape[0] - quiet
    assert sampler.decode(page, (quiet, quiet, side, side)) == token()


def test_sampler_gives_up_on_noise() -> None:
    noise = np.random.default_rng(1).integers(0, 256, (500, 500), np.uint8)
    assert sampler.decode(noise, (20, 20, 480, 480)) is None


@pytest.mark.parametrize("mirrored", [False, True])
def test_format_is_read_through_damage(mirrored: bool) -> None:
    soft = modules(token())
    level, pattern, _ = likely_formats(soft, VERSION)[0]
    soft[0:5, 8] *= -1  # one of the two copies, in part
    seen = soft.T.copy() if mirrored else soft
    assert likely_formats(seen, VERSION)[0] == Format(level, pattern, mirrored)


def test_text_comes_back_from_perfect_modules() -> None:
    data = Repairer(VERSION).data(modules(token()))
    assert data is not None
    assert segments.text_of(data, VERSION) == token()


def test_doubtful_modules_may_be_wrong_in_more_places_than_the_code_was_made_for() -> None:
    soft = modules(token())
    rng = np.random.default_rng(5)
    form = likely_formats(soft, VERSION)[0]
    rows, columns = symbol.data_path(VERSION)
    for places, check in symbol.blocks(VERSION, form.level):
        for place in rng.choice(places, check // 2 + 5, replace=False):
            modules_of = slice(8 * place, 8 * place + 8)
            soft[rows[modules_of], columns[modules_of]] *= -0.05
    data = Repairer(VERSION).data(soft)
    assert data is not None
    assert segments.text_of(data, VERSION) == token()


def test_known_beginning_rescues_blocks_that_nothing_else_can() -> None:
    text = token(start=known_starts()[0].decode())
    soft = modules(text)
    form = likely_formats(soft, VERSION)[0]
    rows, columns = symbol.data_path(VERSION)
    first, check = symbol.blocks(VERSION, form.level)[0]
    for place in first[10 : 10 + check]:
        soft[rows[8 * place], columns[8 * place]] *= -1  # confidently wrong
    data = Repairer(VERSION).data(soft)
    assert data is not None
    assert segments.text_of(data, VERSION) == text


def test_right_blocks_tell_their_modules() -> None:
    soft = modules(token())
    repairer = Repairer(VERSION)
    form = likely_formats(soft, VERSION)[0]
    wrong = blocks(soft, VERSION, form)[2]
    rows, columns = symbol.data_path(VERSION)
    for place in symbol.blocks(VERSION, form.level)[2][0][: wrong.check]:
        soft[rows[8 * place], columns[8 * place]] *= -1
    assert repairer.data(soft) is None
    known = repairer.known_modules()
    assert (known >= 0).sum() > 0.8 * known.size
    certain = known >= 0
    assert np.array_equal(known[certain], (modules(token()) > 0)[certain])


@settings(deadline=None, max_examples=25)
@given(
    st.one_of(
        st.from_regex(r"[0-9]{1,60}", fullmatch=True),
        st.text(segments.ALPHANUMERIC, min_size=1, max_size=60),
        st.text(min_size=1, max_size=40),
    )
)
def test_every_kind_of_segment_is_text_again(text: str) -> None:
    code = segno.make(text, version=VERSION, error="L", encoding="utf-8", eci=False, boost_error=False)
    data = Repairer(VERSION).data(np.array(list(code.matrix), np.float32) * 2 - 1)
    assert data is not None
    assert segments.text_of(data, VERSION) == text


@given(st.binary(max_size=60), st.sampled_from([22, 30]))
def test_any_data_are_text_or_none(data: bytes, version: int) -> None:
    text = segments.text_of(data, version)
    assert text is None or isinstance(text, str)
