"""Blocks with more damage than the printer planned for, corrected with what is known about their text.

Reed-Solomon mends half as many unknown errors as a block has check codewords, but all of them if it is
told where they are. So the least trusted codewords are declared lost. How many may be lost without fear of
a wrong correction depends on what else can be checked: an e-invoice's token has only the letters of
URL-safe base 64, and begins with the name of one of a few known keys. A wrong correction cannot pass in
the end: the token's signature would not verify.
"""

import base64
import json
from dataclasses import dataclass, field
from functools import cache

import numpy as np
from numpy.typing import NDArray

from extraction.qr import symbol
from extraction.qr.codewords import Block, Format, Soft, blocks, likely_formats
from extraction.qr.reed_solomon import corrected
from gst.irp_keys import bundled

LOST = (0, 6, 10, 14)  # codewords given up, in turn, when nothing is known of the text
LOST_OF_TOKEN = (6, 10, 14, 18, 20, 22, 24)  # when its letters can be checked
SAFE_LOST = 10  # blocks corrected with fewer need no further proof
KEPT_LOST = 10  # blocks corrected with at most these are kept for later tries
TOKEN_SHARE = 0.97  # of a token's bytes must be letters of the alphabet
DOUBT = 0.25  # a codeword that yields no letter is trusted so much less
ENOUGH_BLOCKS = 0.15  # must be right before the text is taken for a token
STRANGE = 0.5  # more of a known beginning contradicted: it begins otherwise
HEADER_BYTES = 3  # the mode, a length of 16 bits, and half of the first letter

_IS_LETTER = np.zeros(256, bool)
_IS_LETTER[list(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.")] = True
_PAYLOAD_STARTS = (b'{"iss":"NIC","data":"{\\"SellerGstin\\":\\"', b'{"data":"{\\"SellerGstin\\":\\"')


@dataclass(frozen=True, slots=True)
class Corrected:
    """A block as it was printed, how many codewords only check, and how many had been given up."""

    codewords: NDArray[np.uint8]
    check: int
    lost: int

    @property
    def data(self) -> bytes:
        return self.codewords[: -self.check].tobytes()


@dataclass(slots=True)
class Repairer:
    """Corrects the blocks of one symbol over several looks at it; blocks once right stay right."""

    version: int
    tries: int = 0  # blocks looked at so far
    _right: dict[tuple[Format, int], Corrected] = field(default_factory=dict)

    @property
    def has_hope(self) -> bool:
        """Whether any block was right so far."""
        return bool(self._right)

    def known_modules(self) -> symbol.Modules:
        """The symbol's fixed modules and those of the blocks that are right: a help to see the others."""
        known = symbol.fixed_modules(self.version).copy()
        for (form, number), block in self._right.items():
            modules = known.T if form.mirrored else known
            places = symbol.blocks(self.version, form.level)[number][0]
            rows, columns = (
                path[: len(path) // 8 * 8].reshape(-1, 8)[places].ravel()
                for path in symbol.data_path(self.version)
            )
            bits = np.unpackbits(block.codewords).astype(bool)
            modules[rows, columns] = bits ^ symbol.mask(form.pattern, rows, columns)
        return known

    def data(self, soft: Soft) -> bytes | None:
        """The data of the whole symbol as of this look, or None if a block stays wrong."""
        for form in likely_formats(soft, self.version):
            found = self._correct(blocks(soft, self.version, form), form)
            self.tries += sum(block is None for block in found)
            for number, block in enumerate(found):
                if block and block.lost <= KEPT_LOST:
                    self._right[form, number] = block
            if all(found):
                return b"".join(block.data for block in found if block)
            if sum(map(bool, found)) > ENOUGH_BLOCKS * len(found):
                return None  # the format is right: others cannot be
        return None

    def _correct(self, seen: list[Block], form: Format) -> list[Corrected | None]:
        found = [self._right.get((form, n)) or _corrected(block, LOST) for n, block in enumerate(seen)]
        if ENOUGH_BLOCKS * len(seen) <= sum(map(bool, found)) and (shift := _shift(found)) is not None:
            for number in range(len(seen)):
                if _is_doubtful(found, number, shift):
                    found[number] = _corrected(seen[number], LOST_OF_TOKEN, shift)
        for start in known_starts():
            _apply_start(start, seen, found)
        return found


def _corrected(block: Block, lost: tuple[int, ...], shift: int | None = None) -> Corrected | None:
    """The block corrected with as few codewords given up as possible.

    ``shift``: 4 when letters straddle two bytes, 0 when not, None when the text need not be a token.
    """
    trust = block.trust if shift is None else _trust_in_letters(block, shift)
    doubted = np.argsort(trust, kind="stable")
    for count in lost:
        if count > block.check:
            break
        mended = corrected(block.codewords, block.check, doubted[:count])
        if mended is None:
            continue
        found = Corrected(mended, block.check, count)
        if shift is None or _token_share(found.data, shift) >= TOKEN_SHARE:
            return found
    return None


def _letters(data: NDArray[np.uint8], shift: int) -> NDArray[np.uint8]:
    return np.asarray((data[:-1] << 4) | (data[1:] >> 4), np.uint8) if shift else data


def _token_share(data: bytes, shift: int) -> float:
    return float(_IS_LETTER[_letters(np.frombuffer(data, np.uint8), shift)].mean())


def _trust_in_letters(block: Block, shift: int) -> Soft:
    """Less trust in codewords that make no letter of a token; of two that share it, in the weaker."""
    trust = block.trust.copy()
    data = block.codewords[: len(block.codewords) - block.check]
    for place in np.flatnonzero(~_IS_LETTER[_letters(data, shift)]):
        weaker = place if not shift or trust[place] < trust[place + 1] else place + 1
        trust[weaker] *= DOUBT
    return trust


def _shift(found: list[Corrected | None]) -> int | None:
    """How letters lie in the bytes if the text is a token, told by the inner blocks that are right."""
    inner = [block.data for block in found[1:-2] if block]
    for shift in (4, 0):
        if inner and np.mean([_token_share(data, shift) for data in inner]) > 0.95:
            return shift
    return None


def _is_doubtful(found: list[Corrected | None], number: int, shift: int) -> bool:
    block = found[number]
    if not block:
        return True
    is_inner = 0 < number < len(found) - 2  # the first holds the header, the last ones padding
    return is_inner and block.lost >= SAFE_LOST and _token_share(block.data, shift) < TOKEN_SHARE


@cache
def known_starts() -> tuple[bytes, ...]:
    """The first bytes of tokens of the known keys, as they stand in a symbol behind its header."""
    starts = []
    for key in bundled():
        if key.id:
            thumbprint = base64.urlsafe_b64encode(bytes.fromhex(key.id)).rstrip(b"=").decode()
            names = {"alg": "RS256", "kid": key.id, "x5t": thumbprint, "typ": "JWT"}
            header = base64.urlsafe_b64encode(json.dumps(names, separators=(",", ":")).encode()).rstrip(b"=")
            starts += [header + b"." + _certain_base64(payload) for payload in _PAYLOAD_STARTS]
    return tuple(starts)


def _certain_base64(data: bytes) -> bytes:
    """The letters that do not depend on what follows ``data``."""
    return base64.urlsafe_b64encode(data)[: len(data) * 8 // 6]


def _apply_start(start: bytes, seen: list[Block], found: list[Corrected | None]) -> None:
    """Put the known beginning into the blocks that are still wrong, where it is not contradicted."""
    letters = np.frombuffer(start, np.uint8)
    known = _letters(letters, 4)  # a byte of the symbol holds the halves of two letters
    begin = -HEADER_BYTES
    for number, block in enumerate(seen):
        length = len(block.codewords) - block.check
        part = known[max(0, begin) : max(0, begin + length)]
        at = slice(max(0, -begin), max(0, -begin) + len(part))
        begin += length
        current = found[number]
        if not len(part) or (current and current.lost < SAFE_LOST):
            continue
        if (block.codewords[at] != part).mean() > STRANGE:
            continue
        codewords, trust = block.codewords.copy(), block.trust.copy()
        codewords[at], trust[at] = part, np.inf
        helped = Block(codewords, trust, block.check)
        found[number] = _corrected(helped, LOST_OF_TOKEN, 4) or _corrected(helped, LOST) or current
