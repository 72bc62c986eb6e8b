"""Files to keep, which leave while they are made."""

from collections.abc import Iterable

from django.http import StreamingHttpResponse

from invoice_processor.services.exports import file_name

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def download(what: str, kind: str, pieces: Iterable[str | bytes]) -> StreamingHttpResponse:
    """A file of a kind, named after what is in it and the present moment."""
    response = StreamingHttpResponse(pieces, content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{file_name(what, kind)}"'
    return response
