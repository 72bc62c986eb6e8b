"""The document of an invoice: the file itself, its pages as pictures, and the words on them."""

from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from extraction.errors import ReadingError
from extraction.reading import PageText, Reading
from extraction.words import single_words
from invoice_processor.judging.current import engine_reading
from invoice_processor.models import Invoice
from invoice_processor.selectors.invoices import invoices_of
from invoice_processor.services import renditions
from web.desk import DeskRequest, member
from web.security import DOCUMENT_POLICY

SHOWN_BY_BROWSERS = frozenset({"application/pdf", "image/jpeg", "image/png", "image/webp"})
KEPT_FOR = "private, max-age=86400, immutable"  # a document never changes
GONE = "The file is no longer in the storage."


@require_safe
@member
def document(request: DeskRequest, pk: int) -> HttpResponse | FileResponse:
    """The file itself, in a page of its own that may do nothing; ``?download`` to keep it."""
    invoice = of(request, pk)
    try:
        content = invoice.document.file.open("rb")
    except FileNotFoundError as error:
        raise Http404(GONE) from error
    known = invoice.document.media_type in SHOWN_BY_BROWSERS
    response = FileResponse(
        content,
        as_attachment="download" in request.GET or not known,
        filename=invoice.original_name,
        content_type=invoice.document.media_type,
    )
    response.headers["Content-Security-Policy"] = DOCUMENT_POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response


@require_safe
@member
def pages(request: DeskRequest, pk: int) -> JsonResponse:
    """The pages, upright, with the addresses of their pictures and words; or why they cannot be shown.

    Pages of the file's other invoices are left out; ``of`` is how many pages the file has.
    """
    invoice = of(request, pk)
    reading = engine_reading(invoice)
    try:
        sizes = renditions.sizes(invoice.document)
    except ReadingError as error:
        return JsonResponse({"error": error.message, "pages": []})
    except FileNotFoundError:
        return JsonResponse({"error": GONE, "pages": []})
    shown = []
    for number, (width, height) in enumerate(sizes, 1):
        if not is_own(reading, number):
            continue
        text = page_text(reading, number)
        turn = text.rotation if text else 0
        shown.append(
            {
                "number": number,
                "width": height if turn % 180 else width,
                "height": width if turn % 180 else height,
                "picture": f"{reverse('web:page', args=[pk, number])}?turn={turn}",
                "words": reverse("web:page-words", args=[pk, number]) if text and text.words else None,
            }
        )
    return JsonResponse({"pages": shown, "of": len(sizes)})


@require_safe
@member
def page(request: DeskRequest, pk: int, number: int) -> HttpResponse:
    """One page as a WebP picture."""
    turn = request.GET.get("turn", "0")
    if turn not in map(str, renditions.TURNS):
        raise Http404
    try:
        content = renditions.picture(of(request, pk).document, number, int(turn))
    except (ReadingError, FileNotFoundError) as error:
        raise Http404(GONE) from error
    return HttpResponse(content, content_type="image/webp", headers={"Cache-Control": KEPT_FOR})


@require_safe
@member
def words(request: DeskRequest, pk: int, number: int) -> JsonResponse:
    """The words of a page, each as text, left, top, right and bottom in fractions of the page."""
    text = page_text(engine_reading(of(request, pk)), number)
    found = single_words(text) if text else ()
    rows = [
        [
            word.text,
            *(round(side, 4) for side in (word.box.left, word.box.top, word.box.right, word.box.bottom)),
        ]
        for word in found
    ]
    return JsonResponse({"words": rows})


def of(request: DeskRequest, pk: int) -> Invoice:
    """An invoice of the organisation with its document."""
    return get_object_or_404(invoices_of(request.organisation).select_related("document"), pk=pk)


def is_own(reading: Reading | None, number: int) -> bool:
    """Whether a page belongs to this invoice; of a file that holds no other, all do."""
    several = reading and any(warning.code == "several_invoices" for warning in reading.warnings)
    return not several or page_text(reading, number) is not None


def page_text(reading: Reading | None, number: int) -> PageText | None:
    """What was read on a page; None for one that was not read, or belongs to another invoice of the file."""
    pages = reading.pages if reading else ()
    return next((page for page in pages if page.number == number), None)
