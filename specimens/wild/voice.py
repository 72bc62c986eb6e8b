"""One vendor's way of saying things: wordings, dates and amounts as Indian papers print them."""

import datetime as dt
import random
from decimal import Decimal

from specimens.money import grouped, in_words

WORDINGS: dict[str, tuple[str, ...]] = {
    "number": (
        "Invoice No.", "Bill No.", "Inv #", "Invoice #", "Tax Invoice No", "Voucher No.", "Document No.",
        "Invoice Serial No.", "Inv. No.", "Bill Number", "Invoice Number", "Our Invoice No",
        "Tax Invoice Number", "Doc. No.", "Memo No.", "Invoice Ref. No.", "Sr. No. of Invoice", "No.",
    ),
    "date": (
        "Dated", "Invoice Date", "Date", "Bill Date", "Inv. Dt.", "Date of Issue", "Dt.", "Document Date",
        "Date of Invoice", "Bill Dt", "Issued On", "Billing Date", "Doc. Date", "Invoice Dt.",
    ),
    "gstin": (
        "GSTIN", "GSTIN/UIN", "GST No.", "GSTIN No.", "GST Reg. No.", "GST IN", "GSTIN :-", "GST Number",
        "GST Registration No", "GSTN", "GST ID", "GST", "GST Reg No",
    ),
    "vendor_gstin": ("GSTIN", "GSTIN/UIN", "GST No.", "Our GSTIN", "Company GSTIN", "GSTIN of Supplier",
                     "Supplier GSTIN", "GST Reg. No.", "GSTIN No"),
    "buyer_gstin": (
        "GSTIN", "GSTIN/UIN", "Party GSTIN", "Customer GSTIN", "GSTIN/Unique ID", "Buyer GST No",
        "GSTIN of Recipient", "Client GSTIN", "GST No.", "Recipient GSTIN", "Cust GST No.", "GST IN",
    ),
    "buyer": (
        "Bill To", "Billed To", "Buyer (Bill to)", "M/s.", "To,", "Details of Receiver | Billed to",
        "Customer Details", "Party Details", "Name & Address of Customer", "Invoice To", "Sold To", "Client",
        "Details of Receiver (Billed to)", "Bill-to Party", "Customer Name & Address", "Billing Address",
        "Recipient Details", "Buyer", "Customer", "Buyer Name & Address", "Purchaser",
    ),
    "ship": (
        "Ship To", "Consignee (Ship to)", "Details of Consignee | Shipped to", "Delivery At", "Consignee",
        "Shipped To", "Ship-to Party", "Place of Delivery", "Delivery Address", "Shipping Address",
    ),
    "place": ("Place of Supply", "POS", "Place Of Supply (State)", "Place of Supply / State Code"),
    "po": ("P.O. No.", "Buyer's Order No.", "Order No", "PO Number", "Your Order Ref", "Work Order No.",
           "Purchase Order", "Customer PO", "Ref. No."),
    "po_date": ("P.O. Date", "Order Date", "Dated", "PO Dt.", "WO Date"),
    "due": ("Due Date", "Payment Due By", "Pay By", "Due On"),
    "taxable": (
        "Taxable Value", "Sub Total", "Total Amount Before Tax", "Basic Amount", "Taxable Amount",
        "Assessable Value", "Total", "Gross Amount", "Sub-Total", "Total Taxable Value", "Amount",
        "Net Total",
        "Total Basic Value", "Value before Tax",
    ),
    "total": (
        "Grand Total", "Total Amount After Tax", "Invoice Total", "Net Payable", "Bill Amount", "TOTAL",
        "Total Invoice Value (In figure)", "Amount Payable", "Net Amount", "Total (Rs.)", "Payable Amount",
        "Invoice Value", "Total Invoice Amount", "Total Amount", "Net Amount Payable", "Final Amount",
        "Total Payable Amount", "Balance Due", "Amount Due", "Total Due", "Total Bill Value",
        "Total Value of Invoice", "Net Bill Amount", "Gross Total",
    ),
    "round": ("Round Off", "Rounded Off (+/-)", "R/O", "Rounding", "Round off Adj.", "Rounding Adjustment"),
    "tax": ("{head} @ {rate}%", "Add : {head} {rate}%", "{head} ({rate}%)", "Output {head} @{rate}%",
            "{head}",
            "{head} {rate} %", "{head}@{rate}", "Add: {head}", "{head} Amount"),
    "words": ("Amount in Words", "Rupees in words", "Amount Chargeable (in words)", "In Words", "Rupees",
              "Total Invoice Amount in words", "Invoice Value (In Words)", "Amt in words"),
    "sl": ("Sl No", "S.No.", "Sr.", "#", "Sr No", "SNo", "Sl."),
    "description": (
        "Description of Goods", "Particulars", "Description", "Item & Description", "Product Name",
        "Name of Product / Service", "Description of Goods and Services", "Item Description", "Product",
        "Nature of Service", "Material Description", "Item Name", "Details", "Service Description",
    ),
    "hsn": ("HSN/SAC", "HSN Code", "HSN", "SAC", "HSN/ SAC Code", "HSN / SAC", "SAC Code", "HSN Cd"),
    "quantity": ("Qty", "Quantity", "Qty.", "QTY", "Nos", "Billed Qty", "Qnty", "Total Qty"),
    "unit": ("UOM", "Unit", "per", "Units", "U.O.M."),
    "price": ("Rate", "Unit Price", "Price", "Rate (Rs.)", "Price/Unit", "Rate Per Unit", "Basic Rate",
              "Unit Rate", "Rate/Unit"),
    "discount": ("Disc.", "Discount", "Less: Disc", "Disc Amt"),
    "amount": ("Amount", "Taxable Value", "Amount (Rs.)", "Total", "Taxable Amt", "Amount (INR)", "Value",
               "Net Amount", "Taxable Amount", "Total Value"),
    "gross": ("Total", "Total Amount", "Net Value", "Amount (incl. tax)", "Line Total", "Total Amt"),
    "rate": ("GST %", "GST Rate", "Tax %", "GST", "IGST %", "Tax Rate", "GST(%)"),
    "account": ("A/c No.", "Account No", "Account Number", "A/C NO", "Bank A/c No.", "Current A/c No",
                "Acc. No"),
    "ifsc": ("IFSC", "IFSC Code", "Branch & IFS Code", "RTGS/NEFT IFSC Code", "IFS Code", "Bank IFSC"),
}  # fmt: skip

DATE_FORMS = (
    "%d-%b-%y", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %B %Y", "%B %d, %Y", "%d-%b-%Y", "%d/%m/%y",
    "%d-%m-%y", "%Y-%m-%d", "%d %b, %Y", "%d/%m/%Y 14:32", "%d-%b-%Y 11:05 AM", "%d%S %B, %Y", "%d.%m.%y",
    "%d/%b/%Y", "%b %d, %Y", "%d %b %y",
)  # fmt: skip
_ORDINALS = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}


class Voice:
    """Draws each wording once and then keeps to it, as a vendor's template does."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self._said: dict[str, str] = {}
        self._upper = rng.random() < 0.2
        self._colon = rng.choice((":", " :", ":", ":-", "", " -"))
        self._date_form = rng.choice(DATE_FORMS)
        self._grouping = rng.choice(("lakh", "lakh", "lakh", "thousand", "none"))
        self._sign = rng.choice(("", "", "", "Rs. ", "Rs ", "INR "))
        self._words_form = rng.choice(
            (
                "Rupees {} Only",
                "INR {} Only",
                "Indian Rupees {} Only",
                "Rs. {} only",
                "{} Rupees Only",
                "{} Only",
            )
        )
        self._upper_words = rng.random() < 0.3

    def __call__(self, thing: str) -> str:
        """The vendor's wording for a thing."""
        if thing not in self._said:
            word = self.rng.choice(WORDINGS[thing])
            self._said[thing] = word.upper() if self._upper else word
        return self._said[thing]

    def label(self, thing: str) -> str:
        """The wording with the vendor's mark behind it."""
        word = self(thing)
        return word if word.endswith((",", ":-")) else word + self._colon

    def date(self, day: dt.date) -> str:
        """A day in the vendor's form."""
        return day.strftime(self._date_form.replace("%S", _ORDINALS.get(day.day, "th")))

    def plain_date(self, day: dt.date) -> str:
        """A day in the vendor's form, without the hour."""
        return self.date(day).removesuffix(" 14:32").removesuffix(" 11:05 AM")

    def figure(self, amount: Decimal | None) -> str:
        """An amount with the vendor's grouping; empty for None."""
        if amount is None:
            return ""
        if self._grouping == "lakh":
            return grouped(amount)
        return f"{amount:,.2f}" if self._grouping == "thousand" else f"{amount:.2f}"

    def money(self, amount: Decimal | None) -> str:
        """An amount with the vendor's currency sign."""
        return f"{self._sign}{self.figure(amount)}" if amount is not None else ""

    def in_words(self, amount: Decimal) -> str:
        """The amount spelled."""
        text = self._words_form.format(in_words(amount))
        return text.upper() if self._upper_words else text

    def tax(self, head: str, rate: Decimal) -> str:
        """A tax head's line in the footer."""
        if "tax" not in self._said:
            self._said["tax"] = self.rng.choice(WORDINGS["tax"])
        text = self._said["tax"].format(head=head, rate=f"{rate.normalize():f}")
        return text.upper() if self._upper else text
