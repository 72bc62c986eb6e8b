"""Fills a database with finished invoices, to see whether the desk slows down as it grows."""

from django.db import connection

DAYS = 1095  # over which they came in, evenly
TABLES = (
    """INSERT INTO invoice_processor_document (organisation_id, sha256, size, media_type, file, created_at)
    {numbers} SELECT %(organisation)s, 'filler-' || i, 200000, 'application/pdf',
        'filler/' || i || '.pdf', {received} FROM numbers""",
    """INSERT INTO invoice_processor_invoice (organisation_id, batch_id, document_id, original_name,
        created_at, state, state_reason, state_changed_at, kind, number, number_key, date, vendor_name,
        vendor_gstin, vendor_pan, buyer_name, buyer_gstin, irn, place_of_supply, currency, taxable_value,
        cgst, sgst, grand_total, whole_rupees, bank_account, confidence, in_history, judged_at,
        health_score, health_grade, verification, decision)
    SELECT %(organisation)s, %(batch)s, id, 'filler.pdf', created_at,
        CASE WHEN id %% 20 = 0 THEN 'NEEDS_REVIEW' WHEN id %% 20 < 3 THEN 'HAS_ANOMALIES' ELSE 'CLEARED' END,
        '', created_at, 'tax_invoice',
        'F/' || id, 'F ' || id, {date}, 'Vendor ' || {vendor}, {gstin},
        substr({gstin}, 3, 10), 'Buyer', '27AAPFU0939F1ZV', 'irn' || id, '27', 'INR',
        100 * (id %% 5000), 9 * (id %% 5000), 9 * (id %% 5000), 118 * (id %% 5000), 118 * (id %% 5000), '',
        70 + id %% 30, {true}, created_at, 9.5 - id %% 60 / 10.0,
        CASE WHEN id %% 20 = 0 THEN 'REVIEW' WHEN id %% 20 < 3 THEN 'AT_RISK' ELSE 'HEALTHY' END,
        CASE WHEN id %% 50 = 0 THEN 'pending' ELSE 'portal' END,
        CASE WHEN {old} AND id %% 100 > 2 THEN 'approved' ELSE '' END
    FROM invoice_processor_document WHERE organisation_id = %(organisation)s AND size = 200000""",
    """INSERT INTO invoice_processor_invoicesearch (invoice_id, words)
    SELECT id, 'f ' || id || ' f' || id || ' vendor ' || {vendor} || ' ' || lower(vendor_gstin) ||
        ' 27aapfu0939f1zv irn' || id || ' ' || whole_rupees || ' filler pdf buyer 4802 paper'
    FROM invoice_processor_invoice WHERE {filled}""",
    """INSERT INTO invoice_processor_processingjob (invoice_id, batch_id, queue, state, attempts,
        next_attempt_at, last_rung_at, error_code, error_message, created_at, started_at, finished_at)
    SELECT id, batch_id, 'bulk', 'DONE', 1, {now}, {now}, '', '', {now}, {now}, {now}
    FROM invoice_processor_invoice WHERE {filled}""",
    """INSERT INTO invoice_processor_invoiceline (invoice_id, position, description, hsn_sac, unit, gst_rate,
        amount)
    SELECT id, 1, 'Paper', CAST(10 + id %% 80 AS TEXT) || '02', 'NOS', 18, taxable_value
    FROM invoice_processor_invoice WHERE {filled}""",
    """INSERT INTO invoice_processor_finding (invoice_id, rule, severity, title, message, field, expected,
        found, advice, source)
    SELECT id, CASE id %% 3 WHEN 0 THEN 'lines_do_not_add_up' WHEN 1 THEN 'bank_account_changed'
        ELSE 'price_above_usual' END, 'warning', 'A finding', 'Something is wrong.', '', '', '', '', ''
    FROM invoice_processor_invoice WHERE {filled} AND id %% 20 < 3""",
    """INSERT INTO invoice_processor_itemprice (organisation_id, invoice_id, item, price)
    SELECT organisation_id, id, %(item)s + {vendor}, 100 + id %% 7
    FROM invoice_processor_invoice WHERE {filled}""",
)
NUMBERS = """WITH RECURSIVE numbers(i) AS
    (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < %(count)s)"""
NOW = "CURRENT_TIMESTAMP"
SQLITE = {
    "received": f"datetime('now', '-' || ((%(count)s - i) * {DAYS} / %(count)s) || ' days')",
    "date": "date(created_at)",
    "old": "created_at < datetime('now', '-30 days')",
    "true": "1",
}
POSTGRESQL = {
    "received": f"now() - ((%(count)s - i) * {DAYS} / %(count)s) * interval '1 day'",
    "date": "created_at::date",
    "old": "created_at < now() - interval '30 days'",
    "true": "true",
}


FILLED = "organisation_id = %(organisation)s AND original_name = 'filler.pdf'"
MANY = {"vendor": "(id %% 1000)", "gstin": "('27AAPFU' || (1000 + id %% 1000) || 'F1ZV')"}


def fill(organisation_id: int, batch_id: int, count: int, *, vendor: str = "", item: int = 0) -> None:
    """Add so many finished invoices of the last three years, each with its document, job, line and price.

    They are of a thousand vendors, or all of the ``vendor`` with that GSTIN; ``item`` is the number of what
    he sells, see ItemPrice.
    """
    values: dict[str, str | int] = {
        "organisation": organisation_id,
        "batch": batch_id,
        "count": count,
        "vendor": vendor,
        "item": item,
    }
    dialect = POSTGRESQL if connection.vendor == "postgresql" else SQLITE
    whose = {"vendor": "0", "gstin": "%(vendor)s"} if vendor else MANY
    with connection.cursor() as cursor:
        for statement in TABLES:
            cursor.execute(
                statement.format(numbers=NUMBERS, now=NOW, filled=FILLED, **dialect, **whose), values
            )
        cursor.execute("ANALYZE")
