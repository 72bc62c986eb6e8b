"""Printed papers, and readings of them with the words of the PDF and the places of values."""

import io
import tempfile
from pathlib import Path

from extraction.amend.fields import PATHS, value_of
from extraction.limits import Limits
from extraction.pdf import pdf_pages
from extraction.reading import Box, FieldValue, PageText, Reading, Source, normal_form
from gst.invoice import Invoice as Paper
from invoice_processor.models import Batch, Invoice
from invoice_processor.services.intake import Accepted, Incoming, accept
from specimens import render_pdf
from tests.invoice_processor.known import judged


def take_printed(batch: Batch, paper: Paper, read: Paper | None = None) -> Invoice:
    """The invoice of a printed paper, read as that paper or as another; its grand total is doubtful."""
    content = render_pdf(paper)
    (result,) = accept(batch, [Incoming(f"{paper.number}.pdf", io.BytesIO(content))])
    assert isinstance(result, Accepted)
    reading = evidence(content, read or paper)
    return judged(result.invoice, reading.invoice, fields=reading.fields, pages=reading.pages)


def evidence(content: bytes, paper: Paper) -> Reading:
    """A reading of a PDF as that paper; only the total is doubtful."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(content)
        file.flush()
        (page, *_) = pdf_pages(Path(file.name), Limits())
    height, width = page.image.shape
    text = PageText(number=1, width=width, height=height, source=Source.PDF_TEXT, words=page.words)
    known = {name: normal_form(value_of(paper, name)) for name in PATHS}
    places = {word.text: word.box for word in page.words}
    fields = {
        name: value(told, 60 if name == "grand_total" else 97, places.get(told))
        for name, told in known.items()
        if told
    }
    return Reading(invoice=paper, fields=fields, confidence=99, engine="test", seconds=0, pages=(text,))


def value(text: str, confidence: int, box: Box | None) -> FieldValue:
    return FieldValue(
        value=text, confidence=confidence, source=Source.PDF_TEXT, reason="labelled", page=1, box=box
    )
