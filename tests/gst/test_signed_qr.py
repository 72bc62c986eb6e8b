import base64
import datetime as dt
import hmac
import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import jwt
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from gst import irn, irp_keys, signed_qr
from gst.financial_year import FinancialYear
from gst.irp_keys import IrpKey
from gst.signed_qr import Verdict

PRIVATE = rsa.generate_private_key(65537, 2048)
STRANGER = rsa.generate_private_key(65537, 2048)
KEY_ID = "A" * 40
KEYS = (IrpKey(KEY_ID, PRIVATE.public_key()),)
SELLER = "27AAPFU0939F1ZV"
DATA: dict[str, object] = {
    "SellerGstin": SELLER,
    "BuyerGstin": "URP",
    "DocNo": "INV/1",
    "DocTyp": "INV",
    "DocDt": "01/05/2025",
    "TotInvVal": 118.5,
    "ItemCnt": 2,
    "MainHsnCode": "8517",
    "Irn": irn.compute(SELLER, FinancialYear(2025), "INV", "INV/1"),
    "IrnDt": "2025-05-01 10:11:12",
}


def payload(data: Mapping[str, object] = DATA, issuer: str = "NIC") -> dict[str, object]:
    return {"iss": issuer, "data": json.dumps(data)}


def token(
    data: Mapping[str, object] = DATA,
    issuer: str = "NIC",
    key: rsa.RSAPrivateKey = PRIVATE,
    key_id: str | None = KEY_ID,
) -> str:
    return jwt.encode(payload(data, issuer), key, "RS256", {"kid": key_id} if key_id else None)


def _part(content: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")


def verdict(text: str, keys: tuple[IrpKey, ...] = KEYS) -> Verdict:
    return signed_qr.read(text, keys).verdict


def test_a_code_signed_with_a_known_key_is_verified_and_its_facts_are_read() -> None:
    answer = signed_qr.read(token(), KEYS)
    assert (answer.verdict, answer.issuer, answer.key_id) == (Verdict.VERIFIED, "NIC", KEY_ID)
    facts = answer.facts
    assert facts is not None
    assert (facts.seller_gstin, facts.number, facts.date) == (SELLER, "INV/1", dt.date(2025, 5, 1))
    assert facts.total == Decimal("118.5")
    assert facts.irn_time == dt.datetime(2025, 5, 1, 10, 11, 12)  # noqa: DTZ001


def test_a_changed_payload_is_forged() -> None:
    head, _, signature = token().split(".")
    other = _part(payload(DATA | {"TotInvVal": 9}))
    assert verdict(f"{head}.{other}.{signature}") == Verdict.FORGED


def test_another_signature_under_a_known_key_is_forged() -> None:
    assert verdict(token(key=STRANGER)) == Verdict.FORGED


def test_a_wrong_irn_under_a_right_signature_is_forged() -> None:
    assert verdict(token(DATA | {"DocNo": "INV/2"})) == Verdict.FORGED


@given(st.sampled_from([None, "B" * 40]), st.booleans())
def test_an_unknown_key_is_never_called_forged(key_id: str | None, wrong_irn: bool) -> None:
    data = DATA | ({"DocNo": "INV/2"} if wrong_irn else {})
    assert verdict(token(data, key=STRANGER, key_id=key_id)) == Verdict.UNVERIFIABLE


def test_a_sandbox_issuer_never_counts_as_real() -> None:
    """Clear's production key also signs for NIC Sandbox, so the issuer has to decide."""
    assert verdict(token(issuer="NIC Sandbox")) == Verdict.SANDBOX


def test_claiming_to_be_the_sandbox_does_not_hide_a_forgery() -> None:
    head, _, signature = token().split(".")
    other = _part(payload(DATA | {"TotInvVal": 9}, "NIC Sandbox"))
    assert verdict(f"{head}.{other}.{signature}") == Verdict.FORGED


def test_a_signature_by_the_public_key_as_a_secret_is_forged() -> None:
    """RS256 taken for HS256: whoever has the public key could sign, if the header were believed."""
    pem = PRIVATE.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    signed = f"{_part({'alg': 'HS256', 'kid': KEY_ID})}.{_part(payload())}"
    mac = base64.urlsafe_b64encode(hmac.digest(pem, signed.encode(), "sha256")).decode().rstrip("=")
    assert verdict(f"{signed}.{mac}") == Verdict.FORGED


def test_a_signature_that_is_no_base64_is_forged() -> None:
    assert verdict(token()[:-1] + "!") == Verdict.FORGED
    assert verdict(token()[:-1]) == Verdict.FORGED


@pytest.mark.parametrize(
    "inner",
    [
        "[" * 15_000,
        '{"data":' * 1500 + "1" + "}" * 1500,
        json.dumps(DATA).replace("118.5", "9" * 5000),
        json.dumps(DATA).replace("118.5", "1e999999999"),
        json.dumps(DATA | {"ItemCnt": "9" * 5000}),
        "A" * 10_000_000,
    ],
    ids=["brackets", "objects", "digits", "exponent", "items", "length"],
)
def test_hostile_codes_are_no_einvoice(inner: str) -> None:
    assert verdict(inner) == Verdict.NOT_AN_EINVOICE
    encoded = base64.urlsafe_b64encode(json.dumps({"iss": "NIC", "data": inner}).encode()).decode()
    assert verdict(f"{token().split('.')[0]}.{encoded}.AAAA") == Verdict.NOT_AN_EINVOICE


def test_a_number_that_is_no_unicode_text_does_not_raise() -> None:
    assert verdict(token(DATA | {"DocNo": "\ud800"})) == Verdict.FORGED


@pytest.mark.parametrize("time", [None, "", "01/05/2025 10:11", ["x"]])
def test_a_time_in_another_form_is_left_out(time: object) -> None:
    answer = signed_qr.read(token(DATA | {"IrnDt": time}), KEYS)
    assert answer.verdict == Verdict.VERIFIED
    assert answer.facts is not None
    assert answer.facts.irn_time is None


def test_a_key_known_from_test_invoices_only_verifies_nothing() -> None:
    assert verdict(token(), (IrpKey(KEY_ID, PRIVATE.public_key(), is_trusted=False),)) == Verdict.UNVERIFIABLE


def test_the_header_cannot_choose_the_algorithm() -> None:
    """Codes of 2020 name RS256 by the XML signature standard's address; nobody may name "none"."""
    head = _part({"alg": "none", "kid": KEY_ID})
    assert verdict(".".join([head, *token().split(".")[1:]])) == Verdict.FORGED
    old = jwt.PyJWS()
    signed = old.encode(json.dumps(payload()).encode(), PRIVATE, "RS256", {"kid": KEY_ID})
    assert verdict(signed) == Verdict.VERIFIED


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(DATA),
        json.dumps(payload()),
        json.dumps({"iss": "NIC", "data": DATA}),
        ".".join(token().split(".")[:2]),
        ".".join(token().split(".")[:2]) + ".",
        token().split(".")[1],
    ],
    ids=["facts", "payload", "parsed payload", "cut off", "empty signature", "bare payload"],
)
def test_facts_without_a_signature_are_no_proof(text: str) -> None:
    answer = signed_qr.read(text, KEYS)
    assert answer.verdict == Verdict.UNSIGNED
    assert answer.facts is not None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "upi://pay?pa=shop@bank&am=118.50",
        "https://example.org",
        "{}",
        "[1]",
        "a.b.c",
        "e30.e30.e30",
        "{" * 5000,
    ]
    + [
        json.dumps(DATA | change)
        for change in ({"Irn": "x"}, {"DocDt": "2025"}, {"TotInvVal": "NaN"}, {"ItemCnt": ""})
    ],
)
def test_other_codes_are_no_einvoice(text: str) -> None:
    answer = signed_qr.read(text, KEYS)
    assert (answer.verdict, answer.facts) == (Verdict.NOT_AN_EINVOICE, None)


@given(st.text(max_size=80))
def test_no_text_raises(text: str) -> None:
    assert verdict(text) == Verdict.NOT_AN_EINVOICE


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(sorted(DATA)), ANYTHING), ANYTHING)
def test_whatever_stands_in_a_signed_code_is_read_or_is_none(data: dict[str, object], whole: object) -> None:
    """Signed by whom it may be: an issuer's mistake must not be a fault of ours."""
    for content in ({"iss": "NIC", "data": json.dumps(DATA | data)}, {"iss": whole, "data": whole}, whole):
        signed = jwt.api_jws.encode(json.dumps(content).encode(), PRIVATE, "RS256", {"kid": KEY_ID})
        assert signed_qr.read(signed, KEYS).verdict in Verdict


@given(ANYTHING, st.binary(max_size=40))
def test_whatever_stands_in_the_header_of_a_code_is_no_fault(header: object, signature: bytes) -> None:
    end = base64.urlsafe_b64encode(signature).decode().rstrip("=")
    text = f"{_part(header)}.{_part(payload())}.{end}"
    assert verdict(text) != Verdict.VERIFIED


@given(st.integers(0, 400), st.characters(codec="ascii"))
def test_no_damaged_code_is_verified(place: int, character: str) -> None:
    whole = token()
    place %= len(whole)
    damaged = whole[:place] + character + whole[place + 1 :]
    if verdict(damaged) == Verdict.VERIFIED:
        assert _same_bytes(damaged, whole)


def _same_bytes(one: str, other: str) -> bool:
    """Blanks, and the unused bits of the last base64 character, may differ without changing a byte."""
    return [base64.urlsafe_b64decode(part + "===") for part in one.split(".")] == [
        base64.urlsafe_b64decode(part + "===") for part in other.split(".")
    ]


def test_the_bundled_keys_are_five_and_two_are_for_tests_only() -> None:
    keys = irp_keys.bundled()
    assert len(keys) == 5
    assert sorted(str(key.id)[:4] for key in keys if not key.is_trusted) == ["1513", "EDC5"]


def _certificate() -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "A portal")])
    start = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(PRIVATE.public_key())
    builder = builder.serial_number(1).not_valid_before(start).not_valid_after(start + dt.timedelta(days=365))
    return builder.sign(PRIVATE, SHA256())


def test_official_files_dropped_into_a_folder_are_used(tmp_path: Path) -> None:
    certificate = _certificate()
    thumbprint = certificate.fingerprint(SHA1()).hex().upper()
    (tmp_path / "portal.cer").write_bytes(certificate.public_bytes(Encoding.DER))
    (tmp_path / "readme.txt").write_text("not a key")
    (tmp_path / "broken.pem").write_text("-----BEGIN PUBLIC KEY-----\nxx\n-----END PUBLIC KEY-----\n")
    keys = irp_keys.load(tmp_path)
    assert [key.id for key in keys] == [thumbprint]
    assert verdict(token(key_id=thumbprint), keys) == Verdict.VERIFIED


def test_a_key_file_without_a_name_is_tried_on_every_unknown_code(tmp_path: Path) -> None:
    pem = PRIVATE.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    (tmp_path / "einv_sign_public_key.pem").write_bytes(pem)
    keys = irp_keys.load(tmp_path)
    assert verdict(token(key_id="B" * 40), keys) == Verdict.VERIFIED
    assert verdict(token(key=STRANGER, key_id="B" * 40), keys) == Verdict.UNVERIFIABLE
