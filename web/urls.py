"""The addresses of the pages."""

from django.urls import include, path

from web.views import account, batches, inbox, invoices, notices, status, uploads

app_name = "web"
urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("live/", inbox.live_list, name="inbox-live"),
    path("set-up/", account.set_up, name="set-up"),
    path("join/<str:token>/", account.join, name="join"),
    path("upload/", uploads.upload, name="upload"),
    path("batches/", batches.collection, name="batches"),
    path("batches/<int:pk>/", batches.batch, name="batch"),
    path("batches/<int:pk>/live/", batches.live_batch, name="batch-live"),
    path("batches/<int:pk>/files/", uploads.add_files, name="batch-files"),
    path("batches/<int:pk>/close/", uploads.close, name="batch-close"),
    path("batches/<int:pk>/retry/", batches.retry, name="batch-retry"),
    path("invoices/<int:pk>/", invoices.invoice, name="invoice"),
    path("invoices/<int:pk>/live/", invoices.live_invoice, name="invoice-live"),
    path("invoices/<int:pk>/document/", invoices.document, name="document"),
    path("invoices/<int:pk>/retry/", invoices.retry, name="invoice-retry"),
    path("notices/", notices.notice_list, name="notices"),
    path("notices/bell/", notices.ring, name="bell"),
    path("notices/read/", notices.read_all, name="notices-read"),
    path("status/", status.status, name="status"),
    path("settings/", include("web.settings_urls")),
]
