from django.apps import AppConfig
from django.db.models.signals import post_migrate


class InvoiceProcessorConfig(AppConfig):
    name = "invoice_processor"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Invoice processor"

    def ready(self) -> None:
        from invoice_processor import checks, database  # noqa: F401, PLC0415 - registers the system checks

        post_migrate.connect(database.install, sender=self)
