"""Accounts, sign-in and mail: django-allauth's settings and our own."""

import os

from smartinvoice.settings.environment import env, secret
from smartinvoice.settings.paths import DATA_DIR

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "web:dashboard"
LOGOUT_REDIRECT_URL = "account_login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

OPEN_REGISTRATION: bool = env.bool("OPEN_REGISTRATION", False)  # else by invitation only
INVITATION_DAYS = 7
UPLOADED_FILES_PER_HOUR = env.int("UPLOADED_FILES_PER_HOUR", 20_000)  # of one person

ACCOUNT_ADAPTER = "web.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "web.account_forms.LoginForm",
    "signup": "web.account_forms.RegisterForm",
    "add_email": "web.account_forms.EmailForm",
    "change_password": "web.account_forms.ChangePasswordForm",
    "reset_password": "web.account_forms.ResetPasswordForm",
    "reset_password_from_key": "web.account_forms.NewPasswordForm",
    "reauthenticate": "web.account_forms.ReauthenticateForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if OPEN_REGISTRATION else "none"  # the invited have shown theirs
ACCOUNT_CHANGE_EMAIL = True  # the new address counts once it is confirmed
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # strangers get no mail
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = None  # ask
ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip,5/5m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if env.bool("BEHIND_PROXY", False) else 0

DESK_URL = env.str("DESK_URL", f"http://localhost:{env.int('PORT', 8000)}").rstrip("/")  # in mails
EMAIL_HOST = env.str("EMAIL_HOST", "")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"  # without a mail server; they hold links that are keys, so no log may
EMAIL_PORT = env.int("EMAIL_PORT", 587)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = secret(dict(os.environ), "EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_SSL = EMAIL_PORT == 465
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", EMAIL_PORT == 587)
EMAIL_TIMEOUT = 10  # seconds
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("DEFAULT_FROM_EMAIL", "Smart iInvoice <desk@localhost>")

PASSWORD_RESET_TIMEOUT = 24 * 3600  # seconds
SESSION_COOKIE_AGE = 14 * 24 * 3600  # seconds, for those who stay logged in
