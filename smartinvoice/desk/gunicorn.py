"""Gunicorn's configuration: it logs as everything else does."""

from smartinvoice.settings.logging import LOGGING

OWN = {"gunicorn.error": {"propagate": True}, "gunicorn.access": {"propagate": True}}

logconfig_dict = {**LOGGING, "loggers": {**LOGGING["loggers"], **OWN}}

# Without queries and the pages that people came from: what they searched for stands there.
access_log_format = '%(h)s %(m)s %(U)s %(s)s %(B)s bytes %(M)s ms "%(a)s"'
