"""The map of goals as one walks it: from objectives, or from units, down to the goals of people.

Everybody walks it; which goals stand on it for whom, `visible_goals` says. A place on the map is
named by a short key, such as `o3` for an objective and `g12` for a goal.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from enum import Enum, StrEnum

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from evenhand.goals.aligning import MOST_DEPTH
from evenhand.goals.kinds import GoalState, Pace
from evenhand.goals.models import Goal, GoalOwner, StrategicObjective
from evenhand.goals.policies import visible_goals
from evenhand.goals.queries import pace_of, score_that_counts
from evenhand.goals.strategy import visible_objectives
from evenhand.kernel.acting import Actor
from evenhand.kernel.paging import Page, page_of
from evenhand.people.charting import unit_tree
from evenhand.people.models import Unit
from evenhand.people.policies import visible_units

ON_THE_MAP = (GoalState.ACTIVE, GoalState.CLOSED)
USUAL_DEPTH = 4
CLOSED_LATELY = timedelta(days=92)
BY_DUE_DAY = ("due_on", "pk")
BY_TITLE = ("title", "pk")


class Kind(StrEnum):
    """What can be a place on the map."""

    OBJECTIVE = "o"
    UNIT = "u"
    GOAL = "g"
    MINE = "mine"
    NOTHING = "nothing"
    BROKEN = "broken"


HEAPS = (Kind.MINE, Kind.NOTHING, Kind.BROKEN)


class Mark(Enum):
    """What deserves a look at a place on the map."""

    NO_GOALS = "no agreed goal leads to it"
    NOT_NOW = "the objective does not hold today"
    SUPPORTS_NOTHING = "supports no goal and no objective"
    LOCAL = "supports nothing, for a reason"
    LEADS_NOWHERE = "its chain ends before an objective that holds"
    COPY = "repeats the words of the goal above"
    DEEP = "stands deeper than chains usually reach"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Place:
    """Where on the map: what it is, and its number if it has one."""

    kind: Kind
    pk: int = 0

    @property
    def key(self) -> str:
        return f"{self.kind}{self.pk or ''}"


@dataclass(frozen=True, slots=True)
class Node:
    """A place as the map shows it. A heap of goals has no title of its own."""

    place: Place
    title: str = ""
    owner: str = ""
    unit: str = ""
    has_more_below: bool = False
    score: Decimal | None = None
    pace: Pace | None = None
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One place on the way from the top; without a node where it is not open to who walks."""

    node: Node | None


def place_named(key: str) -> Place | None:
    """The place with this key, if it is one."""
    if key in HEAPS:
        return Place(Kind(key))
    kind, number = key[:1], key[1:]
    if kind not in (Kind.OBJECTIVE, Kind.UNIT, Kind.GOAL):
        return None
    is_number = number.isascii() and number.isdecimal() and len(number) <= len(str(2**63)) - 1
    return Place(Kind(kind), int(number)) if is_number else None


def top_of_strategy(actor: Actor, cursor: str = "") -> Page[Node]:
    """The objectives that hold today, and others to which agreed goals still lead."""
    holds = Q(withdrawn_at=None, starts_on__lte=actor.on, ends_on__gt=actor.on)
    rows = visible_objectives(actor).annotate(
        first_goal=first_goal(*ON_THE_MAP), first_active=first_goal(GoalState.ACTIVE)
    )
    found = rows.filter(holds | Q(first_active__isnull=False)).select_related("owner", "unit")
    page = page_of(found, BY_TITLE, cursor=cursor)
    return page.shown_as(lambda some: [_of_objective(actor, row) for row in some])


def first_goal(*states: GoalState) -> Subquery:
    """A goal in such a state that itself names the objective as what it supports, if there is one.

    Asked for in the order of an index: whether there is any would be looked for among all goals
    where an objective has none, which is what one wants to know.
    """
    goals = Goal.objects.filter(objective=OuterRef("pk"), state__in=states)
    return Subquery(goals.order_by(*BY_DUE_DAY).values("pk")[:1])


def top_units(actor: Actor) -> list[Node]:
    """The units at the top."""
    return _of_units(None, actor)


def node_at(actor: Actor, place: Place) -> Node | None:
    """A place as one may see it; None where there is none for this person."""
    match place.kind:
        case Kind.OBJECTIVE:
            objectives = visible_objectives(actor).select_related("owner", "unit")
            objective = objectives.filter(pk=place.pk).first()
            return _of_objective(actor, objective) if objective else None
        case Kind.UNIT:
            unit = visible_units(actor).filter(pk=place.pk).first()
            return Node(place, title=unit.name) if unit else None
        case Kind.GOAL:
            goal = _as_rows(visible_goals(actor)).filter(pk=place.pk).first()
            return _of_goal(actor, goal) if goal else None
        case _:
            return Node(place, has_more_below=True)


def nodes_below(actor: Actor, place: Place, cursor: str = "") -> Page[Node]:
    """What stands right below a place, 50 goals at a time; units below a unit come first."""
    page = page_of(_as_rows(_goals_below(actor, place)), BY_DUE_DAY, cursor=cursor)
    goals = page.shown_as(lambda some: [_of_goal(actor, goal) for goal in some])
    if place.kind != Kind.UNIT or cursor:
        return goals
    units = _of_units(Unit(pk=place.pk), actor)
    return Page([*units, *goals.rows], goals.next_cursor, goals.previous_cursor)


def way_to(actor: Actor, place: Place) -> list[Step]:
    """The places above one, from the top down."""
    if place.kind == Kind.UNIT:
        above = Unit.objects.filter(tree_below__descendant=place.pk, tree_below__depth__gte=1)
        units = above.annotate(steps=F("tree_below__depth")).order_by("-steps", "pk")
        return [Step(Node(Place(Kind.UNIT, unit.pk), title=unit.name)) for unit in units]
    if place.kind != Kind.GOAL:
        return []
    chain = chain_above(place.pk)
    rows = _as_rows(visible_goals(actor)).filter(pk__in=chain)
    known = {goal.pk: _of_goal(actor, goal) for goal in rows}
    steps = [Step(known.get(pk)) for pk in chain]
    top = chain[0] if chain else place.pk
    objectives = visible_objectives(actor).filter(goals=top).select_related("owner", "unit")
    return [*(Step(_of_objective(actor, row)) for row in objectives[:1]), *steps]


def chain_above(goal_id: int) -> list[int]:
    """The goals above one, from the top down, asked for at once."""
    steps = ["__".join(["parent"] * n) + "_id" for n in range(1, MOST_DEPTH + 1)]
    chain: Sequence[int | None] = Goal.objects.values_list(*steps).get(pk=goal_id)
    return [pk for pk in reversed(chain) if pk is not None]


def _goals_below(actor: Actor, place: Place) -> QuerySet[Goal]:
    goals = visible_goals(actor)
    match place.kind:
        case Kind.OBJECTIVE:
            return goals.filter(_of_now(actor), objective=place.pk)
        case Kind.GOAL:
            return goals.filter(parent=place.pk, state__in=ON_THE_MAP)
        case Kind.UNIT:
            # What supports another goal of the unit is found below that one.
            entry = Q(parent=None) | ~Q(parent__unit=place.pk)
            return goals.filter(entry, _of_now(actor), unit=place.pk)
        case Kind.MINE:
            shares = GoalOwner.objects.on(actor.on).filter(person=actor.person_id)
            return goals.filter(pk__in=shares.values("goal"), state=GoalState.ACTIVE)
        case Kind.NOTHING:
            return goals.filter(state=GoalState.ACTIVE, parent=None, objective=None)
        case _:
            ended = goals.filter(state=GoalState.ACTIVE, parent__isnull=False, top_objective=None)
            return ended.exclude(parent__state__in=ON_THE_MAP)


def _of_now(actor: Actor) -> Q:
    """Goals in force and those closed lately; former years are found below their own goals."""
    lately = Q(state=GoalState.CLOSED, due_on__gte=actor.on - CLOSED_LATELY)
    return Q(state=GoalState.ACTIVE) | lately


def _as_rows(goals: QuerySet[Goal]) -> QuerySet[Goal]:
    supporting = Goal.objects.filter(parent=OuterRef("pk"), state__in=ON_THE_MAP)
    rows = goals.annotate(has_more_below=Exists(supporting))
    return rows.select_related("owner", "unit", "top_objective")


def _of_goal(actor: Actor, goal: Goal) -> Node:
    return Node(
        Place(Kind.GOAL, goal.pk),
        title=goal.outcome,
        owner=goal.owner.name,
        unit=goal.unit.name if goal.unit else "",
        has_more_below=bool(getattr(goal, "has_more_below", False)),
        score=score_that_counts(goal),
        pace=pace_of(goal, actor.on),
        marks=tuple(_marks_of(goal, actor)),
    )


def _marks_of(goal: Goal, actor: Actor) -> Iterable[Mark]:
    top = goal.top_objective
    if goal.state == GoalState.CLOSED:
        yield Mark.CLOSED
    elif goal.parent_id is None and goal.objective_id is None:
        yield Mark.LOCAL if goal.local_reason else Mark.SUPPORTS_NOTHING
    elif top is None or not top.is_live(actor.on):
        yield Mark.LEADS_NOWHERE
    if goal.is_near_copy:
        yield Mark.COPY
    if goal.depth > USUAL_DEPTH:
        yield Mark.DEEP


def _of_objective(actor: Actor, objective: StrategicObjective) -> Node:
    marks = [] if objective.is_live(actor.on) else [Mark.NOT_NOW]
    has_more_below = getattr(objective, "first_goal", objective.pk) is not None
    if not has_more_below:
        marks.append(Mark.NO_GOALS)
    return Node(
        Place(Kind.OBJECTIVE, objective.pk),
        title=objective.title,
        owner=objective.owner.name,
        unit=objective.unit.name if objective.unit else "",
        has_more_below=has_more_below,
        marks=tuple(marks),
    )


def _of_units(parent: Unit | None, actor: Actor) -> list[Node]:
    rows = unit_tree(parent, on=actor.on)
    ids = [row.id for row in rows]
    goals = Goal.objects.filter(unit=OuterRef("pk"), state__in=ON_THE_MAP)
    units = Unit.objects.filter(Exists(goals), pk__in=ids).order_by()
    with_goals = set(units.values_list("pk", flat=True))
    return [
        Node(
            Place(Kind.UNIT, row.id),
            title=row.name,
            has_more_below=bool(row.units or row.id in with_goals),
            marks=() if row.units or row.id in with_goals else (Mark.NO_GOALS,),
        )
        for row in rows
    ]
