from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from evenhand.analytics.reaching import (
    Sums,
    Untold,
    may_read_results,
    read_results,
    result_scopes,
    told,
)
from evenhand.goals.kinds import Ambition, GoalState, RollUpFrom
from evenhand.goals.scopes import EVERYBODY, GoalScope
from evenhand.kernel.acting import Role
from tests.factories.access import acting, standing_in, with_role
from tests.factories.people import PersonFactory, UnitFactory, company
from tests.factories.strategy import ObjectiveFactory, agreed

ON = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 9, tzinfo=UTC)


def sums(people, mean="0.5", goals=None):
    score = Decimal(mean) * people
    return Sums(goals or people, people, people, people, score)


def hidden(*groups):
    return [figure.untold == Untold.TOO_FEW for figure in told(groups)]


def test_nothing_is_told_about_fewer_than_five_people():
    assert hidden(sums(5), sums(5)) == [False, False]
    assert hidden(sums(4), sums(4), sums(9)) == [True, True, False]


def test_one_small_group_hides_the_next_smallest_with_it():
    assert hidden(sums(4), sums(6), sums(9)) == [True, True, False]


def test_a_small_group_that_is_all_the_same_is_not_told():
    assert hidden(sums(9, "1"), sums(30)) == [True, True]
    assert hidden(sums(10, "1"), sums(30)) == [False, False]


def test_groups_without_goals_hide_nobody():
    assert [figure.untold for figure in told([Sums(), sums(6)])] == [Untold.NO_GOALS, None]


def test_under_sixty_percent_measured_there_is_no_score():
    (figure,) = told([Sums(20, 20, 11, 11, Decimal(6))])
    assert figure.untold == Untold.NOT_MEASURED

    (figure,) = told([Sums(20, 20, 12, 12, Decimal(6))])
    assert (figure.score, figure.coverage) == (Decimal("0.5"), Decimal("0.6"))


def test_that_nothing_is_measured_is_not_told_about_a_few():
    assert hidden(Sums(4, 4, 0, 0, None)) == [True]


@pytest.mark.django_db
class TestResults:
    @pytest.fixture
    def parts(self):
        return company(), UnitFactory(name="Sales", parent=company())

    def results(self, scope=EVERYBODY):
        found = read_results(scope, ON, AT)
        return {row.title: row for row in (*found.by_objective, *found.by_unit)}

    def test_committed_and_aspirational_goals_have_their_own_figures(self, parts):
        objective, (_company, sales) = ObjectiveFactory(title="Grow"), parts
        for score in ("0.9", "0.8", "0.7", "0.6", "0.5"):
            agreed(objective=objective, unit=sales, score=score)
            agreed(objective=objective, unit=sales, score="0.2", ambition=Ambition.ASPIRATIONAL)

        found = self.results()

        for row in (found["Grow"], found["Sales"]):
            assert (row.committed.score, row.committed.people) == (Decimal("0.7"), 5)
            assert row.aspirational.score == Decimal("0.2")
        assert found["Company"].is_itself
        assert found["Company"].committed.untold == Untold.NO_GOALS

    def test_every_measurement_counts_once(self, parts):
        objective = ObjectiveFactory(title="Grow")
        above = agreed(objective=objective, rolls_up_from=RollUpFrom.CHILDREN, rolled_score="0.1")
        for _n in range(5):
            agreed(parent=above, score="0.8")

        assert self.results()["Grow"].committed.score == Decimal("0.8")

    def test_what_was_dropped_counts_nothing_until_that_is_approved(self, parts):
        objective = ObjectiveFactory(title="Grow")
        for _n in range(5):
            agreed(objective=objective, score="0.6")
        agreed(objective=objective, score="0.9", state=GoalState.DROPPED)
        agreed(objective=objective, score="0.9", state=GoalState.DROPPED, drop_is_approved=True)

        assert self.results()["Grow"].committed.score == Decimal("0.5")

    def test_what_leads_to_no_objective_that_holds_is_no_result(self, parts):
        _company, sales = parts
        gone = ObjectiveFactory(title="Gone", withdrawn=True)
        for _n in range(5):
            agreed(unit=sales, score="0.6", objective=gone)
            agreed(unit=sales, score="0.6")

        found = self.results()

        assert "Gone" not in found
        assert found["Sales"].committed.untold == Untold.NO_GOALS

    def test_the_same_day_tells_the_same(self, parts):
        objective = ObjectiveFactory(title="Grow")
        for _n in range(5):
            agreed(objective=objective, score="0.6")
        before = self.results()

        agreed(objective=objective, score="0.1")

        assert self.results() == before


@pytest.mark.django_db
class TestWhoReadsResults:
    @pytest.mark.parametrize("role", [Role.EXECUTIVE, Role.SPECIALIST, Role.HR_PARTNER])
    def test_leaders_of_everything_read_those_of_everybody(self, role):
        actor = with_role(role)

        assert result_scopes(actor) == [EVERYBODY]
        assert may_read_results(actor, EVERYBODY)
        assert not may_read_results(actor, GoalScope(unit_id=UnitFactory().pk))

    def test_leaders_of_units_read_those_of_their_units(self):
        sales = UnitFactory()
        actor = with_role(Role.EXECUTIVE, sales)

        assert may_read_results(actor, GoalScope(unit_id=sales.pk))
        assert may_read_results(actor, EVERYBODY).code == "not_a_leader"

    def test_nobody_else_reads_any(self):
        boss = PersonFactory()
        others = [
            acting(boss),
            standing_in(boss, PersonFactory()),
            with_role(Role.AUDITOR),
            with_role(Role.IT_ADMINISTRATOR),
        ]

        assert [result_scopes(actor) for actor in others] == [[], [], [], []]
