"""Counts and sums that pages show of a million invoices, kept exact."""

from typing import ClassVar

from django.db import models

from accounts.models import Organisation

BLOCK = 1000  # invoices whose ids share all but the last three digits are counted together


class Subject(models.TextChoices):
    """What a tally counts by."""

    STATE = "state", "State"
    RULE = "rule", "Rule of a finding"
    CATEGORY = "category", "Chapter of the HSN or SAC code"


class Tally(models.Model):
    """How many invoices of one block and day of receipt have something in common, and their money.

    A tally is never added to: when an invoice changes, triggers of the database mark its block as stale,
    and the block is counted anew (``invoice_processor.selectors.tallies``). So it cannot drift.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    block = models.PositiveBigIntegerField()  # id // BLOCK
    day = models.DateField()  # of receipt, in the desk's time zone
    subject = models.CharField(max_length=10, choices=Subject.choices)
    key = models.CharField(max_length=50)
    grade = models.CharField(max_length=10, blank=True)  # invoice_processor.models.Grade
    decision = models.CharField(max_length=10, blank=True)  # invoice_processor.models.Decision
    invoices = models.PositiveIntegerField()
    value = models.DecimalField(max_digits=20, decimal_places=2)  # rupees; other currencies are only counted
    tax = models.DecimalField(max_digits=20, decimal_places=2)  # rupees

    class Meta:
        indexes: ClassVar = [
            models.Index(
                # With all that is read, so that reading never looks at the rows themselves.
                fields=[
                    *("organisation", "subject", "day", "key", "grade", "decision", "block"),
                    *("invoices", "value", "tax"),
                ],
                name="tally_by_day",
            ),
            models.Index(fields=["organisation", "block"], name="tally_of_block"),
        ]

    def __str__(self) -> str:
        return f"{self.invoices} of {self.subject} {self.key} on {self.day}"


class StaleBlock(models.Model):
    """A mark that invoices of a block have changed since it was counted; written by triggers only."""

    organisation_id = models.BigIntegerField()  # no foreign key: a mark may outlive what it speaks of
    block = models.BigIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation_id", "block"], name="stale_block")]

    def __str__(self) -> str:
        return f"block {self.block}"
