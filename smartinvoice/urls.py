"""All addresses."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from accounts import admin as people
from invoice_processor import admin as engine

SEEN_BY_SUPPORT = (people, engine)  # imported to be registered

admin.site.site_header = admin.site.site_title = "Smart iInvoice: support"
admin.site.index_title = "Records, to look at"
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign] # one throttled door

handler429 = "web.limits.too_many_requests"

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/v1/", include("api.urls")),
    path("", include("web.account_urls")),
    path("", include("web.urls")),
]
