"""What every page of the desk shows: the organisation, the person's rights, and the bell."""

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from accounts.models import Membership
from accounts.permissions import PERMISSIONS, Permission
from invoice_processor.selectors.notifications import bell
from invoice_processor.selectors.verification import number_waiting

UPLOAD = ("dropzone", "collect", "follow", "groups", "request", "tray", "upload")
MODULES = (
    *(f"web/js/{name}.js" for name in ("csrf", "charts", "copy", "keys", "menus", "list/bulk", "list/rows")),
    *(f"web/js/upload/{name}.js" for name in UPLOAD),
)
"""What the page's script imports: fetched at once, not one after the other."""


def desk(request: HttpRequest) -> dict[str, Any]:
    """The context of a member's page; nothing for pages outside the desk."""
    membership: Membership | None = getattr(request, "membership", None)
    if membership is None:
        return {"open_registration": settings.OPEN_REGISTRATION, "mail_on_console": not settings.EMAIL_HOST}
    return {  # what is called is asked only where it is shown
        "mail_on_console": not settings.EMAIL_HOST,
        "me": membership.user,
        "memberships": getattr(request, "memberships", []),
        "organisation": membership.organisation,
        "membership": membership,
        "permissions": PERMISSIONS[membership.role],
        "may_upload": Permission.UPLOAD in PERMISSIONS[membership.role],
        "bell": cache(lambda: bell(membership)),
        "waiting_gstins": cache(lambda: number_waiting(membership.organisation)),
        "modules": MODULES,
        "max_upload_mb": settings.MAX_UPLOAD_MB,
        "max_archive_mb": settings.MAX_ARCHIVE_MB,
    }
