"""The question: its schema is that of the vocabulary, its hash tells versions apart."""

import dataclasses
import json
from typing import Any, get_args, get_type_hints

from extraction.ai import prompt
from extraction.ai.answer import answer_type, parse
from extraction.ai.need import doubt
from extraction.reading import Source
from gst.invoice import Invoice
from tests.extraction.ai.said import UNPROVED, offline


def leaves(shape: Any) -> list[str]:
    """The names of all members of a dataclass and of those inside it."""
    found = []
    for name, hint in get_type_hints(shape).items():
        inner = [part for part in (hint, *get_args(hint)) if dataclasses.is_dataclass(part)]
        found += [name, *(leaf for part in inner for leaf in leaves(part))]
    return found


def test_the_schema_asks_for_every_member_of_the_vocabulary() -> None:
    schema = json.dumps(answer_type().model_json_schema())
    assert not [name for name in leaves(Invoice) if f'"{name}"' not in schema]


def test_everything_may_be_null() -> None:
    assert parse("{}").values == {}
    assert parse('{"number": null, "vendor": null, "lines": []}').lines == ()


def test_what_models_write_for_nothing_is_nothing() -> None:
    said = {"number": {"text": " N/A "}, "irn": {"text": "null"}, "vendor": {"name": {"text": ""}}}
    assert parse(json.dumps(said)).values == {}


def test_the_hash_is_of_instructions_and_schema() -> None:
    assert prompt.prompt_hash() == prompt.prompt_hash()
    assert len(prompt.prompt_hash()) == 64


def test_what_a_signature_vouches_for_is_not_asked_again() -> None:
    local = offline()
    signed = {
        name: field.model_copy(update={"source": Source.SIGNED_QR})
        for name, field in local.fields.items()
        if name in ("invoice_number", "vendor_gstin")
    }
    left_out = prompt.known(local.model_copy(update={"fields": {**local.fields, **signed}}))
    assert left_out == {"number", "vendor.gstin"}
    assert prompt.known(local) == frozenset()


def test_a_proved_reading_needs_no_second_one_and_others_say_why() -> None:
    assert doubt(offline(), 80) is None
    assert doubt(offline(**UNPROVED), 80) == "The offline reader did not find: invoice number, grand total."
    assert doubt(offline(), 99) == "The offline reader is 98 % sure of the key fields; 99 % is asked for."
    assert doubt(offline(number_label="Inv0!ce"), 80) is not None
