"""The map of goals as one walks it: from objectives, or from units, down to the goals of people.

Everybody walks it; which goals stand on it for whom, `visible_goals` says. A place on the map is
named by a short key, such as `o3` for an objective and `g12` for a goal.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
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
from evenhand.people.models import Unit, UnitTree
from evenhand.people.policies import visible_units

ON_THE_MAP = (GoalState.ACTIVE, GoalState.CLOSED)
USUAL_DEPTH = 4
MOST_UNITS = 500
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
            return _goal_nodes(actor, [place.pk]).get(place.pk)
        case _:
            return Node(place, has_more_below=True)


def look_at(actor: Actor, place: Place) -> tuple[Node, list[Step]] | None:
    """A place as one may see it, and those above it from the top down."""
    if place.kind == Kind.GOAL:
        return _look_at_goal(actor, place)
    node = node_at(actor, place)
    if node is None:
        return None
    if place.kind != Kind.UNIT:
        return node, []
    above = Unit.objects.filter(tree_below__descendant=place.pk, tree_below__depth__gte=1)
    units = above.annotate(steps=F("tree_below__depth")).order_by("-steps", "pk")
    way = [Node(Place(Kind.UNIT, unit.pk), title=unit.name) for unit in units]
    return node, [Step(unit) for unit in way]


def nodes_below(actor: Actor, place: Place, cursor: str = "") -> Page[Node]:
    """What stands right below a place, 50 goals at a time; units below a unit come first."""
    page = page_of(_as_rows(_goals_below(actor, place)), BY_DUE_DAY, cursor=cursor)
    goals = page.shown_as(lambda some: [_of_goal(actor, goal) for goal in some])
    if place.kind != Kind.UNIT or cursor:
        return goals
    units = _of_units(place.pk, actor)
    return Page([*units, *goals.rows], goals.next_cursor, goals.previous_cursor)


def _look_at_goal(actor: Actor, place: Place) -> tuple[Node, list[Step]] | None:
    chain = chain_above(place.pk)
    known = _goal_nodes(actor, [*chain, place.pk])
    if place.pk not in known:
        return None
    top = chain[0] if chain else place.pk
    objectives = visible_objectives(actor).filter(goals=top).select_related("owner", "unit")
    way = [_of_objective(actor, row) for row in objectives[:1]]
    return known[place.pk], [*map(Step, way), *(Step(known.get(pk)) for pk in chain)]


def chain_above(goal_id: int) -> list[int]:
    """The goals above one, from the top down, asked for at once."""
    steps = ["__".join(["parent"] * n) + "_id" for n in range(1, MOST_DEPTH + 1)]
    chain = Goal.objects.values_list(*steps).filter(pk=goal_id).first() or ()
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


def _goal_nodes(actor: Actor, goal_ids: Sequence[int]) -> dict[int, Node]:
    rows = _as_rows(visible_goals(actor)).filter(pk__in=goal_ids).order_by()
    return {goal.pk: _of_goal(actor, goal) for goal in rows}


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


def units_below(parent_id: int | None, on: date) -> QuerySet[Unit]:
    """The units right below one, or at the top, by name."""
    units = Unit.objects.on(on).order_by("name", "pk")
    if parent_id is not None:
        return units.filter(tree_above__ancestor=parent_id, tree_above__depth=1)
    above = UnitTree.objects.filter(descendant=OuterRef("pk"), depth__gte=1)
    return units.filter(~Exists(above))


def _of_units(parent_id: int | None, actor: Actor) -> list[Node]:
    inner = UnitTree.objects.filter(ancestor=OuterRef("pk"), depth=1)
    goals = Goal.objects.filter(unit=OuterRef("pk"), state__in=ON_THE_MAP)
    rows = units_below(parent_id, actor.on).annotate(has_more_below=Exists(inner) | Exists(goals))
    return [
        Node(
            Place(Kind.UNIT, unit.pk),
            title=unit.name,
            has_more_below=unit.has_more_below,
            marks=() if unit.has_more_below else (Mark.NO_GOALS,),
        )
        for unit in rows[:MOST_UNITS]
    ]
