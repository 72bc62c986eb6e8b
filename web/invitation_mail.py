"""The mail with which somebody is invited."""

from smtplib import SMTPException

import structlog
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string

from web.desk import DeskRequest

log = structlog.get_logger(__name__)


def send(request: DeskRequest, email: str, link: str) -> bool:
    """Mail an invitation's link; False when no mail went out, so that the link is handed over otherwise."""
    context = {"by": request.user, "organisation": request.organisation, "link": link, "email": email}
    context["days"] = settings.INVITATION_DAYS
    text = render_to_string("account/email/invitation_message.txt", context, request)
    try:
        send_mail(f"{request.organisation}: your invitation", text, None, [email])
    except (SMTPException, OSError):
        log.exception("invitation not mailed")
        return False
    return bool(settings.EMAIL_HOST)
