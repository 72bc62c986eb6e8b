"""Choosing number, date, parties and IRN; what is signed or hashed outranks what is read."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from extraction.evidence import LEAST_DATE_SCORE, Evidence
from extraction.fields.candidate import Candidate
from extraction.fields.gstins import Mention, Role
from extraction.fields.numbering import IN_PLACE, LEAST_NUMBER_SCORE
from extraction.fields.totals import TAXES, Head
from extraction.labels import fold
from extraction.layout import Cell
from extraction.reading import Source
from extraction.solve.choice import Choice
from extraction.solve.identity import prove_by_irn
from extraction.solve.parties import Scored, gstins_by_role
from extraction.solve.year_in_number import with_year
from gst import gstin, irn
from gst.signed_qr import QrFacts, Verdict

Value = TypeVar("Value")
LEAST_PARTY_SCORE = 0.04
SPECIAL_ZONE = re.compile(r"\bSEZ\b|special economic", re.IGNORECASE)
NOT_VENDORS = (Role.BUYER, Role.SHIP_TO, Role.STRANGER)
DAYS_TRIED = 4
SURE_BUYER = 0.9
SURE_VENDOR = 0.5
SURE_LABEL = 0.8
UNCHECKED = "stands in the QR code of the portal's form, whose signature cannot be checked here"


@dataclass(frozen=True, slots=True)
class Header:
    """Who bills whom, when and under which number."""

    number: Choice[str] | None
    date: Choice[dt.date] | None
    vendor_gstin: Choice[str] | None
    buyer_gstin: Choice[str] | None
    irn: Choice[str] | None
    document_type: str | None


def solve_header(seen: Evidence) -> Header:
    """The best supported header."""
    proof = proof_of(seen, seen.mentions) or proof_of(seen, seen.guesses, misread=False)
    facts = trusted_facts(seen)
    vendor, buyer = map(legible, gstins_by_role(all_prints(seen), proof.gstin if proof else None))
    if facts:
        return signed_header(seen, facts)
    vendor = taxing_registration(vendor, buyer, seen)
    day = labelled(seen.days, LEAST_DATE_SCORE)
    return Header(
        proven_number(seen, proof) if proof else with_year(labelled(seen.numbers, LEAST_NUMBER_SCORE), day),
        day,
        proven_vendor(seen, proof) if proof else by_place(vendor, seen.mentions),
        by_place(buyer, seen.mentions),
        Choice(proof.irn, "irn", "recomputed from the printed header", irn_cell(seen))
        if proof
        else printed_irn(seen),
        proof.document_type if proof else None,
    )


def taxing_registration(vendor: Scored | None, buyer: Scored | None, seen: Evidence) -> Scored | None:
    """Of the vendor's registrations in several States the one that charges the tax that is printed."""
    charged = {head for money in seen.money if money.value > 0 for head in money.heads if head in TAXES}
    zone = any(SPECIAL_ZONE.search(cell.text) for sheet in seen.sheets for cell in sheet.cells)
    if vendor is None or buyer is None or zone or not charged or {Head.CGST, Head.IGST} <= charged:
        return vendor  # IGST is charged to special economic zones in the State, too
    (chosen, score), state = vendor, buyer[0].value[:2]
    own = [m for m in seen.mentions if m.value[2:12] == chosen.value[2:12] and m.role not in NOT_VENDORS]
    fitting = {m.value: m for m in own if (m.value[:2] == state) == (Head.IGST not in charged)}
    if chosen.value in fitting or len(fitting) != 1:
        return vendor
    return next(iter(fitting.values())), score


def all_prints(seen: Evidence) -> Sequence[Mention]:
    """The GSTINs in the order of the paper, with those that cannot be read: they have an owner, too."""
    if not seen.illegible:
        return seen.mentions
    return sorted([*seen.mentions, *seen.illegible], key=lambda m: (m.cell.page, m.cell.top))


def legible(found: tuple[Mention, float] | None) -> tuple[Mention, float] | None:
    """A mention with its score, unless its print is illegible."""
    return found if found and gstin.is_valid(found[0].value) else None


def proof_of(seen: Evidence, vendors: Sequence[Mention], *, misread: bool = True) -> irn.Proof | None:
    """The proof that the printed IRN gives for one of some vendors."""
    return prove_by_irn(
        [c.value for c in seen.irns],
        [m.value for m in vendors],
        [c.value for c in seen.numbers],
        [c.value for c in seen.days[:DAYS_TRIED]],
        misread=misread,
    )


def trusted_facts(seen: Evidence) -> QrFacts | None:
    """Facts of a code that is not known to be false."""
    code = seen.signed
    return code.facts if code and code.verdict not in (Verdict.FORGED, Verdict.SANDBOX) else None


def signed_header(seen: Evidence, facts: QrFacts) -> Header:
    """The header that a code's facts give; each value is looked up on the page for its place."""
    verified = seen.signed is not None and seen.signed.verdict is Verdict.VERIFIED
    source = Source.SIGNED_QR if verified else Source.QR_CODE
    reason = seen.signed.reason if seen.signed and verified else UNCHECKED

    def signed(value: Value, cell: Cell | None) -> Choice[Value]:
        return Choice(value, "signed", reason, cell, source, seen.signed_page)

    buyer = facts.buyer_gstin if len(facts.buyer_gstin) == 15 else None
    printed = printed_instead(seen, buyer)
    return Header(
        number_instead(seen, facts) or signed(facts.number, place_of_text(seen.numbers, facts.number)),
        date_instead(seen, facts)
        or signed(facts.date, next((c.cell for c in seen.days if c.value == facts.date), None)),
        vendor_instead(seen, facts)
        or signed(facts.seller_gstin, place_of_gstin(seen.mentions, facts.seller_gstin)),
        printed or (signed(buyer, place_of_gstin(seen.mentions, buyer)) if buyer else None),
        signed(facts.irn, irn_cell(seen)),
        facts.document_type,
    )


def printed_instead(seen: Evidence, signed: str | None) -> Choice[str] | None:
    """Another buyer that the paper names for sure while the signed one is nowhere on it: tampering?"""
    if signed is None or place_of_gstin(seen.mentions, signed):
        return None
    exact = [m for m in seen.mentions if m.role is Role.BUYER and m.strength >= SURE_BUYER and not m.changes]
    if not exact or len({m.value for m in exact}) > 1:
        return None
    reason = f"{exact[0].reason}; the signed code names another buyer, {signed}"
    return Choice(exact[0].value, "weak", reason, exact[0].cell)


def number_instead(seen: Evidence, facts: QrFacts) -> Choice[str] | None:
    """Another number that a PDF's own text prints for sure while the signed one is nowhere in it: tampering?

    Text that was read from a picture may be misread, and then it is believed less than the code.
    """
    text = fold(" ".join(cell.text for sheet in seen.sheets for cell in sheet.cells))
    if fold(facts.number).lstrip("0") in text:
        return None
    return said_instead(seen.numbers, facts.number)


def date_instead(seen: Evidence, facts: QrFacts) -> Choice[dt.date] | None:
    """The same of the date."""
    return None if any(c.value == facts.date for c in seen.days) else said_instead(seen.days, facts.date)


def said_instead(candidates: Sequence[Candidate[Value]], signed: Value) -> Choice[Value] | None:
    """The best candidate, if its label is sure and no misreading is possible."""
    best = candidates[0] if candidates else None
    if best is None or best.score < SURE_LABEL or not is_text(best.cell):
        return None
    return Choice(best.value, "weak", f"{best.reason}; the signed code says {signed}", best.cell)


def vendor_instead(seen: Evidence, facts: QrFacts) -> Choice[str] | None:
    """The same of the vendor's GSTIN."""
    found, _ = gstins_by_role(seen.mentions, None)
    if found is None or place_of_gstin(seen.mentions, facts.seller_gstin):
        return None
    mention, score = found
    if score < SURE_VENDOR or mention.changes or not is_text(mention.cell):
        return None
    reason = f"{mention.reason}; the signed code names another vendor, {facts.seller_gstin}"
    return Choice(mention.value, "weak", reason, mention.cell)


def is_text(cell: Cell | None) -> bool:
    """Whether a cell is a PDF's own text and not read from a picture."""
    return cell is not None and cell.source is Source.PDF_TEXT


def place_of_text(candidates: Sequence[Candidate[str]], value: str) -> Cell | None:
    """Where a text stands on the page."""
    return next((c.cell for c in candidates if fold(c.value) == fold(value)), None)


def place_of_gstin(mentions: Sequence[Mention], value: str) -> Cell | None:
    """Where a GSTIN stands on the page."""
    return next((m.cell for m in mentions if m.value == value), None)


def irn_cell(seen: Evidence) -> Cell | None:
    """Where the IRN is printed."""
    return seen.irns[0].cell if seen.irns else None


def printed_irn(seen: Evidence) -> Choice[str] | None:
    """A complete IRN that nothing proves."""
    whole = next((c for c in seen.irns if irn.is_irn(c.value)), None)
    return Choice(whole.value, "label", whole.reason, whole.cell) if whole else None


def proven_number(seen: Evidence, proof: irn.Proof) -> Choice[str]:
    """The number whose hash is the printed IRN."""
    cell = place_of_text(seen.numbers, proof.number)
    repaired = all("".join(c.value.split()).upper() != proof.number.upper() for c in seen.numbers)
    return Choice(proof.number, "irn", "its hash is the printed IRN", cell, repaired=repaired)


def proven_vendor(seen: Evidence, proof: irn.Proof) -> Choice[str]:
    """The vendor whose hash is the printed IRN."""
    read = place_of_gstin(seen.mentions, proof.gstin)
    cell = read or place_of_gstin(seen.guesses, proof.gstin)
    return Choice(proof.gstin, "irn", "its hash is the printed IRN", cell, repaired=read is None)


def labelled(candidates: Sequence[Candidate[Value]], least: float) -> Choice[Value] | None:
    """The best candidate if its label says enough."""
    if not candidates or candidates[0].score < least:
        return None
    best, *others = candidates
    margin = best.score - (others[0].score if others else 0.0)
    proof = "label" if best.score >= 0.8 and margin >= 0.1 else "weak"
    proof = "in_place" if best.reason.startswith(IN_PLACE) else proof
    return Choice(best.value, proof, best.reason, best.cell, strength=best.score, rejected=tuple(others[:5]))


def as_printed(mention: Mention, mentions: Sequence[Mention]) -> str | None:
    """The GSTIN as it stands on the paper, if that is misprinted there rather than misread.

    So it is when each print reads alike, and the character meant is read well elsewhere in the number.
    """
    texts = [gstin.normal(m.cell.text) for m in mentions if m.value == mention.value]
    if len(texts) < 2 or len(set(texts)) > 1 or texts[0] == mention.value:
        return None
    meant = {m for m, r in zip(mention.value, texts[0], strict=True) if m != r}
    read_well = {m for m, r in zip(mention.value, texts[0], strict=True) if m == r}
    return texts[0] if meant <= read_well else None


def by_place(found: tuple[Mention, float] | None, mentions: Sequence[Mention]) -> Choice[str] | None:
    """A GSTIN chosen by the block it stands in."""
    if found is None or found[1] < LEAST_PARTY_SCORE:
        return None
    mention, score = found
    printed = as_printed(mention, mentions)
    if printed:
        reason = f"printed so more than once, but its check digit is wrong; {mention.reason}"
        return Choice(printed, "misprint", reason, mention.cell, strength=score)
    rejected = tuple(
        Candidate(m.value, m.strength, m.reason, m.cell) for m in mentions if m.value != mention.value
    )
    proof = "check_digit" if mention.changes == 0 and score >= 0.5 else "weak"
    reason = f"valid check digit, {mention.reason}"
    return Choice(
        mention.value,
        proof,
        reason,
        mention.cell,
        strength=score,
        rejected=rejected[:5],
        repaired=mention.changes > 0,
    )
