"""What is known around an invoice besides its reading. What is unknown keeps the rules silent."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from compliance.history import History, NoHistory
from gst.signed_qr import SignedQr


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """A record of a GSTIN, the GST portal's or a claimed one; None or empty where it does not say."""

    gstin: str
    is_registered: bool = True  # False: the portal knows no such GSTIN
    is_claim: bool = False  # from the organisation's own list, not from the portal
    legal_name: str = ""
    trade_name: str = ""
    status: str = ""  # Active, Cancelled, Suspended, Inactive…, as the portal writes it today
    taxpayer_type: str = ""  # Regular, Composition, SEZ Unit…
    registered_on: dt.date | None = None
    cancelled_on: dt.date | None = None
    einvoice_enabled: bool | None = None

    @property
    def is_composition(self) -> bool:
        """Whether the holder pays under section 10 and may not charge tax."""
        return "composition" in self.taxpayer_type.lower()

    @property
    def is_sez(self) -> bool:
        """Whether the place is a unit or developer in a special economic zone."""
        return "sez" in self.taxpayer_type.lower() or "special economic" in self.taxpayer_type.lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Facts that no reading holds. Money in rupees."""

    today: dt.date | None = None
    own_gstins: frozenset[str] = frozenset()  # of the organisation; empty when not known
    qr: SignedQr | None = None
    unlike_qr: frozenset[str] = frozenset()  # what a scan seems to print otherwise: number, date, vendor
    vendor: Registration | None = None
    buyer: Registration | None = None
    history: History = field(default_factory=NoHistory)
    vendor_turnover: Decimal | None = None  # of the last year
    vendor_is_small: bool | None = None  # a micro or small enterprise with a Udyam number
    accepted_on: dt.date | None = None  # the day on which goods or services were accepted
    bank_account: str | None = None  # as printed on this paper
    approval_limits: tuple[Decimal, ...] = ()  # totals from which more people must approve
    holidays: frozenset[dt.date] = frozenset()  # besides Sundays and the three national ones
