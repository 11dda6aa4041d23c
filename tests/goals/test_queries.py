"""Lists of goals: one's own, a team's, those of a period, and who has none."""

from datetime import date
from decimal import Decimal

import pytest

from evenhand.goals.kinds import Openness, Pace, RollUpFrom
from evenhand.goals.queries import (
    discarded_goals,
    drafts_for_others,
    ended_goals_of,
    goals_of,
    goals_of_period,
    my_goals,
    team_goals,
    without_agreed_goals,
)
from evenhand.people.models import Person
from tests.factories.access import acting, standing_in
from tests.factories.goals import GoalFactory, GoalVersionFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

YEAR = (date(2026, 1, 1), date(2027, 1, 1))


@pytest.fixture
def ada():
    return PersonFactory()


@pytest.fixture
def ben(ada):
    return PersonFactory(manager=ada)


def goals(rows):
    return [row.goal for row in rows]


class TestMyGoals:
    def test_stand_by_state_with_what_they_weigh(self, ben):
        draft, proposed = GoalFactory(owner=ben, draft=True), GoalFactory(owner=ben, proposed=True)
        first, second = GoalFactory(owner=ben, weight=60), GoalFactory(owner=ben, weight=40)
        GoalFactory(owner=ben, closed=True)

        found = my_goals(acting(ben))

        assert (goals(found.drafts), goals(found.proposed)) == ([draft], [proposed])
        assert goals(found.in_force) == [first, second]
        assert (found.weight, found.needs_weighing, found.are_many) == (100, False, False)

    def test_include_those_owned_with_others_but_no_draft_of_somebody_else(self, ada, ben):
        together = GoalFactory(owner=ada, co_owners=[ben])
        GoalFactory(owner=ben, author=ada, draft=True)

        found = my_goals(acting(ben))

        assert (goals(found.in_force), found.drafts) == ([together], ())

    def test_want_weighing_once_some_are_weighed_and_others_not(self, ben):
        GoalFactory(owner=ben)
        assert not my_goals(acting(ben)).needs_weighing
        GoalFactory(owner=ben, weight=60)
        assert my_goals(acting(ben)).needs_weighing

    def test_are_many_from_the_eighth_on(self, ben):
        GoalFactory.create_batch(8, owner=ben)

        assert my_goals(acting(ben)).are_many

    def test_say_which_wait_for_me(self, ada, ben):
        mine = GoalFactory(owner=ben, author=ada, proposed=True)
        waiting = GoalFactory(owner=ben)
        GoalVersionFactory(goal=waiting, agreed_at=None, proposed_by=ada)

        (proposed,), (in_force,) = my_goals(acting(ben)).proposed, my_goals(acting(ben)).in_force

        assert (proposed.goal, proposed.is_proposed, proposed.waits_for_me) == (mine, True, True)
        assert (in_force.goal, in_force.is_proposed, in_force.waits_for_me) == (waiting, True, True)

    def test_tell_their_pace(self, ben):
        scores = {Pace.ON_TRACK: "0.9", Pace.AT_RISK: "0.7", Pace.OFF_TRACK: "0.2"}
        for score in scores.values():
            GoalFactory(owner=ben, score=Decimal(score))
        GoalFactory(owner=ben)

        assert [row.pace for row in my_goals(acting(ben)).in_force] == [*scores, Pace.NO_DATA]

    def test_go_by_what_they_are_made_of(self, ben):
        GoalFactory(owner=ben, rolls_up_from=RollUpFrom.CHILDREN, rolled_score=Decimal("0.9"))

        assert my_goals(acting(ben)).in_force[0].pace == Pace.ON_TRACK

    def test_cost_the_same_however_many(self, ben, django_assert_max_num_queries):
        GoalFactory.create_batch(12, owner=ben)

        with django_assert_max_num_queries(5):
            assert [str(row.goal.owner) for row in my_goals(acting(ben)).in_force]


class TestGoalsOfSomebody:
    def test_are_those_the_reader_sees(self, ada, ben):
        line = GoalFactory(owner=ben)
        team = GoalFactory(owner=ben, openness=Openness.ORGANIZATION)

        assert goals(goals_of(acting(ada), ben.pk).in_force) == [line, team]
        assert goals(goals_of(acting(PersonFactory()), ben.pk).in_force) == [team]

    def test_do_not_tell_others_that_a_change_is_talked_about(self, ada, ben):
        goal = GoalFactory(owner=ben, openness=Openness.ORGANIZATION)
        GoalVersionFactory(goal=goal, agreed_at=None)

        assert goals_of(acting(ada), ben.pk).in_force[0].is_proposed
        assert not goals_of(acting(PersonFactory()), ben.pk).in_force[0].is_proposed

    def test_that_ended_come_page_by_page_the_last_first(self, ada, ben):
        early = GoalFactory(owner=ben, closed=True, due_on=date(2026, 3, 1), weight=30)
        late = GoalFactory(owner=ben, dropped=True)
        GoalFactory(owner=ben)

        page = ended_goals_of(acting(ada), ben.pk, limit=1)
        assert goals(page.rows) == [late]
        (row,) = ended_goals_of(acting(ada), ben.pk, cursor=page.next_cursor, limit=1).rows
        assert (row.goal, row.weight, row.pace) == (early, 30, None)
        assert not ended_goals_of(acting(PersonFactory()), ben.pk).rows


def test_drafts_for_others_and_what_was_discarded_are_their_authors(ada, ben):
    draft = GoalFactory(owner=ben, author=ada, draft=True)
    discarded = GoalFactory(owner=ada, discarded=True)
    GoalFactory(owner=ada, draft=True)

    assert drafts_for_others(acting(ada)) == [draft]
    assert discarded_goals(acting(ada)) == [discarded]
    assert drafts_for_others(acting(ben)) == discarded_goals(acting(ben)) == []


class TestTheTeam:
    def test_stands_side_by_side_with_who_has_none(self, ada):
        ben = PersonFactory(manager=ada, family_name="Aa")
        none = PersonFactory(manager=ada, family_name="Zz")
        for score in ("0.9", "0.7", "0.2", None):
            GoalFactory(owner=ben, weight=25, score=score and Decimal(score))
        GoalFactory(owner=ben, proposed=True)
        GoalFactory(owner=ben, closed=True)
        GoalFactory(owner=ben, draft=True)

        first, second = team_goals(acting(ada)).rows

        assert first.person == ben
        assert (first.in_force, first.proposed, first.closed) == (4, 1, 1)
        assert (first.on_track, first.at_risk, first.off_track, first.no_data) == (1, 1, 1, 1)
        assert (first.weight, first.needs_weighing, first.waiting_for_me) == (100, False, 1)
        assert (second.person, second.has_none, first.has_none) == (none, True, False)

    def test_of_a_delegate_leaves_the_delegate_out(self, ada, ben):
        other = PersonFactory(manager=ada)

        rows = team_goals(standing_in(ada, ben)).rows

        assert [row.person for row in rows] == [other]

    def test_costs_the_same_however_many(self, ada, django_assert_max_num_queries):
        for _n in range(6):
            GoalFactory(owner=PersonFactory(manager=ada))

        with django_assert_max_num_queries(5):
            team_goals(acting(ada))


class TestAPeriod:
    def test_has_the_agreed_goals_that_lie_in_it_at_least_in_part(self, ben):
        inside = GoalFactory(owner=ben, weight=40, score=Decimal("0.4"))
        across = GoalFactory(owner=ben, closed=True, starts_on=date(2025, 7, 1), due_on=YEAR[0])
        GoalFactory(owner=ben, starts_on=date(2025, 1, 1), due_on=date(2025, 12, 31))
        GoalFactory(owner=ben, proposed=True)
        GoalFactory(owner=ben, starts_on=YEAR[1], due_on=date(2027, 6, 1))

        found = goals_of_period(ben.pk, *YEAR)

        assert [one.goal for one in found] == [across, inside]
        assert (found[1].weight, found[1].score, found[1].ambition) == (
            40,
            Decimal("0.4"),
            "committed",
        )

    def test_tells_what_a_drop_counts(self, ben):
        GoalFactory(owner=ben, dropped=True, score=Decimal("0.4"))
        GoalFactory(owner=ben, dropped=True, score=Decimal("0.4"), drop_is_approved=True)

        assert [one.score for one in goals_of_period(ben.pk, *YEAR)] == [0, None]

    def test_tells_the_pace_on_its_last_day(self, ben):
        GoalFactory(owner=ben, score=Decimal("0.5"))

        half_year = goals_of_period(ben.pk, date(2026, 1, 1), date(2026, 7, 1))
        assert half_year[0].pace == Pace.ON_TRACK
        assert goals_of_period(ben.pk, *YEAR)[0].pace == Pace.OFF_TRACK

    def test_counts_an_owner_only_while_they_owned_it(self, ben):
        goal = GoalFactory(co_owners=[ben])
        goal.owners.filter(person=ben).update(ends_on=date(2026, 4, 1))

        assert goals_of_period(ben.pk, date(2026, 1, 1), date(2026, 4, 1))
        assert not goals_of_period(ben.pk, date(2026, 4, 1), date(2026, 7, 1))

    def test_is_lacked_by_who_has_no_goal_in_force_or_closed(self, ben):
        having = [GoalFactory().owner, GoalFactory(closed=True).owner]
        together = PersonFactory()
        GoalFactory(owner=having[0], co_owners=[together])
        lacking = [
            ben,
            GoalFactory(proposed=True).owner,
            GoalFactory(dropped=True).owner,
            GoalFactory(starts_on=date(2025, 1, 1), due_on=date(2025, 12, 31)).owner,
        ]
        people = Person.objects.filter(pk__in=[p.pk for p in (*having, together, *lacking)])

        assert set(without_agreed_goals(people, *YEAR)) == set(lacking)
