"""Pictures of pages: made once, kept, and never made in the process that serves people."""

from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.files.storage import storages

from extraction.errors import ReadingError
from invoice_processor.models import Batch, Document
from invoice_processor.services import renditions
from invoice_processor.services.intake import Accepted, accept
from specimens import render_pdf, sample_invoice
from tests.conftest import incoming, pdf


def document(batch: Batch, content: bytes) -> Document:
    (result,) = accept(batch, [incoming("a.pdf", content)])
    assert isinstance(result, Accepted)
    return result.invoice.document


def test_picture_is_made_once_and_kept(batch: Batch) -> None:
    paper = document(batch, render_pdf(sample_invoice(3)))
    first = renditions.picture(paper, 1, 0)
    assert first[8:12] == b"WEBP"
    assert len(renditions.sizes(paper)) == 1
    storages["documents"].delete(str(paper.file.name))
    assert renditions.picture(paper, 1, 0) == first
    with pytest.raises(FileNotFoundError):
        renditions.picture(paper, 1, 90)


def test_what_cannot_be_shown_is_not_tried_again_for_a_while(batch: Batch) -> None:
    paper = document(batch, pdf("no real PDF", "1"))
    with pytest.raises(ReadingError, match="damaged"):
        renditions.picture(paper, 1, 0)
    path = Path(paper.file.path)
    path.write_bytes(render_pdf(sample_invoice(3)))
    with pytest.raises(ReadingError, match="damaged"):
        renditions.picture(paper, 1, 0)
    cache.clear()
    assert renditions.picture(paper, 1, 0)
