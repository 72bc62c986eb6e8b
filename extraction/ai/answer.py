"""What a model answers: the shape of ``gst.invoice``, each leaf as it is printed, null where it is not.

The model is never asked for typed values: it copies, and the parsers that read paper offline read the copy.
"""

import dataclasses
import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ConfigDict, create_model

from gst.invoice import DocumentKind, Invoice

LONGEST = 2_000
"""Characters of one value; what is longer is no value of an invoice."""
MOST_LINES = 1_000
JOINERS = "\u200c\u200d"  # which Indian scripts need


class Printed(BaseModel):
    """A value as it stands on the paper; ``box`` is top, left, bottom, right in thousandths of the page."""

    model_config = ConfigDict(frozen=True)

    text: str
    page: int | None = None
    box: list[int] | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer by the paths of ``gst.invoice``, such as ``vendor.gstin``; lines have plain texts."""

    kind: DocumentKind | None
    values: Mapping[str, Printed]
    lines: tuple[Mapping[str, str], ...]


@cache
def answer_type(known: frozenset[str] = frozenset()) -> type[BaseModel]:
    """The schema that is sent to the model, without what is ``known`` already (paths of ``gst.invoice``)."""
    return schema_of(Invoice, "", known)


def schema_of(shape: type, prefix: str, known: frozenset[str]) -> type[BaseModel]:
    """The schema of one dataclass of the vocabulary."""
    hints = get_type_hints(shape)
    members: dict[str, Any] = {
        field.name: member(hints[field.name], f"{prefix}{field.name}", known)
        for field in dataclasses.fields(shape)
        if f"{prefix}{field.name}" not in known
    }
    return create_model(f"Printed{shape.__name__}", **members)


def member(hint: object, path: str, known: frozenset[str]) -> tuple[Any, Any]:
    """The type and default of one member of a schema."""
    if get_origin(hint) in (Union, types.UnionType):
        hint = next(part for part in get_args(hint) if part is not types.NoneType)
    if get_origin(hint) is tuple:
        return list[schema_of(get_args(hint)[0], f"{path}.", known)], []  # type: ignore[misc]
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return schema_of(hint, f"{path}.", known) | None, None
    if hint is DocumentKind:
        return DocumentKind | None, None
    in_line = path.startswith("lines.")
    return (str | None if in_line else Printed | None), None


def parse(text: str) -> Answer:
    """An answer from its JSON. Raises pydantic.ValidationError."""
    return answer_of(answer_type().model_validate_json(text))


def answer_of(said: BaseModel) -> Answer:
    """An answer from the model's object; blank texts say nothing."""
    lines = getattr(said, "lines", [])[:MOST_LINES]
    printed = ((path, one.model_copy(update={"text": legible(one.text)})) for path, one in leaves(said, ""))
    return Answer(
        kind=getattr(said, "kind", None),
        values={path: one for path, one in printed if is_said(one.text)},
        lines=tuple(cells for line in lines if (cells := dict(texts(line, "")))),
    )


def leaves(said: BaseModel, prefix: str) -> Iterator[tuple[str, Printed]]:
    """Printed values with their paths; those of lists are left out."""
    for name in type(said).model_fields:
        value = getattr(said, name)
        if isinstance(value, Printed):
            yield f"{prefix}{name}", value
        elif isinstance(value, BaseModel):
            yield from leaves(value, f"{prefix}{name}.")


def texts(line: BaseModel, prefix: str) -> Iterator[tuple[str, str]]:
    """The cells of a line with their paths."""
    for name in type(line).model_fields:
        value = getattr(line, name)
        if isinstance(value, str) and is_said(text := legible(value)):
            yield f"{prefix}{name}", text.strip()
        elif isinstance(value, BaseModel):
            yield from texts(value, f"{prefix}{name}.")


def legible(text: str) -> str:
    """A text without characters that nobody sees, which hide or reorder others, or that databases refuse."""
    return "".join(char for char in text if char.isprintable() or char.isspace() or char in JOINERS)


def is_said(text: str) -> bool:
    """Whether a text is a value: models write ``null`` and ``N/A`` where they should give null."""
    bare = text.strip()
    return 0 < len(bare) <= LONGEST and bare.casefold() not in ("null", "none", "n/a", "na", "-", "nil")
