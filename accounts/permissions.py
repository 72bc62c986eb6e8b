"""What each role may do: the one place where it is decided."""

from enum import StrEnum

from accounts.models import Role


class Permission(StrEnum):
    """Something that not every member may do. Looking at everything, and exporting it, needs none."""

    UPLOAD = "upload"  # send files in, process failed ones again
    REVIEW = "review"  # correct, comment, assign, judge duplicates, delete
    APPROVE = "approve"  # approve and reject, up to the member's own limit
    VERIFY = "verify"  # ask the GST portal, keep the vendors' records
    ADMINISTER = "administer"  # members, the organisation and its rules, AI
    OWN = "own"  # make and unmake owners, decide how long papers are kept


EVERYDAY = frozenset({Permission.UPLOAD, Permission.REVIEW, Permission.APPROVE, Permission.VERIFY})

PERMISSIONS: dict[str, frozenset[Permission]] = {
    Role.OWNER: EVERYDAY | {Permission.ADMINISTER, Permission.OWN},
    Role.ADMIN: EVERYDAY | {Permission.ADMINISTER},
    Role.ACCOUNTANT: EVERYDAY,
    Role.VIEWER: frozenset(),
}

REFUSALS = {
    Permission.ADMINISTER: "Only owners and admins of the organisation may do this.",
    Permission.OWN: "Only owners of the organisation may do this.",
}
VIEWERS_LOOK_ON = "Viewers may look at everything but change nothing."


def allows(role: str, permission: Permission) -> bool:
    """Whether a role includes a permission."""
    return permission in PERMISSIONS[role]


def refusal(permission: Permission) -> str:
    """The sentence for a person who lacks a permission."""
    return REFUSALS.get(permission, VIEWERS_LOOK_ON)
