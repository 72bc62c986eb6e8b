"""The addresses of the settings."""

from django.urls import path
from django.views.decorators.http import require_safe
from django.views.generic import RedirectView

from web.views.settings import ai, logins, members, notices, organisation, privacy, profile, rules, tokens

urlpatterns = [
    path("", require_safe(RedirectView.as_view(pattern_name="web:settings-profile")), name="settings"),
    path("profile/", profile.profile, name="settings-profile"),
    path("profile/picture/", profile.set_picture, name="picture-set"),
    path("profile/picture/remove/", profile.remove_picture, name="picture-remove"),
    path("people/<int:pk>/picture/", profile.picture, name="picture"),
    path("logins/", logins.logins, name="settings-logins"),
    path("logins/<int:pk>/end/", logins.end, name="login-end"),
    path("logins/end/", logins.end_others, name="logins-end"),
    path("notices/", notices.notices, name="settings-notices"),
    path("data/", privacy.data, name="settings-data"),
    path("data/export/", privacy.export, name="data-export"),
    path("data/delete/", privacy.delete, name="account-delete"),
    path("switch/", organisation.switch, name="switch"),
    path("organisation/", organisation.organisation, name="settings-organisation"),
    path("members/", members.members, name="settings-members"),
    path("members/invite/", members.invite, name="invite"),
    path("members/<int:pk>/change/", members.change, name="member-change"),
    path("members/<int:pk>/remove/", members.remove, name="member-remove"),
    path("invitations/<int:pk>/renew/", members.renew, name="invitation-renew"),
    path("invitations/<int:pk>/withdraw/", members.withdraw, name="invitation-withdraw"),
    path("approval/", rules.approval, name="settings-approval"),
    path("ai/", ai.ai, name="settings-ai"),
    path("ai/again/", ai.again, name="ai-again"),
    path("tokens/", tokens.tokens, name="settings-tokens"),
    path("tokens/<int:pk>/revoke/", tokens.revoke, name="token-revoke"),
    path("retention/", rules.retention, name="settings-retention"),
]
