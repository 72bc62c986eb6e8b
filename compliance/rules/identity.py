"""Who billed whom."""

import re
from collections.abc import Iterator

from compliance.catalogue import finding
from compliance.context import Context
from compliance.findings import Finding
from gst import gstin, states
from gst.gstin import Gstin
from gst.invoice import Invoice

_PRIVATE_COMPANY = re.compile(r"\b(?:private|pvt\.?|\(p\))\s*(?:limited|ltd)\b", re.IGNORECASE)
_LLP = re.compile(r"\bL\.?L\.?P\b", re.IGNORECASE)
_FIRM_HOLDERS = frozenset("EF")


def gstin_check_digits(invoice: Invoice) -> Iterator[Finding]:
    """A GSTIN whose shape or check character is wrong does not exist."""
    for field, value in (("vendor_gstin", invoice.vendor.gstin), ("buyer_gstin", invoice.buyer.gstin)):
        if value and not gstin.is_valid(value):
            message = f"{value} cannot be a GSTIN: its shape or its check character is wrong."
            yield finding(f"invalid_{field}", message, field=field, found=value)


def state_fits_gstin(invoice: Invoice) -> Iterator[Finding]:
    """The State code printed beside a party is the one its GSTIN begins with."""
    for role, party in (("vendor", invoice.vendor), ("buyer", invoice.buyer)):
        number = registered(party.gstin)
        state = states.get(party.state_code) if party.state_code else None
        here = states.get(number.state_code) if number else None
        if state and here and here.code != "99" and state.current_code != here.current_code:
            yield finding(
                f"{role}_state_contradicts_gstin",
                f"The {role}'s State is printed as {state.name}, but {party.gstin} is of {here.name}.",
                field=f"{role}_gstin",
                expected=here.code,
                found=state.code,
            )


def pan_fits_name(invoice: Invoice) -> Iterator[Finding]:
    """A private limited company has the PAN of a company, an LLP that of a firm."""
    number, name = registered(invoice.vendor.gstin), invoice.vendor.name or ""
    if number is None or number.pan is None:
        return
    letter = number.pan[3]
    if (_PRIVATE_COMPANY.search(name) and letter != "C") or (
        _LLP.search(name) and letter not in _FIRM_HOLDERS
    ):
        message = (
            f"{name} is named like a company or LLP, but the PAN in {number.value} is of: {number.holder}."
        )
        yield finding("pan_contradicts_name", message, field="vendor_gstin", found=number.pan)


def parties_differ(invoice: Invoice) -> Iterator[Finding]:
    """Nobody buys from himself; two registrations of one PAN are branches."""
    vendor, buyer = registered(invoice.vendor.gstin), registered(invoice.buyer.gstin)
    if vendor is None or buyer is None:
        return
    if vendor.value == buyer.value:
        message = f"{vendor.value} stands for the vendor and for the buyer."
        yield finding("vendor_is_buyer", message, field="buyer_gstin", found=buyer.value)
    elif vendor.pan and vendor.pan == buyer.pan:
        message = f"Vendor and buyer have one PAN, {vendor.pan}: a supply between branches."
        yield finding("branch_transfer", message, field="buyer_gstin", found=buyer.value)


def addressed_to_us(invoice: Invoice, context: Context) -> Iterator[Finding]:
    """The buyer is one of the organisation's own registrations: nobody else's invoice gives credit."""
    buyer = registered(invoice.buyer.gstin)
    if buyer is None or not context.own_gstins or buyer.value in context.own_gstins:
        return
    own_pans = {number[2:12] for number in context.own_gstins}
    if buyer.pan in own_pans:
        message = f"{buyer.value} has your PAN, but is not among the GSTINs of your organisation."
        yield finding("unlisted_own_gstin", message, field="buyer_gstin", found=buyer.value)
    else:
        message = f"The buyer's GSTIN {buyer.value} is none of your organisation's."
        yield finding("addressed_to_someone_else", message, field="buyer_gstin", found=buyer.value)


def registered(value: str | None) -> Gstin | None:
    """What a valid GSTIN carries; None for anything else."""
    number = gstin.parse(value) if value else None
    return number if isinstance(number, Gstin) else None
