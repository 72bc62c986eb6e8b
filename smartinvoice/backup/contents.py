"""What a backup holds: a tar of a manifest, the files, and the records.

::

    manifest.json       Manifest
    files/LABEL/NAME    the file NAME of a FileField, as in files/invoice_processor.Document.file/1/ab/abcd
    records.jsonl.gz    every row, as Django's JSON Lines serializer writes it
"""

from collections import defaultdict
from datetime import datetime

from django.apps import apps
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import FileField, Model
from pydantic import BaseModel

from invoice_processor.models import StaleBlock, Tally, WorkerBeat

MANIFEST = "manifest.json"
RECORDS = "records.jsonl.gz"
FILES = "files"
FORMAT = 1

APPS = frozenset({"accounts", "account", "invoice_processor"})
DERIVED: tuple[type[Model], ...] = (StaleBlock, Tally, WorkerBeat)  # the desk makes them anew

Migrations = dict[str, list[str]]


class Manifest(BaseModel):
    """What a backup says of itself."""

    format: int = FORMAT
    version: str  # of the program that made it
    made_at: datetime
    migrations: Migrations  # applied ones by app
    rows: int
    files: int


def kept_models() -> list[type[Model]]:
    """The models whose rows are kept."""
    return [
        model
        for config in apps.get_app_configs()
        if config.label in APPS
        for model in config.get_models(include_auto_created=True)
        if model not in DERIVED
    ]


def file_fields() -> "dict[str, FileField]":
    """The fields whose files are kept, by label."""
    return {
        f"{model._meta.label}.{field.name}": field
        for model in kept_models()
        for field in model._meta.fields
        if isinstance(field, FileField)
    }


def applied_migrations() -> Migrations:
    """The migrations that this database has seen, of the apps whose rows are kept."""
    applied: Migrations = defaultdict(list)
    for app, name in sorted(MigrationRecorder(connection).applied_migrations()):
        if app in APPS:
            applied[app].append(name)
    return dict(applied)
