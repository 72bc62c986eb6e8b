"""The addresses of the pages."""

from django.urls import include, path

from web.views import (
    account,
    batches,
    dashboard,
    decisions,
    exports,
    inbox,
    notices,
    reports,
    samples,
    states,
    status,
    uploads,
)

app_name = "web"
urlpatterns = [
    path("", dashboard.dashboard, name="dashboard"),
    path("live/", dashboard.live_dashboard, name="dashboard-live"),
    path("vendors-of-period/", dashboard.vendors, name="dashboard-vendors"),
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/live/", inbox.live_list, name="inbox-live"),
    path("inbox/act/", inbox.act, name="inbox-act"),
    path("inbox/undo/", inbox.undo_deletion, name="inbox-undo"),
    path("inbox/views/", inbox.save_view, name="view-save"),
    path("inbox/views/<int:pk>/remove/", inbox.forget_view, name="view-forget"),
    path("reports/", reports.reports, name="reports"),
    path("export/", exports.export, name="export"),
    path("samples/", samples.load, name="samples"),
    path("set-up/", account.set_up, name="set-up"),
    path("join/<str:token>/", account.join, name="join"),
    path("upload/", uploads.upload, name="upload"),
    path("batches/", batches.collection, name="batches"),
    path("batches/<int:pk>/", batches.batch, name="batch"),
    path("batches/<int:pk>/live/", batches.live_batch, name="batch-live"),
    path("batches/<int:pk>/files/", uploads.add_files, name="batch-files"),
    path("batches/<int:pk>/close/", uploads.close, name="batch-close"),
    path("batches/<int:pk>/retry/", batches.retry, name="batch-retry"),
    path("invoices/states/", states.states, name="states"),
    path("invoices/<int:pk>/", include("web.review_urls")),
    path("duplicates/<int:pk>/", decisions.compare, name="compare"),
    path("duplicates/<int:pk>/verdict/", decisions.verdict, name="verdict"),
    path("notices/", notices.notice_list, name="notices"),
    path("notices/bell/", notices.ring, name="bell"),
    path("notices/read/", notices.read_all, name="notices-read"),
    path("status/", status.status, name="status"),
    path("", include("web.vendor_urls")),
    path("settings/", include("web.settings_urls")),
]
