"""What the database keeps true by itself: the index of words, the marks of what is counted anew, the trail.

Installed after every migration, since SQLite drops the triggers of a table that a migration rewrites.
"""

from typing import Any

from django.db import connections

from invoice_processor import append_only
from invoice_processor.models.tally import BLOCK

INVOICES = "invoice_processor_invoice"
WORDS = "invoice_processor_invoicesearch"
STALE = "invoice_processor_staleblock"

# ruff: noqa: S608 - no text of anybody goes into these statements
# Of several writers at once none may rely on a mark that is about to be used up: each adds its own.
POSTGRESQL = (
    # Dear, so that the planner never thinks of making the words of every invoice instead of using the index.
    """CREATE OR REPLACE FUNCTION invoice_words(words text) RETURNS tsvector
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 10000
    AS $$ BEGIN RETURN array_to_tsvector(string_to_array(words, ' ')); END $$""",
    "DROP INDEX IF EXISTS invoice_words",
    f"CREATE INDEX IF NOT EXISTS invoice_by_words ON {WORDS} USING gin (invoice_words(words))",
    *(
        statement
        for event, rows in (("INSERT", "new"), ("UPDATE", "new"), ("DELETE", "old"))
        for statement in (
            f"""CREATE OR REPLACE FUNCTION invoice_stale_on_{event.lower()}() RETURNS trigger
            LANGUAGE plpgsql AS $$ BEGIN INSERT INTO {STALE} (organisation_id, block)
            SELECT DISTINCT organisation_id, id / {BLOCK} FROM changed; RETURN NULL; END $$""",
            f"""CREATE OR REPLACE TRIGGER invoice_stale_on_{event.lower()} AFTER {event} ON {INVOICES}
            REFERENCING {rows} TABLE AS changed FOR EACH STATEMENT
            EXECUTE FUNCTION invoice_stale_on_{event.lower()}()""",
        )
    ),
)
# SQLite has one writer at a time, so one mark is enough.
SQLITE = (
    f"""CREATE VIRTUAL TABLE IF NOT EXISTS invoice_processor_words USING fts5(
    words, content='{WORDS}', content_rowid='invoice_id', tokenize='ascii', prefix='3 4')""",
    f"""CREATE TRIGGER IF NOT EXISTS invoice_words_on_insert AFTER INSERT ON {WORDS} BEGIN
    INSERT INTO invoice_processor_words (rowid, words) VALUES (new.invoice_id, new.words); END""",
    f"""CREATE TRIGGER IF NOT EXISTS invoice_words_on_delete AFTER DELETE ON {WORDS} BEGIN
    INSERT INTO invoice_processor_words (invoice_processor_words, rowid, words)
    VALUES ('delete', old.invoice_id, old.words); END""",
    f"""CREATE TRIGGER IF NOT EXISTS invoice_words_on_update AFTER UPDATE ON {WORDS} BEGIN
    INSERT INTO invoice_processor_words (invoice_processor_words, rowid, words)
    VALUES ('delete', old.invoice_id, old.words);
    INSERT INTO invoice_processor_words (rowid, words) VALUES (new.invoice_id, new.words); END""",
    *(
        f"""CREATE TRIGGER IF NOT EXISTS invoice_stale_on_{event.lower()} AFTER {event} ON {INVOICES} BEGIN
        INSERT INTO {STALE} (organisation_id, block)
        SELECT {row}.organisation_id, {row}.id / {BLOCK} WHERE NOT EXISTS (SELECT 1 FROM {STALE}
        WHERE organisation_id = {row}.organisation_id AND block = {row}.id / {BLOCK}); END"""
        for event, row in (("INSERT", "new"), ("UPDATE", "new"), ("DELETE", "old"))
    ),
)
INSTALLED = {
    "postgresql": (
        4,
        """SELECT (SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'invoice_stale_on_%')
        + (SELECT count(*) FROM pg_class WHERE relname = 'invoice_by_words')""",
    ),
    "sqlite": (
        6,
        """SELECT count(*) FROM sqlite_master WHERE type = 'trigger'
        AND (name LIKE 'invoice_stale_on_%' OR name LIKE 'invoice_words_on_%')""",
    ),
}
"""How many triggers and indexes there are when all is installed, and the question how many there are."""
MARK_ALL = f"""INSERT INTO {STALE} (organisation_id, block)
SELECT DISTINCT organisation_id, id / {BLOCK} FROM {INVOICES}"""


def install(*, using: str, **_: Any) -> None:
    """Install what is missing; what changed while it was missing is counted anew."""
    connection = connections[using]
    tables = connection.introspection.table_names()
    if not {INVOICES, WORDS, STALE} <= set(tables):
        return  # migrated back to before they were
    with connection.cursor() as cursor:
        append_only.install(cursor, connection.vendor)
        expected, question = INSTALLED[connection.vendor]
        cursor.execute(question)
        if cursor.fetchone() == (expected,):
            return
        for statement in POSTGRESQL if connection.vendor == "postgresql" else SQLITE:
            cursor.execute(statement)
        if connection.vendor == "sqlite":
            cursor.execute("INSERT INTO invoice_processor_words (invoice_processor_words) VALUES ('rebuild')")
        cursor.execute(MARK_ALL)
