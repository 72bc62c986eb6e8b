"""The data of a QR symbol as text: its segments of digits, capitals and bytes (ISO/IEC 18004, 7.4)."""

ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
END, DIGITS, CAPITALS, BYTES, CHARSET = 0, 1, 2, 4, 7
LARGE = 27  # from this version on the lengths of digits and capitals have two bits more
SMALL_LENGTH_BITS = {DIGITS: 12, CAPITALS: 11, BYTES: 16}


class _Bits:
    """A string of bits, read from the left. Raises ValueError at its end."""

    def __init__(self, data: bytes) -> None:
        self._value, self.left = int.from_bytes(data, "big"), 8 * len(data)

    def take(self, count: int) -> int:
        if count > self.left:
            raise ValueError("the segment is longer than the symbol")
        self.left -= count
        return self._value >> self.left & ((1 << count) - 1)


def text_of(data: bytes, version: int) -> str | None:
    """The text of a symbol of version 10 to 40, or None if the data make no sense."""
    bits, text = _Bits(data), ""
    try:
        while bits.left >= 4 and (mode := bits.take(4)) != END:
            if mode == CHARSET:
                bits.take(8)
                continue
            length = bits.take(SMALL_LENGTH_BITS[mode] + (2 if version >= LARGE and mode != BYTES else 0))
            text += _segment(bits, mode, length)
    except (ValueError, KeyError, IndexError):
        return None
    return text


def _segment(bits: _Bits, mode: int, length: int) -> str:
    if mode == BYTES:
        return bytes(bits.take(8) for _ in range(length)).decode("utf-8")
    if mode == CAPITALS:
        pairs = (divmod(bits.take(11), 45) for _ in range(length // 2))
        text = "".join(ALPHANUMERIC[a] + ALPHANUMERIC[b] for a, b in pairs)
        return text + (ALPHANUMERIC[bits.take(6)] if length % 2 else "")
    text = "".join(f"{bits.take(10):03d}" for _ in range(length // 3))
    rest = length % 3
    return text + (f"{bits.take(1 + 3 * rest):0{rest}d}" if rest else "")
