"""Who can be asked about a GSTIN: the portal, where a person reads a picture, or a GSP, where nobody must."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from invoice_processor.models import Source
from invoice_processor.portal.record import PortalRecord


@dataclass(frozen=True, slots=True)
class Challenge:
    """A picture that a person must read, and the session of the source that it belongs to."""

    picture: bytes
    media_type: str
    cookies: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answered:
    """What the person read in a picture, with the session of the picture."""

    text: str
    cookies: Mapping[str, str]


class Registry(Protocol):
    """A source of public records."""

    @property
    def source(self) -> Source:
        """Who vouches for its records."""
        ...

    def challenge(self) -> Challenge | None:
        """A picture to be read first; None where no person is needed.

        Raises:
            PortalError: there is none to be had.
        """
        ...

    def record(self, gstin: str, answered: Answered | None) -> PortalRecord:
        """The record of a valid GSTIN.

        Raises:
            PortalError: why there is none; NO_SUCH_GSTIN where the source knows that there is none.
        """
        ...
