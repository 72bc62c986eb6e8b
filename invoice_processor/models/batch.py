"""A pile of files taken in together."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from accounts.models import Organisation


class Batch(models.Model):
    """Files that a person uploads or imports together; its progress is counted from its jobs."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="batches")
    name = models.CharField(max_length=200)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    created_at = models.DateTimeField(auto_now_add=True)
    expected_files = models.PositiveIntegerField(default=1)  # as announced: decides the queue
    keep_in_house = models.BooleanField(default=False)  # no file of it is ever sent to an AI model
    idempotency_key = models.CharField(max_length=100, blank=True)  # a program's: said twice, it counts once
    last_file_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True)  # all files are in
    finished_at = models.DateTimeField(null=True)  # all files are in and every job has ended

    class Meta:
        ordering: ClassVar = ["-id"]
        verbose_name_plural = "batches"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "created_by", "idempotency_key"],
                name="batch_opened_once",
                condition=~models.Q(idempotency_key=""),
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "-id"], name="batch_of_organisation"),
            models.Index(fields=["id"], name="batch_open", condition=models.Q(finished_at=None)),
        ]

    def __str__(self) -> str:
        return self.name


class RefusedFile(models.Model):
    """A file that was not taken in, so that a person who comes back later still learns why."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="refused")
    name = models.CharField(max_length=255)
    reason = models.CharField(max_length=300)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "name", "reason"], name="refusal_told_once")
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.reason}"
