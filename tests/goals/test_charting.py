from datetime import date

import pytest

from evenhand.goals.charting import (
    Kind,
    Mark,
    Place,
    chain_above,
    look_at,
    node_at,
    nodes_below,
    place_named,
    top_of_strategy,
    top_units,
)
from evenhand.goals.kinds import GoalState, Openness, Pace
from evenhand.kernel.acting import Role
from tests.factories.access import acting, with_role
from tests.factories.people import PersonFactory, UnitFactory
from tests.factories.strategy import ObjectiveFactory, agreed

pytestmark = pytest.mark.django_db

OPEN = {"openness": Openness.ORGANIZATION}


@pytest.fixture
def specialist():
    return with_role(Role.SPECIALIST)


def goals_below(actor, place, cursor=""):
    return [node.place.pk for node in nodes_below(actor, place, cursor).rows]


def of(goal):
    return Place(Kind.GOAL, goal.pk)


def marks(actor, goal):
    return set(node_at(actor, of(goal)).marks)


@pytest.mark.parametrize(
    ("key", "place"),
    [
        ("o3", Place(Kind.OBJECTIVE, 3)),
        ("g12", Place(Kind.GOAL, 12)),
        ("u5", Place(Kind.UNIT, 5)),
        ("nothing", Place(Kind.NOTHING)),
        ("", None),
        ("g", None),
        ("x4", None),
        ("g-1", None),
        ("g" + 30 * "9", None),
        ("g²", None),
    ],
)
def test_a_place_has_a_key(key, place):
    assert place_named(key) == place
    assert place is None or place.key == key


def test_the_map_begins_with_what_holds_and_what_goals_still_lead_to(specialist):
    served, unserved = ObjectiveFactory(title="B"), ObjectiveFactory(title="A")
    agreed(objective=served)
    given_up = ObjectiveFactory(title="C", withdrawn=True)
    agreed(objective=given_up)
    ObjectiveFactory(title="D", withdrawn=True)
    ObjectiveFactory(title="E", starts_on=date(2030, 1, 1), ends_on=date(2031, 1, 1))

    nodes = top_of_strategy(specialist).rows

    assert [node.place.pk for node in nodes] == [unserved.pk, served.pk, given_up.pk]
    assert [node.marks for node in nodes] == [(Mark.NO_GOALS,), (), (Mark.NOT_NOW,)]
    assert [node.has_more_below for node in nodes] == [False, True, True]


def test_goals_stand_below_what_they_support(specialist):
    objective = ObjectiveFactory()
    top = agreed(objective=objective)
    below = agreed(parent=top)

    assert goals_below(specialist, Place(Kind.OBJECTIVE, objective.pk)) == [top.pk]
    assert goals_below(specialist, of(top)) == [below.pk]
    assert goals_below(specialist, of(below)) == []
    assert node_at(specialist, of(top)).has_more_below
    assert not node_at(specialist, of(below)).has_more_below


def test_what_is_not_agreed_or_was_given_up_is_not_on_the_map(specialist):
    objective = ObjectiveFactory()
    for state in (GoalState.DRAFT, GoalState.PROPOSED, GoalState.DROPPED, GoalState.DISCARDED):
        agreed(objective=objective, state=state)

    assert goals_below(specialist, Place(Kind.OBJECTIVE, objective.pk)) == []


def test_fifty_goals_are_shown_at_a_time(specialist):
    objective, owner = ObjectiveFactory(), PersonFactory()
    goals = [agreed(objective=objective, owner=owner).pk for _n in range(53)]
    place = Place(Kind.OBJECTIVE, objective.pk)

    first = nodes_below(specialist, place)
    rest = nodes_below(specialist, place, first.next_cursor)

    assert [node.place.pk for node in [*first.rows, *rest.rows]] == goals
    assert (len(first.rows), rest.next_cursor) == (50, "")


def test_goals_that_lead_nowhere_are_marked(specialist):
    ended = ObjectiveFactory(starts_on=date(2025, 1, 1), ends_on=date(2026, 1, 1))
    orphan, local = agreed(), agreed(local_reason="Only our laboratory needs it")
    late = agreed(objective=ended)
    given_up = agreed(objective=ObjectiveFactory(), state=GoalState.DROPPED)
    dangling = agreed(parent=given_up)
    sound = agreed(objective=ObjectiveFactory())

    assert marks(specialist, orphan) == {Mark.SUPPORTS_NOTHING}
    assert marks(specialist, local) == {Mark.LOCAL}
    assert marks(specialist, agreed(parent=orphan, outcome="Other")) == {Mark.LEADS_NOWHERE}
    assert marks(specialist, late) == {Mark.LEADS_NOWHERE}
    assert marks(specialist, dangling) == {Mark.LEADS_NOWHERE, Mark.COPY}
    assert marks(specialist, sound) == set()
    assert goals_below(specialist, Place(Kind.NOTHING)) == [orphan.pk, local.pk]
    assert goals_below(specialist, Place(Kind.BROKEN)) == [dangling.pk]


def test_copies_and_long_chains_are_marked(specialist):
    goal = agreed(objective=ObjectiveFactory(), outcome="Level 1 is reached by everybody here")
    for level in range(2, 6):
        goal = agreed(parent=goal, outcome=f"Something else at depth number {level}")

    assert marks(specialist, goal) == {Mark.DEEP, Mark.COPY}


def test_score_and_pace_stand_beside_a_goal(specialist):
    goal = agreed(objective=ObjectiveFactory(), score="0.30")
    closed = agreed(objective=ObjectiveFactory(), score="0.9", state=GoalState.CLOSED)

    assert node_at(specialist, of(goal)).pace == Pace.OFF_TRACK
    assert node_at(specialist, of(closed)).pace is None
    assert marks(specialist, closed) == {Mark.CLOSED}


def test_nobody_meets_a_goal_that_is_not_open_to_them():
    stranger = acting(PersonFactory())
    objective = ObjectiveFactory()
    closed_goal = agreed(objective=objective)
    open_goal = agreed(parent=closed_goal, **OPEN)

    assert goals_below(stranger, Place(Kind.OBJECTIVE, objective.pk)) == []
    assert node_at(stranger, of(closed_goal)) is None
    assert look_at(stranger, of(closed_goal)) is None
    assert look_at(stranger, Place(Kind.GOAL, 987654321)) is None
    assert goals_below(stranger, of(closed_goal)) == [open_goal.pk]


def test_the_way_to_a_goal_begins_with_its_objective_and_hides_what_is_not_open():
    objective = ObjectiveFactory()
    top = agreed(objective=objective, **OPEN)
    middle = agreed(parent=top)
    goal = agreed(parent=middle, **OPEN)

    _node, way = look_at(acting(PersonFactory()), of(goal))

    assert [step.node and step.node.place.key for step in way] == [
        f"o{objective.pk}",
        f"g{top.pk}",
        None,
    ]
    assert chain_above(goal.pk) == [top.pk, middle.pk]


def test_everybody_finds_their_own_goals():
    me = PersonFactory()
    mine = agreed(owner=me)
    agreed()

    assert goals_below(acting(me), Place(Kind.MINE)) == [mine.pk]


def test_units_lead_down_to_their_units_and_goals(specialist):
    company = UnitFactory(name="Company")
    sales, works = UnitFactory(name="Sales", parent=company), UnitFactory(name="Works")
    of_sales = agreed(unit=sales)
    agreed(unit=sales, parent=of_sales)
    from_outside = agreed(unit=sales, parent=agreed(unit=company))

    tops = {node.place.pk: node for node in top_units(specialist)}
    below = nodes_below(specialist, Place(Kind.UNIT, company.pk)).rows

    assert {company.pk, works.pk} <= set(tops)
    assert tops[works.pk].marks == (Mark.NO_GOALS,)
    assert below[0].place == Place(Kind.UNIT, sales.pk)
    assert goals_below(specialist, Place(Kind.UNIT, sales.pk)) == [of_sales.pk, from_outside.pk]
    _node, steps = look_at(specialist, Place(Kind.UNIT, sales.pk))
    assert [step.node.title for step in steps] == ["Company"]


@pytest.mark.parametrize("count", [1, 6])
def test_a_branch_costs_the_same_however_long_it_is(specialist, count, django_assert_num_queries):
    objective = ObjectiveFactory()
    for _n in range(count):
        agreed(parent=agreed(objective=objective))

    with django_assert_num_queries(1):
        nodes_below(specialist, Place(Kind.OBJECTIVE, objective.pk))
