"""A reading made visible: each value with its evidence as text, and the boxes drawn on the pages."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from extraction.limits import Limits
from extraction.orientation import turned
from extraction.pages import open_document
from extraction.reading import FieldValue, Reading

Picture = NDArray[np.uint8]
SURE = 90
COLOURS = {True: (60, 140, 20), False: (20, 90, 220)}
"""Blue, green, red of the boxes of sure and of doubtful values."""
WIDEST = 1600
"""Pixels to which a page is reduced."""


def explain(reading: Reading) -> str:
    """Each value, how sure it is and why, and what was not taken."""
    kind, sure = reading.invoice.kind.value, reading.confidence
    head = f"{kind}, {sure} % sure of all key fields, read by {reading.engine}"
    lines = [head, *(line for name, field in reading.fields.items() for line in explained(name, field))]
    for number, cells in enumerate(reading.lines, 1):
        for name, cell in cells.items():
            lines += explained(f"{number}. {name}", cell)
    lines += [f"warning ({warning.code}): {warning.message}" for warning in reading.warnings]
    return "\n".join(lines)


def explained(name: str, field: FieldValue) -> Iterator[str]:
    """One value in one line, its rejected rivals below it."""
    place = f", page {field.page}" if field.page else ""
    yield f"{name:16} {field.value}  ({field.confidence} %, {field.source.value}{place}: {field.reason})"
    for other in field.rejected:
        yield f"{'':16} not {other.value}: {other.reason}"


def overlay(readings: Sequence[Reading], path: Path, limits: Limits | None = None) -> bytes:
    """The pages below each other as a PNG, with a box around each value: green when sure, red when doubtful.

    Opens the file in this process: only for files that were read before. Raises ReadingError.
    """
    read = {page.number: (reading, page.rotation) for reading in readings for page in reading.pages}
    pictures = [
        drawn(reading, page.number, turned(page.image, rotation))
        for page in open_document(path, limits or Limits())
        if page.number in read
        for reading, rotation in [read[page.number]]
    ]
    width = max(picture.shape[1] for picture in pictures)
    level = [
        cv2.copyMakeBorder(p, 0, 0, 0, width - p.shape[1], cv2.BORDER_CONSTANT, value=(255,) * 3)
        for p in pictures
    ]
    return bytes(cv2.imencode(".png", np.vstack(level))[1])


def drawn(reading: Reading, number: int, page: Picture) -> Picture:
    """One page with its boxes and the names of the fields."""
    scale = min(1.0, WIDEST / page.shape[1])
    picture = cv2.cvtColor(
        cv2.resize(page, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), cv2.COLOR_GRAY2BGR
    )
    height, width = picture.shape[:2]
    for name, field in reading.fields.items():
        if field.page == number and field.box:
            colour = COLOURS[field.confidence >= SURE]
            left, top = int(field.box.left * width), int(field.box.top * height)
            right, bottom = int(field.box.right * width), int(field.box.bottom * height)
            cv2.rectangle(picture, (left - 2, top - 2), (right + 2, bottom + 2), colour, 2)
            cv2.putText(
                picture,
                f"{name} {field.confidence}",
                (left, top - 5),
                cv2.FONT_HERSHEY_SIMPLEX,
                0.45,
                colour,
                1,
                cv2.LINE_AA,
            )
    return np.asarray(picture, dtype=np.uint8)
