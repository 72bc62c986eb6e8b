"""Whether a reading needs a second reader."""

from extraction.confidence import KEY_FIELDS
from extraction.reading import Reading

SURE_OF_KIND = 80
"""Percent from which a paper that bills nothing is believed to be one."""
MAY_BE_ABSENT = frozenset({"buyer_gstin"})
"""Key fields that honest paper may not print: a buyer need not be registered."""


def doubt(reading: Reading, least: int) -> str | None:
    """Why an offline reading is not proved, as a sentence; None when it is. ``least`` is in percent."""
    kind = reading.fields.get("kind")
    if not reading.is_invoice and kind and kind.confidence >= SURE_OF_KIND:
        return None
    missing = [f for f in KEY_FIELDS if f not in reading.fields and f not in MAY_BE_ABSENT]
    if missing:
        return f"The offline reader did not find: {', '.join(name.replace('_', ' ') for name in missing)}."
    if any(warning.code == "totals_unproven" for warning in reading.warnings):
        return "No set of printed amounts adds up to the total."
    if reading.confidence < least:
        return f"The offline reader is {reading.confidence} % sure of the key fields; {least} % is asked for."
    return None
