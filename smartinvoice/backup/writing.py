"""Making a backup, also while the desk is at work."""

import gzip
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.models import FileField, Model
from django.utils import timezone

from invoice_processor.version import VERSION
from smartinvoice.backup.contents import (
    FILES,
    MANIFEST,
    RECORDS,
    Manifest,
    applied_migrations,
    file_fields,
    kept_models,
)

CHUNK = 2000  # rows fetched at once


class Encoder(DjangoJSONEncoder):
    """Django's own cuts times to milliseconds."""

    def default(self, o: object) -> object:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


class Made(NamedTuple):
    """What a backup holds, and which files the records name but the storage has not."""

    manifest: Manifest
    missing: list[str]


def back_up(path: Path) -> Made:
    """Write all records and files to one archive, which appears under its name only when it is whole.

    Raises:
        FileExistsError: something of that name is there.
        OSError: the archive cannot be written.
    """
    if path.exists():
        raise FileExistsError(path)
    part = path.with_name(f".{path.name}.part")
    try:
        made = write_archive(part)
        part.rename(path)
    finally:
        part.unlink(missing_ok=True)
    return made


def write_archive(path: Path) -> Made:
    """Write the archive, synced to disk."""
    missing: list[str] = []
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)  # it holds everything
    with TemporaryDirectory(dir=path.parent) as folder, path.open("wb") as out:
        records = Path(folder, RECORDS)
        with snapshot():
            rows = write_records(records)
            names = list(stored_files())
        manifest = Manifest(
            version=VERSION,
            made_at=timezone.now(),
            migrations=applied_migrations(),
            rows=rows,
            files=len(names),
        )
        with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
            add(archive, MANIFEST, manifest.model_dump_json(indent=2).encode())
            for label, field, name in names:
                if not add_file(archive, label, field, name):
                    missing.append(name)
            archive.add(records, RECORDS)
        out.flush()
        os.fsync(out.fileno())
    return Made(manifest, missing)


@contextmanager
def snapshot() -> Iterator[None]:
    """Let all reads see one moment, while others go on writing."""
    begin = "BEGIN" if connection.vendor == "sqlite" else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
    with connection.cursor() as cursor:
        cursor.execute(begin)
        try:
            yield
        finally:
            cursor.execute("COMMIT")


def write_records(path: Path) -> int:
    """Write every row; returns how many."""
    rows = 0

    def all_rows() -> Iterator[Model]:
        nonlocal rows
        for model in kept_models():
            for row in model._base_manager.order_by("pk").iterator(CHUNK):
                rows += 1
                yield row

    with gzip.open(path, "wt", encoding="utf-8", compresslevel=6) as out:
        serializers.serialize("jsonl", all_rows(), stream=out, cls=Encoder)
    return rows


def stored_files() -> Iterator[tuple[str, FileField, str]]:
    """Label, field and name of each file that a row names; the same name once."""
    for label, field in file_fields().items():
        named = field.model._base_manager.exclude(**{field.name: ""}).exclude(**{field.name: None})
        for name in named.order_by(field.name).values_list(field.name, flat=True).distinct().iterator(CHUNK):
            yield label, field, name


def add_file(archive: tarfile.TarFile, label: str, field: FileField, name: str) -> bool:
    """Add a stored file; False when the storage has it no longer."""
    try:
        with field.storage.open(name, "rb") as content:
            entry = tarfile.TarInfo(f"{FILES}/{label}/{name}")
            entry.size = content.size
            archive.addfile(entry, content)
    except FileNotFoundError:
        return False
    return True


def add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    """Add a small member."""
    entry = tarfile.TarInfo(name)
    entry.size = len(content)
    archive.addfile(entry, BytesIO(content))
