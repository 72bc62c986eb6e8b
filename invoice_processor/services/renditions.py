"""Pictures of pages for people: made in a sandbox when first looked at, then kept for some days."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import TypeVar

from django.core.cache import cache as shared
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages

from extraction.errors import ReadingError
from extraction.rendition import SandboxedRenderer, Size
from invoice_processor.models import Document
from invoice_processor.storage import on_disk

TURNS = (0, 90, 180, 270)
NOT_AGAIN_FOR = 600  # seconds, for a file that could not be shown: it may cost much each time

Result = TypeVar("Result")


def rendition_storage() -> Storage:
    """Where the pictures are kept: the ``renditions`` storage of the settings."""
    return storages["renditions"]


def sizes(document: Document) -> list[Size]:
    """The size of each page as it stands in the file. Raises ReadingError."""
    kept = recalled(f"{document.file.name}/sizes.json", lambda: sizes_as_json(document))
    return [Size(width, height) for width, height in json.loads(kept)]


def picture(document: Document, page: int, turn: int) -> bytes:
    """A page (from 1) as WebP, turned clockwise by one of :data:`TURNS`. Raises ReadingError."""
    name = f"{document.file.name}/{page}-{turn}.webp"
    return recalled(name, lambda: rendered(document, lambda r, path: r.picture(path, page, turn=turn)))


def jpeg(document: Document, page: int, turn: int) -> bytes:
    """A page as JPEG for an AI model, not kept. Raises ReadingError."""
    return rendered(document, lambda renderer, path: renderer.jpeg(path, page, turn=turn))


def sizes_as_json(document: Document) -> bytes:
    """The sizes as they are kept."""
    return json.dumps(rendered(document, lambda renderer, path: renderer.sizes(path))).encode()


def recalled(name: str, make: Callable[[], bytes]) -> bytes:
    """What is kept under a name, made first where nothing is. What failed is not tried again for a while."""
    storage, failure = rendition_storage(), f"not-shown:{name}"
    try:
        with storage.open(name) as kept:
            content: bytes = kept.read()
            return content
    except FileNotFoundError:
        pass
    if code := shared.get(failure):
        raise ReadingError(code)
    try:
        content = make()
    except ReadingError as error:
        shared.set(failure, error.code, NOT_AGAIN_FOR)
        raise
    storage.save(name, ContentFile(content))
    return content


def rendered(document: Document, work: Callable[[SandboxedRenderer, Path], Result]) -> Result:
    """The work of the process's one renderer. Raises ReadingError, FileNotFoundError where the file is gone.

    Its child is started by a thread that never ends: on Linux a child dies with the thread that started it.
    """

    def run() -> Result:
        with on_disk(document.file) as path:
            path.stat()  # a file that is gone is our matter, not the child's
            return work(renderer(), path)

    return thread().submit(run).result()


@cache
def thread() -> ThreadPoolExecutor:
    """The thread that renders, started with the first page."""
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="renderer")


@cache
def renderer() -> SandboxedRenderer:
    """The process's renderer."""
    return SandboxedRenderer()
