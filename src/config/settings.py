"""One settings file for every place; what differs between places comes from the environment."""

import os
from pathlib import Path

from csp.constants import NONE, SELF

from config import environment

DEMO = environment.switch("EVENHAND_DEMO")
DEBUG = environment.switch("EVENHAND_DEBUG")
PRODUCTION = not (DEMO or DEBUG)

VAR = Path(os.environ.get("EVENHAND_VAR", "var")).absolute()
VAR.mkdir(parents=True, exist_ok=True)

_SECRETS = environment.required_secrets(VAR, may_generate=not PRODUCTION)
SECRET_KEY = _SECRETS["EVENHAND_SECRET_KEY"]
FIELD_KEYS = environment.field_keys(_SECRETS["EVENHAND_KEYS"])

ALLOWED_HOSTS = environment.words("EVENHAND_HOSTS", "localhost,127.0.0.1,[::1]")
BASE_URL = os.environ.get("EVENHAND_URL", "http://127.0.0.1:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = environment.words("EVENHAND_ORIGINS")

INSTALLED_APPS = [
    "evenhand.audit",
    "evenhand.jobs",
    "evenhand.people",
    "evenhand.demographics",
    "evenhand.access",
    "evenhand.compliance",
    "evenhand.competencies",
    "evenhand.cycles",
    "evenhand.goals",
    "evenhand.assessments",
    "evenhand.workshops",
    "evenhand.development",
    "evenhand.reviews",
    "evenhand.analytics",
    "evenhand.integrations",
    "evenhand.notices",
    "evenhand.documents",
    "evenhand.web",
    "evenhand.api",
    "evenhand.worker",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django.forms",
    "django_htmx",
    "django_q",
    "template_partials",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "csp.middleware.CSPMiddleware",
    "evenhand.web.middleware.ActorMiddleware",
    "evenhand.web.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "evenhand.web.navigation.page",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Data

DATABASES = {
    "default": environment.database(
        os.environ.get("EVENHAND_DATABASE_URL") or f"sqlite:///{VAR}/evenhand.sqlite3"
    ),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Rate limits count across processes and machines, so the counts live in the database.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_entry",
        # Well above the default, so that a flood of new keys cannot push a count out.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    # The job queue notes its own health many times a second, which nobody else needs to know.
    "queue": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

# `retry` stays above `timeout`: a job that outlives `retry` would be started twice.
Q_CLUSTER = {
    "name": "evenhand",
    "orm": "default",
    "cache": "queue",
    "workers": 2,
    "timeout": 600,
    "retry": 660,
    "max_attempts": 3,
    "ack_failures": True,
    "catch_up": False,
    "sync": False,
    "poll": 1,
    "queue_limit": 20,
    "save_limit": 500,
    "label": "Jobs",
}
# Seconds after which a running job that was not heard from counts as dead and is taken up again.
JOB_SILENCE = int(os.environ.get("EVENHAND_JOB_SILENCE", "60"))

# Signing in

AUTH_USER_MODEL = "access.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 3 * 24 * 60 * 60
ACCOUNT_ADAPTER = "evenhand.web.sign_in.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
# Addresses come from the HR file, so there is nothing to verify and nothing to change here.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_SESSION_REMEMBER = False
MFA_TOTP_ISSUER = "Evenhand"
# A code that ran out while it was typed still counts (RFC 6238, section 5.2).
MFA_TOTP_TOLERANCE = 1
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
# A passkey needs https, except on the machine of somebody who tries or develops.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
# A page that is only read writes nothing: it must not wait for whoever writes just then.
USERSESSIONS_TRACK_ACTIVITY = False
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_NAME = "evenhand_session"
CSRF_COOKIE_NAME = "evenhand_csrf"
CSRF_COOKIE_HTTPONLY = True

# Transport

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_SECURE = PRODUCTION
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = ["^healthz$"]  # machines that watch ask from inside
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
if environment.switch("EVENHAND_BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
    },
}

# Language and time

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
LOCALE_PATHS = [Path(__file__).resolve().parent.parent / "evenhand" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# Files

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR / "files"},
    },
    "staticfiles": {"BACKEND": "servestatic.storage.CompressedManifestStaticFilesStorage"},
}

# Messages

_EMAIL = environment.email(os.environ.get("EVENHAND_EMAIL_URL") or f"file://{VAR}/mail")
globals().update(_EMAIL)
DEFAULT_FROM_EMAIL = os.environ.get("EVENHAND_EMAIL_FROM", "Evenhand <evenhand@localhost>")

# Logs name what happened and where, never what a person wrote.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"},
    },
    "handlers": {"terminal": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["terminal"], "level": "WARNING"},
    "loggers": {
        "evenhand": {"level": "INFO"},
        "django.request": {"level": "ERROR"},  # a page that is not there is no event
        "weasyprint": {"level": "ERROR"},  # it warns of each rule for screens
    },
}
