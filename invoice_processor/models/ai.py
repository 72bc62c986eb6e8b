"""Reading by AI models: what an organisation allows, the work on it, each call with its cost, the keys."""

from typing import ClassVar

from django.db import models

from accounts.models import Organisation
from invoice_processor.models.document import Document, DocumentReading, first_page_field
from invoice_processor.models.invoice import Invoice
from invoice_processor.models.job import JobState, Work


class AiPolicy(models.TextChoices):
    """Which documents an AI model reads besides the offline reader."""

    OFF = "off", "Never"
    WHEN_UNSURE = "when_unsure", "When the offline reading is not proved"
    ALWAYS = "always", "Always"


class AiSettings(models.Model):
    """What an organisation allows; without a row, the defaults hold once the operator has given a key."""

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="ai")
    policy = models.CharField(max_length=20, choices=AiPolicy.choices, default=AiPolicy.WHEN_UNSURE)
    monthly_budget = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)  # US dollars
    in_house_vendors = models.JSONField(default=list, blank=True)  # GSTINs whose papers are never sent

    class Meta:
        verbose_name = verbose_name_plural = "AI settings"

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_policy_display()}"


class AiOutcome(models.TextChoices):
    """What became of the question whether an AI model should read an invoice."""

    PENDING = "pending", "Waiting"
    NOT_NEEDED = "not_needed", "Not asked"
    READ = "read", "Read"
    FAILED = "failed", "Failed"


class AiJob(Work):
    """Whether an AI model reads an invoice, why, and how far that is; see invoice_processor.ai."""

    invoice = models.OneToOneField(Invoice, on_delete=models.CASCADE, related_name="ai_job")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="ai_jobs")
    first_page = first_page_field()
    policy = models.CharField(max_length=20, choices=AiPolicy.choices)
    reason = models.CharField(max_length=300)  # why it is asked, or why not
    outcome = models.CharField(max_length=20, choices=AiOutcome.choices, default=AiOutcome.PENDING)
    waits_for = models.CharField(max_length=300, blank=True)  # why it is put off; a sentence for the person
    reading = models.ForeignKey(  # of both readers together
        DocumentReading, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = "AI job"
        constraints: ClassVar = [
            # The same bytes in two batches are paid for once: the second job waits, and finds the answer.
            models.UniqueConstraint(
                fields=["document", "first_page"],
                name="ai_invoice_asked_once",
                condition=models.Q(state=JobState.RUNNING),
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_attempt_at"], name="ai_job_due", condition=models.Q(state=JobState.QUEUED)
            ),
            models.Index(
                fields=["lease_until"], name="ai_job_leased", condition=models.Q(state=JobState.RUNNING)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} AI reading of {self.invoice}"


class AiPause(models.Model):
    """A time in which an organisation's AI work had to wait; owners and admins are told of a long one."""

    class Cause(models.TextChoices):
        """What the work waits for."""

        KEYS = "keys"  # all are used up or refused
        BUDGET = "budget"  # the month's is used up
        OPERATOR = "operator"  # the provider is away, or does not know the model

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="ai_pauses")
    cause = models.CharField(max_length=10, choices=Cause.choices)
    reason = models.CharField(max_length=300)  # the latest, a sentence for the person
    began_at = models.DateTimeField(auto_now_add=True)
    put_off_at = models.DateTimeField()  # work, on this account, the last time
    until = models.DateTimeField()  # when work looks again whether it may go on
    told_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "AI pause"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "cause"],
                name="ai_pause_open_once",
                condition=models.Q(ended_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.reason}"


class AiCall(models.Model):
    """One question put to an AI model: what came back, and what it cost. Rows are added, never changed."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="ai_calls")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="ai_calls")
    first_page = first_page_field()
    invoice = models.ForeignKey(Invoice, null=True, on_delete=models.SET_NULL, related_name="ai_calls")
    provider = models.CharField(max_length=20)
    model = models.CharField(max_length=100)
    prompt = models.CharField(max_length=64)  # hash of prompt and schema
    key_hash = models.CharField(max_length=64)
    outcome = models.CharField(max_length=30)  # "answered", or the code of the error
    answer = models.TextField(blank=True)  # extraction.ai.answer as JSON
    input_tokens = models.PositiveIntegerField(default=0)
    output_tokens = models.PositiveIntegerField(default=0)
    cost = models.DecimalField(max_digits=12, decimal_places=6, null=True)  # US dollars; None: no price known
    seconds = models.FloatField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "AI call"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["document", "first_page", "provider", "model", "prompt"],
                name="ai_answer_paid_once",
                condition=models.Q(outcome="answered"),
            )
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "created_at"], name="ai_call_of_month")]

    def __str__(self) -> str:
        return f"{self.provider}/{self.model}: {self.outcome}"


class APIKeyUsage(models.Model):
    """What is known of one key. The key itself is never stored: the row is found by its SHA-256."""

    key_hash = models.CharField(max_length=64, unique=True)
    provider = models.CharField(max_length=20)
    day = models.DateField()  # that the counters of a day are for, in the settings' time zone
    requests_today = models.PositiveIntegerField(default=0)
    failures_today = models.PositiveIntegerField(default=0)
    requests = models.PositiveIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0)
    last_used_at = models.DateTimeField(null=True)
    cool_until = models.DateTimeField(null=True)  # not used before
    last_error = models.CharField(max_length=300, blank=True)
    last_error_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = verbose_name_plural = "API key usage"

    def __str__(self) -> str:
        return f"{self.provider} …{self.key_hash[-4:]}"
