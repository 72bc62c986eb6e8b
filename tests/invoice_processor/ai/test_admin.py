"""The admin's view of AI reading: no key's hash, no answer."""

import pytest
from django.contrib import admin
from django.test import RequestFactory

from accounts.models import User
from invoice_processor.models import AiCall, APIKeyUsage


@pytest.mark.parametrize(("model", "hidden"), [(AiCall, {"answer", "key_hash"}), (APIKeyUsage, {"key_hash"})])
def test_secrets_and_papers_are_not_shown(
    rf: RequestFactory, admin_user: User, model: type, hidden: set[str]
) -> None:
    request = rf.get("/")
    request.user = admin_user
    page = admin.site._registry[model]
    assert not hidden & set(map(str, page.get_fields(request)))
    assert not page.has_change_permission(request)
