"""Smart iInvoice: the Django project that wires the house together."""

from importlib.metadata import version

from smartinvoice.celery import app as celery_app

__version__ = version("smartinvoice")

__all__ = ["celery_app"]
