"""The engine's records, for support: to look at, since the desk alone changes them."""

from django.contrib import admin

from accounts.looking_on import LookOn, LookOnRows
from invoice_processor.models import Batch, Event, Finding, Invoice, ProcessingJob, WorkerBeat


@admin.register(Batch)
class BatchAdmin(LookOn):
    """What came in together."""

    list_display = ("name", "organisation", "created_by", "created_at", "closed_at", "finished_at")
    list_select_related = ("organisation", "created_by")


class Findings(LookOnRows):
    """What is wrong with an invoice."""

    model = Finding
    fields = readonly_fields = ("severity", "rule", "message", "field", "expected", "found")


@admin.register(Invoice)
class InvoiceAdmin(LookOn):
    """Invoices with their findings."""

    list_display = ("id", "original_name", "state", "number", "vendor_name", "organisation", "created_at")
    list_select_related = ("organisation",)
    list_filter = ("state",)
    search_fields = ("=id", "=number", "=vendor_gstin")
    inlines = (Findings,)


@admin.register(ProcessingJob)
class ProcessingJobAdmin(LookOn):
    """The queue: where work stands, and why it failed."""

    list_display = ("invoice_id", "state", "queue", "attempts", "next_attempt_at", "error_code")
    list_filter = ("state", "queue", "error_code")
    search_fields = ("=invoice__id",)


@admin.register(Finding)
class FindingAdmin(LookOn):
    """Findings across invoices."""

    list_display = ("rule", "severity", "invoice_id", "title")
    list_filter = ("severity",)
    search_fields = ("=rule",)


@admin.register(Event)
class EventAdmin(LookOn):
    """The audit trail."""

    list_display = ("created_at", "organisation", "actor", "action", "invoice_id")
    list_select_related = ("organisation", "actor")
    search_fields = ("=action", "=invoice__id")


@admin.register(WorkerBeat)
class WorkerBeatAdmin(LookOn):
    """Signs of life of the workers."""

    list_display = ("queue", "at", "hostname", "version")
