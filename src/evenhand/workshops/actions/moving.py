"""From one stage of a workshop to the next, and back while nobody has voted."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from evenhand.audit.actions import record
from evenhand.kernel.acting import Actor
from evenhand.kernel.events import announce
from evenhand.kernel.verdict import Ground, Refused, Verdict
from evenhand.workshops.events import RoundClosed, WorkshopTaskGiven
from evenhand.workshops.kinds import BACK, FEWEST_VOTES, Stage
from evenhand.workshops.models import Workshop
from evenhand.workshops.policies import may_move
from evenhand.workshops.results import results_of_all
from evenhand.workshops.visibility import counted, sorters_of

NOTHING_STAYED = Verdict(
    "nothing_stayed",
    _("No incident was put back often enough. Decide which to keep, and say why, or end here."),
    Ground.WHEN,
)
CLOSED_AT = {Stage.SORTING: "sorting_closed_at", Stage.SCALING: "scaling_closed_at"}


@transaction.atomic
def move_workshop(workshop: Workshop, to: Stage, *, by: Actor, at: datetime) -> Workshop:
    """Take a workshop to another stage. Asked twice for the same, it is done once."""
    workshop = locked(workshop)
    now = Stage(workshop.stage)
    if now == to:
        return workshop
    may_move(by, workshop, to).enforce()
    if now == Stage.ENDED:
        return _arrive(workshop, to, "workshop.taken_up", by, at)
    if to == Stage.ENDED:
        workshop.ended_in = now
        return _arrive(workshop, to, "workshop.ended", by, at)
    if BACK.get(now) == to:
        workshop.incidents.update(is_scaled=False)
        return _arrive(workshop, to, "workshop.taken_back", by, at)
    return _go_on(workshop, to, by, at)


def close_when_all_are_in(workshop: Workshop, *, by: Actor, at: datetime) -> None:
    """Close the open round of a locked workshop once every sorter has handed in."""
    stage = Stage(workshop.stage)
    if not workshop.is_voting:
        return
    handed_in = counted(workshop, stage).count()
    if handed_in >= FEWEST_VOTES and handed_in == sorters_of(workshop).count():
        _close_round(workshop, stage, by, at)


def locked(workshop: Workshop) -> Workshop:
    """The workshop as it stands, for one at a time."""
    return Workshop.objects.select_for_update().get(pk=workshop.pk)


def _go_on(workshop: Workshop, to: Stage, by: Actor, at: datetime) -> Workshop:
    if workshop.is_voting:
        return _close_round(workshop, Stage(workshop.stage), by, at)
    if to == Stage.SCALING:
        stay = [row.incident.pk for row in results_of_all(workshop) if row.is_kept]
        if not stay:
            raise Refused(NOTHING_STAYED)
        workshop.incidents.filter(pk__in=stay).update(is_scaled=True)
    for sorter in sorters_of(workshop):
        announce(WorkshopTaskGiven(sorter.pk))
    code = "workshop.sorting_opened" if to == Stage.SORTING else "workshop.scaling_opened"
    return _arrive(workshop, to, code, by, at)


def _close_round(workshop: Workshop, stage: Stage, by: Actor, at: datetime) -> Workshop:
    setattr(workshop, CLOSED_AT[stage], at)
    announce(RoundClosed(workshop.pk))
    is_sorting = stage == Stage.SORTING
    to = Stage.SORTED if is_sorting else Stage.SCALED
    code = "workshop.sorting_closed" if is_sorting else "workshop.scaling_closed"
    return _arrive(workshop, to, code, by, at)


def _arrive(workshop: Workshop, to: Stage, code: str, by: Actor, at: datetime) -> Workshop:
    if to != Stage.ENDED:
        workshop.ended_in = ""
    workshop.stage = to
    workshop.save()
    record(code, about=workshop, by=by, at=at, stage=to)
    return workshop
