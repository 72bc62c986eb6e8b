from django.apps import AppConfig


class InvoiceProcessorConfig(AppConfig):
    name = "invoice_processor"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Invoice processor"

    def ready(self) -> None:
        from invoice_processor import checks  # noqa: F401, PLC0415 - registers the system checks
