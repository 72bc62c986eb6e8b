"""Fills a database with finished invoices, to see whether the desk slows down as it grows."""

from django.db import connection

TABLES = (
    """INSERT INTO invoice_processor_document (organisation_id, sha256, size, media_type, file, created_at)
    {numbers} SELECT %(organisation)s, 'filler-' || i, 200000, 'application/pdf',
        'filler/' || i || '.pdf', {now} FROM numbers""",
    """INSERT INTO invoice_processor_invoice (organisation_id, batch_id, document_id, original_name,
        created_at, state, state_reason, state_changed_at, kind, number, number_key, date, vendor_name,
        vendor_gstin, buyer_name, buyer_gstin, irn, place_of_supply, currency, taxable_value, cgst, sgst,
        grand_total, confidence)
    SELECT %(organisation)s, %(batch)s, id, 'filler.pdf', {now}, 'CLEARED', '', {now}, 'tax_invoice',
        'F/' || id, 'F ' || id, '2026-01-01', 'Vendor ' || (id %% 1000), 'FILLER' || (id %% 1000), 'Buyer',
        '27AAPFU0939F1ZV', 'irn' || id, '27', 'INR', 100, 9, 9, 118, 99
    FROM invoice_processor_document WHERE media_type = 'application/pdf' AND size = 200000""",
    """INSERT INTO invoice_processor_processingjob (invoice_id, batch_id, queue, state, attempts,
        next_attempt_at, last_rung_at, error_code, error_message, created_at, started_at, finished_at)
    SELECT id, batch_id, 'bulk', 'DONE', 1, {now}, {now}, '', '', {now}, {now}, {now}
    FROM invoice_processor_invoice WHERE original_name = 'filler.pdf'""",
    """INSERT INTO invoice_processor_invoiceline (invoice_id, position, description, hsn_sac, unit, amount)
    SELECT id, 1, 'Paper', '4802', 'NOS', 100
    FROM invoice_processor_invoice WHERE original_name = 'filler.pdf'""",
)
NUMBERS = """WITH RECURSIVE numbers(i) AS
    (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < %(count)s)"""


def fill(organisation_id: int, batch_id: int, count: int) -> None:
    """Add so many finished invoices, each with its document, job and line."""
    values = {"organisation": organisation_id, "batch": batch_id, "count": count}
    with connection.cursor() as cursor:
        for statement in TABLES:
            cursor.execute(statement.format(numbers=NUMBERS, now="CURRENT_TIMESTAMP"), values)
        cursor.execute("ANALYZE")
