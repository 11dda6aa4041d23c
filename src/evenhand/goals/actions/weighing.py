"""What the goals of a person weigh, set for all of them at once."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from evenhand.audit.actions import record
from evenhand.goals.events import GoalsWeighed
from evenhand.goals.keeping import lock_people_with_goals
from evenhand.goals.limits import goals_in_force, may_weigh_so
from evenhand.goals.models import GoalOwner, Weighing
from evenhand.goals.policies import may_weigh
from evenhand.goals.saying import LONGEST_REASON, REASON_MISSING, said
from evenhand.kernel.acting import Actor
from evenhand.kernel.events import announce
from evenhand.people.models import Person


@transaction.atomic
def weigh_goals(
    person: Person, weights: Mapping[int, int], reason: str, *, by: Actor, at: datetime
) -> list[GoalOwner]:
    """Give all agreed goals of a person their weights, in whole percents that sum to 100.

    `weights` names each goal of the person that is in force now by its number. A reason is needed
    once weights were given before.
    """
    lock_people_with_goals([person.pk])
    may_weigh(by, person).enforce()
    shares = goals_in_force(person.pk, by.on)
    may_weigh_so(weights, [share.goal_id for share in shares]).enforce()
    changed = [share for share in shares if share.weight != weights[share.goal_id]]
    if not changed:
        return shares
    were_weighed = any(share.weight is not None for share in shares)
    reason = said(reason, REASON_MISSING if were_weighed else None, longest=LONGEST_REASON)

    former = {str(share.goal_id): share.weight for share in changed}
    for share in changed:
        share.weight = weights[share.goal_id]
    GoalOwner.objects.bulk_update(changed, ["weight"])
    Weighing.objects.bulk_create(
        Weighing(share=share, weight=share.weight, by_id=by.person_id, at=at, reason=reason)
        for share in changed
    )
    new = {str(share.goal_id): share.weight for share in changed}
    record("goals.weighed", about=person, by=by, at=at, former=former, new=new)
    announce(GoalsWeighed(person.pk, by.person_id))
    return shares
