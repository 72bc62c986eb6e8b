"""The upper half of A4 papers: letterhead, title, facts and parties in many arrangements."""

from collections.abc import Sequence

from gst.invoice import DocumentKind, Party
from specimens.paper import Align
from specimens.wild.scene import LEFT, RIGHT, WIDTH, Pair, Scene, shuffled, state_text
from specimens.wording import letterhead

MIDDLE = LEFT + WIDTH / 2
TITLES = {
    DocumentKind.CREDIT_NOTE: ("CREDIT NOTE", "Tax Credit Note", "Credit Note (Sec. 34)"),
    DocumentKind.DEBIT_NOTE: ("DEBIT NOTE", "Debit Note", "Tax Debit Note"),
    DocumentKind.BILL_OF_SUPPLY: ("BILL OF SUPPLY", "Bill of Supply"),
}
INVOICE_TITLES = (
    "TAX INVOICE", "Tax Invoice", "INVOICE", "GST INVOICE", "Tax Invoice (Original for Recipient)",
    "TAX-INVOICE", "GST TAX INVOICE", "e-Tax Invoice", "Tax Invoice / Cash Memo",
)  # fmt: skip


def title(scene: Scene) -> str:
    return scene.rng.choice(TITLES.get(scene.invoice.kind, INVOICE_TITLES))


def vendor_lines(scene: Scene, *, gstin: bool = True) -> list[str]:
    """What a letterhead says under the name."""
    vendor, head, rng, voice = scene.invoice.vendor, letterhead(scene.invoice.vendor), scene.rng, scene.voice
    lines = [vendor.address or ""]
    if scene.chance(0.3):
        town = rng.choice(("Fort, Mumbai - 400001", "Karol Bagh, New Delhi - 110005"))
        lines.append(f"Regd. Office : 4th Floor, Sarjan Chambers, {town}")
    if scene.chance(0.5):
        lines.append(f"State Name : {state_text(scene, vendor.state_code or '27')}")
    if scene.chance(0.7):
        lines.append(f"Ph : {head.phone}" + (f"  E-mail : {head.email}" if scene.chance(0.6) else ""))
    if scene.chance(0.2):
        lines.append(f"CIN : U{rng.randint(10000, 99999)}MH2011PTC{rng.randint(100000, 999999)}")
    if gstin and vendor.gstin:
        text = f"{voice.label('vendor_gstin')} {vendor.gstin}"
        lines.insert(
            rng.randint(1, len(lines)),
            text + (f"   PAN : {vendor.gstin[2:12]}" if scene.chance(0.25) else ""),
        )
    return lines


def letterheads(scene: Scene, y: float) -> float:
    """Name and address of the vendor over the page: centred, left, or right."""
    name, lines = scene.invoice.vendor.name or "", vendor_lines(scene)
    paper, big = scene.paper, scene.ink_of(scene.rng.choice((1.5, 1.9, 2.3)), bold=True)
    placed: tuple[tuple[Align, float], ...] = (
        ("centre", MIDDLE),
        ("left", LEFT),
        ("left", LEFT + 90),
        ("right", RIGHT),
    )
    align, x = scene.rng.choice(placed)
    if scene.chance(0.4):
        y = paper.text(MIDDLE, y, title(scene), scene.ink_of(1.3, bold=True), "centre") + 4
        titled = True
    else:
        titled = False
    y = paper.text(x, y, name.upper() if scene.chance(0.5) else name, big, align)
    if scene.chance(0.3):
        y = paper.text(
            x, y, "Mfrs. & Suppliers of quality goods | ISO 9001:2015 Certified", scene.ink_of(0.9), align
        )
    for line in lines:
        for part in paper.wrap(line, WIDTH * 0.7, scene.ink):
            y = paper.text(x, y, part, scene.ink, align)
    if scene.chance(0.6):
        paper.line(LEFT, y + 3, RIGHT, y + 3, 0.8)
    if not titled:
        y = paper.text(MIDDLE, y + 6, title(scene), scene.ink_of(1.4, bold=True), "centre")
    return y + 6


def party_lines(scene: Scene, party: Party, gstin_thing: str = "buyer_gstin") -> list[str]:
    """A buyer's block: name first, GSTIN somewhere below."""
    lines = [party.name or "", *(party.address or "").split(" - ")]
    extra = []
    if party.gstin:
        extra.append(f"{scene.voice.label(gstin_thing)} {party.gstin}")
    if scene.chance(0.5):
        extra.append(f"State : {state_text(scene, party.state_code or '27')}")
    if scene.chance(0.25) and party.gstin:
        extra.append(f"PAN No : {party.gstin[2:12]}")
    if scene.chance(0.25):
        extra.append("Kind Attn : Accounts Payable")
    scene.rng.shuffle(extra)
    return lines + extra


def block(
    scene: Scene, x: float, y: float, width: float, lines: Sequence[str], *, bold_first: bool = True
) -> float:
    for at, line in enumerate(lines):
        y = scene.paper.block(x, y, width, line, scene.bold if at == 0 and bold_first else scene.ink)
    return y


def parties(scene: Scene) -> list[tuple[str, Party]]:
    """Buyer, and often the place of delivery, with their headings."""
    shown = [(scene.voice("buyer"), scene.invoice.buyer)]
    if scene.invoice.ship_to:
        shown.append((scene.voice("ship"), scene.invoice.ship_to))
        if scene.chance(0.25):
            shown.reverse()
    return shown


def stacked_beside_grid(scene: Scene, y: float) -> float:
    """Vendor, consignee and buyer stacked on the left; facts as labels over values in a grid on the right."""
    paper, top = scene.paper, y + 16
    paper.text(MIDDLE, y, title(scene), scene.ink_of(1.3, bold=True), "centre")
    left = block(
        scene, LEFT + 3, top + 2, WIDTH / 2 - 8, [scene.invoice.vendor.name or "", *vendor_lines(scene)]
    )
    for heading, party in parties(scene):
        paper.line(LEFT, left + 2, MIDDLE, left + 2)
        left = paper.text(LEFT + 3, left + 4, heading, scene.ink_of(0.9))
        left = block(scene, LEFT + 3, left, WIDTH / 2 - 8, party_lines(scene, party))
    right = top
    facts = shuffled(scene.rng, scene.facts())
    step = scene.size * 2.9
    for at in range(0, len(facts), 2):
        for side, (label, value) in enumerate(facts[at : at + 2]):
            x = MIDDLE + 3 + side * WIDTH / 4
            paper.text(x, right + 2, label, scene.ink_of(0.9))
            paper.text(x, right + 2 + scene.size * 1.2, value, scene.bold)
        right += step
        paper.line(MIDDLE, right, RIGHT, right)
    end = max(left, right) + 3
    paper.line(MIDDLE + WIDTH / 4, top, MIDDLE + WIDTH / 4, right)
    paper.line(MIDDLE, top, MIDDLE, end)
    paper.box(LEFT, top, WIDTH, end - top)
    return end


def facts_over_parties(scene: Scene, y: float) -> float:
    """Letterhead; facts in two columns in a box; parties side by side under it."""
    y = letterheads(scene, y)
    facts = shuffled(scene.rng, scene.facts())
    half = (len(facts) + 1) // 2
    top, indent = y, scene.rng.choice((0.0, 84.0, 100.0))
    ends = [
        pairs_down(scene, x, top + 3, column, indent)
        for x, column in ((LEFT + 4, facts[:half]), (MIDDLE + 4, facts[half:]))
    ]
    y = max(ends) + 3
    if scene.chance(0.7):
        scene.paper.box(LEFT, top, WIDTH, y - top)
    return side_by_side(scene, y)


def side_by_side(scene: Scene, y: float) -> float:
    """Buyer and consignee next to each other under their headings."""
    top, ends = y, []
    shown = parties(scene)
    for at, (heading, party) in enumerate(shown):
        x = LEFT + 4 + at * WIDTH / 2
        below = scene.paper.text(x, top + 3, heading, scene.bold)
        ends.append(block(scene, x, below + 2, WIDTH / 2 - 12, party_lines(scene, party)))
    y = max(ends) + 3
    if scene.chance(0.6):
        scene.paper.box(LEFT, top, WIDTH, y - top)
        if len(shown) > 1:
            scene.paper.line(MIDDLE, top, MIDDLE, y)
    return y


def pairs_down(scene: Scene, x: float, y: float, pairs: Sequence[Pair], indent: float) -> float:
    colon = scene.rng.choice((":", " :", ":"))
    for label, value in pairs:
        if indent:
            y = scene.pair(x, y, label, f": {value}", indent)
        else:
            y = scene.pair(x, y, f"{label}{colon}", value)
        y += 1.5
    return y


def buyer_beside_facts(scene: Scene, y: float) -> float:
    """Letterhead; the buyer on the left, the facts on the right (or the other way round)."""
    y = letterheads(scene, y)
    facts_x, buyer_x = (MIDDLE + 30, LEFT) if scene.chance(0.75) else (LEFT, MIDDLE + 20)
    heading, party = scene.voice("buyer"), scene.invoice.buyer
    below = scene.paper.text(buyer_x, y, heading, scene.ink)
    left = block(scene, buyer_x, below, WIDTH / 2 - 20, party_lines(scene, party))
    right = pairs_down(
        scene, facts_x, y, shuffled(scene.rng, scene.facts()), scene.rng.choice((0.0, 90.0, 80.0))
    )
    y = max(left, right) + 4
    if scene.invoice.ship_to and scene.chance(0.5):
        y = (
            scene.paper.text(
                LEFT,
                y,
                f"{scene.voice('ship')} : {scene.invoice.ship_to.name}, {scene.invoice.ship_to.address}",
                scene.ink,
            )
            + 3
        )
    return y


def strip_of_facts(scene: Scene, y: float) -> float:
    """Letterhead; a ruled strip with labels over values; the parties under it."""
    y = letterheads(scene, y)
    facts = shuffled(scene.rng, scene.facts())[:5]
    number, date = scene.facts()[:2]
    facts = [number, date, *[fact for fact in facts if fact not in (number, date)]][:5]
    step = WIDTH / len(facts)
    for at, (label, value) in enumerate(facts):
        scene.paper.text(LEFT + 4 + at * step, y + 3, label, scene.bold)
        scene.paper.text(LEFT + 4 + at * step, y + 5 + scene.size * 1.25, value, scene.ink)
    scene.paper.box(LEFT, y, WIDTH, scene.size * 3.2)
    return side_by_side(scene, y + scene.size * 3.2)


def form_rows(scene: Scene, y: float) -> float:
    """The form of the law's first years: rows of ``Name:``, ``Address:``, ``GSTIN:``, ``State: Code:``."""
    y = letterheads(scene, y)
    y = max(
        pairs_down(scene, LEFT + 4, y, scene.facts()[:4], 0),
        pairs_down(scene, MIDDLE + 4, y, scene.noise(scene.day)[:4], 0),
    )
    top, ends = y + 3, []
    shown = parties(scene)
    for at, (heading, party) in enumerate(shown):
        x = LEFT + 4 + at * WIDTH / 2
        width = WIDTH / 2 - 10
        end = scene.paper.text(x + width / 2, top + 2, heading, scene.bold, "centre") + 3
        for label, value in (
            ("Name", party.name or ""),
            ("Address", party.address or ""),
            (scene.voice("buyer_gstin"), party.gstin or ""),
            ("State", state_text(scene, party.state_code or "27")),
        ):
            end = scene.paper.block(x, end, width, f"{label} : {value}", scene.ink) + 1.5
        ends.append(end)
    end = max(ends) + 2
    scene.paper.box(LEFT, top, WIDTH, end - top)
    if len(shown) > 1:
        scene.paper.line(MIDDLE, top, MIDDLE, end)
    return end


def letter(scene: Scene, y: float) -> float:
    """A professional's letter: the buyer as addressee, number and date on one line over or beside it."""
    y = letterheads(scene, y)
    number, date = scene.facts()[:2]
    colon = scene.rng.choice((":", " :", ""))
    scene.paper.text(LEFT, y, f"{number[0]}{colon} {number[1]}", scene.ink)
    y = scene.paper.text(RIGHT, y, f"{date[0]}{colon} {date[1]}", scene.ink, "right") + 5
    y = scene.paper.text(LEFT, y, scene.rng.choice(("To,", "To", "M/s.")), scene.ink)
    y = block(scene, LEFT, y, 270, party_lines(scene, scene.invoice.buyer))
    if scene.chance(0.5):
        y = scene.paper.text(
            LEFT, y + 6, "Dear Sir, please find below our charges for the period.", scene.ink
        )
    return y + 8


def marketplace(scene: Scene, y: float) -> float:
    """The invoice of an online shop: seller on the left, billing and shipping addresses on the right."""
    paper, invoice, rng = scene.paper, scene.invoice, scene.rng
    y = paper.text(RIGHT, y, "Tax Invoice/Bill of Supply/Cash Memo", scene.bold, "right")
    y = paper.text(RIGHT, y, "(Original for Recipient)", scene.ink, "right") + 6
    left = paper.text(LEFT, y, "Sold By :", scene.bold)
    left = block(
        scene,
        LEFT,
        left,
        230,
        [invoice.vendor.name or "", invoice.vendor.address or "", "IN"],
        bold_first=False,
    )
    left = paper.text(LEFT, left + 8, f"PAN No: {(invoice.vendor.gstin or '')[2:12]}", scene.bold)
    left = paper.text(LEFT, left, f"GST Registration No: {invoice.vendor.gstin}", scene.bold)
    right = y
    for heading in ("Billing Address :", "Shipping Address :"):
        right = paper.text(RIGHT, right, heading, scene.bold, "right")
        for line in [invoice.buyer.name or "", *(invoice.buyer.address or "").split(" - "), "IN"]:
            right = paper.text(RIGHT, right, line, scene.ink, "right")
        if invoice.buyer.gstin and heading.startswith("Billing"):
            right = paper.text(
                RIGHT, right, f"GST Registration No: {invoice.buyer.gstin}", scene.ink, "right"
            )
        right += 5
    day = scene.day
    bottom = max(left + 14, right)
    left = paper.text(
        LEFT,
        bottom,
        f"Order Number: 4{rng.randint(10, 99)}-{rng.randint(10**6, 10**7)}-{rng.randint(10**6, 10**7)}",
        scene.ink,
    )
    paper.text(LEFT, left, f"Order Date: {scene.voice.plain_date(day)}", scene.ink)
    right = paper.text(RIGHT, bottom, f"Invoice Number : {invoice.number}", scene.ink, "right")
    right = paper.text(
        RIGHT, right, f"Invoice Details : MH-{rng.randint(10**8, 10**9)}-2627", scene.ink, "right"
    )
    return paper.text(RIGHT, right, f"Invoice Date : {scene.voice.date(day)}", scene.ink, "right") + 6


HEADS = (stacked_beside_grid, facts_over_parties, buyer_beside_facts, strip_of_facts, form_rows, letter,
         marketplace)  # fmt: skip
