"""How django-allauth works here: its sentences, its mail, and who may register."""

from concurrent.futures import ThreadPoolExecutor
from smtplib import SMTPException
from typing import Any

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal.httpkit import get_client_ip
from django.conf import settings
from django.contrib import messages
from django.contrib.sites.shortcuts import get_current_site
from django.core.mail import EmailMessage
from django.http import HttpRequest

from accounts.models import User

log = structlog.get_logger(__name__)

RESET = "account/email/password_reset_key"
BESIDE = ThreadPoolExecutor(1, "mail")
LOCAL = "127.0.0.1"  # behind a Unix socket there is no address


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """The desk's own wording and ways; everything else as allauth has it."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "This e-mail address and password do not belong together. "
        "Please try again.",
        "too_many_login_attempts": "Too many failed attempts for this address. Wait five minutes and try "
        "again, or choose a new password with “Forgot your password?”.",
        "enter_current_password": "This is not your present password.",
        "incorrect_password": "This is not your password.",
        "duplicate_email": "This is your address already.",
        "rate_limited": "Too many requests in a short time: wait a minute and try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Whether anybody may register; else invitations are the way in."""
        return settings.OPEN_REGISTRATION

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address of the person's machine."""
        return get_client_ip(request) or LOCAL

    def authentication_failed(self, request: HttpRequest, **_: Any) -> None:
        """Leave a line for whoever watches the log; the address that was typed may be a password."""
        log.warning("login failed", client=self.get_client_ip(request))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        """Where a person finds themselves after a change of password."""
        return "/settings/profile/"

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:  # noqa: ARG002
        """Mail the link beside the answer, which tells neither by its time nor by an error who is known."""
        shown = {"email": email, "current_site": get_current_site(self.request)} | context
        BESIDE.submit(self.post, self.render_mail(RESET, email, shown))

    def post(self, mail: EmailMessage) -> None:
        """Send a mail of which nobody waits to hear."""
        try:
            mail.send()
        except (SMTPException, OSError):
            log.exception("mail not sent", template=RESET)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail; a mail server that is away is no reason for an error page."""
        try:
            super().send_mail(template_prefix, email, context)
        except (SMTPException, OSError):
            log.exception("mail not sent", template=template_prefix)
            messages.error(self.request, "The mail could not be sent. Tell the person who runs this desk.")
