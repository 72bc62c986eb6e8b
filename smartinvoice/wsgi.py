"""The web application for a WSGI server."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import reverse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smartinvoice.settings")
application = get_wsgi_application()
reverse("web:inbox")  # imports all pages now, so that the first visitor need not wait for it
