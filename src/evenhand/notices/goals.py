"""Tells the other sides what happens to a goal they have a part in. None says what is written.

Where a specialist agrees because nobody else stands there, no single one is told: it waits for all
of them at home.
"""

from collections.abc import Iterable

from django.utils import timezone

from evenhand.goals.events import (
    GoalAgreed,
    GoalClosed,
    GoalDropApproved,
    GoalDropped,
    GoalProposed,
    GoalSentBack,
    GoalsWeighed,
    GoalTakenUp,
)
from evenhand.goals.kinds import GoalState
from evenhand.goals.models import Goal, GoalVersion
from evenhand.goals.policies import seats_still_empty
from evenhand.goals.sides import Seat, seats_of
from evenhand.notices.actions import send_notice
from evenhand.notices.kinds import NoticeKind
from evenhand.people.models import Person
from evenhand.people.queries import manager_of

ENDED = {
    GoalClosed: NoticeKind.GOAL_CLOSED,
    GoalDropped: NoticeKind.GOAL_DROPPED,
    GoalDropApproved: NoticeKind.GOAL_DROP_APPROVED,
    GoalTakenUp: NoticeKind.GOAL_TAKEN_UP,
}


def hear_of_proposal(event: GoalProposed) -> None:
    """Whoever still has to agree learns of it, unless it was agreed or taken back meanwhile."""
    version = GoalVersion.objects.select_related("goal__owner").get(pk=event.version_id)
    if not version.is_open_proposal:
        return
    goal = version.goal
    kind = NoticeKind.GOAL_CHANGE_PROPOSED if goal.is_active else NoticeKind.GOAL_PROPOSED
    seats = seats_still_empty(goal, version, timezone.localdate())
    _tell(kind, goal, _people(seats), by_id=event.by_id)


def hear_of_agreement(event: GoalAgreed) -> None:
    """All sides learn that it stands, but for the last to agree, who sees it."""
    goal = _goal(event.goal_id)
    seats = seats_of(goal, timezone.localdate())
    _tell(NoticeKind.GOAL_AGREED, goal, _people(seats), by_id=event.by_id)


def hear_of_sending_back(event: GoalSentBack) -> None:
    """Who proposed it learns that something else is asked for; so does who now has the draft."""
    goal = _goal(event.goal_id)
    version = GoalVersion.objects.get(pk=event.version_id)
    people = {version.proposed_by_id, goal.author_id if goal.state == GoalState.DRAFT else None}
    _tell(NoticeKind.GOAL_SENT_BACK, goal, people, by_id=event.by_id)


def hear_of_ending(event: GoalClosed | GoalDropped | GoalDropApproved | GoalTakenUp) -> None:
    """The other sides learn that a goal ended, or is in force again, and what they can do."""
    goal = _goal(event.goal_id)
    seats = seats_of(goal, timezone.localdate())
    _tell(ENDED[type(event)], goal, _people(seats), by_id=event.by_id)


def hear_of_weighing(event: GoalsWeighed) -> None:
    """The person and the manager learn that the weights are others, but for who set them."""
    person = Person.objects.get(pk=event.person_id)
    manager = manager_of(person.pk, timezone.localdate())
    by = Person.objects.get(pk=event.by_id)
    for other in (person, manager):
        if other is not None and other.pk != by.pk:
            send_notice(
                NoticeKind.GOALS_WEIGHED,
                other,
                about=person,
                at=timezone.now(),
                context={"subject": person.name, "by": by.name},
            )


def _tell(kind: NoticeKind, goal: Goal, people: Iterable[int | None], *, by_id: int) -> None:
    by = Person.objects.get(pk=by_id)
    for person in Person.objects.filter(pk__in=[pk for pk in people if pk and pk != by_id]):
        send_notice(
            kind,
            person,
            about=goal,
            at=timezone.now(),
            context={
                "subject": goal.owner.name,
                "by": by.name,
                "is_own": person.pk == goal.owner_id,
            },
        )


def _people(seats: Iterable[Seat]) -> set[int | None]:
    return {seat.person_id for seat in seats}


def _goal(goal_id: int) -> Goal:
    return Goal.objects.select_related("owner").get(pk=goal_id)
