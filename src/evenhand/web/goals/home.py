"""What goals say on the first page: what waits for one, and how far one's own are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from evenhand.goals.kinds import GoalState
from evenhand.goals.limits import goals_in_force
from evenhand.goals.models import Goal
from evenhand.goals.pace import standing
from evenhand.goals.waiting import drops_to_approve, waiting_for_agreement
from evenhand.kernel.acting import Actor
from evenhand.web.goals.lists import TONES
from evenhand.web.goals.telling import next_check_in_on

MOST_TASKS, MOST_SHOWN = 10, 5


@dataclass(frozen=True, slots=True)
class OwnGoal:
    """One of one's own goals in force."""

    goal: Goal
    pace: str
    tone: str
    next_check_in_on: date


@dataclass(frozen=True, slots=True)
class GoalsAtHome:
    """Proposals to agree to, drops to approve, check-ins that are due, and one's own goals."""

    to_agree: Sequence[Goal]
    to_approve: Sequence[Goal]
    due: Sequence[OwnGoal]
    own: Sequence[OwnGoal]
    count: int

    @property
    def wait(self) -> bool:
        return bool(self.to_agree or self.to_approve or self.due)


def goals_at_home(actor: Actor) -> GoalsAtHome:
    """Two queries, whatever waits. A delegate sees what waits for the manager stood in for."""
    shares = [] if actor.is_delegate else goals_in_force(actor.person_id, actor.on)
    own = [_own(share.goal, actor.on) for share in shares]
    waiting = (waiting_for_agreement(actor), drops_to_approve(actor))
    agreement, drop = (Q(pk__in=goals.order_by().values("pk")) for goals in waiting)
    tasks = Goal.objects.filter(agreement | drop).select_related("owner")
    first = tasks.order_by("due_on", "pk")[:MOST_TASKS]
    return GoalsAtHome(
        to_agree=[goal for goal in first if goal.state != GoalState.DROPPED],
        to_approve=[goal for goal in first if goal.state == GoalState.DROPPED],
        due=[one for one in own if one.next_check_in_on <= actor.on][:MOST_TASKS],
        own=own[:MOST_SHOWN],
        count=len(own),
    )


def _own(goal: Goal, on: date) -> OwnGoal:
    seen = standing(goal.score, starts_on=goal.starts_on, due_on=goal.due_on, on=on)
    return OwnGoal(goal, str(seen.pace.label), TONES[seen.pace], next_check_in_on(goal))
