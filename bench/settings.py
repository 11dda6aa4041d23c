"""The settings that ship, in a throw-away place, with one bare view beside the product."""

import os
import tempfile

os.environ.setdefault("EVENHAND_VAR", tempfile.mkdtemp(prefix="evenhand-bench-"))
os.environ.setdefault("EVENHAND_DEMO", "1")

from config.settings import *  # noqa: E402, F403

ROOT_URLCONF = "bench.urls"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
ALLOWED_HOSTS = ["testserver", "127.0.0.1"]
