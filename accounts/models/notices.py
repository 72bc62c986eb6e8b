"""What a member wants to be told."""

from typing import ClassVar

from django.db import models

from accounts.models.organisation import Membership


class Notice(models.TextChoices):
    """Something worth telling a member."""

    BATCH_FINISHED = "batch_finished", "A batch that I sent in is finished"
    ASSIGNED = "assigned", "An invoice is assigned to me"
    AI_READING = "ai_reading", "AI reading has to wait, and when it goes on"  # to owners and admins


class NoticeChoice(models.Model):
    """How a member is told of something; without a row, in the desk and not by mail."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="notice_choices")
    notice = models.CharField(max_length=30)  # of Notice
    in_desk = models.BooleanField(default=True)
    by_mail = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["membership", "notice"], name="notice_chosen_once")
        ]

    def __str__(self) -> str:
        return f"{self.notice} for {self.membership}"
