"""What items cost before."""

from typing import ClassVar

from django.db import models

from accounts.models import Organisation
from invoice_processor.models.invoice import Invoice


class ItemPrice(models.Model):
    """What one unit of an item cost on one invoice of the history; written anew with each judgement.

    ``item`` is a hash of the vendor and compliance.prices.item_key: a number keeps the index small, and one
    index answers what the item cost last, however long its history.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, db_index=False, related_name="item_prices"
    )
    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE, db_index=False, related_name="item_prices")
    item = models.BigIntegerField()
    price = models.DecimalField(max_digits=18, decimal_places=4)  # rupees before tax, discounts taken off

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["invoice", "item"], name="price_once_per_item")
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "item", "-invoice", "price"], name="price_latest")
        ]

    def __str__(self) -> str:
        return f"{self.price} on {self.invoice}"
