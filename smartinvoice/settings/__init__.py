"""Settings: everything by environment variable (see .env.example), with defaults for one laptop."""

import os
from typing import Any
from urllib.parse import unquote

from django.core.exceptions import ImproperlyConfigured

from smartinvoice.settings.ai import *  # noqa: F403 - Django reads settings from this module
from smartinvoice.settings.celery import *  # noqa: F403
from smartinvoice.settings.environment import env, kept_secret, secret
from smartinvoice.settings.logging import LOGGING as LOGGING
from smartinvoice.settings.paths import BASE_DIR, DATA_DIR
from smartinvoice.settings.people import *  # noqa: F403

DEBUG = env.bool("DEBUG", False)
SECRET_KEY = secret(dict(os.environ), "SECRET_KEY") or kept_secret(DATA_DIR / "secret-key")
LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]  # for what watches the desk from beside it
ALLOWED_HOSTS = [*env.list("ALLOWED_HOSTS", default=[]), *LOOPBACK]
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "django.contrib.admin.apps.SimpleAdminConfig",  # only what smartinvoice.urls names
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "accounts",
    "invoice_processor",
    "web",  # before allauth: its templates are replaced by ours
    "allauth",
    "allauth.account",
    "allauth.usersessions",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "web.security.PageHeadersMiddleware",
    "web.limits.RequestSizeMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "web.logins.LoginsMiddleware",
    "web.setup.FirstVisitMiddleware",
]

ROOT_URLCONF = "smartinvoice.urls"
WSGI_APPLICATION = "smartinvoice.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "web.context.desk",
            ]
        },
    }
]

OWN_DATABASE: dict[str, Any] = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(DATA_DIR / "db.sqlite3")}
DATABASES = {"default": env.database("DATABASE_URL") if os.environ.get("DATABASE_URL") else OWN_DATABASE}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;",
    }
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}  # worker processes see it too
else:
    DATABASES["default"]["HOST"] = unquote(DATABASES["default"]["HOST"])  # a socket's folder, as libpq has it
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # A process that is frozen inside a transaction must not keep its locks for ever: others wait for them.
    FREED = {"options": "-c idle_in_transaction_session_timeout=60s"}
    DATABASES["default"]["OPTIONS"] = FREED | DATABASES["default"].get("OPTIONS", {})
DATABASES["default"]["CONN_MAX_AGE"] = 60  # seconds; opening one costs as much as half an invoice

# In the database: the one thing that all web and worker processes of every set-up share.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

LANGUAGE_CODE = "en-in"
TIME_ZONE = env.zone("TIME_ZONE", "Asia/Kolkata")
USE_I18N = True
DATE_FORMAT = "j M Y"
DATETIME_FORMAT = "j M Y, H:i"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(DATA_DIR / "static"))()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "web.storage.HashedStaticFiles"
    },
    "documents": {
        "BACKEND": "invoice_processor.storage.DurableFileSystemStorage",
        "OPTIONS": {"location": str(DATA_DIR / "documents")},
    },
    "renditions": {  # pictures of pages, made anew when they are gone
        "BACKEND": "invoice_processor.storage.DurableFileSystemStorage",
        "OPTIONS": {"location": str(DATA_DIR / "renditions")},
    },
}
MEDIA_ROOT = DATA_DIR / "media"

HTTPS = env.bool("HTTPS", False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked for by machines next door
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", 365 * 24 * 3600 if HTTPS else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_HSTS_SECONDS > 0
SECURE_REFERRER_POLICY = "same-origin"
DEFAULT_EXCEPTION_REPORTER = "smartinvoice.settings.redaction.ErrorPage"
X_FRAME_OPTIONS = "SAMEORIGIN"
SILENCED_SYSTEM_CHECKS = ["security.W019"]  # the desk shows documents in a frame of its own
if env.bool("BEHIND_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

MAX_UPLOAD_MB = env.int("MAX_UPLOAD_MB", 10)
MAX_ARCHIVE_MB = env.int("MAX_ARCHIVE_MB", 500)  # a ZIP, and all that it holds unpacked
MAX_ARCHIVE_FILES = env.int("MAX_ARCHIVE_FILES", 5000)
DATA_UPLOAD_MAX_NUMBER_FILES = 200  # in one request; the page sends more in several
FILE_UPLOAD_MAX_MEMORY_SIZE = 9 * 2**20  # a group of files of the page; what is larger waits on disk
INTERACTIVE_BATCH_FILES = env.int("INTERACTIVE_BATCH_FILES", 10)  # batches up to this size go first
REVIEW_BELOW_CONFIDENCE = env.int("REVIEW_BELOW_CONFIDENCE", 80)  # percent

GST_PORTAL_URL = env.str("GST_PORTAL_URL", "https://services.gst.gov.in")  # empty: the portal is never asked
GST_PORTAL_SPACING = env.float("GST_PORTAL_SPACING", 1.0)  # seconds between two requests of all processes
GST_PORTAL_COOL_OFF = env.int("GST_PORTAL_COOL_OFF", 300)  # seconds, after the portal has blocked us
GST_PORTAL_TIMEOUT = env.float("GST_PORTAL_TIMEOUT", 20.0)  # seconds for one whole answer
GSP_BASE_URL = env.str("GSP_BASE_URL", "")
GSP_API_KEY = secret(dict(os.environ), "GSP_API_KEY") or ""
GST_REFRESH_DAYS = env.int("GST_REFRESH_DAYS", 90)  # an older record is to be asked for again
METRICS_TOKEN = secret(dict(os.environ), "METRICS_TOKEN") or ""  # empty: /metrics does not exist
INVOICE_READER = env.str("INVOICE_READER", "extraction.engines.local:LocalReader")

if not 0 < MAX_UPLOAD_MB <= 100:
    raise ImproperlyConfigured("MAX_UPLOAD_MB: give a number from 1 to 100")

__all__ = ["BASE_DIR", "DATA_DIR"]
