"""Papers in the wild: many arrangements and wordings, to measure a reader on what nobody tuned it for.

paper = wild_paper(7)        # the same for each seed
paper.pdf, paper.invoice     # what is printed, and exactly what it says
"""

import random
from dataclasses import dataclass, replace

from gst.invoice import BankAccount, DocumentKind, Invoice, Party
from specimens.catalogue import NAMES, PLACES, Place
from specimens.firms import make_party
from specimens.generate import sample_invoice
from specimens.paper import A4, Paper
from specimens.wild import form, journeys, odd_form, programs, services, software, trades
from specimens.wild.scene import Scene
from specimens.wild.voice import Voice
from specimens.wording import letterhead

ROLL = (226.8, 560.0)
EVERYDAY = {
    draw.__name__: draw for draw in (*software.KINDS, *journeys.KINDS, *journeys.ROLLS, *services.KINDS)
}
"""Whole papers of offices, journeys and services, by name."""
FIRMS = (
    "{} Retail Private Limited", "Shree {} Enterprises", "{} (India) Pvt. Ltd.", "{} & Sons",
    "A. K. {} & Co.",
    "{} Power Transmission Ltd", "M/s {} Traders", "{} Hospitality LLP", "{} Steel Industries Limited",
    "New {} Agencies", "{} Airport Services Pvt Ltd", "{} Institute of Technology", "{} Associates",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class WildPaper:
    """A paper and what it says; ``invoice`` holds only what is printed."""

    pdf: bytes
    invoice: Invoice
    layout: str


def wild_paper(seed: int, table: str | None = None) -> WildPaper:
    """The paper of a seed: three in five are forms put together by chance, the others have a trade's form.

    ``table``: always such a form, with this table of :data:`specimens.wild.tables.TABLES`.
    """
    rng = random.Random(f"wild {seed}")
    draw = rng.choices(
        (
            form.draw,
            programs.tally,
            trades.hotel,
            trades.airline,
            trades.utility,
            trades.lorry,
            programs.till,
        ),
        weights=(66, 10, 4, 4, 4, 5, 7),
    )[0]
    draw = form.draw if table else draw
    roll = draw is programs.till
    invoice = drawn_invoice(rng, seed, roll=roll)
    face = rng.choices(("Helvetica", "Times", "Courier"), weights=(6, 3, 1 if not roll else 6))[0]
    paper = Paper("wild", size=ROLL if roll else A4, face=face)
    scene = Scene(rng, Voice(rng), paper, invoice, size=rng.choice((7.0, 7.5, 8.0, 8.5)), table=table)
    draw(scene)
    paper.next_page()
    printed = scene.invoice if scene.shows_bank else replace(scene.invoice, bank_account=None)
    layout = f"{draw.__module__.rpartition('.')[2]}.{scene.table or draw.__name__}"
    return WildPaper(paper.finish(), printed, layout)


def odd_paper(seed: int) -> WildPaper:
    """The paper of a seed with a head or a foot of less usual form."""
    rng = random.Random(f"odd {seed}")
    invoice = drawn_invoice(rng, seed, roll=False)
    invoice = replace(invoice, number=rng.choice((invoice.number, odder_number(rng))))
    face = rng.choices(("Helvetica", "Times", "Courier"), weights=(5, 3, 2))[0]
    scene = Scene(rng, Voice(rng), Paper("wild", face=face), invoice, size=rng.choice((7.0, 7.5, 8.0, 9.0)))
    odd_form.draw(scene)
    scene.paper.next_page()
    printed = scene.invoice if scene.shows_bank else replace(scene.invoice, bank_account=None)
    return WildPaper(scene.paper.finish(), printed, f"odd.{scene.table}")


def everyday_paper(seed: int, kind: str | None = None) -> WildPaper:
    """The paper of a seed in a form of :data:`EVERYDAY`; ``kind``: always in that form."""
    name = kind or random.Random(f"everyday {seed}").choice(sorted(EVERYDAY))
    rng = random.Random(f"everyday {name} {seed}")
    draw = EVERYDAY[name]
    roll = draw in journeys.ROLLS
    invoice = drawn_invoice(rng, rng.randrange(10**6), roll=roll)
    face = rng.choices(("Helvetica", "Times", "Courier"), weights=(6, 3, 4 if roll else 1))[0]
    paper = Paper("wild", size=ROLL if roll else A4, face=face)
    scene = Scene(rng, Voice(rng), paper, invoice, size=rng.choice((7.5, 8.0, 8.5)))
    draw(scene)
    paper.next_page()
    printed = scene.invoice if scene.shows_bank else replace(scene.invoice, bank_account=None)
    return WildPaper(paper.finish(), printed, f"everyday.{name}")


def drawn_invoice(rng: random.Random, seed: int, *, roll: bool) -> Invoice:
    """An honest invoice of the samples, with an account to pay to on many."""
    if roll:
        invoice = sample_invoice(seed, kind=DocumentKind.RECEIPT, e_invoice=False)
        return replace(invoice, buyer=replace(invoice.buyer, name=None, gstin=None))
    vendor = firm(rng, rng.choice(PLACES)) if rng.random() < 0.6 else None
    places = [
        place
        for place in PLACES
        if vendor is None or place.state_code == vendor.state_code or rng.random() < 0.5
    ]
    buyer = firm(rng, rng.choice(places))
    kind = rng.choices((DocumentKind.TAX_INVOICE, DocumentKind.CREDIT_NOTE), weights=(19, 1))[0]
    count = rng.choice((1, 1, 1, 2, 3, None))
    invoice = sample_invoice(
        seed, kind=kind, e_invoice=False, buyer=buyer, line_count=count, references=(), vendor=vendor
    )
    head = letterhead(invoice.vendor)
    account = BankAccount(number=head.account, ifsc=head.ifsc) if rng.random() < 0.6 else None
    return replace(invoice, bank_account=account, number=odd_number(rng, invoice.number or ""))


def firm(rng: random.Random, place: Place) -> Party:
    """An invented firm with a name of another form than those of the samples."""
    return make_party(rng.choice(FIRMS).format(rng.choice(NAMES)), place)


def odd_number(rng: random.Random, number: str) -> str:
    """The number, or one in another of the forms that vendors use."""
    forms = (
        number, number, number, f"{rng.randint(1, 9999)}", f"{rng.randint(1, 999):03d}/26-27",
        f"GST/26-27/{rng.randint(1, 999)}", f"{rng.choice('ABCK')}{rng.randint(1000, 99999)}",
        f"26{rng.randint(10**6, 10**7)}", f"INV{rng.randint(10**7, 10**8)}", f"SI-{rng.randint(1, 9999)}",
        f"MH/{rng.randint(1, 9999)}/2026-27", f"T-{rng.randint(1, 999)}", f"9{rng.randint(10**8, 10**9)}",
        f"{rng.randint(1, 99)}", f"26-27/{rng.randint(1, 9999):04d}",
    )  # fmt: skip
    return rng.choice(forms)


def odder_number(rng: random.Random) -> str:
    """A number in a form in which letters, years and serials stand close."""
    serial = rng.randint(1, 9999)
    forms = (
        f"SVN/2627/{serial:05d}", f"RSB/G/26-27/{serial:04d}", f"2627-{serial}", f"TI-{serial:04d}/26-27",
        f"A {serial:05d}", f"26-27/BOM/{serial:06d}", f"ABC-2627-{serial:05d}", f"D2627{serial:07d}",
        f"S{serial}", f"{serial}/26-27", f"IN-27-{1000000 + serial}", f"KOL/S/{serial}", f"INV/{serial}",
        f"B2B/{serial:04d}/26", f"Z{serial:04d}O{serial % 10}", f"SO-I{serial}", f"{serial:04d}",
    )  # fmt: skip
    return rng.choice(forms)
