"""The signed QR code of an e-invoice: what it says, and whether it may be believed.

The code holds a JSON web token signed by the Invoice Registration Portal (RS256); its payload carries the
facts as JSON inside JSON. Source: Rule 46(r), FORM GST INV-01, the portal's QR code verification procedure.
"""

import base64
import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256

from gst import financial_year, irn
from gst.irp_keys import IrpKey, bundled


class Verdict(StrEnum):
    """What a code is worth as evidence."""

    VERIFIED = "verified"
    FORGED = "forged"  # a known key, but the signature or the IRN is wrong
    UNVERIFIABLE = "unverifiable"  # signed with a key that is not known or not trusted here
    UNSIGNED = "unsigned"  # facts without a signature, as some printers make it: no proof
    SANDBOX = "sandbox"  # from the portal's test system: never a real invoice
    NOT_AN_EINVOICE = "not_an_einvoice"  # a payment code or anything else


@dataclass(frozen=True, slots=True)
class QrFacts:
    """What the code says. It holds no tax amounts, no lines and no place of supply."""

    seller_gstin: str
    buyer_gstin: str  # URP for an unregistered or foreign buyer
    number: str
    document_type: str  # INV, CRN or DBN
    date: dt.date
    total: Decimal  # rupees, with tax
    item_count: int
    main_hsn: str
    irn: str
    irn_time: dt.datetime | None  # Indian time; absent on codes of 2020


@dataclass(frozen=True, slots=True)
class SignedQr:
    """A code's verdict with the reason in words for a person."""

    verdict: Verdict
    reason: str
    facts: QrFacts | None = None
    key_id: str | None = None
    issuer: str | None = None


_LONGEST = 16_384
"""Characters; the biggest QR code holds fewer than 7,100."""

_Json = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class _Token:
    signed: bytes
    signature: bytes
    key_id: str | None
    issuer: str
    facts: QrFacts


def read(text: str, keys: Iterable[IrpKey] | None = None) -> SignedQr:
    """Judge the text of a QR code with ``keys`` (those of this package unless given)."""
    token = _token(text.strip()) if len(text) <= _LONGEST else None
    if token is None:
        return SignedQr(Verdict.NOT_AN_EINVOICE, "The code does not hold an e-invoice.")
    verdict, reason = _judge(token, tuple(bundled() if keys is None else keys))
    return SignedQr(verdict, reason, token.facts, token.key_id, token.issuer or None)


def _judge(token: _Token, keys: tuple[IrpKey, ...]) -> tuple[Verdict, str]:
    if not token.signature:
        return Verdict.UNSIGNED, "The code holds an e-invoice's facts without the portal's signature."
    named = [key for key in keys if key.id == token.key_id and key.id]
    possible = named or [key for key in keys if not (key.id and token.key_id)]
    signer = next((key for key in possible if _verifies(token, key)), None)
    if signer:
        return _judge_signed(token, signer)
    if named:
        return Verdict.FORGED, "The signature does not belong to what the code says."
    return Verdict.UNVERIFIABLE, f"The portal's key {token.key_id or 'of this code'} is not known here."


def _judge_signed(token: _Token, signer: IrpKey) -> tuple[Verdict, str]:
    # One production key also signs for the test system, so the issuer decides and not the key alone.
    if "sandbox" in token.issuer.lower():
        return Verdict.SANDBOX, "The code comes from the portal's test system."
    if not _irn_agrees(token.facts):
        return Verdict.FORGED, "The IRN does not belong to the seller, year, type and number in the code."
    if not signer.is_trusted:
        return Verdict.UNVERIFIABLE, "The signature is right, but the key is known from test invoices only."
    return Verdict.VERIFIED, f"Signed by the Invoice Registration Portal ({token.issuer or 'unnamed'})."


def _verifies(token: _Token, key: IrpKey) -> bool:
    # The header's own word on the algorithm is never followed: the portals sign with RS256 only.
    try:
        key.public_key.verify(token.signature, token.signed, PKCS1v15(), SHA256())
    except InvalidSignature:
        return False
    return True


def _irn_agrees(facts: QrFacts) -> bool:
    year = financial_year.of(facts.date)
    return irn.agrees(facts.irn, facts.seller_gstin, year, facts.document_type, facts.number)


def _token(text: str) -> _Token | None:
    """The token in ``text``: signed, cut off before its signature, or its bare payload."""
    try:
        if text.startswith("{"):
            return _with_facts(_object(text), {}, b"", b"")
        head, _, rest = "".join(text.split()).partition(".")
        payload, _, signature = rest.partition(".")
        if not payload:
            return _with_facts(_object(_bytes(head)), {}, b"", b"")
        signed = f"{head}.{payload}".encode()
        return _with_facts(_object(_bytes(payload)), _object(_bytes(head)), signed, _signature(signature))
    except (ValueError, KeyError, ArithmeticError, RecursionError):
        return None


def _with_facts(payload: _Json, header: _Json, signed: bytes, signature: bytes) -> _Token:
    key_id = str(header["kid"]).upper() if header.get("kid") else None
    facts = _facts(_object(payload.get("data", payload)))
    return _Token(signed, signature, key_id, str(payload.get("iss", "")), facts)


def _object(found: object) -> _Json:
    """A JSON object, also from its text."""
    if isinstance(found, str | bytes):
        found = json.loads(found, parse_float=Decimal)
    if not isinstance(found, dict):
        raise ValueError("not a JSON object")  # noqa: TRY004
    return found


def _bytes(part: str) -> bytes:
    return base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)


def _signature(part: str) -> bytes:
    """The signature; one that is no base64 is kept as it is, for it can only be wrong."""
    try:
        return _bytes(part)
    except ValueError:
        return part.encode(errors="replace")


def _facts(data: _Json) -> QrFacts:
    """The facts of the inner JSON; raises for anything that an e-invoice does not look like."""
    number, total, items = str(data["Irn"]).lower(), Decimal(str(data["TotInvVal"])), str(data["ItemCnt"])
    if not irn.is_irn(number) or not total.is_finite() or total.adjusted() > 15 or len(items) > 6:
        raise ValueError("no IRN, or figures that no invoice has")
    return QrFacts(
        seller_gstin=str(data["SellerGstin"]),
        buyer_gstin=str(data["BuyerGstin"]),
        number=str(data["DocNo"]),
        document_type=str(data["DocTyp"]),
        date=dt.datetime.strptime(str(data["DocDt"]), "%d/%m/%Y").date(),  # noqa: DTZ007
        total=total,
        item_count=int(items),
        main_hsn=str(data["MainHsnCode"]),
        irn=number,
        irn_time=_time(data.get("IrnDt")),
    )


def _time(printed: object) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(str(printed))
    except ValueError:
        return None
