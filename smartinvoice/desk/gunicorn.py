"""Gunicorn's configuration: it logs as everything else does."""

from smartinvoice.settings.logging import LOGGING

OWN = {"gunicorn.error": {"propagate": True}, "gunicorn.access": {"propagate": True}}

logconfig_dict = {**LOGGING, "loggers": {**LOGGING["loggers"], **OWN}}
