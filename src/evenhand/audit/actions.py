from collections.abc import Iterable
from datetime import datetime

from django.db import models

from evenhand.audit.models import Entry
from evenhand.kernel.acting import Actor
from evenhand.kernel.bulk import insert_rows

COLUMNS = (
    "code",
    "about",
    "about_id",
    "about_name",
    "by_id",
    "by_name",
    "delegate_id",
    "delegate_name",
    "at",
    "details",
)


def record(code: str, *, about: models.Model, by: Actor, at: datetime, **details: object) -> Entry:
    """Keep what was done, in the transaction that does it. `details` are facts, never words."""
    values = _values(code, about, by, at, details)
    return Entry.objects.create(**dict(zip(COLUMNS, values, strict=True)))


def record_each(
    code: str,
    *,
    about: Iterable[tuple[models.Model, dict[str, object]]],
    by: Actor,
    at: datetime,
) -> None:
    """Keep the same deed for many things, each with its details, in as few statements as can be."""
    insert_rows(Entry, COLUMNS, (_values(code, thing, by, at, facts) for thing, facts in about))


def _values(
    code: str, about: models.Model, by: Actor, at: datetime, details: dict[str, object]
) -> tuple[object, ...]:
    name = str(about)[:200]
    delegate = (by.delegate_id, by.delegate_name)
    label = about._meta.label_lower
    return code, label, about.pk, name, by.person_id, by.name, *delegate, at, details
