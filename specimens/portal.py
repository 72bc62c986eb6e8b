"""A signed e-invoice QR code in the portal's form, made with a key that no portal uses."""

import datetime as dt
import json

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from gst.invoice import Invoice
from specimens.generate import irp_type

KEY_ID = "53414D504C45530000000000000000000000001A"
ISSUER = "NIC Sandbox"
_EXPONENT = 65537
# Public on purpose: this key signs samples and nothing else, and fixed primes keep them equal byte by byte.
_P = int(
    "e84fea9969bbbf93459b309dc1b08c47110556533262444d576c972bcfb4548861c812bb0f18a2bb9c3af2e731f2df29"
    "eb61363d9facc59a00df3f281ffa48ce884d7de129767e56dd043afe7aed4b5438160ca20c67eea8ad11a92e94d69979"
    "6af46198ba05db4f3f4cdd82c61e5539a7de5c2bce98b03a64129538c7127491",
    16,
)
_Q = int(
    "d9eb6549af14681475dbb9ae6ea1a0183171f9c695cbfbd0f19edcebcce6ce598fc6b388bb3e5b1e2d8a1718bf41eba5"
    "fdf75475d014f0705ffda5fea0b16d9c9fbfdc1d7435cf6262181c3f2eca63c021e52b1625e39692b9b5cbed33257982"
    "fe40ec8234363fec80aa8f1eb5db20f461edec90ab229c073b34d960cb76f3bf",
    16,
)


def sandbox_key() -> rsa.RSAPrivateKey:
    """The samples' own 2048-bit signing key, the same in every run."""
    private = pow(_EXPONENT, -1, (_P - 1) * (_Q - 1))
    return rsa.RSAPrivateNumbers(
        _P,
        _Q,
        private,
        rsa.rsa_crt_dmp1(private, _P),
        rsa.rsa_crt_dmq1(private, _Q),
        rsa.rsa_crt_iqmp(_P, _Q),
        rsa.RSAPublicNumbers(_EXPONENT, _P * _Q),
    ).private_key()


def signed_qr(invoice: Invoice, key: rsa.RSAPrivateKey, *, kid: str = KEY_ID, issuer: str = ISSUER) -> str:
    """The token (RS256) the portal returns for ``invoice``; KeyError for kinds it does not register."""
    claims = {"iss": issuer, "data": json.dumps(_facts(invoice), separators=(",", ":"))}
    return jwt.encode(claims, key, algorithm="RS256", headers={"kid": kid})


def _facts(invoice: Invoice) -> dict[str, object]:
    """The portal's ten facts; the main HSN is that of the largest line."""
    totals, day = invoice.totals, invoice.date or dt.date.min
    stamped = (invoice.acknowledgement.date if invoice.acknowledgement else None) or day
    main = max(invoice.lines, key=lambda line: line.taxable_value or 0)
    return {
        "SellerGstin": invoice.vendor.gstin,
        "BuyerGstin": invoice.buyer.gstin or "URP",
        "DocNo": invoice.number,
        "DocTyp": irp_type(invoice),
        "DocDt": f"{day:%d/%m/%Y}",
        "TotInvVal": float(totals.grand_total or 0),
        "ItemCnt": len(invoice.lines),
        "MainHsnCode": main.hsn_sac,
        "Irn": invoice.irn,
        "IrnDt": f"{stamped:%Y-%m-%d} 11:42:00",
    }
