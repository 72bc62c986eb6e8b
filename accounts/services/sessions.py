"""Where a person is logged in, and logging out there."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone

from accounts.devices import device
from accounts.models import User

NOTED = "noted_at"  # in the session
NOTED_EVERY = timedelta(minutes=5)  # a write with each request would be too many


@dataclass(frozen=True, slots=True)
class Login:
    """One browser in which a person is logged in."""

    pk: int
    device: str
    place: str
    since: datetime
    last_used: datetime
    is_this: bool


def note(request: HttpRequest) -> None:
    """Remember from where and when the session of a request was used, every few minutes."""
    now = timezone.now().timestamp()
    if now - request.session.get(NOTED, 0) >= NOTED_EVERY.total_seconds():
        UserSession.objects.create_from_request(request)
        request.session[NOTED] = int(now)


def logins_of(user: User, session_key: str | None) -> list[Login]:
    """The person's live sessions, the one of this browser first, then the latest used."""
    logins = [
        Login(
            session.pk,
            device(session.user_agent),
            place(session.ip),
            session.created_at,
            session.last_seen_at,
            session.session_key == session_key,
        )
        for session in UserSession.objects.purge_and_list(user)
    ]
    return sorted(logins, key=lambda login: (not login.is_this, -login.last_used.timestamp()))


def place(address: str) -> str:
    """What an address tells of a place without asking anybody."""
    ip = ip_address(address)
    if ip.is_loopback:
        return "The machine of the desk"
    return f"Your own network ({ip})" if ip.is_private else str(ip)


def end(user: User, pk: int) -> None:
    """Log a person out of one browser."""
    for session in UserSession.objects.filter(user=user, pk=pk):
        session.end()


def end_all(user: User, but: str | None = None) -> int:
    """Log a person out everywhere, except in the session with the key ``but``; returns how many ended."""
    sessions = list(UserSession.objects.filter(user=user).exclude(session_key=but))
    for session in sessions:
        session.end()
    return len(sessions)


def remove_expired() -> int:
    """Remove sessions whose time is over, and what was noted of them; returns how many ended."""
    ended, _ = Session.objects.filter(expire_date__lt=timezone.now()).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    return ended
