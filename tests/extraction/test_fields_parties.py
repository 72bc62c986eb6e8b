import pytest

from extraction.fields.gstins import mentions
from extraction.fields.names import alike, is_name
from extraction.fields.parties import buyer_names, vendor_names
from extraction.fields.place import places_of_supply, reverse_charges
from extraction.understand import understand
from tests.extraction.papers import INVOICE, VENDOR, sheet


def test_the_vendors_name_heads_its_block_and_signs_the_paper() -> None:
    laid_out = sheet(*INVOICE)
    own = [mention for mention in mentions(laid_out) if mention.value == VENDOR]
    assert vendor_names([laid_out], own)[0].value == "Sahyadri Pumps Pvt Ltd"


def test_the_buyers_name_stands_under_its_heading() -> None:
    assert buyer_names([sheet(*INVOICE)])[0].value == "Kutch Salt Works Limited"


@pytest.mark.parametrize(
    "text",
    [
        "Dated",
        "Plot No. 14, MIDC",
        "Maharashtra",
        "GSTIN: 27",
        "Original for Recipient",
        "www.pumps.example",
        "Energy Bill",
        "Booking ID",
        "Restaurant Name",
        "Receipt No : R/2627/0091",
        "Rupees in words: Ten Only",
        "07XTNFP3699G1ZX",
        "1c08beb7a96d4093f7aed74e21",
        "Sale Price Per",
    ],
)
def test_addresses_labels_and_small_print_are_no_names(text: str) -> None:
    assert not is_name(text)


def test_titles_of_a_table_are_no_names() -> None:
    titles = [
        (0.1, 0.13, "Unit Weight"),
        (0.3, 0.13, "HSN"),
        (0.4, 0.13, "Qty"),
        (0.5, 0.13, "Rate"),
        (0.6, 0.13, "Amount"),
    ]
    assert not buyer_names([sheet((0.1, 0.1, "Dispatch To"), *titles)])


def test_a_name_misread_in_one_place_is_given_as_the_others_print_it() -> None:
    words = [w for w in INVOICE if "Sahyadri" not in w[2]]
    words += [(0.05, 0.05, "Sahyadri Pumps Pvt Ltd"), (0.6, 0.9, "for Sahyadri PumpsEvtd")]
    words += [(0.05, 0.95, "A/c Holder Name : Sahyadri Pumps Pvt Ltd")]
    assert understand([sheet(*words)], []).invoice.vendor.name == "Sahyadri Pumps Pvt Ltd"


def test_in_a_column_of_labels_each_name_stands_beside_its_own() -> None:
    words = [(0.1, 0.1, "Invoice To"), (0.4, 0.1, "Kutch Salt Works"), (0.1, 0.115, "Customer Address")]
    assert buyer_names([sheet(*words, (0.1, 0.13, "Document"))])[0].value == "Kutch Salt Works"


def test_the_value_of_a_label_is_no_letterhead() -> None:
    words = [(0.1, 0.1, "Department"), (0.3, 0.1, "Controller of Measures"), (0.1, 0.15, "Flat/Block No.")]
    found = vendor_names([sheet(*words, (0.22, 0.15, "CHANDA CEMENT WORKS"))], [])
    assert [name.value for name in found] == ["Controller of Measures"] * 2


def test_a_shippers_own_name_heads_no_consignees_block() -> None:
    words = [(0.1, 0.03, "VAYU SHIPPING & LOGISTICS"), (0.1, 0.1, "Bhaskar Solar Limited")]
    assert vendor_names([sheet(*words)], [])[0].value == "VAYU SHIPPING & LOGISTICS"


def test_over_the_gstin_in_the_foot_stands_the_vendors_name() -> None:
    words = [(0.1, 0.03, "Bhaskar Solar Limited"), (0.1, 0.5, "Room Charge 5,250.00")]
    foot = [(0.1, 0.8, "Hotel Vayu Palace"), (0.1, 0.815, f"PAN: {VENDOR[2:12]}, GSTIN: {VENDOR}")]
    page = sheet(*words, *foot)
    assert vendor_names([page], mentions(page))[0].value == "Hotel Vayu Palace"


def test_names_are_alike_whatever_their_legal_form() -> None:
    assert alike("Sahyadri Pumps Private Limited", "SAHYADRI PUMPS PVT. LTD.")
    assert not alike("Sahyadri Pumps", "Kutch Salt Works")


def test_place_of_supply_is_a_state_code() -> None:
    assert [c.value for c in places_of_supply(sheet(*INVOICE))] == ["24"]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Reverse Charge : No", [False]),
        ("Reverse Charge (Y/N) : Y", [True]),
        ("GST payable by recipient", [True]),
        ("Reverse Charge (Y/N)", []),
    ],
)
def test_reverse_charge_is_read_only_where_it_is_answered(text: str, answer: list[bool]) -> None:
    assert [c.value for c in reverse_charges(sheet((0.1, 0.1, text)))] == answer
