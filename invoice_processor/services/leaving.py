"""People who leave: what waited for them waits for somebody else."""

from django.db import transaction

from accounts.models import User
from accounts.services import people
from invoice_processor.models import Invoice


@transaction.atomic
def delete_account(user: User) -> None:
    """Close an account.

    Raises:
        LastOwner: see accounts.services.members.
    """
    people.delete(user)
    Invoice.objects.filter(assigned_to=user).update(assigned_to=None)
