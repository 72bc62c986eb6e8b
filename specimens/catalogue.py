"""The invented world the samples come from: places, trades with real HSN/SAC codes, and the company billed.

Rates are percent, as lawful from 22 September 2025 (notifications 9/2025 and 15/2025-CT(Rate)).
"""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Place:
    """A town as an address block prints it."""

    state_code: str
    town: str
    area: str
    pin: str


@dataclass(frozen=True, slots=True)
class Item:
    """Something a trade sells; ``price`` is a usual price in rupees per ``unit``."""

    description: str
    hsn_sac: str
    rate: Decimal
    unit: str
    price: Decimal
    most: int  # the largest usual quantity


@dataclass(frozen=True, slots=True)
class Trade:
    """A line of business: how its firms are called and what they bill."""

    suffixes: tuple[str, ...]
    items: tuple[Item, ...]

    @property
    def sells_goods(self) -> bool:
        return not self.items[0].hsn_sac.startswith("99")


def _items(table: str) -> tuple[Item, ...]:
    rows = (tuple(cell.strip() for cell in row.split("|")) for row in table.strip().splitlines())
    return tuple(
        Item(text, code, Decimal(rate), unit, Decimal(price), int(most))
        for text, code, rate, unit, price, most in rows
    )


PLACES = (
    Place("27", "Pune", "Plot 14, MIDC Bhosari", "411026"),
    Place("27", "Mumbai", "Unit 207, Marol Udyog Bhavan, Andheri East", "400059"),
    Place("27", "Nashik", "Gala 6, Ambad Industrial Area", "422010"),
    Place("29", "Bengaluru", "No. 88, 4th Cross, Peenya 2nd Stage", "560058"),
    Place("29", "Mysuru", "12/3, Hebbal Ring Road", "570016"),
    Place("33", "Chennai", "Old No. 41, Ambattur Estate Road", "600058"),
    Place("33", "Coimbatore", "S.F. No. 210/2, Avinashi Road", "641014"),
    Place("24", "Ahmedabad", "C-1/405, GIDC Vatva Phase II", "382445"),
    Place("24", "Surat", "Shop 19, Ring Road Textile Arcade", "395002"),
    Place("07", "New Delhi", "2nd Floor, 7/14 Asaf Ali Road", "110002"),
    Place("06", "Gurugram", "Plot 332, Udyog Vihar Phase IV", "122015"),
    Place("09", "Noida", "B-61, Sector 63", "201301"),
    Place("19", "Kolkata", "23B Rabindra Sarani, Burrabazar", "700007"),
    Place("36", "Hyderabad", "5-9-22/1, Balanagar Cross Road", "500037"),
    Place("08", "Jaipur", "E-118, Sitapura Industrial Area", "302022"),
    Place("32", "Kochi", "38/1142, Edappally Toll Junction", "682024"),
)

BUYER_PLACES = (
    Place("27", "Mumbai", "Saptashrota House, 5 Sewree Cross Lane", "400015"),
    Place("29", "Bengaluru", "19/2, Residency Park Road", "560025"),
    Place("33", "Chennai", "3rd Floor, 77 Whites Lane, Royapettah", "600014"),
    Place("07", "New Delhi", "A-32, Okhla Phase I", "110020"),
)

NAMES = (
    "Tarangini", "Kalpavan", "Vyomtara", "Nilgandha", "Aarohanam", "Meghvarsha", "Suryashil", "Dhruvakshi",
    "Chandrabimb", "Pallavika", "Rudrakosh", "Amritveni", "Kaumudini", "Devsarita", "Gajvahan", "Lokranjani",
    "Panchavriksha", "Shwetambuj", "Yamunika", "Hemkanti", "Indrasopan", "Bhuvanjyot", "Jaldhara"
)  # fmt: skip

STATIONERY = Trade(
    ("Paper Mart", "Stationers", "Office Supplies LLP"),
    _items("""
        A4 copier paper 75 GSM, 500 sheets|480256|18|REAM|268.00|60
        Accounts register 4 quire, ruled|482010|18|NOS|145.50|40
        Ball point pen, blue, pack of 10|960810|18|PAC|96.00|50
        Self-adhesive packing tape 48 mm|391990|18|NOS|42.00|30
        Paper carry bag, medium|481940|5|NOS|8.75|500
        Corrugated carton 12x10x8 in|481910|5|NOS|31.25|400
    """),
)
COMPUTERS = Trade(
    ("Infosystems Pvt Ltd", "Computers", "Digital Solutions Pvt Ltd"),
    _items("""
        Laptop 14 in, Core i5, 16 GB, 512 GB SSD|84713010|18|NOS|58490.00|6
        Laser printer, monochrome, duplex|84433240|18|NOS|17850.00|4
        Wireless keyboard and mouse set|84716040|18|SET|1449.00|20
        External SSD 1 TB USB-C|85235100|18|NOS|6890.00|10
        Online UPS 1 kVA|85044010|18|NOS|9350.00|5
        Cat 6 patch cord 3 m|85444299|18|NOS|184.00|60
    """),
)
HARDWARE = Trade(
    ("Hardware Mart", "Fasteners", "Industrial Stores", "Engineering Works"),
    _items("""
        Hex bolt M12 x 50 mm, HT 8.8, zinc plated|731815|18|KGS|142.00|120
        Deep groove ball bearing 6205-2RS|848210|18|NOS|318.50|40
        V-belt B-52|401039|18|NOS|226.00|25
        Portland pozzolana cement, 50 kg|252329|18|BAG|342.00|150
        TMT bar Fe 500D, 12 mm|721420|18|KGS|54.60|2500
        Enamel paint, grey, 20 L|320890|18|DRM|4180.00|6
        Cotton waste for cleaning|520299|5|KGS|62.00|80
    """),
)
ELECTRICALS = Trade(
    ("Electricals", "Electric & Cable Co.", "Power Controls Pvt Ltd"),
    _items("""
        LED panel light 2x2 ft, 36 W|940511|18|NOS|1195.00|40
        MCB 32 A double pole, C curve|853620|18|NOS|486.00|30
        Copper flexible cable 2.5 sq mm, 90 m|854449|18|COI|2740.00|20
        Modular switch 6 A, one way|853650|18|NOS|38.40|200
        Exhaust fan 300 mm|841459|18|NOS|1680.00|12
    """),
)
FOODS = Trade(
    ("Foods", "Agro Products", "Provisions"),
    _items("""
        CTC tea, 1 kg pack|090240|5|PAC|412.00|60
        Filter coffee powder, 500 g|090121|5|PAC|265.00|50
        Basmati rice, 25 kg, packed and labelled|100630|5|BAG|2240.00|20
        Cashew kernels W320, 1 kg|080132|5|PAC|905.00|20
        Packaged drinking water 1 L, case of 12|220110|5|CTN|132.00|80
        Aerated lemon drink 300 ml, case of 24|220210|40|CTN|610.00|10
        Hand wash liquid 5 L|340130|18|CAN|545.00|20
    """),
)
CONSULTING = Trade(
    ("Advisors LLP", "Technologies Pvt Ltd", "Consultants"),
    _items("""
        Software development services, on site|998314|18|DAY|9500.00|22
        Annual software licence, 25 users|997331|18|OTH|86400.00|2
        Statutory compliance retainer|998221|18|MON|35000.00|3
        Cloud hosting and support|998315|18|MON|24750.00|6
        Staff training workshop|999293|18|DAY|28000.00|4
    """),
)
FACILITIES = Trade(
    ("Facility Services", "Security & Housekeeping", "Manpower Solutions"),
    _items("""
        Housekeeping staff, 8 hour shift|998533|18|DAY|742.00|150
        Lift maintenance, quarterly|998718|18|OTH|18600.00|2
        Pest control, office premises|998531|18|OTH|6400.00|3
        Pantry support staff|998519|18|DAY|768.00|60
    """),
)
TRANSPORT = Trade(
    ("Roadlines", "Cargo Carriers", "Transport Co."),
    _items("""
        Freight, full truck load 9 MT|996511|5|TRP|23400.00|4
        Freight, part load, per quintal|996511|5|QTL|186.00|90
    """),
)
EXEMPT = Trade(
    ("Vegetable Company", "Krishi Bhandar", "Farm Fresh"),
    _items("""
        Onion, Nashik red|070310|0|KGS|31.50|300
        Potato, table grade|070190|0|KGS|24.00|400
        Tomato, hybrid|070200|0|KGS|38.00|150
        Fresh cow milk, pouch 1 L|040120|0|LTR|54.00|200
    """),
)
RESTAURANT = Trade(
    ("Bhojanalaya", "Kitchen & Cafe", "Tiffin House"),
    _items("""
        Masala dosa|996331|5|NOS|110.00|4
        Veg thali|996331|5|NOS|240.00|4
        Paneer tikka|996331|5|NOS|285.00|2
        Filter coffee|996331|5|NOS|45.00|5
        Fresh lime soda|996331|5|NOS|70.00|3
    """),
)
TRADES = (STATIONERY, COMPUTERS, HARDWARE, ELECTRICALS, FOODS, CONSULTING, FACILITIES)
"""The trades that raise ordinary tax invoices; the others serve one kind of document each."""
