"""Who owns a goal together with others, and who no longer does."""

from datetime import datetime

from django.db import transaction

from evenhand.audit.actions import record
from evenhand.goals.actions.agreeing import stand_if_nobody_is_missing
from evenhand.goals.keeping import end_share, lock_goal, lock_people_with_goals
from evenhand.goals.models import Goal, GoalOwner
from evenhand.goals.policies import may_let_go
from evenhand.kernel.acting import Actor
from evenhand.people.models import Person


@transaction.atomic
def let_go_of_goal(goal: Goal, person: Person, *, by: Actor, at: datetime) -> Goal:
    """From today on somebody no longer owns a goal together with the others.

    If a proposal waited for nobody else but them, it stands now.
    """
    lock_people_with_goals(goal.owners.values_list("person_id", flat=True))
    goal = lock_goal(goal)
    may_let_go(by, goal, person).enforce()
    end_share(GoalOwner.objects.on(by.on).get(goal=goal, person=person), by=by)
    record("goal.owner_left", about=goal, by=by, at=at, person=person.pk)
    stand_if_nobody_is_missing(goal, by=by, at=at)
    return goal
