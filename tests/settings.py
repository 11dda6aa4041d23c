"""The settings that ship, with what tests need: fixed keys, a throw-away var, a quick hasher."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_TEMPORARY = Path(tempfile.mkdtemp(prefix="evenhand-tests-"))
atexit.register(shutil.rmtree, _TEMPORARY, ignore_errors=True)

for _name in [name for name in os.environ if name.startswith("EVENHAND_")]:
    if _name not in {"EVENHAND_TEST_DATABASE_URL", "EVENHAND_REFERENCE_DATA"}:
        del os.environ[_name]
os.environ |= {
    "EVENHAND_VAR": str(_TEMPORARY),
    "EVENHAND_SECRET_KEY": "only-for-tests-" + 40 * "x",
    "EVENHAND_KEYS": "test:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
    "EVENHAND_DATABASE_URL": os.environ.get("EVENHAND_TEST_DATABASE_URL", ""),
}

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES, Q_CLUSTER, STATIC_ROOT, STORAGES  # noqa: E402

DATABASES["default"]["CONN_MAX_AGE"] = 0
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as in production, so that a live server and a worker have connections of their own.
    DATABASES["default"]["TEST"] = {"NAME": str(_TEMPORARY / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
Q_CLUSTER["sync"] = True  # what is asked for is performed at once, after the commit
STATIC_ROOT.mkdir()
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
