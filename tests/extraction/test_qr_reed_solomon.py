"""Reed-Solomon correction up to its limit, and honest failure beyond."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reedsolo import RSCodec

from extraction.qr.reed_solomon import corrected

CHECK = 28
ENCODER = RSCodec(CHECK)


@given(st.binary(min_size=20, max_size=120), st.data())
def test_errors_and_losses_within_the_limit_are_put_right(data: bytes, draw: st.DataObject) -> None:
    sent = np.frombuffer(bytes(ENCODER.encode(data)), np.uint8)
    count_lost = draw.draw(st.integers(0, CHECK))
    count_wrong = draw.draw(st.integers(0, (CHECK - count_lost) // 2))
    places = draw.draw(st.permutations(range(len(sent))))
    noise = draw.draw(st.lists(st.integers(1, 255), min_size=CHECK, max_size=CHECK))
    lost, wrong = places[:count_lost], places[count_lost : count_lost + count_wrong]
    seen = sent.copy()
    for place, change in zip([*lost, *wrong], noise, strict=False):
        seen[place] ^= change
    mended = corrected(seen, CHECK, np.array(lost, int))
    assert mended is not None
    assert np.array_equal(mended, sent)


@pytest.mark.parametrize("seed", range(20))
def test_what_is_beyond_repair_is_said_so(seed: int) -> None:
    random = np.random.default_rng(seed)
    seen = random.integers(0, 256, 100, np.uint8)
    assert corrected(seen, CHECK, np.array([], int)) is None
