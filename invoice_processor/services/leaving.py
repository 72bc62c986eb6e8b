"""People who leave: what waited for them waits for somebody else."""

from django.db import transaction

from accounts.models import User
from accounts.services import people
from invoice_processor.models import Invoice
from invoice_processor.services.decisions import free


@transaction.atomic
def delete_account(user: User) -> None:
    """Close an account.

    Raises:
        LastOwner: see accounts.services.members.
    """
    people.delete(user)
    user.saved_views.all().delete()
    user.notifications.all().delete()
    free(Invoice.objects.all(), user, by=user)
