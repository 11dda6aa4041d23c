"""Beginning former goals anew for another period, several at once, as drafts."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from evenhand.audit.actions import record_each
from evenhand.goals.actions.writing import write_goal
from evenhand.goals.copying import MOST_COPIES, MOST_YEARS, copy_of, goals_to_copy
from evenhand.goals.drafts import GoalDraft
from evenhand.goals.kinds import GoalState
from evenhand.goals.models import Goal
from evenhand.goals.policies import may_write_goal_for
from evenhand.kernel.acting import Actor
from evenhand.kernel.locking import one_at_a_time
from evenhand.kernel.verdict import Ground, Refused, Verdict
from evenhand.people.models import Person

NOTHING_CHOSEN = Verdict(
    "nothing_chosen", _("Choose at least one goal to begin anew."), Ground.WHAT
)
TOO_MANY_COPIES = Verdict("too_many_copies", _("Begin at most 20 goals anew at once."), Ground.WHAT)
YEARS_OUT_OF_BOUNDS = Verdict(
    "years_out_of_bounds", _("Goals move by whole years, from one to ten."), Ground.WHAT
)
NOT_TO_COPY = Verdict(
    "not_to_copy",
    _("One of these goals is not over yet, or not open to you. Look at the list again."),
    Ground.WHAT,
)


@transaction.atomic
def copy_goals(
    person: Person, goal_ids: Collection[int], years: int, *, by: Actor, at: datetime
) -> list[Goal]:
    """Begin goals of a person anew as drafts, so many years later.

    What was begun anew already for the same days is not begun twice.
    """
    may_write_goal_for(by, person).enforce()
    _check(goal_ids, years)
    one_at_a_time(f"goals written by {by.person_id}")
    goals = list(goals_to_copy(by, person.pk).filter(pk__in=goal_ids))
    if len(goals) != len(set(goal_ids)):
        raise Refused(NOT_TO_COPY)
    copies: list[Goal] = []
    new: list[tuple[Goal, dict[str, object]]] = []
    for goal in sorted(goals, key=lambda one: one.pk):
        draft = copy_of(goal, years, by.on)
        begun = _begun_already(goal, draft, by)
        copies.append(begun or write_goal(draft, by=by, at=at))
        if begun is None:
            new.append((copies[-1], {"from": goal.pk, "years": years}))
    record_each("goal.copied", about=new, by=by, at=at)
    return copies


def _begun_already(goal: Goal, draft: GoalDraft, by: Actor) -> Goal | None:
    days = {"starts_on": draft.starts_on, "due_on": draft.due_on}
    same = goal.copies.filter(owner=goal.owner_id, author=by.person_id, **days)
    return same.exclude(state=GoalState.DISCARDED).first()


def _check(goal_ids: Collection[int], years: int) -> None:
    if not goal_ids:
        raise Refused(NOTHING_CHOSEN)
    if len(goal_ids) > MOST_COPIES:
        raise Refused(TOO_MANY_COPIES)
    if not 1 <= years <= MOST_YEARS:
        raise Refused(YEARS_OUT_OF_BOUNDS)
