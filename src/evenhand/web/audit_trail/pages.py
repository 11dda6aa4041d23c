"""How entries and what was found about the chain are shown."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from evenhand.audit.kinds import VERIFICATION, Damage
from evenhand.audit.models import Entry
from evenhand.jobs.kinds import JobState
from evenhand.jobs.models import Job
from evenhand.jobs.policies import visible_jobs
from evenhand.kernel.acting import Actor
from evenhand.web.audit_trail.sentences import sentence, thing


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One line of the trail: who, what, to what, and when."""

    pk: int
    at: datetime
    by_name: str
    delegate_name: str
    said: str
    thing: str
    name: str


def shown_entry(entry: Entry) -> EntryRow:
    return EntryRow(
        pk=entry.pk,
        at=entry.at,
        by_name=entry.by_name,
        delegate_name=entry.delegate_name,
        said=sentence(entry.code),
        thing=thing(entry.about),
        name=entry.about_name,
    )


def shown_details(entry: Entry) -> list[tuple[str, Any]]:
    """The facts of an entry by their names, as words."""
    return [
        (name.replace("_", " ").capitalize(), _word(value))
        for name, value in sorted(entry.details.items())
        if value not in ("", None)
    ]


def _word(value: object) -> object:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return ", ".join(map(str, value)) if isinstance(value, list) else value


def last_verification(actor: Actor) -> Job | None:
    """The verification this auditor asked for last, under way or ended."""
    found = visible_jobs(actor).filter(kind=VERIFICATION, asked_by_id=actor.person_id)
    return found.order_by("-asked_at", "-pk").first()


def shown_result(job: Job | None) -> dict[str, Any]:
    """What a finished verification has found, in words."""
    if job is None or job.state != JobState.DONE:
        return {}
    damage = job.result["damage"]
    return {**job.result, "is_whole": not damage, "why": Damage(damage).label if damage else ""}
