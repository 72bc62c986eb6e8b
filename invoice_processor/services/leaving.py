"""People who leave: what waited for them waits for somebody else."""

from django.db import transaction

from accounts.models import Membership, User
from accounts.services import members, people
from invoice_processor.models import Invoice


@transaction.atomic
def remove_member(by: Membership, membership: Membership) -> None:
    """Take a member out of an organisation.

    Raises:
        NotAllowed, LastOwner: see accounts.services.members.
    """
    user, organisation = membership.user_id, membership.organisation_id
    members.remove(by, membership)
    Invoice.objects.filter(organisation=organisation, assigned_to=user).update(assigned_to=None)


@transaction.atomic
def delete_account(user: User) -> None:
    """Close an account.

    Raises:
        LastOwner: see accounts.services.members.
    """
    people.delete(user)
    Invoice.objects.filter(assigned_to=user).update(assigned_to=None)
