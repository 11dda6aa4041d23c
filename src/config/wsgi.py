import os
from wsgiref.headers import Headers

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from servestatic import ServeStatic

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

HASHED_NAME = r"\.[0-9a-f]{12}\."


def protect(headers: Headers, path: str, url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"


application = ServeStatic(
    get_wsgi_application(),
    root=settings.STATIC_ROOT,
    prefix=settings.STATIC_URL,
    allow_all_origins=False,
    immutable_file_test=HASHED_NAME,
    add_headers_function=protect,
)
