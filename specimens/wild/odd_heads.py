"""Heads of less usual forms: labels glued, shifted, under their values; parties told apart by little."""

import random
from dataclasses import replace

from gst.invoice import Party
from specimens.catalogue import PLACES
from specimens.firms import make_gstin
from specimens.wild.heads import (
    MIDDLE,
    block,
    letterheads,
    pairs_down,
    parties,
    party_lines,
    side_by_side,
    title,
    vendor_lines,
)
from specimens.wild.scene import LEFT, RIGHT, WIDTH, Pair, Scene, shuffled, state_text

MISREAD = ("fa ", "aI ", "qi ", "aR ", "Ri ", "Hc ", "ad ", "fcl ", "a ", "TT ")
"""What an engine for Latin letters makes of a label's half in another script."""


def glued(scene: Scene, y: float) -> float:
    """Number and date behind one label, or in one run of text."""
    y = letterheads(scene, y)
    rng, number = scene.rng, scene.invoice.number or ""
    day = scene.voice.plain_date(scene.day)
    said = rng.choice(
        (
            ("Invoice No. & Date", f"{number} & {day}"),
            ("Invoice No / Date", f"{number} / {day}"),
            ("Inv No. & Dt.", f"{number}  Dt. {day}"),
            ("Bill No & Date", f"{number} dt {day}"),
            ("Invoice No", f"{number} Dated {day}"),
            ("Bill No.", f"{number}   Date : {day}"),
        )
    )
    facts = [said, *scene.noise(scene.day)[:4]]
    rng.shuffle(facts)
    if scene.chance(0.4):
        facts.remove(said)
        scene.paper.text(LEFT, y, said[0], scene.ink)
        y = scene.paper.text(LEFT, y + scene.ink.leading, said[1], scene.bold) + 4
    half = (len(facts) + 1) // 2
    ends = [
        pairs_down(scene, x, y, column, rng.choice((0.0, 96.0)))
        for x, column in ((LEFT, facts[:half]), (MIDDLE, facts[half:]))
    ]
    return side_by_side(scene, max(ends) + 4)


def values_over_labels(scene: Scene, y: float) -> float:
    """A strip in which each value stands over its label, in small print under a rule."""
    y = letterheads(scene, y)
    facts = [fact for fact in scene.facts() if fact[0] != "Period"][:5]
    scene.rng.shuffle(facts)
    step = WIDTH / len(facts)
    for at, (label, value) in enumerate(facts):
        x = LEFT + 4 + at * step
        below = scene.paper.text(x, y, value, scene.bold) + 1
        scene.paper.line(x, below, x + step - 10, below, 0.4)
        scene.paper.text(x, below + 1, label, scene.ink_of(0.85))
    return side_by_side(scene, y + scene.size * 3.2)


def filled_form(scene: Scene, y: float) -> float:
    """A printed form filled by another machine: values half a line off their labels and over dotted rules."""
    y = letterheads(scene, y)
    off = scene.rng.choice((-3.0, -2.0, 2.5, 3.5))
    shift = scene.rng.choice((0.0, 12.0))
    rows = shuffled(scene.rng, scene.facts()[:4])
    right = y
    for label, value in rows:
        scene.paper.text(MIDDLE + 40, right, f"{label} ", scene.ink)
        scene.paper.text(MIDDLE + 112, right + 2, "." * 40, scene.ink_of(0.8))
        scene.paper.text(MIDDLE + 118 + shift, right + off, value, scene.bold)
        right += scene.size * 1.9
    buyer = scene.invoice.buyer
    left = y
    for label, value in (
        ("M/s.", buyer.name or ""),
        ("", (buyer.address or "")[:46]),
        (scene.voice("buyer_gstin"), buyer.gstin or ""),
    ):
        scene.paper.text(LEFT, left, label, scene.ink)
        scene.paper.text(LEFT + 60, left + 2, "." * 66, scene.ink_of(0.8))
        scene.paper.text(LEFT + 64 + shift, left + off, value, scene.bold)
        left += scene.size * 1.9
    return max(left, right) + 4


def combed(scene: Scene, x: float, y: float, label: str, text: str) -> float:
    """A text with each character in a box of its own."""
    side = scene.size * 1.55
    scene.paper.text(x, y + 2, label, scene.ink)
    start = x + 8 + len(label) * scene.size * 0.6
    for at, character in enumerate(text):
        scene.paper.box(start + at * side, y, side, side)
        scene.paper.text(start + (at + 0.5) * side, y + 2, character, scene.bold, "centre")
    return y + side + 3


def combed_gstins(scene: Scene, y: float) -> float:
    """GSTINs of both parties written into combs of fifteen boxes."""
    vendor, buyer = scene.invoice.vendor, scene.invoice.buyer
    y = scene.paper.text(MIDDLE, y, title(scene), scene.ink_of(1.3, bold=True), "centre") + 3
    y = scene.paper.text(MIDDLE, y, vendor.name or "", scene.ink_of(2, bold=True), "centre")
    for line in vendor_lines(scene, gstin=False):
        y = scene.paper.text(MIDDLE, y, line, scene.ink, "centre")
    y = combed(scene, LEFT, y + 4, scene.voice("vendor_gstin"), vendor.gstin or "")
    number, date = scene.facts()[:2]
    scene.paper.text(LEFT, y, f"{number[0]} : {number[1]}", scene.bold)
    y = scene.paper.text(RIGHT, y, f"{date[0]} : {date[1]}", scene.bold, "right") + 4
    y = scene.paper.text(LEFT, y, scene.voice("buyer"), scene.ink)
    y = block(scene, LEFT, y, 300, [buyer.name or "", buyer.address or ""])
    return combed(scene, LEFT, y + 3, scene.voice("buyer_gstin"), buyer.gstin or "") + 4


def nameless_top(scene: Scene, y: float) -> float:
    """No name over the page (a picture): the buyer first, the vendor in small print under the title."""
    paper, vendor = scene.paper, scene.invoice.vendor
    paper.box(LEFT, y, 70, 34)
    paper.line(LEFT + 10, y + 28, LEFT + 35, y + 6, 3)
    paper.line(LEFT + 35, y + 6, LEFT + 60, y + 28, 3)
    top = paper.text(RIGHT, y, title(scene), scene.ink_of(1.8, bold=True), "right") + 2
    right = pairs_down(scene, MIDDLE + 60, top + 4, shuffled(scene.rng, scene.facts()), 86)
    left = block(
        scene, LEFT, y + 40, WIDTH / 2, [scene.voice("buyer"), *party_lines(scene, scene.invoice.buyer)]
    )
    y = max(left, right) + 6
    line = f"{vendor.name} | {vendor.address} | {scene.voice('vendor_gstin')} : {vendor.gstin}"
    return paper.block(LEFT, y, WIDTH, line, scene.ink_of(0.9)) + 4


def branches(scene: Scene, y: float) -> float:
    """A letterhead that names the registrations of its branches too."""
    y = letterheads(scene, y)
    vendor = scene.invoice.vendor
    pan = (vendor.gstin or "")[2:12]
    others = [place for place in PLACES if place.state_code != vendor.state_code]
    listed = [
        f"{place.town} GSTIN : {make_gstin(place.state_code, pan)}" for place in scene.rng.sample(others, 3)
    ]
    y = scene.paper.block(LEFT, y, WIDTH, "Branches : " + " | ".join(listed), scene.ink_of(0.85)) + 4
    y = pairs_down(scene, LEFT, y, scene.facts()[:4], 110) + 3
    return side_by_side(scene, y)


def gstins_in_a_strip(scene: Scene, y: float) -> float:
    """Both GSTINs in one ruled line, the parties' names elsewhere."""
    vendor, buyer, voice = scene.invoice.vendor, scene.invoice.buyer, scene.voice
    y = scene.paper.text(MIDDLE, y, vendor.name or "", scene.ink_of(2, bold=True), "centre")
    for line in vendor_lines(scene, gstin=False):
        y = scene.paper.text(MIDDLE, y, line, scene.ink, "centre")
    y = scene.paper.text(MIDDLE, y + 2, title(scene), scene.bold, "centre") + 2
    ours = scene.rng.choice(("Our GSTIN", "GSTIN", "GSTIN No.", "Supplier's GSTIN"))
    theirs = scene.rng.choice(("Party GSTIN", "Your GSTIN", "Buyer's GSTIN", "Customer GSTIN No."))
    scene.paper.box(LEFT, y, WIDTH, scene.size * 1.8)
    scene.paper.text(LEFT + 4, y + 3, f"{ours} : {vendor.gstin}", scene.ink)
    y = scene.paper.text(MIDDLE + 4, y + 3, f"{theirs} : {buyer.gstin}", scene.ink) + 5
    left = block(scene, LEFT, y, WIDTH / 2, [voice("buyer"), buyer.name or "", buyer.address or ""])
    right = pairs_down(scene, MIDDLE + 4, y, shuffled(scene.rng, scene.facts()), 92)
    return max(left, right) + 4


def seller_and_buyer(scene: Scene, y: float) -> float:
    """Supplier and recipient side by side under their headings, nothing over them but the title."""
    rng, invoice = scene.rng, scene.invoice
    y = scene.paper.text(MIDDLE, y, title(scene), scene.ink_of(1.5, bold=True), "centre") + 6
    y = pairs_down(scene, LEFT, y, scene.facts()[: rng.randint(2, 5)], 110) + 4
    headings = rng.choice(
        (
            ("Supplier Details", "Recipient Details"),
            ("Sold By", "Sold To"),
            ("From", "To"),
            ("Seller", "Buyer"),
            ("Details of Supplier", "Details of Recipient (Billed to)"),
            ("Service Provider", "Service Receiver"),
            ("Billed By", "Billed To"),
        )
    )
    ends = []
    for at, (heading, party) in enumerate(zip(headings, (invoice.vendor, invoice.buyer), strict=True)):
        x = LEFT + 4 + at * WIDTH / 2
        below = scene.paper.text(x, y + 3, heading, scene.bold)
        ends.append(block(scene, x, below, WIDTH / 2 - 14, party_lines(scene, party, "gstin")))
    scene.paper.box(LEFT, y, WIDTH, max(ends) - y + 3)
    scene.paper.line(MIDDLE, y, MIDDLE, max(ends) + 3)
    return max(ends) + 8


def portal_print(scene: Scene, y: float) -> float:
    """The registration portal's own print: numbered sections with pairs in three columns."""
    invoice, rng, paper = scene.invoice, scene.rng, scene.paper
    digest = "".join(rng.choices("0123456789abcdef", k=64))
    day = scene.day.strftime("%d-%m-%Y")
    y = paper.text(LEFT, y, f"{invoice.vendor.gstin}", scene.bold)
    y = paper.text(LEFT, y, invoice.vendor.name or "", scene.bold) + 4
    y = paper.text(LEFT, y, "1.e-Invoice Details", scene.bold) + 2
    paper.text(LEFT, y, f"IRN : {digest[:35]}", scene.ink)
    paper.text(MIDDLE, y, f"Ack. No : 1{rng.randint(10**13, 10**14)}  Ack. Date : {day} 18:22:00", scene.ink)
    y = paper.text(LEFT, y + scene.ink.leading, digest[35:], scene.ink) + 4
    y = paper.text(LEFT, y, "2.Document Details", scene.bold) + 2
    paper.text(LEFT, y, "Supply type Code : B2B", scene.ink)
    paper.text(MIDDLE - 60, y, f"Document No : {invoice.number}", scene.ink)
    y = paper.text(MIDDLE + 120, y, "IGST on INTRA : No", scene.ink)
    paper.text(LEFT, y, f"Place of Supply : {state_text(scene, invoice.place_of_supply or '27')}", scene.ink)
    paper.text(MIDDLE - 60, y, "Document Type : Tax Invoice", scene.ink)
    y = paper.text(MIDDLE + 120, y, f"Document Date : {day}", scene.ink) + 4
    y = paper.text(LEFT, y, "3.Party Details", scene.bold) + 2
    ends = []
    for at, (heading, party) in enumerate((("Supplier :", invoice.vendor), ("Recipient :", invoice.buyer))):
        x = LEFT + at * WIDTH / 2
        lines = [heading, f"GSTIN : {party.gstin}", party.name or "", party.address or ""]
        ends.append(block(scene, x, y, WIDTH / 2 - 10, lines))
    return paper.text(LEFT, max(ends) + 4, "4.Details of Goods / Services", scene.bold) + 3


def three_boxes(scene: Scene, y: float) -> float:
    """A distributor's head: vendor, buyer and facts in three boxes beside each other."""
    invoice, paper = scene.invoice, scene.paper
    widths = (WIDTH * 0.36, WIDTH * 0.36, WIDTH * 0.28)
    vendor = [invoice.vendor.name or "", *vendor_lines(scene)[:4]]
    if not any(invoice.vendor.gstin in line for line in vendor if invoice.vendor.gstin):
        vendor.append(f"GSTIN : {invoice.vendor.gstin}")
    licence = f"D.L.No. : MH-{scene.rng.randint(100000, 999999)}, 20B-{scene.rng.randint(1000, 9999)}"
    buyer = ["To : " + (invoice.buyer.name or ""), *party_lines(scene, invoice.buyer)[1:], licence]
    ends = [
        block(scene, LEFT + 3, y + 3, widths[0] - 6, [*vendor, licence]),
        block(scene, LEFT + widths[0] + 3, y + 3, widths[1] - 6, buyer),
    ]
    x = LEFT + widths[0] + widths[1]
    down = paper.text(x + widths[2] / 2, y + 3, title(scene), scene.bold, "centre") + 3
    ends.append(pairs_down(scene, x + 3, down, scene.facts()[:5], scene.rng.choice((0.0, 62.0))))
    end = max(ends) + 3
    paper.box(LEFT, y, WIDTH, end - y)
    paper.line(LEFT + widths[0], y, LEFT + widths[0], end)
    paper.line(x, y, x, end)
    return end + 3


def bilingual(scene: Scene, y: float) -> float:
    """Every label twice, first in another script: for a Latin engine, some misread letters before it."""
    rng = scene.rng

    def foreign(text: str) -> str:
        strange = "".join(rng.choice(MISREAD) for _ in range(rng.randint(1, 3))).strip()
        return f"{strange}{rng.choice((' / ', '/', ' '))}{text}"

    y = letterheads(scene, y)
    facts = [(foreign(label), value) for label, value in scene.facts()[:5]]
    buyer = scene.invoice.buyer
    rows: list[Pair] = [
        (foreign(label), value)
        for label, value in (
            (rng.choice(("Customer Name", "Name of Consumer", "Buyer", "Party Name")), buyer.name or ""),
            ("Address", (buyer.address or "")[:44]),
            (scene.voice("buyer_gstin"), buyer.gstin or ""),
        )
    ]
    left = pairs_down(scene, LEFT, y, rows, rng.choice((0.0, 110.0)))
    right = pairs_down(scene, MIDDLE + 40, y, facts, rng.choice((0.0, 100.0)))
    return max(left, right) + 5


def enterprise(scene: Scene, y: float) -> float:
    """A large firm's system: a dozen numbers of which one is the invoice's, codes before the buyer's name."""
    rng, voice, invoice = scene.rng, scene.voice, scene.invoice
    y = letterheads(scene, y)
    facts: list[Pair] = [
        (voice("number"), invoice.number or ""),
        (voice("date"), voice.date(scene.day)),
        ("Delivery No.", f"80{rng.randint(10**7, 10**8 - 1)}"),
        ("Sales Order No.", f"10{rng.randint(10**6, 10**7)}"),
        ("Customer Code", f"C{rng.randint(10000, 99999)}"),
        ("Shipment No", f"7{rng.randint(10**6, 10**7)}"),
        ("Plant", f"{rng.randint(1000, 1999)}"),
        ("Payment Terms", "45 Days"),
        ("Internal Ref. No.", f"{rng.randint(10**9, 10**10 - 1)}"),
        ("Date & Time of Removal", f"{voice.plain_date(scene.day)} 17:40"),
    ]
    rng.shuffle(facts)
    right = pairs_down(scene, MIDDLE + 30, y, facts, 104)
    left = y
    for heading, party in parties(scene):
        left = scene.paper.text(LEFT, left, f"{heading} : {rng.randint(100000, 999999)}", scene.ink)
        left = block(scene, LEFT, left, WIDTH / 2, party_lines(scene, party)) + 3
    return max(left, right) + 4


def sentence(scene: Scene, y: float) -> float:
    """A professional's bill in prose."""
    y = letterheads(scene, y)
    rng, buyer = scene.rng, scene.invoice.buyer
    day, number = scene.voice.plain_date(scene.day), scene.invoice.number
    text = rng.choice(
        (
            f"Invoice No. {number} dated {day}",
            f"Bill No. {number}, Date {day}",
            f"Our Bill No. : {number} of {day}",
        )
    )
    y = scene.paper.text(rng.choice((LEFT, MIDDLE)), y, text, scene.bold) + 5
    lines = ["To,", f"M/s. {buyer.name}", buyer.address or "", f"GSTIN {buyer.gstin}"]
    y = block(scene, LEFT, y, 300, lines, bold_first=False) + 4
    return (
        scene.paper.text(LEFT, y, "Sub : Our charges as per your order, towards the following.", scene.ink)
        + 4
    )


def other_consignee(scene: Scene, y: float) -> float:
    """The goods go to somebody else with a GSTIN of his own, who stands first or beside the buyer."""
    y = letterheads(scene, y)
    rng = random.Random(scene.rng.random())
    place = rng.choice(PLACES)
    pan = f"XQ{rng.choice('ABDEG')}C{rng.choice('KLMN')}{rng.randint(1001, 9998)}T"
    address = f"{place.area}, {place.town} - {place.pin}"
    other = Party(
        name="Vasantrutu Projects Private Limited",
        gstin=make_gstin(place.state_code, pan),
        address=address,
        state_code=place.state_code,
    )
    scene.invoice = replace(scene.invoice, ship_to=other)
    y = pairs_down(scene, LEFT, y, shuffled(scene.rng, scene.facts())[:6], 100) + 3
    return side_by_side(scene, y)


def spaced_gstins(scene: Scene, y: float) -> float:
    """GSTINs written in groups, labels far from their values."""
    vendor, buyer = scene.invoice.vendor, scene.invoice.buyer

    def grouped(gstin: str | None) -> str:
        text = gstin or ""
        return f"{text[:2]} {text[2:7]} {text[7:11]} {text[11:12]} {text[12:]}"

    y = scene.paper.text(LEFT, y, vendor.name or "", scene.ink_of(1.9, bold=True))
    for line in vendor_lines(scene, gstin=False):
        y = scene.paper.text(LEFT, y, line, scene.ink)
    y = scene.paper.text(LEFT, y, f"{scene.voice('vendor_gstin')} : {grouped(vendor.gstin)}", scene.ink)
    y = scene.paper.text(MIDDLE, y + 3, title(scene), scene.bold, "centre") + 4
    facts = shuffled(scene.rng, scene.facts())[:5]
    right = y
    for label, value in facts:
        scene.paper.text(MIDDLE + 10, right, label, scene.ink)
        right = scene.paper.text(RIGHT, right, value, scene.bold, "right") + 2
    lines = [scene.voice("buyer"), buyer.name or "", buyer.address or ""]
    left = block(scene, LEFT, y, WIDTH / 2 - 20, lines)
    left = scene.paper.text(LEFT, left, f"{scene.voice('buyer_gstin')} : {grouped(buyer.gstin)}", scene.ink)
    return max(left, right) + 5


ODD_HEADS = (
    glued, values_over_labels, filled_form, combed_gstins, nameless_top, branches, gstins_in_a_strip,
    seller_and_buyer, portal_print, three_boxes, bilingual, enterprise, sentence, other_consignee,
    spaced_gstins,
)  # fmt: skip
