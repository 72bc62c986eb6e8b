"""Changes to an organisation, each in the audit trail: who gave whom which right, who changed which rule."""

from collections.abc import Iterable
from decimal import Decimal

from django.db import transaction

from accounts.models import ApiToken, Invitation, Membership, Organisation, User
from accounts.services import invitations, members, organisations, rules, tokens
from invoice_processor.models import Event, Invoice
from invoice_processor.services import own_gstins
from invoice_processor.services.decisions import free


def note(by: Membership, action: str, **data: object) -> None:
    """Write down what a member has changed."""
    Event.objects.create(organisation=by.organisation, actor=by.user, action=action, data=data)


@transaction.atomic
def invite(by: Membership, email: str, role: str) -> tuple[Invitation, str]:
    """See accounts.services.invitations."""
    invitation, token = invitations.invite(by, email, role)
    note(by, "member.invited", invitation=invitation.pk, role=role)
    return invitation, token


@transaction.atomic
def withdraw(by: Membership, invitation: Invitation) -> None:
    """See accounts.services.invitations."""
    if invitations.withdraw(by, invitation):
        note(by, "invitation.withdrawn", invitation=invitation.pk)


@transaction.atomic
def join(invitation: Invitation, user: User) -> None:
    """Take a seat. Raises what accounts.services.invitations.accept does."""
    membership = invitations.accept(invitation, user)
    note(membership, "member.joined", invitation=invitation.pk, role=membership.role)


@transaction.atomic
def register(invitation: Invitation, *, full_name: str, password: str) -> User:
    """Create the person who was invited, in their seat.

    Raises:
        Gone: see accounts.services.invitations.
    """
    user = User.objects.create_user(invitation.email, password, first_name=full_name)
    join(invitation, user)
    return user


@transaction.atomic
def change_member(
    by: Membership, membership: Membership, *, role: str, approval_limit: Decimal | None
) -> None:
    """See accounts.services.members."""
    before = rights(membership)
    members.change(by, membership, role=role, approval_limit=approval_limit)
    if (after := rights(membership)) != before:
        note(by, "member.changed", member=membership.user_id, before=before, after=after)


def rights(membership: Membership) -> dict[str, str | None]:
    """What a member may do, as the audit trail keeps it."""
    return {"role": str(membership.role), "approval_limit": rupees(membership.approval_limit)}


def rupees(limit: Decimal | None) -> str | None:
    """An approval limit, as the audit trail keeps it."""
    return None if limit is None else f"{limit:.2f}"


@transaction.atomic
def remove_member(by: Membership, membership: Membership) -> None:
    """Take a member out of an organisation; what was assigned to them becomes free.

    Raises:
        NotAllowed, LastOwner: see accounts.services.members.
    """
    user, organisation, role = membership.user, membership.organisation_id, str(membership.role)
    members.remove(by, membership)
    free(Invoice.objects.filter(organisation=organisation), user, by=by.user)
    note(by, "member.removed", member=user.pk, role=role)


@transaction.atomic
def create_token(by: Membership, name: str) -> str:
    """See accounts.services.tokens."""
    text = tokens.create(by, name)
    note(by, "token.created", token=tokens.hint(text))
    return text


@transaction.atomic
def revoke_token(by: Membership, token: ApiToken) -> None:
    """See accounts.services.tokens."""
    tokens.revoke(token)
    note(by, "token.revoked", token=token.hint)


@transaction.atomic
def rename(by: Membership, name: str) -> None:
    """Give the organisation another name. Raises NameTaken."""
    before = by.organisation.name
    organisations.rename(by.organisation, name)
    if by.organisation.name != before:
        note(by, "organisation.renamed", before=before, after=by.organisation.name)


@transaction.atomic
def set_gstins(by: Membership, gstins: Iterable[str]) -> bool:
    """Make these the organisation's registrations; returns whether anything changed."""
    before, after = sorted(str(one) for one in by.organisation.gstins.all()), sorted(set(gstins))
    changed = own_gstins.set_own_gstins(by.organisation, after)
    if changed:
        note(by, "organisation.gstins_changed", before=before, after=after)
    return changed


@transaction.atomic
def set_approval(
    by: Membership,
    *,
    uploader_may_approve: bool,
    admin_limit: Decimal | None = None,
    accountant_limit: Decimal | None = None,
) -> None:
    """See accounts.services.rules."""
    before = approval(by.organisation)
    rules.set_approval(
        by.organisation,
        uploader_may_approve=uploader_may_approve,
        admin_limit=admin_limit,
        accountant_limit=accountant_limit,
    )
    if (after := approval(by.organisation)) != before:
        note(by, "approval.rule_changed", before=before, after=after)


def approval(organisation: Organisation) -> dict[str, bool | str | None]:
    """Who may approve what, as the audit trail keeps it."""
    return {
        "uploader_may_approve": organisation.uploader_may_approve,
        "admin_limit": rupees(organisation.admin_limit),
        "accountant_limit": rupees(organisation.accountant_limit),
    }


@transaction.atomic
def set_retention(by: Membership, years: int | None) -> None:
    """Say how many years papers are kept; None: for ever."""
    before = by.organisation.retention_years
    rules.set_retention(by.organisation, years)
    if before != years:
        note(by, "retention.rule_changed", before=before, after=years)
