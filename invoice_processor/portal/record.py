"""The record of a registration as the portal and GST Suvidha Providers write it.

Both use the portal's short names (lgnm, tradeNam, sts, ctb, dty, rgdt, cxdt, pradr, einvoiceStatus). Whatever
comes is taken for hostile: nothing of the wrong type, form or length gets further than this module.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from invoice_processor.portal.errors import Code, PortalError

NOTHING_SAID = frozenset({"", "na", "n/a", "null", "none", "-"})
_DAY = re.compile(r"(\d{2})[/-](\d{2})[/-](\d{4})", re.ASCII)
ADDRESS = ("flno", "bno", "bnm", "st", "loc", "landMark", "dst", "stcd", "pncd")
"""The parts of an address that comes in parts, in the order in which they are written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalRecord:
    """What a source says of one GSTIN today; None or empty where it says nothing."""

    gstin: str
    is_registered: bool = True
    legal_name: str = ""
    trade_name: str = ""
    status: str = ""
    taxpayer_type: str = ""
    constitution: str = ""
    address: str = ""
    registered_on: dt.date | None = None
    cancelled_on: dt.date | None = None
    einvoice_enabled: bool | None = None


def unknown(gstin: str) -> PortalRecord:
    """The source knows no such GSTIN."""
    return PortalRecord(gstin=gstin, is_registered=False)


def parse(answer: Mapping[str, Any], gstin: str) -> PortalRecord:
    """The record in an answer about ``gstin``.

    Raises:
        PortalError: UNREADABLE, where it is about another GSTIN or says neither a name nor a status.
    """
    record = PortalRecord(
        gstin=gstin,
        legal_name=text(answer.get("lgnm"), 300),
        trade_name=text(answer.get("tradeNam") or answer.get("tradeName"), 300),
        status=text(answer.get("sts"), 100),
        taxpayer_type=text(answer.get("dty"), 100),
        constitution=text(answer.get("ctb"), 100),
        address=address(answer.get("pradr")),
        registered_on=day(answer.get("rgdt")),
        cancelled_on=day(answer.get("cxdt")),
        einvoice_enabled=yes_or_no(answer.get("einvoiceStatus")),
    )
    named = record.legal_name or record.trade_name
    if text(answer.get("gstin"), 15).upper() != gstin or not record.status or not named:
        raise PortalError(Code.UNREADABLE)
    return record


def text(value: object, length: int) -> str:
    """One line without control characters and half characters, cut to ``length``."""
    if not isinstance(value, str):
        return ""
    kept = (" " if unicodedata.category(char).startswith(("C", "Z")) else char for char in value[:4000])
    line = " ".join("".join(kept).split())
    return "" if line.lower() in NOTHING_SAID else line[:length]


def day(value: object) -> dt.date | None:
    """A day written dd/mm/yyyy; None for anything else."""
    found = _DAY.fullmatch(text(value, 10))
    try:
        return dt.date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None


def yes_or_no(value: object) -> bool | None:
    """Yes, No, or not said."""
    return {"yes": True, "y": True, "no": False, "n": False}.get(text(value, 5).lower())


def address(value: object) -> str:
    """The principal place of business, in one piece or in parts."""
    if not isinstance(value, Mapping):
        return text(value, 500)
    if whole := text(value.get("adr"), 500):
        return whole
    inner = value.get("addr")
    parts = inner if isinstance(inner, Mapping) else {}
    written = (text(parts.get(part), 100) for part in ADDRESS)
    return ", ".join(part for part in written if part)[:500]
