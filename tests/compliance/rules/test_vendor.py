"""Names on paper against names on record."""

import pytest

from compliance.rules.vendor import names_agree


@pytest.mark.parametrize(
    ("printed", "known"),
    [
        ("M/s. Tarangini Hardware Mart", "TARANGINI HARDWARE MART"),
        ("Tarangini Infosystems Pvt. Ltd.", "TARANGINI INFOSYSTEMS PRIVATE LIMITED"),
        ("Tarangini", "TARANGINI INFOSYSTEMS PRIVATE LIMITED"),
        ("Taranglni lnfosystems", "TARANGINI INFOSYSTEMS PRIVATE LIMITED"),
        ("THE NILGANDHA CO", "Nilgandha Company"),
        ("Nilgandha (Unit 3) 2025-26", "Nilgandha Cables Limited"),
        ("", "Nilgandha"),
    ],
)
def test_prints_of_one_name_agree(printed: str, known: str) -> None:
    assert names_agree(printed, known)


@pytest.mark.parametrize(
    ("printed", "known"),
    [
        ("Tarangini Enterprises", "Devsarita Enterprises"),
        ("Nilgandha Foods", "Gajvahan Roadlines Private Limited"),
        ("Amritveni Technologies", "Kaumudini Technologies Pvt Ltd"),
    ],
)
def test_other_names_do_not_agree(printed: str, known: str) -> None:
    assert not names_agree(printed, known)
