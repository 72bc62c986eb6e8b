"""The addresses of vendors and of their verification."""

from django.urls import path

from web.views import vendors, verification

urlpatterns = [
    path("vendors/", vendors.vendors, name="vendors"),
    path("vendors/add/", vendors.add, name="vendor-add"),
    path("vendors/import/", vendors.import_list, name="vendor-import"),
    path("vendors/import/keep/", vendors.keep_list, name="vendor-keep"),
    path("vendors/export/", vendors.export, name="vendor-export"),
    path("vendors/<str:gstin>/", vendors.vendor, name="vendor"),
    path("verification/", verification.waiting, name="verification"),
    path("verification/ask/", verification.ask, name="verify"),
    path("verification/answer/", verification.answer, name="verify-answer"),
    path("verification/pictures/<str:token>/", verification.picture, name="verify-picture"),
]
