"""Who may do what with a goal in which state; the rest is said where it is done."""

from datetime import date

import pytest

from evenhand.goals import policies
from evenhand.goals.kinds import AGREED, TRANSITIONS, GoalState, Openness
from evenhand.goals.policies import (
    may_check_in,
    may_set_rules,
    may_write_goal_for,
    visible_versions,
    words_open_until,
)
from evenhand.kernel.acting import Role
from evenhand.kernel.periods import FOREVER
from evenhand.kernel.verdict import Ground, Verdict
from evenhand.people.models import Person
from tests.factories.access import acting, standing_in, with_role
from tests.factories.goals import GoalFactory, GoalVersionFactory
from tests.factories.people import PersonFactory, ReportingLineFactory, UnitFactory

pytestmark = pytest.mark.django_db

LATER = "2026-08-01T09:00Z"
JUNE = date(2026, 6, 1)

# Which acts are open in a state to one side, or (in writing) to the author.
ACTS = {
    GoalState.DRAFT: {"save", "discard", "propose"},
    GoalState.DISCARDED: {"bring_back"},
    GoalState.PROPOSED: {"agree", "send_back", "take_back", "comment"},
    GoalState.ACTIVE: {"change", "close", "drop", "comment", "check_in", "move_support", "open"},
    GoalState.CLOSED: {"take_up", "comment"},
    GoalState.DROPPED: {"take_up", "approve_drop", "comment"},
}
LEADS_TO = {
    "discard": GoalState.DISCARDED,
    "propose": GoalState.PROPOSED,
    "bring_back": GoalState.DRAFT,
    "agree": GoalState.ACTIVE,
    "send_back": GoalState.DRAFT,
    "take_back": GoalState.DRAFT,
    "close": GoalState.CLOSED,
    "drop": GoalState.DROPPED,
    "take_up": GoalState.ACTIVE,
}
EVERY_ACT = sorted(set().union(*ACTS.values()))


@pytest.fixture
def ada():
    return PersonFactory(manager=PersonFactory())


@pytest.fixture
def ben(ada):
    return PersonFactory(manager=ada)


def goal_in(state, ben):
    agreed_at = {} if state in AGREED else {"agreed_at": None}
    goal = GoalFactory(owner=ben, state=state, **agreed_at)
    if state == GoalState.DROPPED:
        formula = {"side": "owner", "unit": None}
        goal.endings.create(kind="dropped", by=ben, at=goal.created_at, formula=formula)
    return goal


def may(act, actor, goal):
    return getattr(policies, f"may_{act}")(actor, goal)


@pytest.mark.parametrize("state", GoalState)
def test_in_each_state_exactly_these_acts_are_open_to_its_people(ada, ben, state):
    goal = goal_in(state, ben)
    people = (acting(ben), acting(ada))

    open_acts = {act for act in EVERY_ACT if any(may(act, actor, goal) for actor in people)}

    assert open_acts == ACTS[state]


def test_every_way_on_in_the_table_of_states_is_an_act():
    for state, acts in ACTS.items():
        assert {LEADS_TO[act] for act in acts if act in LEADS_TO} == TRANSITIONS[state]


@pytest.mark.parametrize("state", GoalState)
def test_nothing_is_open_to_strangers_auditors_and_it(ben, state):
    goal = goal_in(state, ben)
    others = [
        acting(PersonFactory()),
        with_role(Role.AUDITOR),
        with_role(Role.IT_ADMINISTRATOR),
        with_role(Role.EXECUTIVE),
    ]

    assert not any(may(act, actor, goal) for act in EVERY_ACT for actor in others)


@pytest.mark.parametrize("state", GoalState)
def test_a_refusal_says_what_to_do_and_on_which_ground(ben, state):
    goal = goal_in(state, ben)
    for actor in (acting(ben), acting(PersonFactory())):
        for verdict in (may(act, actor, goal) for act in EVERY_ACT):
            if not verdict:
                assert str(verdict.reason).endswith(".")
                assert verdict.ground in Ground


def test_codes_of_refusals_are_not_used_twice():
    verdicts = [one for one in vars(policies).values() if isinstance(one, Verdict)]

    assert len({verdict.code for verdict in verdicts}) == len(verdicts)


def test_goals_are_written_for_oneself_and_those_below(ada, ben):
    chief = ada.lines_to_managers.get().manager
    assert all(may_write_goal_for(acting(person), ben) for person in (ben, ada, chief))
    assert not may_write_goal_for(acting(ben), ada)


def test_a_specialist_of_a_unit_writes_for_people_there():
    division = UnitFactory()
    inside, outside = PersonFactory(unit=UnitFactory(parent=division)), PersonFactory()
    specialist = with_role(Role.SPECIALIST, division)

    assert may_write_goal_for(specialist, inside)
    assert may_write_goal_for(specialist, outside).code == "not_for_them"


def test_sides_and_specialists_say_how_far_a_goal_is(ada, ben):
    goal, specialist = GoalFactory(owner=ben), with_role(Role.SPECIALIST)
    own = GoalFactory(owner=Person.objects.get(pk=specialist.person_id))

    assert all(may_check_in(actor, goal) for actor in (acting(ben), acting(ada), specialist))
    assert may_check_in(specialist, own)
    assert may_check_in(acting(PersonFactory()), goal).code == "not_yours_to_measure"
    assert may_check_in(standing_in(ada, PersonFactory()), goal)
    assert not may_check_in(standing_in(ada, ben), goal)


def test_only_the_specialist_sets_the_rules():
    assert may_set_rules(with_role(Role.SPECIALIST))
    assert not may_set_rules(with_role(Role.SPECIALIST, UnitFactory()))
    assert not may_set_rules(with_role(Role.HR_PARTNER))


class TestHowLongWordsAreOpen:
    def test_forever_to_whom_they_are_open_today(self, ada, ben):
        goal = GoalFactory(owner=ben)

        assert words_open_until(acting(ben), goal) == FOREVER
        assert words_open_until(acting(ada), goal) == FOREVER
        assert words_open_until(acting(PersonFactory()), goal) is None

    def test_up_to_the_day_on_which_somebody_no_longer_led_the_owner(self):
        former, goal = PersonFactory(), GoalFactory(openness=Openness.ORGANIZATION)
        ReportingLineFactory(person=goal.owner, manager=former, ends_on=JUNE)

        assert words_open_until(acting(former), goal) == JUNE

    def test_up_to_the_day_on_which_somebody_no_longer_owned_it(self):
        former = PersonFactory()
        goal = GoalFactory(co_owners=[former])
        goal.owners.filter(person=former).update(ends_on=JUNE)

        assert words_open_until(acting(former), goal) == JUNE


class TestVersions:
    @pytest.fixture
    def goal(self, ben):
        """Agreed, once written on in private, and with a change that waits."""
        goal = GoalFactory(owner=ben, openness=Openness.ORGANIZATION)
        GoalVersionFactory(goal=goal, was_proposed=False)
        GoalVersionFactory(goal=goal, agreed_at=None, proposed_at=LATER)
        return goal

    def seen(self, actor, goal):
        return [version.number for version in visible_versions(actor, goal)]

    def test_in_private_are_their_authors(self, goal, ben):
        assert self.seen(acting(ben), goal) == [1, 2, 3]

    def test_that_were_proposed_are_read_with_the_words(self, goal, ada):
        assert self.seen(acting(ada), goal) == [1, 3]

    def test_that_were_agreed_are_read_with_the_plan(self, goal):
        assert self.seen(acting(PersonFactory()), goal) == [1]

    def test_after_the_time_of_a_former_manager_are_not_theirs(self, goal, ben):
        former = PersonFactory()
        goal = GoalFactory(owner=PersonFactory())
        GoalVersionFactory(goal=goal, agreed_at=None, proposed_at=LATER)
        ReportingLineFactory(person=goal.owner, manager=former, ends_on=JUNE)

        assert self.seen(acting(former), goal) == [1]

    def test_of_what_one_does_not_see_are_none(self, ben):
        goal = GoalFactory(owner=ben)

        assert self.seen(acting(PersonFactory()), goal) == []
