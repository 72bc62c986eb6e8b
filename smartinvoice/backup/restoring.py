"""Bringing a backup back: into an empty desk, all of it or nothing."""

import gzip
import hashlib
import io
import tarfile
from pathlib import Path
from typing import IO

from django.core import serializers
from django.core.files import File
from django.core.management.color import no_style
from django.core.serializers.base import DeserializationError
from django.db import Error as DatabaseError
from django.db import connection, transaction
from pydantic import ValidationError

from accounts.models import Organisation, User
from invoice_processor.models import Document
from smartinvoice.backup.contents import (
    FILES,
    FORMAT,
    MANIFEST,
    RECORDS,
    Manifest,
    applied_migrations,
    file_fields,
    kept_models,
)

Sums = dict[str, str]
"""SHA-256 of restored documents by their name."""


class CannotRestore(Exception):
    """Why nothing was restored, and what to do, in a sentence."""


def restore(path: Path) -> Manifest:
    """Bring back what a backup holds; the rows come in one transaction, after all files.

    Raises:
        CannotRestore: the archive or this desk is not fit for it; no row was written.
        OSError: the archive cannot be read, or a file cannot be written.
    """
    if User.objects.exists() or Organisation.objects.exists():
        raise CannotRestore(
            "This desk holds data already. Restore into an empty one: name another SMARTINVOICE_DATA_DIR or "
            "DATABASE_URL."
        )
    try:
        with tarfile.open(path, "r:") as archive:
            manifest = read_manifest(archive)
            sums = restore_files(archive)
            with transaction.atomic():
                rows = restore_rows(member(archive, RECORDS))
                prove(manifest, rows, sums)
    except (tarfile.TarError, EOFError, gzip.BadGzipFile, DeserializationError, DatabaseError) as error:
        raise CannotRestore(f"The backup is damaged: {error}") from error
    return manifest


def read_manifest(archive: tarfile.TarFile) -> Manifest:
    """The manifest, if this program can restore what it describes."""
    try:
        manifest = Manifest.model_validate_json(member(archive, MANIFEST).read())
    except ValidationError as error:
        raise CannotRestore("This is not a backup of Smart iInvoice.") from error
    if manifest.format != FORMAT or manifest.migrations != applied_migrations():
        raise CannotRestore(
            f"The backup was made by version {manifest.version}, whose records are laid out otherwise: "
            "restore it with that version, then upgrade."
        )
    return manifest


def member(archive: tarfile.TarFile, name: str) -> IO[bytes]:
    """A part of the archive that must be there."""
    try:
        content = archive.extractfile(name)
    except KeyError:
        content = None
    if content is None:
        raise CannotRestore("This is not a backup of Smart iInvoice.")
    return content


def restore_files(archive: tarfile.TarFile) -> Sums:
    """Put the files back under their names; a storage refuses names that lead out of it."""
    sums: Sums = {}
    fields = file_fields()
    for entry in archive:
        folder, _, rest = entry.name.partition("/")
        label, _, name = rest.partition("/")
        if folder != FILES or not entry.isfile():
            continue
        content = archive.extractfile(entry)
        if content is None or label not in fields:
            raise CannotRestore(f"The backup is damaged: nobody knows what {entry.name} is.")
        fields[label].storage.save(name, File(content, name))
        if fields[label].model is Document:
            content.seek(0)
            sums[name] = hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type]
    return sums


def restore_rows(packed: IO[bytes]) -> int:
    """Write the rows as they were; returns how many."""
    rows = 0
    with gzip.open(packed) as raw:
        for row in serializers.deserialize("jsonl", io.TextIOWrapper(raw, encoding="utf-8")):
            row.save(force_insert=True)
            rows += 1
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), kept_models()):
            cursor.execute(statement)
    return rows


def prove(manifest: Manifest, rows: int, sums: Sums) -> None:
    """Make sure that nothing is missing and every document is what it was."""
    if rows != manifest.rows:
        raise CannotRestore(f"The backup is damaged: {rows} rows of {manifest.rows} are there.")
    for name, sha256 in Document.objects.values_list("file", "sha256").iterator():
        if sums.get(name, sha256) != sha256:
            raise CannotRestore(f"The backup is damaged: the document {name} is not what it was.")
