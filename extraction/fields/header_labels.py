"""What vendors call an invoice's number and its date, and the numbers and dates of other papers."""

import re

from extraction.labels import Label, Vocabulary, label_in
from extraction.layout import Cell

PAPERS = (
    ("Invoice", 1.0), ("Tax Invoice", 1.0), ("Inv", 1.0), ("Invo", 1.0),
    ("Credit Note", 1.0), ("Debit Note", 1.0), ("Bill", 0.95), ("Bil", 0.9), ("Cash Memo", 0.9),
    ("Memo", 0.8),
    ("Receipt", 0.8), ("Document", 0.75), ("Doc", 0.75), ("Voucher", 0.6), ("Txn", 0.6), ("Transaction", 0.5),
    ("Slip", 0.6), ("Folio", 0.5), ("Bill of Supply", 1.0), ("Vch", 0.6),
    ("Memo of Fees", 0.9), ("Fee Note", 0.9),
)  # fmt: skip
"""What vendors call the paper, with how surely its number is the invoice's."""
NUMBER_TAILS = (
    "{} No", "{} Number", "{} #", "{} Serial No", "{} Serial Number", "{} Sr No", "{} Ref No",
    "{} Reference No", "Serial Number of {}", "Serial No of {}", "Sr No of {}", "No of {}", "Number of {}",
)  # fmt: skip
SHORT_TAILS = ("Nr", "Ref", "Reference", "Code", "S No", "ID")
DATE_TAILS = (
    "{} Date",
    "{} Dt",
    "Date of {}",
    "Date of Issue of {}",
    "Date & Time of {}",
    "{} Issue Date",
    "Dt of {}",
)
NUMBER_LABELS: Vocabulary = (
    *((tail.format(paper), score) for paper, score in PAPERS for tail in NUMBER_TAILS),
    ("Tax Invoice", 0.35), ("Invoice", 0.42), ("#", 0.6), ("Number", 0.5), ("No", 0.5),
    *((f"{paper} {tail}", 0.8) for paper in ("Invoice", "Inv", "Bill") for tail in SHORT_TAILS),
    ("Invoice / Bill No", 1.0), ("Consecutive Serial No", 0.8), ("C.M. No", 0.7),
    ("Statement No", 0.5), ("Statement Number", 0.5),
    ("Note No", 0.8), ("Note Number", 0.8),
    ("GRN", 0.3), ("Ref No", 0.25), ("Reference No", 0.25),
)  # fmt: skip
LAST_LABELS: Vocabulary = (
    ("Ticket No", 0.5), ("Trans No", 0.45), ("Transaction No", 0.45), ("Transaction ID", 0.45), ("GRN", 0.5),
    ("Our Ref", 0.5), ("Our Ref No", 0.5), ("Ref", 0.45), ("Ref No", 0.45), ("Reference No", 0.45),
    ("Challan No", 0.5), ("Token No", 0.4), ("Serial No", 0.4), ("S No", 0.35),
)  # fmt: skip
"""What numbers a paper that nowhere speaks of the number of an invoice, a bill or a receipt."""
MISREAD_DATES = ("Oate", "Dale", "Dote", "Datc", "Dato", "Dafe", "Dute")
DATE_LABELS: Vocabulary = (
    *((tail.format(paper), score) for paper, score in PAPERS for tail in DATE_TAILS),
    ("Date of Issue", 0.8), ("Issue Date", 0.8), ("Issued On", 0.8), ("Billing Date", 0.8),
    ("Statement Date", 0.6), ("Dated", 0.6), ("Date", 0.55), ("Dt", 0.4), ("Date & Time", 0.5),
    *((misread, 0.45) for misread in MISREAD_DATES),
    ("Date & Time of Issue", 0.8), ("Date and Time of Issue", 0.8), ("Date and Time", 0.5), ("Dtd", 0.5),
    ("Date and Time of Issue of Invoice", 1.0), ("Posting Date", 0.4), ("Note Date", 0.8),
    ("Ack Date", 0.3), ("Ack Dt", 0.3), ("Date of Supply", 0.3), ("Date of Removal", 0.3),
    ("Date & Time of Removal", 0.3),
)  # fmt: skip
OTHER_PAPERS = (
    "eway", "way", "airway", "original", "proforma", "performa", "against", "order", "po", "wo", "challan",
    "dc", "lr", "gr", "ack", "acknowledgement", "due", "delivery", "note", "reference", "ref", "previous",
    "supplier", "vendor", "payment", "valid", "validity", "print", "contract", "agreement", "lorry",
    "docket", "dispatch", "cheque", "bank", "account", "phone", "mobile", "vehicle", "arrival",
    "departure", "checkin", "checkout", "from", "to", "rr", "awb", "license", "licence", "grn", "expiry",
    "mfg", "udyam", "period", "quotation", "indent", "requisition", "asn", "sign", "signed", "manual",
    "created", "generated", "amendment", "old", "adv", "advance", "pay", "paid", "by", "dispatched",
    "statement", "cust", "customer", "shipping", "transport", "pnr", "ticket", "lot", "batch",
    "item", "page", "goods", "inward", "consignment", "advice",
)  # fmt: skip
SURE_PAPER = 0.6
"""Score of a number's label from which a bare ``Date`` beside it is the invoice's."""
BOTH = re.compile(r"(?:/|&|\bcum|\bor)\s*$", re.IGNORECASE)
OWN_NUMBER = re.compile(r"\b(?:no|number|ref)\b\W*$", re.IGNORECASE)


def of_another_paper(label: Label) -> bool:
    """Whether the words before the label name another paper, such as ``e-Way Bill No``."""
    if BOTH.search(label.before) and not OWN_NUMBER.search(label.before):
        return False  # "Challan / Invoice No" numbers both, "Order No. / Date" is of the order
    words = re.findall(r"[a-z]+", label.before.lower().replace(".", ""))
    return any(word in OTHER_PAPERS for word in words[-3:])


def names_number(cell: Cell) -> bool:
    """Whether a cell holds the label of the invoice's own number."""
    label = label_in(cell, NUMBER_LABELS)
    return label is not None and label.score >= SURE_PAPER and not of_another_paper(label)
