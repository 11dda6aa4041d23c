"""What an IT administrator reads besides the findings: versions, settings without secrets, keys."""

import platform
from importlib.metadata import version
from typing import Any

import django
from django.conf import settings
from django.utils.translation import gettext as _

from evenhand.jobs.kinds import JobState
from evenhand.jobs.models import Job
from evenhand.kernel.encryption import key_ring
from evenhand.kernel.rotation import COUNT, ROTATION
from evenhand.web.health.findings import database_name

HOUR = 3600


def versions() -> list[tuple[str, str]]:
    return [
        ("Evenhand", version("evenhand")),
        ("Django", django.get_version()),
        ("Python", platform.python_version()),
        (_("Database"), database_name()),
    ]


def settings_shown() -> list[tuple[str, str]]:
    """How this installation is set up. Nothing here opens anything."""
    mode = _("demonstration") if settings.DEMO else _("development")
    return [
        (_("Runs as"), _("production") if settings.PRODUCTION else mode),
        (_("Address"), settings.BASE_URL),
        (_("Answers to"), ", ".join(settings.ALLOWED_HOSTS)),
        (_("Time zone"), settings.TIME_ZONE),
        (_("Signed in for"), _("%(n)d hours") % {"n": settings.SESSION_COOKIE_AGE // HOUR}),
        (_("Mail from"), settings.DEFAULT_FROM_EMAIL),
        (_("Mail goes"), settings.EMAIL_BACKEND.rsplit(".", 2)[-2]),
    ]


def keys_shown() -> dict[str, Any]:
    """The keys of this installation by their ids, and what was counted last."""
    primary = key_ring().primary
    counted = (
        Job.objects.filter(kind__in=(COUNT, ROTATION), state=JobState.DONE)
        .order_by("-ended_at", "-pk")
        .first()
    )
    counts = counted.result["keys"] if counted else {}
    known = [*key_ring().keys, *(key for key in counts if key not in key_ring().keys)]
    rows = [(key, key == primary, counts.get(key, 0)) for key in known]
    return {
        "keys": rows,
        "counted_at": counted.ended_at if counted else None,
        "outdated": sum(number for _key, is_primary, number in rows if not is_primary),
    }
