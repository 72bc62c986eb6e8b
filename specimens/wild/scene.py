"""What every wild layout draws with: the page, the vendor's voice, and the facts that are no label."""

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass

from gst.invoice import Invoice
from specimens.paper import Ink, Paper
from specimens.wild.voice import Voice
from specimens.wording import state_name

Pair = tuple[str, str]
LEFT, RIGHT, TOP, BOTTOM = 36.0, 559.0, 30.0, 805.0
WIDTH = RIGHT - LEFT


@dataclass(slots=True)
class Scene:
    """One paper while it is being drawn."""

    rng: random.Random
    voice: Voice
    paper: Paper
    invoice: Invoice
    size: float = 8.0
    shows_bank: bool = False
    table: str | None = None  # the form of table, of specimens.wild.tables; None: one of the usual

    @property
    def ink(self) -> Ink:
        return Ink(self.size)

    @property
    def bold(self) -> Ink:
        return Ink(self.size, bold=True)

    def ink_of(self, scale: float, *, bold: bool = False) -> Ink:
        return Ink(round(self.size * scale, 1), bold=bold)

    @property
    def day(self) -> dt.date:
        """The invoice's date; every sample has one."""
        return self.invoice.date or dt.date(2026, 4, 1)

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def pair(
        self, x: float, y: float, label: str, value: str, indent: float = 0, *, bold: bool = False
    ) -> float:
        """``label: value`` in one run, or with the values aligned at ``indent``."""
        ink = self.bold if bold else self.ink
        if not indent:
            return self.paper.text(x, y, f"{label} {value}", ink)
        self.paper.text(x, y, label, ink)
        return self.paper.text(x + indent, y, value, ink)

    def facts(self) -> list[Pair]:
        """Number and date among the things that stand beside them, with their labels."""
        invoice, voice = self.invoice, self.voice
        day = invoice.date or dt.date(2026, 4, 1)
        facts = [(voice("number"), invoice.number or ""), (voice("date"), voice.date(day))]
        if invoice.place_of_supply and self.chance(0.7):
            facts.append((voice("place"), f"{state_text(self, invoice.place_of_supply)}"))
        return facts + self.noise(day)

    def noise(self, day: dt.date) -> list[Pair]:
        """Other numbers and dates, as they make readers stumble."""
        rng, voice = self.rng, self.voice
        earlier, later = (
            day - dt.timedelta(days=rng.randint(3, 70)),
            day + dt.timedelta(days=rng.choice((7, 15, 30, 45))),
        )
        every = [
            (voice("po"), f"{rng.choice(('PO/', '45000', 'WO-', ''))}{rng.randint(10001, 99999)}"),
            (voice("po_date"), voice.plain_date(earlier)),
            (voice("due"), voice.plain_date(later)),
            ("Vehicle No.", f"MH{rng.randint(10, 48)}AB{rng.randint(1000, 9999)}"),
            ("E-Way Bill No.", f"{rng.randint(10**11, 10**12 - 1)}"),
            ("Reverse Charge", "No"),
            ("Terms of Payment", rng.choice(("30 Days", "Immediate", "Advance", "45 days from GRN"))),
            ("Vendor Code", f"{rng.randint(100000, 999999)}"),
            ("LR No.", f"{rng.randint(1000, 99999)}"),
            ("Challan No.", f"DC/{rng.randint(100, 999)}"),
            ("Challan Date", voice.plain_date(earlier)),
            ("Transport", "By Road"),
            ("Delivery Note", f"DN-{rng.randint(100, 999)}"),
            ("Period", f"{voice.plain_date(day.replace(day=1))} to {voice.plain_date(day)}"),
            ("Contact Person", "Mr. S. Nayak"),
            ("GRN No.", f"50{rng.randint(10**7, 10**8 - 1)}"),
        ]
        return rng.sample(every, rng.randint(0, 7))


def state_text(scene: Scene, code: str) -> str:
    """A State as the vendor writes it."""
    name = state_name(code)
    return scene.rng.choice((f"{name} ({code})", f"{code}-{name}", name, f"{name}, Code : {code}"))


def shuffled(rng: random.Random, pairs: Sequence[Pair]) -> list[Pair]:
    """In another order, number and date still near each other."""
    head, rest = list(pairs[:2]), list(pairs[2:])
    if rng.random() < 0.25:
        head.reverse()
    at = rng.choice((0, 0, 0, min(2, len(rest))))
    return rest[:at] + head + rest[at:]
