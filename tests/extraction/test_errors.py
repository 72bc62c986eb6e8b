"""Errors carry what a person needs, across processes too."""

import pickle

import pytest

from extraction.errors import FAULTS, ReadingError


@pytest.mark.parametrize("code", FAULTS)
def test_error_survives_pickling_with_its_sentence(code: str) -> None:
    error = pickle.loads(pickle.dumps(ReadingError(code)))
    assert (error.code, error.permanent, error.message) == (code, *FAULTS[code])
    assert error.message.endswith(".")


def test_unknown_codes_are_a_bug_of_the_caller() -> None:
    with pytest.raises(KeyError):
        ReadingError("whatever")
