"""Which heads of tax a supply carries, and whether the buyer can take the credit (IGST Act, 7 to 12)."""

from dataclasses import dataclass
from enum import StrEnum

from gst import states
from gst.problem import Problem
from gst.tables import law, parts

OIDAR = "99"


class Heads(StrEnum):
    """The heads of tax on one supply."""

    IGST = "igst"
    CGST_SGST = "cgst_sgst"
    CGST_UTGST = "cgst_utgst"


@dataclass(frozen=True, slots=True)
class TaxHeads:
    """The lawful heads with the reason in words."""

    heads: Heads
    reason: str
    source: str


def tax_heads(supplier_state: str, place: str, *, is_sez: bool = False) -> TaxHeads | Problem:
    """The heads for a supplier's State code and a place of supply; ``is_sez``: either party is in an SEZ.

    Invoices flagged "IGST on intra-State supply" on the portal are a lawful exception that no paper shows.
    """
    supplier, here = states.today(supplier_state), states.today(place)
    if supplier is None or here is None or place == OIDAR:
        unknown = supplier_state if supplier is None else place
        return Problem("state_unknown", f"No place of supply has the code {unknown!r}.", "State codes of GST")
    if is_sez:
        return TaxHeads(
            Heads.IGST, "A party is in a special economic zone.", "Section 7(5)(b) of the IGST Act"
        )
    if place == states.EXPORT or supplier_state in {states.EXPORT, OIDAR}:
        reason = "The supply crosses the border of India."
        return TaxHeads(Heads.IGST, reason, "Section 7(2), 7(4) and 7(5)(a) of the IGST Act")
    if supplier != here:
        reason = f"The supplier is in {supplier.name}, the place of supply is {here.name}."
        return TaxHeads(Heads.IGST, reason, "Section 7(1) and 7(3) of the IGST Act")
    heads = Heads.CGST_UTGST if here.levies_utgst else Heads.CGST_SGST
    reason = f"The supplier and the place of supply are both in {here.name}."
    return TaxHeads(heads, reason, "Section 8 of the IGST Act, section 9 of the CGST Act")


def gives_credit(heads: Heads, place: str, buyer_state: str) -> bool:
    """Whether a buyer registered in ``buyer_state`` can take the credit.

    CGST with another State's SGST, as on a hotel bill there, is right and lost; IGST always comes home.
    """
    here = states.today(place)
    return heads == Heads.IGST or (here is not None and here == states.today(buyer_state))


@dataclass(frozen=True, slots=True)
class GoodsPlace:
    """A State where goods may lawfully be supplied, with the reason in words."""

    state_code: str
    reason: str
    source: str


def of_goods(buyer_state: str, delivery_state: str | None = None) -> tuple[GoodsPlace, ...]:
    """The places of supply of goods billed to one State and delivered to another or the same.

    Two are possible where they differ: no paper tells whether the buyer had the goods sent to somebody else.
    """
    delivered = GoodsPlace(
        delivery_state or buyer_state,
        "The movement of the goods ends there.",
        "Section 10(1)(a) of the IGST Act",
    )
    if states.today(delivered.state_code) == states.today(buyer_state):
        return (delivered,)
    billed = GoodsPlace(
        buyer_state, "The buyer has them sent to a third person.", "Section 10(1)(b) of the IGST Act"
    )
    return (billed, delivered)


@dataclass(frozen=True, slots=True)
class ServicePlace:
    """Where a service to a registered recipient in India is supplied, in words."""

    place: str
    source: str


def of_service(code: str) -> ServicePlace | None:
    """The rule for a SAC; None for goods, supplied where their movement ends (section 10 of the IGST Act)."""
    matches = [
        (len(prefix), row)
        for row in law("service_places")
        for prefix in parts(row["codes"])
        if code.startswith(prefix)
    ]
    if not matches:
        return None
    _, row = max(matches, key=lambda match: match[0])
    return ServicePlace(row["place"], row["source"])
