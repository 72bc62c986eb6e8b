"""A person's own affairs: name, and the end of the account."""

from allauth.account.models import EmailAddress
from django.db import transaction

from accounts.models import Invitation, Membership, Picture, Role, User
from accounts.services.members import keep_an_owner
from accounts.services.sessions import end_all

NOBODY = "deleted.invalid"  # a domain that can never receive mail (RFC 2606)


def rename(user: User, full_name: str) -> None:
    """Change a person's name."""
    user.first_name, user.last_name = full_name.strip(), ""
    user.save(update_fields=["first_name", "last_name"])


def owned_alone(user: User) -> list[str]:
    """The organisations that would have no owner without this person."""
    owned = Membership.objects.filter(user=user, role=Role.OWNER).select_related("organisation")
    others = Membership.objects.filter(role=Role.OWNER).exclude(user=user)
    shared = set(others.values_list("organisation_id", flat=True))
    return [one.organisation.name for one in owned if one.organisation_id not in shared]


@transaction.atomic
def delete(user: User) -> None:
    """Close an account for good. Only the name stays, for the audit trail.

    The row is emptied rather than deleted: who approved an invoice must be known as long as the invoice is
    (rule 3(1) of the Companies (Accounts) Rules, 2014, asks for an audit trail that cannot be disabled).

    Raises:
        LastOwner: an organisation would have no owner.
    """
    for membership in Membership.objects.filter(user=user):
        keep_an_owner(membership)
    Membership.objects.filter(user=user).delete()  # with choices of notices, and API tokens
    end_all(user)
    Invitation.objects.filter(email=user.email).delete()
    EmailAddress.objects.filter(user=user).delete()
    Picture.objects.filter(user=user).delete()
    user.email = f"{user.pk}@{NOBODY}"
    user.is_active = user.is_staff = user.is_superuser = False
    user.set_unusable_password()
    user.save()
