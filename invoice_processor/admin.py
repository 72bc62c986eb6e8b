"""The engine's records, for support: to look at, since the desk alone changes them."""

from django.contrib import admin

from accounts.looking_on import LookOn, LookOnRows
from invoice_processor.models import (
    AiCall,
    AiJob,
    AiPause,
    AiSettings,
    APIKeyUsage,
    Batch,
    Event,
    Finding,
    Invoice,
    ProcessingJob,
    WorkerBeat,
)


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


@admin.register(APIKeyUsage)
class APIKeyUsageAdmin(LookOn):
    """Keys for AI models by the end of their hash, with counters and the latest error."""

    fields = (
        *("provider", "day", "requests_today", "failures_today", "requests", "failures"),
        *("last_used_at", "cool_until", "last_error", "last_error_at"),
    )
    list_display = ("__str__", "requests_today", "failures_today", "requests", "failures", "cool_until")


@admin.register(AiSettings)
class AiSettingsAdmin(LookOn):
    """What organisations let AI models do."""

    fields = ("organisation", "policy", "monthly_budget", "in_house_vendors")
    list_display = ("organisation", "policy", "monthly_budget")
    list_select_related = ("organisation",)


@admin.register(AiJob)
class AiJobAdmin(LookOn):
    """AI reading: why it was asked for, where it stands and what it waits for."""

    fields = (
        *("invoice", "document", "policy", "reason", "outcome", "state", "attempts", "waits_for"),
        *("next_attempt_at", "error_code", "error_message", "reading", "started_at", "finished_at"),
    )
    list_display = ("invoice_id", "policy", "outcome", "state", "attempts", "waits_for", "error_code")
    list_filter = ("outcome", "state", "error_code")
    search_fields = ("=invoice__id",)


@admin.register(AiPause)
class AiPauseAdmin(LookOn):
    """When AI reading had to wait, and whether people were told."""

    list_display = ("began_at", "organisation", "cause", "reason", "told_at", "ended_at")
    list_select_related = ("organisation",)
    list_filter = ("cause",)


@admin.register(AiCall)
class AiCallAdmin(LookOn):
    """Each question with its cost; the answer is a customer's paper and is not shown."""

    fields = (
        *("organisation", "document", "invoice", "provider", "model", "prompt", "outcome"),
        *("input_tokens", "output_tokens", "cost", "seconds", "created_at"),
    )
    list_display = ("created_at", "organisation", "model", "outcome", "input_tokens", "output_tokens", "cost")
    list_select_related = ("organisation",)
    list_filter = ("outcome", "model")
