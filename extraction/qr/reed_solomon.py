"""Reed-Solomon correction of errors and known losses over GF(256), as QR codes use it.

Berlekamp-Massey begun with the losses' locator, Chien search, Forney's formula: R. E. Blahut, "Theory and
Practice of Error Control Codes", 1983, chapter 7. Polynomials are arrays, the lowest power first.
"""

import numpy as np
from numpy.typing import NDArray

Field = NDArray[np.uint8]
"""Elements of GF(256), the one of ISO/IEC 18004."""

_PRIMITIVE = 0x11D
_LOG_OF_ZERO = 512  # any sum with it falls into the zeros at the end of the powers


def _tables() -> tuple[Field, NDArray[np.int16]]:
    powers, logs = np.zeros(2 * _LOG_OF_ZERO + 1, np.uint8), np.full(256, _LOG_OF_ZERO, np.int16)
    value = 1
    for exponent in range(255):
        powers[exponent] = powers[exponent + 255] = value
        logs[value] = exponent
        value = value << 1 ^ (_PRIMITIVE if value & 0x80 else 0)
    return powers, logs


_POWER, _LOG = _tables()


def corrected(codewords: Field, check: int, lost: NDArray[np.intp]) -> Field | None:
    """All codewords of a block put right, or None if that is beyond its ``check`` last ones.

    ``lost`` are places whose value is not to be believed; each costs half as much as an unknown error.
    """
    exponents = len(codewords) - 1 - np.arange(len(codewords))
    syndromes = _syndromes(codewords, check, exponents)
    if not syndromes.any():
        return codewords
    locator = _locator(syndromes, exponents[lost])
    inverse = -exponents % 255
    wrong = np.flatnonzero(_values(locator, inverse) == 0)
    if len(wrong) != np.flatnonzero(locator)[-1]:  # not all of its roots are places of this block
        return None
    mended = codewords.copy()
    mended[wrong] ^= _magnitudes(syndromes, locator, exponents[wrong])
    return None if _syndromes(mended, check, exponents).any() else mended


def _multiplied(a: Field, b: Field) -> Field:
    return np.asarray(_POWER[_LOG[a] + _LOG[b]], np.uint8)


def _product(a: Field, b: Field, length: int) -> Field:
    """The lowest coefficients of a product of polynomials."""
    total = np.zeros(length + len(b), np.uint8)
    for place, coefficient in enumerate(a[:length]):
        if coefficient:
            total[place : place + len(b)] ^= _multiplied(coefficient, b)
    return total[:length]


def _values(polynomial: Field, exponents: NDArray[np.intp]) -> Field:
    """A polynomial's values at the given powers of the primitive element."""
    powers = np.outer(exponents, np.arange(len(polynomial))) % 255
    terms = _POWER[_LOG[polynomial][None, :] + powers]
    return np.asarray(np.bitwise_xor.reduce(terms, axis=1))


def _syndromes(codewords: Field, check: int, exponents: NDArray[np.intp]) -> Field:
    powers = np.outer(np.arange(check), exponents) % 255
    return np.asarray(np.bitwise_xor.reduce(_POWER[_LOG[codewords][None, :] + powers], axis=1))


def _locator(syndromes: Field, lost: NDArray[np.intp]) -> Field:
    """The polynomial whose roots are the inverse places of all errors and losses."""
    check = len(syndromes)
    locator = np.zeros(check + 1, np.uint8)
    locator[0] = 1
    for exponent in lost:
        locator[1:] ^= _multiplied(locator[:-1], _POWER[exponent % 255])
    other, length = locator.copy(), len(lost)
    for step in range(len(lost), check):
        gap = np.bitwise_xor.reduce(_multiplied(locator[: step + 1], syndromes[step::-1]))
        other = np.append(np.uint8(0), other[:-1])
        if gap:
            extended = locator ^ _multiplied(gap, other)
            if 2 * length <= step + len(lost):
                other = _multiplied(locator, _POWER[255 - _LOG[gap]])
                length = step + 1 + len(lost) - length
            locator = extended
    return locator


def _magnitudes(syndromes: Field, locator: Field, places: NDArray[np.intp]) -> Field:
    """What to add at each place."""
    evaluator = _product(locator, syndromes, len(syndromes))
    slope = np.where(np.arange(len(locator)) % 2, locator, 0)[1:].astype(np.uint8)
    inverse = -places % 255
    share = _values(slope, inverse)
    quotient = _multiplied(_values(evaluator, inverse), _POWER[(255 - _LOG[share]) % 255])
    return _multiplied(quotient, _POWER[places % 255])
