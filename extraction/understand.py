"""From words with boxes and decoded QR codes to an invoice with evidence: the offline reader's mind."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from extraction.evidence import Code, Evidence, gather
from extraction.fields.bank import account_numbers, branches
from extraction.fields.candidate import Candidate
from extraction.fields.currency import currency
from extraction.fields.kind import Marks, choose_kind
from extraction.fields.names import alike
from extraction.fields.pans import vendor_pans
from extraction.fields.parties import best_print, buyer_names, vendor_names
from extraction.fields.references import acknowledgement, references
from extraction.fields.totals import Head
from extraction.layout import Sheet
from extraction.solve.choice import Choice
from extraction.solve.header import Header, solve_header, trusted_facts
from extraction.solve.line_evidence import Choices, with_rate
from extraction.solve.lines import solve_items
from extraction.solve.rates import with_rates
from extraction.solve.sums import Pool, hints
from extraction.solve.totals import Footer, solve_footer
from gst import states
from gst.invoice import INVOICE_KINDS, BankAccount, DocumentKind, Invoice, Line, Party, TaxAmounts, Totals
from gst.money import agree

EXEMPT = re.compile(r"\bnon\W*(?:tax|gst)|\bexempt|\bnil\W*rated", re.IGNORECASE)
ENOUGH = 2
"""Parties to a supply."""
AMENDING = (DocumentKind.CREDIT_NOTE, DocumentKind.DEBIT_NOTE)


@dataclass(frozen=True, slots=True)
class Understanding:
    """The invoice with the choice behind each value, by the keys of the public JSON."""

    invoice: Invoice
    choices: dict[str, Choice[Any]]
    seen: Evidence
    footer: Footer
    line_choices: tuple[Choices, ...] = ()  # for each line, by the names of its cells

    @property
    def is_invoice(self) -> bool:
        """Whether the paper bills a supply."""
        return self.invoice.kind in INVOICE_KINDS


def understand(sheets: Sequence[Sheet], codes: Sequence[Code]) -> Understanding:
    """What the pages of one invoice say."""
    seen = gather(sheets, codes)
    header = solve_header(seen)
    facts = trusted_facts(seen)
    items = solve_items(seen.sheets, Pool(seen.money))
    told = hints(
        seen.spelled,
        facts.total if facts else None,
        items.lines,
        within_state(header, seen),
        exempt=any(EXEMPT.search(cell.text) for sheet in seen.sheets for cell in sheet.cells),
    )
    footer = solve_footer(seen, told)
    choices = choices_of(seen, header, footer)
    invoice = invoice_of(choices, with_rates(items.lines, seen, footer))
    invoice = replace(
        invoice,
        totals=replace(invoice.totals, amount_in_words=in_words(seen, invoice.totals.grand_total)),
        currency=currency(seen.sheets),
        acknowledgement=acknowledgement(seen.sheets),
        references=references(seen.sheets) if choices["kind"].value in AMENDING else (),
    )
    line_choices = tuple(map(with_rate, items.choices, invoice.lines))
    return Understanding(invoice, choices, seen, footer, line_choices)


def choices_of(seen: Evidence, header: Header, footer: Footer) -> dict[str, Choice[Any]]:
    """The choice for each value that is known, by the keys of the public JSON."""
    vendor, buyer = names(seen, header)
    account = first_choice(account_numbers(seen.sheets))
    found = {
        "kind": kind_of(seen, header, footer, named=buyer is not None),
        **{head.value: choice for head, choice in footer.choices.items()},
        "invoice_number": header.number,
        "invoice_date": header.date,
        "vendor_gstin": header.vendor_gstin,
        "buyer_gstin": header.buyer_gstin,
        "irn": header.irn,
        "vendor_name": vendor,
        "buyer_name": buyer,
        "place_of_supply": first_choice(seen.places),
        "reverse_charge": first_choice(seen.charges),
        "vendor_pan": first_choice(pans_of_vendor(seen, header)),
        "bank_account": account,
        "bank_ifsc": first_choice(branches(seen.sheets, account.cell if account else None)),
    }
    return {name: choice for name, choice in found.items() if choice is not None}


def kind_of(seen: Evidence, header: Header, footer: Footer, *, named: bool) -> Choice[DocumentKind]:
    """What the paper is; ``named``: whether it names a buyer."""
    taxed = bool(footer.choices.keys() & {Head.CGST, Head.IGST}) or any(c.value for c in seen.charges)
    marks = Marks(
        registered=header.document_type,
        numbered=header.number is not None,
        labelled=header.number is not None and header.number.proof != "weak",
        totalled=Head.GRAND_TOTAL in footer.choices,
        taxed=taxed,
        gstin=header.vendor_gstin is not None,
        buyer=header.buyer_gstin is not None or named,
    )
    kind, reason, score = choose_kind(seen.titles, marks)
    return Choice(kind, "label", reason, strength=score)


def within_state(header: Header, seen: Evidence) -> bool | None:
    """Whether vendor and buyer are registered in one State; None when one of them is not known.

    Of a GSTIN that is not legible the first two digits, its State, may be.
    """
    known = [choice.value[:2] for choice in (header.vendor_gstin, header.buyer_gstin) if choice]
    read = {mention.value[:2] for mention in seen.illegible if states.get(mention.value[:2])}
    codes = [*known, *read] if len(read) < ENOUGH else known
    return codes[0] == codes[1] if len(codes) == ENOUGH else None


def first_choice(candidates: Sequence[Candidate[Any]]) -> Choice[Any] | None:
    """The best candidate as a choice."""
    if not candidates:
        return None
    best = candidates[0]
    return Choice(
        best.value, "label", best.reason, best.cell, strength=best.score, rejected=tuple(candidates[1:4])
    )


def names(seen: Evidence, header: Header) -> tuple[Choice[str] | None, Choice[str] | None]:
    """The vendor's and the buyer's name; one name cannot be both."""
    vendor_gstin = header.vendor_gstin.value if header.vendor_gstin else None
    buyers = buyer_names(seen.sheets)
    buyer = buyers[0] if buyers else None
    vendors = vendor_names(seen.sheets, [m for m in seen.mentions if m.value == vendor_gstin])
    others = [v for v in vendors if not any(alike(v.value, b.value) for b in buyers[:1])]
    best = [best_print(others[0], others), *others[1:]] if others else []
    return first_choice(best), first_choice([buyer]) if buyer else None


def pans_of_vendor(seen: Evidence, header: Header) -> list[Candidate[str]]:
    """PANs that may be the vendor's."""
    vendor, buyer = (choice.value if choice else None for choice in (header.vendor_gstin, header.buyer_gstin))
    return vendor_pans(seen.sheets, vendor, buyer)


def party(name: str | None, gstin: str | None, pan: str | None = None) -> Party:
    """A party; the first two digits of a GSTIN are its State."""
    return Party(name=name, gstin=gstin, state_code=gstin[:2] if gstin else None, pan=pan)


def bank_account(number: str | None, ifsc: str | None) -> BankAccount | None:
    """The account to pay to, if anything of it is printed."""
    return BankAccount(number=number, ifsc=ifsc) if number or ifsc else None


def in_words(seen: Evidence, total: Decimal | None) -> str | None:
    """The total in words as printed; words that break off go on where they were not found, and are none."""
    of_total = [spelled for spelled in seen.spelled if not spelled.of_tax]
    fitting = [s for s in of_total if total is not None and agree(s.value, total)]
    whole = [s for s in of_total if s.is_whole]
    return next((spelled.text for spelled in (*fitting, *whole)), None)


def invoice_of(choices: Mapping[str, Choice[Any]], lines: tuple[Line, ...]) -> Invoice:
    """The choices as an invoice."""
    value = {name: choice.value for name, choice in choices.items()}
    return Invoice(
        kind=value["kind"],
        number=value.get("invoice_number"),
        date=value.get("invoice_date"),
        vendor=party(value.get("vendor_name"), value.get("vendor_gstin"), value.get("vendor_pan")),
        buyer=party(value.get("buyer_name"), value.get("buyer_gstin")),
        place_of_supply=value.get("place_of_supply"),
        reverse_charge=value.get("reverse_charge"),
        lines=lines,
        totals=Totals(
            taxable_value=value.get("taxable_value"),
            taxes=TaxAmounts(
                cgst=value.get("cgst"), sgst=value.get("sgst"), igst=value.get("igst"), cess=value.get("cess")
            ),
            other_charges=value.get("other_charges"),
            tcs=value.get("tcs"),
            round_off=value.get("round_off"),
            grand_total=value.get("grand_total"),
        ),
        irn=value.get("irn"),
        bank_account=bank_account(value.get("bank_account"), value.get("bank_ifsc")),
    )
