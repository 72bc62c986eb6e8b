"""People, organisations and what joins them."""

from accounts.models.invitation import Invitation
from accounts.models.notices import Notice, NoticeChoice
from accounts.models.organisation import Membership, Organisation, OrganisationGstin, Role, is_valid_gstin
from accounts.models.person import Picture, User, UserAccounts
from accounts.models.token import ApiToken

__all__ = [
    "ApiToken",
    "Invitation",
    "Membership",
    "Notice",
    "NoticeChoice",
    "Organisation",
    "OrganisationGstin",
    "Picture",
    "Role",
    "User",
    "UserAccounts",
    "is_valid_gstin",
]
