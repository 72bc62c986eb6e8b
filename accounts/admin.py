"""People and organisations, for support. No hash of a password or token is shown."""

from typing import ClassVar

from django.contrib import admin

from accounts.looking_on import LookOn, LookOnRows
from accounts.models import ApiToken, Invitation, Membership, Organisation, User


@admin.register(User)
class UserAdmin(LookOn):
    """People; support may switch an account off and on."""

    changeable = ("is_active",)
    fields = ("email", "first_name", "is_active", "is_staff", "is_superuser", "date_joined", "last_login")
    list_display = ("email", "first_name", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", "is_staff")
    search_fields = ("email", "first_name")


class Seats(LookOnRows):
    """The members of an organisation."""

    model = Membership
    fields = readonly_fields = ("user", "role", "approval_limit", "created_at")


@admin.register(Organisation)
class OrganisationAdmin(LookOn):
    """Organisations with their members."""

    fields = (
        "name",
        "created_at",
        "uploader_may_approve",
        "admin_limit",
        "accountant_limit",
        "retention_years",
        "judge_again_from",
    )
    list_display = ("name", "created_at")
    search_fields = ("name",)
    inlines: ClassVar = [Seats]


@admin.register(Invitation)
class InvitationAdmin(LookOn):
    """Who was invited by whom."""

    fields = (
        "organisation",
        "email",
        "role",
        "invited_by",
        "created_at",
        "expires_at",
        "accepted_at",
        "withdrawn_at",
    )
    list_display = ("email", "organisation", "role", "expires_at", "accepted_at")
    list_select_related = ("organisation",)


@admin.register(ApiToken)
class ApiTokenAdmin(LookOn):
    """Which programs have access."""

    fields = ("membership", "name", "hint", "created_at", "last_used_at")
    list_display = ("name", "hint", "membership", "last_used_at")
    list_select_related = ("membership__user", "membership__organisation")
