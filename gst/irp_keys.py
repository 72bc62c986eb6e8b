"""Public keys of the Invoice Registration Portals: the bundled ones, and official ones from a folder."""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from cryptography.x509 import Certificate, load_der_x509_certificate, load_pem_x509_certificate

from gst.tables import DATA

_THUMBPRINT = re.compile(r"[0-9A-F]{40}")
_SUFFIXES = frozenset({".pem", ".crt", ".cer", ".der"})


@dataclass(frozen=True, slots=True)
class IrpKey:
    """One key; ``id`` is the ``kid`` of the tokens that it signs, None where the file does not tell."""

    id: str | None
    public_key: RSAPublicKey
    is_trusted: bool = True  # False for keys that were seen on test invoices only


@cache
def bundled() -> tuple[IrpKey, ...]:
    """The keys of this package; see its ``README.md`` for where they come from."""
    return load(DATA / "irp_public_keys")


def load(folder: Path) -> tuple[IrpKey, ...]:
    """The keys of all PEM public keys and certificates in ``folder``; other files are passed over.

    A PEM key is named after its ``kid``, a certificate's ``kid`` is its SHA-1 thumbprint. Add the result to
    :func:`bundled` to use both. Raises ``OSError`` if the folder cannot be read.
    """
    untrusted = _untrusted(folder)
    files = sorted(file for file in folder.iterdir() if file.suffix.lower() in _SUFFIXES)
    return tuple(key for file in files if (key := _key(file, untrusted)))


def _untrusted(folder: Path) -> frozenset[str]:
    notes = folder / "irp_public_keys.json"
    if not notes.exists():
        return frozenset()
    known = json.loads(notes.read_text(encoding="utf-8"))
    return frozenset(key["kid"] for key in known if not key["environment"].startswith("production"))


def _key(file: Path, untrusted: frozenset[str]) -> IrpKey | None:
    content = file.read_bytes()
    named = file.stem.upper() if _THUMBPRINT.fullmatch(file.stem.upper()) else None
    try:
        if b"PUBLIC KEY" in content:
            public_key = load_pem_public_key(content)
        else:
            certificate = _certificate(content)
            public_key = certificate.public_key()
            named = named or certificate.fingerprint(SHA1()).hex().upper()  # noqa: S303
    except ValueError:
        return None
    return IrpKey(named, public_key, named not in untrusted) if isinstance(public_key, RSAPublicKey) else None


def _certificate(content: bytes) -> Certificate:
    is_pem = content.lstrip().startswith(b"-----BEGIN")
    return load_pem_x509_certificate(content) if is_pem else load_der_x509_certificate(content)
