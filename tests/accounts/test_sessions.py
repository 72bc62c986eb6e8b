"""What is kept of logins, and for how long."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.models import User
from accounts.services.sessions import remove_expired


@pytest.mark.django_db
def test_only_expired_sessions_go_and_what_was_noted_of_them(user: User) -> None:
    now = timezone.now()
    for key, until in (("stale", now - timedelta(minutes=1)), ("live", now + timedelta(minutes=1))):
        Session.objects.create(session_key=key, session_data="", expire_date=until)
    for key in ("stale", "live", "ended long ago"):
        UserSession.objects.create(user=user, session_key=key, ip="192.0.2.7", user_agent="curl")
    assert remove_expired() == 1
    assert [session.session_key for session in Session.objects.all()] == ["live"]
    assert [noted.session_key for noted in UserSession.objects.all()] == ["live"]
