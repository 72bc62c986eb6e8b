"""The question put to a model, and the hash that tells one version of it from another."""

import hashlib
import json
from functools import cache

from extraction.ai.answer import answer_type
from extraction.prompts.invoice import INSTRUCTIONS
from extraction.reading import Reading, Source

PATHS = {
    "invoice_number": "number",
    "invoice_date": "date",
    "vendor_gstin": "vendor.gstin",
    "buyer_gstin": "buyer.gstin",
    "irn": "irn",
}
"""What a signed QR code tells, by the keys of a reading and the paths of the answer."""


@cache
def prompt_hash() -> str:
    """SHA-256 of instructions and schema: answers to one question have one hash."""
    schema = json.dumps(answer_type().model_json_schema(), sort_keys=True)
    return hashlib.sha256(f"{INSTRUCTIONS}\n{schema}".encode()).hexdigest()


def known(local: Reading) -> frozenset[str]:
    """Paths that are not asked for: a signature of the portal vouches for them."""
    signed = (name for name, field in local.fields.items() if field.source is Source.SIGNED_QR)
    return frozenset(PATHS[name] for name in signed if name in PATHS)
