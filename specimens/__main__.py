"""``python -m specimens`` writes the files of ``samples/``; every run gives the same bytes."""

from pathlib import Path

from gst.invoice import DocumentKind
from specimens.faults import letter, wrong_total
from specimens.firms import BUYERS
from specimens.generate import sample_invoice
from specimens.portal import sandbox_key, signed_qr
from specimens.render import render_pdf
from specimens.scanner import photograph, scan

SAMPLES = Path(__file__).parent.parent / "samples"


def sample_files() -> dict[str, tuple[bytes, str]]:
    """Name, content and what to expect of each file."""
    digital = sample_invoice(101, inter_state=False, e_invoice=True, line_count=4)
    paper = sample_invoice(205, inter_state=False, e_invoice=False, line_count=3)
    bill = sample_invoice(31, kind=DocumentKind.RECEIPT, line_count=4)
    inter = sample_invoice(452, inter_state=True, e_invoice=True, line_count=6)
    credit = sample_invoice(77, kind=DocumentKind.CREDIT_NOTE, inter_state=False, line_count=2)
    faulty = wrong_total(sample_invoice(58, inter_state=False, e_invoice=False, line_count=3))
    tax_invoice = render_pdf(digital, qr_text=signed_qr(digital, sandbox_key()))
    photo = photograph(render_pdf(bill, style="cash_memo"), dpi=220, seed=3)
    return {
        "tax-invoice.pdf": (tax_invoice, "a digital e-invoice with its signed QR code"),
        "tax-invoice-scan.pdf": (scan(render_pdf(paper), seed=1), "an office scan, without text layer"),
        "restaurant-bill-photo.jpg": (photo, "a phone photo of a restaurant bill"),
        "inter-state.pdf": (render_pdf(inter, style="modern"), "six lines, IGST"),
        "credit-note.pdf": (render_pdf(credit), "a credit note that names its invoice"),
        "wrong-total.pdf": (render_pdf(faulty, style="modern"), "the total is Rs. 900 too high"),
        "tax-invoice-again.pdf": (tax_invoice, "tax-invoice.pdf under another name: an exact duplicate"),
        "not-an-invoice.pdf": (letter(9), "a vendor's letter"),
    }


def readme(files: dict[str, tuple[bytes, str]]) -> str:
    rows = "\n".join(f"- `{name}`: {expect}" for name, (_, expect) in files.items())
    buyers = ", ".join(f"`{buyer.gstin}`" for buyer in BUYERS)
    return f"""# Samples

Invented papers to try Smart iInvoice with; firms, GSTINs and bank accounts are made up.
Made by `python -m specimens`. Upload them all at once:

{rows}

They are billed to {BUYERS[0].name}, GSTINs {buyers}.
The QR code is signed with the samples' own key, so it reads but does not verify as the portal's.
"""


def main() -> None:
    files = sample_files()
    for name, (content, _) in files.items():
        (SAMPLES / name).write_bytes(content)
        print(f"{len(content) / 1024:7.1f} KB  {name}")
    (SAMPLES / "README.md").write_text(readme(files), encoding="utf-8")


if __name__ == "__main__":
    main()
