"""Who reads what of which goal: one table, tested cell by cell.

The plan is its text and numbers, its score and pace, and its values over time. The words are the
notes of check-ins, evidence, the sentences of agreement, comments and reasons. Nobody reads by
role what is about themself; the owner reads it as the owner. A delegate reads as the manager stood
in for.
"""

from collections.abc import Callable
from enum import Enum
from functools import partial

from django.db.models import Exists, OuterRef, Q

from evenhand.goals.kinds import AGREED, GoalState, Openness
from evenhand.goals.models import GoalOwner, GoalVersion, UnitPart
from evenhand.kernel.acting import Actor, Role
from evenhand.kernel.periods import holds_on
from evenhand.people.kinds import LineKind
from evenhand.people.models import Position, ReportingLine
from evenhand.people.visibility import unit_within


class Reader(Enum):
    AUTHOR = "who wrote it"
    OWNER = "who owns it, alone or with others"
    RESPONSIBLE = "who answers for a unit that shares it"
    LINE_ABOVE = "managers above an owner"
    HR_PARTNER = "HR partner of the goal's unit"
    SPECIALIST = "specialist"
    FORMER_MANAGER = "who was the manager of an owner in its time: up to that day"
    FORMER_OWNER = "who owned it with others: up to that day"
    TEAM = "who works in the goal's unit, or has the same manager, where it is open to the team"
    EVERYBODY = "everybody, where it is open to the organization"


class What(Enum):
    PLAN = "plan"
    WORDS = "words"


_NOTHING = frozenset[What]()
_PLAN = frozenset({What.PLAN})
_ALL = frozenset(What)
_IN_WRITING = (GoalState.DRAFT, GoalState.DISCARDED)
_PROPOSED_ON = (GoalState.PROPOSED, *AGREED)

_PART_IN_IT = (Reader.OWNER, Reader.RESPONSIBLE, Reader.LINE_ABOVE)
READERS_BY_ROLE = (Reader.HR_PARTNER, Reader.SPECIALIST)
FORMER_READERS = (Reader.FORMER_MANAGER, Reader.FORMER_OWNER)
OPEN_TO = (Reader.TEAM, Reader.EVERYBODY)
READERS_A_DELEGATE_CAN_BE = frozenset(
    {
        Reader.AUTHOR,
        Reader.RESPONSIBLE,
        Reader.LINE_ABOVE,
        Reader.FORMER_MANAGER,
        Reader.TEAM,
        Reader.EVERYBODY,
    }
)

# Nobody is one of these of a goal they own; for a delegate it counts who else owns it, too.
OF_OTHERS_ONLY = frozenset(
    {
        Reader.RESPONSIBLE,
        Reader.LINE_ABOVE,
        Reader.HR_PARTNER,
        Reader.SPECIALIST,
        Reader.FORMER_MANAGER,
    }
)

READS: dict[tuple[Reader, GoalState], frozenset[What]] = {
    **{(reader, state): _NOTHING for reader in Reader for state in GoalState},
    **{(Reader.AUTHOR, state): _ALL for state in _IN_WRITING},
    **{
        (reader, state): _ALL
        for reader in (*_PART_IN_IT, *READERS_BY_ROLE, *FORMER_READERS)
        for state in _PROPOSED_ON
    },
    **{(reader, state): _PLAN for reader in OPEN_TO for state in AGREED},
}


def reads(actor: Actor, what: What, *, formerly: bool = True) -> Q:
    """The condition that the actor may read this of a goal; without `formerly`, up to today."""
    # Readers of the same states are asked together: the database then plans and asks much less.
    alike: dict[tuple[tuple[GoalState, ...], bool], Q] = {}
    for reader in Reader:
        if actor.is_delegate and reader not in READERS_A_DELEGATE_CAN_BE:
            continue
        if not formerly and reader in FORMER_READERS:
            continue
        states = tuple(state for state in GoalState if what in READS[reader, state])
        who = _WHO[reader](actor) if states else None
        if who is not None:
            key = states, _reads_of_others_only(actor, reader)
            alike[key] = alike[key] | who if key in alike else who
    condition = Q(pk__in=[])
    for (states, only_of_others), who in alike.items():
        found = Q(state__in=states) & who
        condition |= found & about_others(actor) if only_of_others else found
    return condition


def _reads_of_others_only(actor: Actor, reader: Reader) -> bool:
    return reader in OF_OTHERS_ONLY or (actor.is_delegate and reader == Reader.AUTHOR)


def about_others(actor: Actor) -> Q:
    """The condition that a goal is owned neither by the actor nor by whom they act for."""
    own = GoalOwner.objects.on(actor.on).filter(goal=OuterRef("pk"), person__in=actor.own_ids)
    return ~Q(Exists(own))


def lines_once_to(actor: Actor) -> Q:
    """The condition that a reporting line led from somebody to the actor and has ended."""
    return Q(manager=actor.person_id, kind=LineKind.PRIMARY, ends_on__lte=actor.on)


def _as_author(actor: Actor) -> Q:
    return Q(author=actor.person_id)


def _as_owner(actor: Actor) -> Q:
    shares = GoalOwner.objects.on(actor.on).filter(person=actor.person_id)
    return Q(pk__in=shares.values("goal"))


def _as_responsible(actor: Actor) -> Q:
    return Q(pk__in=UnitPart.objects.filter(responsible=actor.person_id).values("goal"))


def _above_an_owner(actor: Actor) -> Q:
    chains = "person__chains_above__"
    shares = GoalOwner.objects.on(actor.on).filter(
        holds_on(actor.on, chains),
        goal=OuterRef("pk"),
        person__chains_above__ancestor=actor.person_id,
        person__chains_above__depth__gte=1,
    )
    return Q(Exists(shares))


def _by_role(actor: Actor, role: Role) -> Q | None:
    if actor.holds_everywhere(role):
        return ~Q(pk__in=[])
    units = actor.units_as(role)
    return Q(unit_within(units)) if units else None


def _once_above(actor: Actor) -> Q:
    """Somebody led an owner in the time of the goal, and it was proposed before that ended.

    The few goals it can be about are found first: the rest would be costly to ask of every goal.
    """
    once = ReportingLine.objects.filter(lines_once_to(actor))
    shares = GoalOwner.objects.filter(person__in=once.values("person"))
    lines = once.filter(
        _proposed_before_the_end(),
        person__goal_shares__goal=OuterRef("pk"),
        starts_on__lte=OuterRef("due_on"),
        ends_on__gt=OuterRef("starts_on"),
    )
    return Q(pk__in=shares.values("goal")) & Q(Exists(lines))


def _as_former_owner(actor: Actor) -> Q:
    ended = GoalOwner.objects.filter(person=actor.person_id, ends_on__lte=actor.on)
    shares = ended.filter(_proposed_before_the_end(), goal=OuterRef("pk"))
    return Q(pk__in=ended.values("goal")) & Q(Exists(shares))


def _proposed_before_the_end() -> Exists:
    proposed = GoalVersion.objects.filter(
        goal=OuterRef(OuterRef("pk")), proposed_at__date__lt=OuterRef("ends_on")
    )
    return Exists(proposed)


def _works_beside(actor: Actor) -> Q:
    units = Position.objects.on(actor.on).filter(person=actor.person_id).values("unit")
    lines = ReportingLine.objects.on(actor.on).filter(kind=LineKind.PRIMARY)
    managers = lines.filter(person=actor.person_id).values("manager")
    beside = Q(unit__in=units) | Q(owner__in=lines.filter(manager__in=managers).values("person"))
    return Q(openness=Openness.TEAM) & beside


def _as_anybody(_actor: Actor) -> Q:
    return Q(openness=Openness.ORGANIZATION)


# The condition that the actor is such a reader of a goal; None when they can be none.
_WHO: dict[Reader, Callable[[Actor], Q | None]] = {
    Reader.AUTHOR: _as_author,
    Reader.OWNER: _as_owner,
    Reader.RESPONSIBLE: _as_responsible,
    Reader.LINE_ABOVE: _above_an_owner,
    Reader.HR_PARTNER: partial(_by_role, role=Role.HR_PARTNER),
    Reader.SPECIALIST: partial(_by_role, role=Role.SPECIALIST),
    Reader.FORMER_MANAGER: _once_above,
    Reader.FORMER_OWNER: _as_former_owner,
    Reader.TEAM: _works_beside,
    Reader.EVERYBODY: _as_anybody,
}
