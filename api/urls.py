"""The addresses of the API, version 1."""

from django.urls import path

from api import views

app_name = "api"
urlpatterns = [
    path("invoices/", views.invoices, name="invoices"),
    path("invoices/<int:pk>/", views.invoice, name="invoice"),
    path("batches/<int:pk>/", views.batch, name="batch"),
]
