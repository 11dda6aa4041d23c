"""Settings for commands that work on files alone: words and pages, no database and no secrets."""

from pathlib import Path

_EVENHAND = Path(__file__).resolve().parent.parent / "evenhand"

INSTALLED_APPS = ["evenhand.documents", "django.contrib.staticfiles"]
TEMPLATES = [
    {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True},
]
STATIC_URL = "static/"
STATICFILES_DIRS = [_EVENHAND / "web" / "static"]  # the fonts and colours of every page

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
LOCALE_PATHS = [_EVENHAND / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
