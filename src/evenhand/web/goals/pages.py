"""What the page of a goal is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from evenhand.goals.absence import expected_for_days_worked
from evenhand.goals.kinds import GoalState, Scope
from evenhand.goals.models import Agreement, Goal, GoalPart, GoalVersion
from evenhand.goals.policies import (
    may_agree,
    may_approve_drop,
    may_bring_back,
    may_change,
    may_check_in,
    may_close,
    may_comment,
    may_drop,
    may_let_go,
    may_move_support,
    may_open,
    may_propose,
    may_save,
    may_send_back,
    may_take_back,
    may_take_up,
    open_proposal,
    seats_still_empty,
    visible_goals,
    visible_versions,
    words_open_until,
)
from evenhand.kernel.acting import Actor
from evenhand.kernel.periods import FOREVER
from evenhand.kernel.verdict import Ground, Verdict
from evenhand.people.models import Person
from evenhand.web.goals.conversation import conversation
from evenhand.web.goals.plan_facts import Fact, facts_of_goal, facts_of_version
from evenhand.web.goals.progress import progress_of
from evenhand.web.goals.telling import next_check_in_on, pace_sentence, standing_of, told_score

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MOST_SUPPORTERS = 20


@dataclass(frozen=True, slots=True)
class Deed:
    """Something one can do with a goal, by the address of its page, and whether one may."""

    name: str
    label: "StrOrPromise"
    verdict: Verdict
    is_post: bool = False
    confirm: "StrOrPromise" = ""
    is_grave: bool = False

    @property
    def url_name(self) -> str:
        return f"goals:{self.name}"

    @property
    def is_shown(self) -> bool:
        """Refused because of the moment, it says why not; what is for others is not shown."""
        return bool(self.verdict) or self.verdict.ground != Ground.WHO


def goal_page(actor: Actor, goal: Goal) -> dict[str, Any]:
    """The context of goals/goal.html."""
    until = words_open_until(actor, goal)
    versions = list(_told(visible_versions(actor, goal)))
    waiting = open_proposal(goal) if until == FOREVER else None
    is_former = until is not None and until != FOREVER
    standing = standing_of(goal, actor.on)
    parts = list(GoalPart.objects.filter(goal=goal, is_in_use=True).order_by("place", "pk"))
    deeds = [deed for deed in deeds_with(actor, goal, waiting) if deed.is_shown]
    return {
        "goal": goal,
        "person": goal.owner,
        "owners": goal.owners.on(actor.on).select_related("person").order_by("pk"),
        "facts": _facts(goal, parts, versions if is_former else ()),
        "told": None if is_former else told_score(goal, parts),
        "standing": standing,
        "pace": pace_sentence(standing),
        "next_check_in_on": next_check_in_on(goal),
        "is_former": is_former,
        "reads_words": until is not None,
        "entries": conversation(goal, versions, until, today=actor.on) if until else [],
        "waiting": waiting,
        "missing": missing_agreements(actor, goal, waiting),
        "deeds": deeds,
        "may_comment": may_comment(actor, goal),
        "supporters": supporters(actor, goal),
        "parent": parent_of(actor, goal),
        "days_worked": expected_for_days_worked(goal) if until == FOREVER else None,
        "may_move_support": may_move_support(actor, goal),
        "may_open": may_open(actor, goal),
        "leavers": leavers(actor, goal),
        "progress": progress_of(actor, goal) if goal.is_agreed else None,
    }


def deeds_with(actor: Actor, goal: Goal, waiting: GoalVersion | None) -> list[Deed]:
    """What one can do with the goal as it stands now; the first one allowed is the loudest."""
    deeds = []
    if waiting is not None:
        deeds += [
            Deed("agreement", _("Read and agree"), may_agree(actor, goal)),
            Deed("objection", _("Send it back"), may_send_back(actor, goal)),
            Deed(
                "withdrawal",
                _("Take it back"),
                may_take_back(actor, goal),
                is_post=True,
                confirm=_("Take your proposal back?"),
            ),
        ]
    if goal.state == GoalState.ACTIVE:
        deeds += _in_force(actor, goal)
    elif goal.state in {GoalState.CLOSED, GoalState.DROPPED}:
        deeds += _ended(actor, goal)
    elif goal.state in {GoalState.DRAFT, GoalState.DISCARDED}:
        deeds += _in_writing(actor, goal)
    return deeds


def missing_agreements(actor: Actor, goal: Goal, waiting: GoalVersion | None) -> list[str]:
    """For whom a proposal waits, by name."""
    if waiting is None:
        return []
    seats = seats_still_empty(goal, waiting, actor.on)
    names = Person.objects.in_bulk([seat.person_id for seat in seats if seat.person_id])
    specialist = str(_("a specialist"))
    return [names[seat.person_id].name if seat.person_id else specialist for seat in seats]


def parent_of(actor: Actor, goal: Goal) -> Goal | None:
    """The goal it supports, if one may see it."""
    if goal.parent_id is None:
        return None
    return visible_goals(actor).filter(pk=goal.parent_id).first()


def supporters(actor: Actor, goal: Goal) -> list[Goal]:
    """The goals that support this one, as far as one may see them."""
    below = visible_goals(actor).filter(parent=goal).exclude(state=GoalState.DISCARDED)
    return list(below.select_related("owner").order_by("due_on", "pk")[:MOST_SUPPORTERS])


def leavers(actor: Actor, goal: Goal) -> list[Person]:
    """Who among several owners could leave the goal, by the actor's word."""
    if goal.scope != Scope.TEAM:
        return []
    shares = goal.owners.on(actor.on).select_related("person").exclude(person=goal.owner_id)
    people = [share.person for share in shares]
    others = [person for person in people if person.pk != actor.person_id]
    oneself = [person for person in people if person.pk == actor.person_id]
    # The rule is the same for all others, so it is asked for one of them.
    return [
        person
        for some in (oneself, others)
        if some and may_let_go(actor, goal, some[0])
        for person in some
    ]


def _in_writing(actor: Actor, goal: Goal) -> list[Deed]:
    if goal.state == GoalState.DISCARDED:
        return [Deed("return", _("Bring it back"), may_bring_back(actor, goal), is_post=True)]
    may_write = may_save(actor, goal)
    return [
        Deed("proposal", _("Propose it"), may_propose(actor, goal)),
        Deed("draft", _("Go on writing"), may_write),
        Deed(
            "removal",
            _("Put it away"),
            may_write,
            is_post=True,
            confirm=_("Put this draft away?"),
            is_grave=True,
        ),
    ]


def _in_force(actor: Actor, goal: Goal) -> list[Deed]:
    return [
        Deed("check_in", _("Check in"), may_check_in(actor, goal)),
        Deed("change", _("Change the plan"), may_change(actor, goal)),
        Deed("closing", _("Close it"), may_close(actor, goal)),
        Deed("drop", _("Drop it"), may_drop(actor, goal), is_grave=True),
    ]


def _ended(actor: Actor, goal: Goal) -> list[Deed]:
    deeds = [Deed("resumption", _("Take it up again"), may_take_up(actor, goal))]
    if goal.state == GoalState.DROPPED and not goal.drop_is_approved:
        approval = Deed(
            "drop_approval",
            _("Approve the drop"),
            may_approve_drop(actor, goal),
            is_post=True,
            confirm=_("Approve that this goal is dropped?"),
        )
        deeds.insert(0, approval)
    return deeds


def _facts(
    goal: Goal, parts: Sequence[GoalPart], versions: Sequence[GoalVersion]
) -> Sequence[Fact]:
    """The plan that stands; for a former manager the last one of their time."""
    return facts_of_version(versions[-1]) if versions else facts_of_goal(goal, parts)


def _told(versions: QuerySet[GoalVersion]) -> QuerySet[GoalVersion]:
    """With whom wrote, proposed and agreed to each."""
    agreements = Agreement.objects.select_related("person", "delegate", "unit")
    known = versions.select_related("author", "proposed_by")
    return known.prefetch_related(Prefetch("agreements", agreements))
