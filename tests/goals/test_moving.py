from datetime import UTC, date, datetime, timedelta

import pytest

from evenhand.audit.models import Entry
from evenhand.goals.kinds import GoalState, Scope
from evenhand.goals.models import GoalMove
from evenhand.goals.moving import follow_moves
from evenhand.kernel.acting import system
from evenhand.notices.models import Message
from evenhand.people.kinds import LineKind
from evenhand.people.models import Position, ReportingLine
from tests.factories.check_ins import agreed_goal
from tests.factories.people import PersonFactory, UnitFactory

pytestmark = pytest.mark.django_db

DAY = date(2026, 6, 15)
AT = datetime(2026, 6, 20, 6, 0, tzinfo=UTC)


@pytest.fixture
def former():
    return PersonFactory()


@pytest.fixture
def goal(former):
    owner = PersonFactory(manager=former)
    unit = Position.objects.get(person=owner).unit
    return agreed_goal(owner=owner, unit=unit)


def follow(at=AT):
    return follow_moves(by=system(at.date()), at=at)


def moves_to(person, unit, on=DAY):
    Position.objects.filter(person=person).update(ends_on=on)
    return Position.objects.create(person=person, unit=unit, starts_on=on)


def reports_to(person, manager, on=DAY):
    ReportingLine.objects.filter(person=person, kind=LineKind.PRIMARY).update(ends_on=on)
    return ReportingLine.objects.create(person=person, manager=manager, starts_on=on)


def test_a_goal_goes_along_and_counts_in_the_new_unit(goal, former):
    unit, manager = UnitFactory(), PersonFactory()
    before = goal.unit_id
    moves_to(goal.owner, unit)
    reports_to(goal.owner, manager)

    assert follow() == 1

    goal.refresh_from_db()
    move = GoalMove.objects.get()
    assert goal.unit == unit
    assert (move.on, move.former_unit_id, move.new_unit) == (DAY, before, unit)
    assert (move.former_manager, move.new_manager) == (former, manager)
    assert Entry.objects.filter(code="goal.moved", about_id=goal.pk).count() == 1


def test_what_is_noted_once_is_not_noted_again(goal):
    reports_to(goal.owner, PersonFactory())

    assert [follow(), follow(AT + timedelta(days=1))] == [1, 0]


def test_the_new_manager_is_told_once_of_all_goals(goal, django_capture_on_commit_callbacks):
    agreed_goal(owner=goal.owner, unit=goal.unit)
    manager = PersonFactory()
    reports_to(goal.owner, manager)

    with django_capture_on_commit_callbacks(execute=True):
        follow()

    message = Message.objects.get(person=manager)
    assert message.context == {"subject": goal.owner.name, "number": 2}


def test_a_new_unit_with_the_same_manager_tells_nobody(goal, django_capture_on_commit_callbacks):
    moves_to(goal.owner, UnitFactory())

    with django_capture_on_commit_callbacks(execute=True):
        assert follow() == 1

    assert not Message.objects.exists()


@pytest.mark.parametrize("state", [GoalState.CLOSED, GoalState.DROPPED])
def test_what_has_ended_stays_where_it_was(goal, state):
    type(goal).objects.filter(pk=goal.pk).update(state=state)
    moves_to(goal.owner, UnitFactory())

    assert follow() == 0


def test_a_draft_stays_private_and_goes_nowhere(goal):
    type(goal).objects.filter(pk=goal.pk).update(state=GoalState.DRAFT, agreed_at=None)
    moves_to(goal.owner, UnitFactory())

    assert follow() == 0


def test_the_goal_of_a_unit_stays_with_the_unit(goal):
    type(goal).objects.filter(pk=goal.pk).update(scope=Scope.UNIT)
    moves_to(goal.owner, UnitFactory())

    assert follow() == 0


def test_a_goal_written_after_the_move_has_not_moved(goal):
    later = datetime(2026, 6, 16, 9, 0, tzinfo=UTC)
    type(goal).objects.filter(pk=goal.pk).update(created_at=later)
    moves_to(goal.owner, UnitFactory())

    assert follow() == 0


def test_another_job_in_the_same_unit_is_no_move(goal):
    moves_to(goal.owner, goal.unit)

    assert follow() == 0


def test_somebody_who_leaves_the_organization_keeps_where_the_goal_counts(goal):
    unit = goal.unit
    Position.objects.filter(person=goal.owner).update(ends_on=DAY)
    reports_to(goal.owner, PersonFactory())
    follow()

    goal.refresh_from_db()
    assert goal.unit == unit


def test_three_movers_cost_as_many_statements_as_one(goal, django_assert_max_num_queries):
    moved = [goal.owner, *(PersonFactory(manager=PersonFactory()) for _n in range(3))]
    for person in moved[1:]:
        agreed_goal(owner=person, unit=goal.unit)
    for person in moved:
        moves_to(person, UnitFactory())

    with django_assert_max_num_queries(14):
        assert follow() == 4
