from collections.abc import Iterable
from datetime import datetime

from django.db import models

from evenhand.audit.models import Entry
from evenhand.kernel.acting import Actor


def record(code: str, *, about: models.Model, by: Actor, at: datetime, **details: object) -> Entry:
    """Keep what was done, in the transaction that does it. `details` are facts, never words."""
    entry = _entry(code, about=about, by=by, at=at, details=details)
    entry.save(force_insert=True)
    return entry


def record_each(
    code: str,
    *,
    about: Iterable[tuple[models.Model, dict[str, object]]],
    by: Actor,
    at: datetime,
) -> None:
    """Keep the same deed for many things, each with its details, in as few statements as can be."""
    entries = [_entry(code, about=thing, by=by, at=at, details=d) for thing, d in about]
    Entry.objects.bulk_create(entries, batch_size=2000)


def _entry(
    code: str, *, about: models.Model, by: Actor, at: datetime, details: dict[str, object]
) -> Entry:
    return Entry(
        code=code,
        about=about._meta.label_lower,
        about_id=about.pk,
        about_name=str(about)[:200],
        by_id=by.person_id,
        by_name=by.name,
        delegate_id=by.delegate_id,
        delegate_name=by.delegate_name,
        at=at,
        details=details,
    )
