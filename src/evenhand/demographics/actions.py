from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from evenhand.audit.actions import record
from evenhand.demographics.models import ProtectedFacts
from evenhand.kernel.acting import Actor
from evenhand.kernel.bulk import batches, insert_rows, update_rows
from evenhand.people.models import Person
from evenhand.people.policies import may_change_people

FACTS = ("sex", "race", "birth_on", "disability")
AT_ONCE = 5_000

Said = tuple[str | None, ...]
NOTHING: Said = ("",) * len(FACTS)


@dataclass(frozen=True, slots=True)
class Kept:
    """For how many people facts were kept for the first time, and for how many they changed."""

    added: int
    changed: int


@transaction.atomic
def keep_protected_facts(
    rows: Iterable[tuple[int, Mapping[str, str | date | None]]], *, by: Actor, at: datetime
) -> Kept:
    """Keep the protected facts of people, by the key of the person; the trail keeps only counts.

    A fact that is not said, or None, stays as it was; an empty one is taken away.
    """
    may_change_people(by).enforce()
    added = changed = 0
    for some in batches(rows, AT_ONCE):
        said = {person_id: _texts(facts) for person_id, facts in some}
        stored = _stored(said)
        new = [(key, *_merged(texts)) for key, texts in said.items() if key not in stored]
        insert_rows(ProtectedFacts, ("person", *FACTS), new)
        other = list(_changed(said, stored))
        update_rows(ProtectedFacts, FACTS, other)
        added, changed = added + len(new), changed + len(other)
    if added or changed:
        who = Person(pk=by.person_id, family_name=by.name)
        record("demographics.kept", about=who, by=by, at=at, added=added, changed=changed)
    return Kept(added, changed)


def _texts(facts: Mapping[str, str | date | None]) -> Said:
    return tuple(None if (value := facts.get(name)) is None else str(value) for name in FACTS)


def _stored(person_ids: Iterable[int]) -> dict[int, tuple[int, Said]]:
    rows = ProtectedFacts.objects.filter(person__in=list(person_ids))
    return {
        person_id: (pk, tuple(texts))
        for person_id, pk, *texts in rows.values_list("person_id", "pk", *FACTS)
    }


def _merged(new: Said, old: Said = NOTHING) -> Said:
    return tuple(before if text is None else text for text, before in zip(new, old, strict=True))


def _changed(
    said: Mapping[int, Said], stored: Mapping[int, tuple[int, Said]]
) -> Iterable[tuple[str | int | None, ...]]:
    for person_id, (pk, old) in stored.items():
        merged = _merged(said[person_id], old)
        if merged != old:
            yield (*merged, pk)
