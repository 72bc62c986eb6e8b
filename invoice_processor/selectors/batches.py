"""Questions about the batches of an organisation."""

from django.db.models import QuerySet

from accounts.models import Organisation
from invoice_processor.models import Batch, RefusedFile


def batches_of(organisation: Organisation) -> "QuerySet[Batch]":
    """All batches that members of the organisation may see, newest first."""
    return Batch.objects.filter(organisation=organisation).select_related("created_by")


def refused_in(batch: Batch) -> "QuerySet[RefusedFile]":
    """The files of a batch that were not taken, in the order in which they came."""
    return RefusedFile.objects.filter(batch=batch).order_by("pk")
