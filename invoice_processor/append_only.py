"""The audit trail: the database itself refuses to change an entry, or to delete one before its time.

Events, and the versions that hold what people typed. What is left open is what the desk does by itself, and
no more: an event goes when it is older than the term its organisation has chosen (services/retention.py);
versions go with an invoice whose time is over, or that was deleted a month ago (services/deletion.py).
Whoever owns the database can drop a trigger; nobody does so by accident, and no page or API can.
"""

from django.db.backends.utils import CursorWrapper

from accounts.services.rules import SHORTEST_RETENTION

EVENTS = "invoice_processor_event"
VERSIONS = "invoice_processor_invoiceversion"
TABLES = (EVENTS, VERSIONS)
REFUSAL = "the audit trail is append-only"
DELETED_FOR = "30 days"  # services.deletion.KEPT
GRACE = "1 day"  # since the desk asks by its own clock, a moment before the database does

# ruff: noqa: S608 - no text of anybody goes into these statements
DUE = {
    # {row} is an event or an invoice; the organisation is o
    "sqlite": f"""{{row}}.created_at <
    datetime('now', '+{GRACE}', '-' || max({SHORTEST_RETENTION}, o.retention_years) || ' years')""",
    "postgresql": f"""(o.retention_years IS NOT NULL AND {{row}}.created_at < now() + interval '{GRACE}'
    - make_interval(years => greatest({SHORTEST_RETENTION}, o.retention_years)))""",
}
DELETED = {
    "sqlite": f"i.deleted_at < datetime('now', '+{GRACE}', '-{DELETED_FOR}')",
    "postgresql": f"i.deleted_at < now() + interval '{GRACE}' - interval '{DELETED_FOR}'",
}

SAME = {
    EVENTS: "id = new.id",
    VERSIONS: "id = new.id OR (invoice_id = new.invoice_id AND number = new.number)",
}


def may_go(table: str, vendor: str) -> str:
    """The condition under which a row may be deleted, in SQL about ``old``."""
    if table == EVENTS:
        return f"""EXISTS (SELECT 1 FROM accounts_organisation o
        WHERE o.id = old.organisation_id AND {DUE[vendor].format(row="old")})"""
    return f"""EXISTS (SELECT 1 FROM invoice_processor_invoice i
    JOIN accounts_organisation o ON o.id = i.organisation_id
    WHERE i.id = old.invoice_id AND ({DELETED[vendor]} OR {DUE[vendor].format(row="i")}))"""


def on_sqlite(table: str) -> tuple[str, ...]:
    """INSERT too, since INSERT OR REPLACE deletes without asking a trigger of deletions."""
    conditions = {
        "update": "",
        "delete": f"WHEN NOT {may_go(table, 'sqlite')}",
        "insert": f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {SAME[table]})",
    }
    return tuple(
        f"""CREATE TRIGGER IF NOT EXISTS {table}_kept_on_{event} BEFORE {event.upper()} ON {table} {condition}
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"""
        for event, condition in conditions.items()
    )


def on_postgresql(table: str) -> tuple[str, ...]:
    """TRUNCATE too, which fires no trigger of deletions."""
    refuse = f"RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'"
    bodies = {
        "update": ("ROW", f"{refuse};"),
        "delete": ("ROW", f"IF NOT {may_go(table, 'postgresql')} THEN {refuse}; END IF; RETURN old;"),
        "truncate": ("STATEMENT", f"{refuse};"),
    }
    return tuple(
        statement
        for event, (each, body) in bodies.items()
        for statement in (
            f"""CREATE OR REPLACE FUNCTION {table}_kept_on_{event}() RETURNS trigger LANGUAGE plpgsql
            AS $$ BEGIN {body} END $$""",
            f"""CREATE OR REPLACE TRIGGER {table}_kept_on_{event} BEFORE {event.upper()} ON {table}
            FOR EACH {each} EXECUTE FUNCTION {table}_kept_on_{event}()""",
        )
    )


INSTALL = {
    "sqlite": [statement for table in TABLES for statement in on_sqlite(table)],
    "postgresql": [statement for table in TABLES for statement in on_postgresql(table)],
}
COUNT = {
    "sqlite": "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_kept_on_%'",
    "postgresql": "SELECT count(*) FROM pg_trigger WHERE tgname LIKE '%_kept_on_%'",
}
EXPECTED = 3 * len(TABLES)


def install(cursor: CursorWrapper, vendor: str) -> None:
    """Install what is missing."""
    cursor.execute(COUNT[vendor])
    if cursor.fetchone() != (EXPECTED,):
        for statement in INSTALL[vendor]:
            cursor.execute(statement)
