"""Secrets that are shown once and stored as a hash only."""

import secrets
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Secret:
    """A fresh secret: ``text`` is for the person, ``digest`` for the database."""

    text: str
    digest: str

    def __repr__(self) -> str:
        return "Secret(…)"


def fresh(prefix: str = "") -> Secret:
    """A secret of 256 random bits. Guessing it is hopeless, so that a plain hash protects it."""
    text = prefix + secrets.token_urlsafe(32)
    return Secret(text, digest(text))


def digest(text: str) -> str:
    """The SHA-256 under which a secret is stored, in hexadecimal digits."""
    return sha256(text.encode()).hexdigest()
