"""What is kept about a person."""

from typing import Any

from accounts.models import Invitation, User
from accounts.selectors import memberships_of, wishes_of
from accounts.services.sessions import logins_of


def personal_data(user: User) -> dict[str, Any]:
    """Everything that the accounts keep about a person, ready for JSON."""
    return {
        "name": user.get_full_name(),
        "email": user.email,
        "registered": user.date_joined,
        "last_login": user.last_login,
        "memberships": [
            {
                "organisation": membership.organisation.name,
                "role": membership.role,
                "approval_limit": membership.approval_limit,
                "since": membership.created_at,
                "notices": {
                    notice.value: {"in_desk": wish.in_desk, "by_mail": wish.by_mail}
                    for notice, wish in wishes_of(membership).items()
                },
                "api_tokens": list(membership.api_tokens.values("name", "created_at", "last_used_at")),
            }
            for membership in memberships_of(user)
        ],
        "logins": [
            {"device": login.device, "place": login.place, "since": login.since, "last_used": login.last_used}
            for login in logins_of(user, None)
        ],
        "invitations_given": list(
            Invitation.objects.filter(invited_by=user).values("email", "role", "created_at", "accepted_at")
        ),
    }
