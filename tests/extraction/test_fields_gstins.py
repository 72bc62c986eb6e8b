import pytest

from extraction.fields.gstins import Role, mentions, mentions_on
from extraction.solve.parties import gstins_by_role
from gst import gstin
from tests.extraction.papers import BUYER, INVOICE, VENDOR, sheet


def roles(*words: tuple[float, float, str]) -> tuple[str | None, str | None]:
    """The vendor's and the buyer's GSTIN."""
    vendor, buyer = gstins_by_role(mentions(sheet(*words)))
    return vendor[0].value if vendor else None, buyer[0].value if buyer else None


def test_the_block_tells_whose_gstin_it_is() -> None:
    assert roles(*INVOICE) == (VENDOR, BUYER)


def test_side_by_side_blocks_are_kept_apart() -> None:
    words = [
        (0.05, 0.1, f"GST No {VENDOR}"),
        (0.05, 0.2, "Billed to"),
        (0.55, 0.2, "Shipped to"),
        (0.05, 0.25, f"GSTIN {BUYER}"),
        (0.55, 0.25, f"GSTIN {BUYER}"),
    ]
    found = mentions(sheet(*words))
    assert [mention.role for mention in found] == [None, Role.BUYER, Role.SHIP_TO]
    assert roles(*words) == (VENDOR, BUYER)


@pytest.mark.parametrize(
    ("vendor", "buyer"), [("Our GSTIN", "Client's GSTIN"), ("Company's GST No", "Customer GST No")]
)
def test_a_label_that_names_the_owner_outranks_the_place(vendor: str, buyer: str) -> None:
    assert roles((0.1, 0.1, f"{buyer}: {BUYER}"), (0.1, 0.8, f"{vendor}: {VENDOR}")) == (VENDOR, BUYER)


def test_a_misread_character_is_put_right_and_counted() -> None:
    (mention,) = mentions(sheet((0.1, 0.1, "GSTIN: " + VENDOR.replace("AAACV1234F", "AAACVI234F"))))
    assert (mention.value, mention.changes) == (VENDOR, 1)


def test_a_gstin_in_a_comb_of_boxes_or_cut_at_the_edge_of_a_column_is_put_together() -> None:
    comb = [(0.2 + 0.03 * at, 0.1, character) for at, character in enumerate(VENDOR)]
    (mention,) = mentions(sheet((0.1, 0.1, "GSTIN"), *comb))
    assert (mention.value, mention.changes) == (VENDOR, 0)
    assert mention.cell.box.left == pytest.approx(0.2)
    assert mention.cell.box.right > 0.6
    (mention,) = mentions(sheet((0.1, 0.1, f"GSTIN: {VENDOR[:9]}"), (0.1, 0.115, VENDOR[9:])))
    assert mention.value == VENDOR


def test_other_codes_are_no_gstins() -> None:
    assert not mentions(sheet((0.1, 0.1, "IRN 1a2b3c4d5e6f7a8b9c"), (0.1, 0.2, "UDYAM-KR-03-0012345")))


def test_the_only_gstin_of_a_paper_is_the_vendors_unless_it_stands_with_the_buyer() -> None:
    assert roles((0.1, 0.05, f"GSTIN {VENDOR}")) == (VENDOR, None)
    assert roles((0.1, 0.2, "Bill to"), (0.1, 0.25, f"GSTIN {BUYER}")) == (None, BUYER)


def test_a_companys_own_gstin_is_told_from_a_hotel_guests() -> None:
    own = [(0.1, 0.1, f"Company GSTIN: {VENDOR}"), (0.1, 0.2, "Bill To"), (0.1, 0.24, f"GSTIN: {BUYER}")]
    assert roles(*own) == (VENDOR, BUYER)
    assert roles((0.4, 0.05, f"GSTIN: {VENDOR}"), (0.1, 0.2, f"Company GSTIN: {BUYER}")) == (VENDOR, BUYER)


def test_printed_pans_settle_which_misread_gstin_is_meant() -> None:
    misread = VENDOR[:-1] + {"0": "O", "O": "0", "1": "I", "5": "S"}.get(VENDOR[-1], VENDOR[-1])
    found = mentions(sheet((0.1, 0.1, f"GSTIN: {misread}"), (0.1, 0.2, f"PAN : {VENDOR[2:12]}")))
    assert [mention.value for mention in found] == [VENDOR]


def test_once_the_vendor_is_proven_another_firms_gstin_is_the_buyers() -> None:
    sister = "24" + VENDOR[2:14]
    sister += gstin.check_character(sister)
    words = [(0.1, 0.1, f"GSTIN {VENDOR}"), (0.1, 0.12, f"GSTIN {sister}"), (0.1, 0.2, f"GSTIN {BUYER}")]
    _, buyer = gstins_by_role(mentions(sheet(*words)), VENDOR)
    assert buyer
    assert buyer[0].value == BUYER


def test_who_only_gets_the_goods_is_not_the_buyer() -> None:
    other = "29AAACQ4321K1Z" + gstin.check_character("29AAACQ4321K1Z")
    words = [
        (0.05, 0.05, f"GSTIN {VENDOR}"),
        (0.05, 0.2, "To,"),
        (0.55, 0.2, "Shipped to"),
        (0.05, 0.25, f"GSTIN {BUYER}"),
        (0.55, 0.25, f"Party GSTIN {other}"),
    ]
    assert roles(*words) == (VENDOR, BUYER)


def test_a_label_that_a_gap_cut_off_still_names_the_owner() -> None:
    words = [(0.1, 0.1, f"GSTIN: {VENDOR}"), (0.5, 0.1, "Your"), (0.55, 0.1, f"GSTIN: {BUYER}")]
    assert roles(*words) == (VENDOR, BUYER)
    assert mentions(sheet(*words))[1].role is Role.BUYER


def test_of_two_gstins_labelled_as_the_buyers_the_one_in_his_block_is_meant() -> None:
    other = "29AAACQ4321K1Z" + gstin.check_character("29AAACQ4321K1Z")
    words = [(0.05, 0.05, f"GSTIN {VENDOR}"), (0.05, 0.1, f"Customer GSTIN {other}"), (0.5, 0.2, "Bill to")]
    assert roles(*words, (0.5, 0.25, f"Customer GSTIN {BUYER}")) == (VENDOR, BUYER)


@pytest.mark.parametrize(
    ("read", "witness"),
    [
        (VENDOR[:12] + "/Z" + VENDOR[-1], "Code: 27"),  # a one read as a stroke
        (VENDOR.replace("1234", "1284"), f"PAN : {VENDOR[2:12]}"),
        (VENDOR.replace("1234", "124"), f"PAN : {VENDOR[2:12]}"),  # a digit lost
        (VENDOR.replace("1234", "1Z84"), f"PAN : {VENDOR[2:12]}"),
        (VENDOR.replace("27AAACV1234F1", "21AAACV1234F7"), f"GSTIN: {VENDOR}"),
        (VENDOR.replace("1234", "7234"), f"GSTIN {VENDOR.replace('AAAC', 'AAAG')}"),  # misread in two ways
    ],
)
def test_a_misread_gstin_is_told_by_a_second_witness(read: str, witness: str) -> None:
    found = mentions_on([sheet((0.1, 0.1, f"GSTIN: {read}"), (0.1, 0.5, witness))])
    assert found.told[0].value == VENDOR
    assert found.told[0].changes


def test_a_gstin_misread_alike_in_both_prints_has_no_witness() -> None:
    read = VENDOR.replace("1234", "7234")
    found = mentions_on([sheet((0.1, 0.1, f"GSTIN: {read}"), (0.1, 0.5, f"GSTIN {read}"))])
    assert not found.told
    assert VENDOR in {guess.value for guess in found.guesses}


@pytest.mark.parametrize("label", ["Transporter GSTIN", "GSTIN of e-commerce operator", "Bank's GSTIN"])
def test_a_strangers_gstin_is_no_partys(label: str) -> None:
    found = mentions(sheet((0.1, 0.1, f"GSTIN: {VENDOR}"), (0.1, 0.3, f"{label}: {BUYER}")))
    assert [mention.role for mention in found] == [None, Role.STRANGER]


def test_in_the_foot_the_vendors_gstin_stands_with_his_other_registrations() -> None:
    foot = [(0.1, 0.8, f"PAN: {VENDOR[2:12]}, GSTIN: {VENDOR}"), (0.1, 0.82, "CIN: U51909KA2011PTC058213")]
    assert roles((0.1, 0.05, f"GST ID : {BUYER}"), (0.1, 0.4, "Room Charge"), *foot) == (VENDOR, BUYER)
