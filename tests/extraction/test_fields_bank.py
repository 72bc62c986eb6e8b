from extraction.fields.bank import account_numbers, branches, codes
from extraction.fields.pans import vendor_pans
from tests.extraction.papers import BUYER, VENDOR, sheet

ACCOUNT = ((0.5, 0.70, "Bank Name : Sahyog Nagarik Bank"), (0.5, 0.72, "A/c No. : 0144 9276 0193 38"))


def test_an_account_stands_at_its_label_beside_its_branch() -> None:
    paper = sheet(*ACCOUNT, (0.5, 0.74, "Branch & IFS Code : Kothrud & SHYG0821466"))
    number = account_numbers([paper])[0]
    assert number.value == "01449276019338"
    assert branches([paper], number.cell)[0].value == "SHYG0821466"


def test_the_branch_nearest_to_the_account_is_its_own() -> None:
    paper = sheet((0.1, 0.2, "Your bank: UTYB0111111"), *ACCOUNT, (0.5, 0.74, "IFSC SHYG0821466"))
    assert branches([paper], account_numbers([paper])[0].cell)[0].value == "SHYG0821466"


def test_a_customers_number_is_no_account_of_a_bank() -> None:
    assert account_numbers([sheet((0.5, 0.1, "Account No : 102345678901"))]) == []
    assert account_numbers([sheet((0.5, 0.1, "Customer Account No : 102345678901"), *ACCOUNT[:1])]) == []


def test_a_zero_read_as_a_letter_is_put_right_and_words_are_no_codes() -> None:
    assert list(codes("IFSC: SHYGO821466 / BARB0INDVAT")) == ["SHYG0821466", "BARB0INDVAT"]
    assert list(codes("RTGSOFFICES")) == []


def test_a_printed_pan_is_the_vendors_when_its_gstin_holds_it() -> None:
    paper = sheet((0.1, 0.3, f"PAN : {BUYER[2:12]}"), (0.1, 0.8, f"Company's PAN : {VENDOR[2:12]}"))
    assert [c.value for c in vendor_pans([paper], VENDOR, BUYER)] == [VENDOR[2:12]]


def test_without_a_gstin_only_an_own_pan_counts() -> None:
    paper = sheet((0.1, 0.3, "PAN : AAAPB1234C"), (0.1, 0.8, "PAN : AAAPV1234C"))
    assert [c.value for c in vendor_pans([paper], None, None)] == ["AAAPV1234C"]
