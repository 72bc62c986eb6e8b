"""What the fields of an invoice are called."""

FIELDS = {
    "kind": "Kind",
    "invoice_number": "Invoice number",
    "invoice_date": "Invoice date",
    "place_of_supply": "Place of supply",
    "reverse_charge": "Reverse charge",
    "currency": "Currency",
    "irn": "IRN",
    "vendor_name": "Vendor",
    "vendor_gstin": "Vendor GSTIN",
    "buyer_name": "Buyer",
    "buyer_gstin": "Buyer GSTIN",
    "bank_account": "Bank account",
    "taxable_value": "Taxable value",
    "discount": "Discount",
    "cgst": "CGST",
    "sgst": "SGST / UTGST",
    "igst": "IGST",
    "cess": "Cess",
    "other_charges": "Other charges",
    "tcs": "TCS",
    "round_off": "Round off",
    "grand_total": "Grand total",
}

AMOUNTS = frozenset(
    {"taxable_value", "discount", "cgst", "sgst", "igst", "cess", "other_charges", "tcs", "round_off"}
    | {"grand_total"}
)

CURRENCIES = ("INR", "USD", "EUR", "GBP", "AED", "SGD", "JPY")
