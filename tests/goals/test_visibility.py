"""Who reads what of which goal, cell by cell; in every cell there is something that could leak."""

from datetime import date

import pytest

from evenhand.goals.kinds import AGREED, GoalState, Openness, Scope
from evenhand.goals.models import UnitPart
from evenhand.goals.policies import goals_with_open_words, visible_goals
from evenhand.goals.visibility import READS, Reader, What
from evenhand.kernel.acting import Role
from tests.factories.access import acting, standing_in, with_role
from tests.factories.goals import GoalFactory
from tests.factories.people import PersonFactory, ReportingLineFactory, UnitFactory

pytestmark = pytest.mark.django_db

LINE, TEAM, ORGANIZATION = Openness.LINE, Openness.TEAM, Openness.ORGANIZATION
FIRST_OF_MAY, FIRST_OF_JUNE = date(2026, 5, 1), date(2026, 6, 1)


class Place:
    """Cy reports to Bo, Bo to Al, in a unit of a division; Di shares a goal, Ex led Cy once."""

    def __init__(self):
        self.division = UnitFactory()
        self.unit = UnitFactory(parent=self.division)
        self.elsewhere = UnitFactory()
        self.al = PersonFactory(unit=self.division)
        self.bo = PersonFactory(unit=self.division, manager=self.al)
        self.cy = PersonFactory(unit=self.unit, manager=self.bo)
        self.writer = PersonFactory(unit=self.elsewhere)
        self.di = PersonFactory(unit=self.elsewhere)
        self.ex = PersonFactory(unit=self.elsewhere)
        self.beside = PersonFactory(unit=self.unit, manager=self.ex)
        self.stranger = PersonFactory(unit=self.elsewhere)
        self.once = PersonFactory(unit=self.elsewhere)
        ReportingLineFactory(
            person=self.cy, manager=self.ex, starts_on=date(2026, 1, 1), ends_on=FIRST_OF_JUNE
        )

    def goal(self, state, openness=LINE):
        agreed_at = {} if state in AGREED else {"agreed_at": None}
        goal = GoalFactory(
            owner=self.cy,
            author=self.writer,
            unit=self.unit,
            state=state,
            openness=openness,
            scope=Scope.SHARED,
            co_owners=[self.once],
            **agreed_at,
        )
        goal.owners.filter(person=self.once).update(ends_on=FIRST_OF_MAY)
        UnitPart.objects.create(goal=goal, unit=self.elsewhere, responsible=self.di)
        return goal

    def reader(self, reader):
        return {
            Reader.AUTHOR: lambda: acting(self.writer),
            Reader.OWNER: lambda: acting(self.cy),
            Reader.RESPONSIBLE: lambda: acting(self.di),
            Reader.LINE_ABOVE: lambda: acting(self.al),
            Reader.HR_PARTNER: lambda: with_role(Role.HR_PARTNER, self.division),
            Reader.SPECIALIST: lambda: with_role(Role.SPECIALIST),
            Reader.FORMER_MANAGER: lambda: acting(self.ex),
            Reader.FORMER_OWNER: lambda: acting(self.once),
            Reader.TEAM: lambda: acting(self.beside),
            Reader.EVERYBODY: lambda: acting(self.stranger),
        }[reader]()


def reads(actor, goal):
    """What of a goal somebody reads."""
    found = {What.PLAN: visible_goals(actor), What.WORDS: goals_with_open_words(actor)}
    return {what for what, goals in found.items() if goals.filter(pk=goal.pk).exists()}


@pytest.fixture
def place(db):
    return Place()


OPENNESS = {Reader.TEAM: TEAM, Reader.EVERYBODY: ORGANIZATION}


@pytest.mark.parametrize("reader", Reader)
def test_every_cell_of_the_table(place, reader):
    actor = place.reader(reader)
    for state in GoalState:
        goal = place.goal(state, OPENNESS.get(reader, LINE))

        assert (state, reads(actor, goal)) == (state, set(READS[reader, state]))


def test_a_draft_is_its_authors_alone_whatever_it_is_open_to(place):
    goal = place.goal(GoalState.DRAFT, ORGANIZATION)

    for reader in set(Reader) - {Reader.AUTHOR}:
        assert reads(place.reader(reader), goal) == set()


def test_a_goal_is_open_only_as_far_as_it_says(place):
    nearby, everywhere = place.reader(Reader.TEAM), place.reader(Reader.EVERYBODY)
    narrow = place.goal(GoalState.ACTIVE, LINE)
    team = place.goal(GoalState.ACTIVE, TEAM)
    wide = place.goal(GoalState.ACTIVE, ORGANIZATION)

    assert [reads(nearby, goal) for goal in (narrow, team, wide)] == [
        set(),
        {What.PLAN},
        {What.PLAN},
    ]
    assert [reads(everywhere, goal) for goal in (narrow, team, wide)] == [set(), set(), {What.PLAN}]


def test_who_has_the_same_manager_belongs_to_the_team(place):
    goal = place.goal(GoalState.ACTIVE, TEAM)
    sibling = PersonFactory(unit=place.elsewhere, manager=place.bo)

    assert reads(acting(sibling), goal) == {What.PLAN}


@pytest.mark.parametrize("role", [Role.EXECUTIVE, Role.AUDITOR, Role.IT_ADMINISTRATOR])
def test_other_roles_open_nothing_beyond_what_everybody_sees(place, role):
    actor = with_role(role)

    assert reads(actor, place.goal(GoalState.ACTIVE, LINE)) == set()
    assert reads(actor, place.goal(GoalState.ACTIVE, ORGANIZATION)) == {What.PLAN}


def test_an_hr_partner_reads_only_in_their_units(place):
    assert reads(with_role(Role.HR_PARTNER, place.elsewhere), place.goal(GoalState.ACTIVE)) == set()


def test_managers_above_a_co_owner_read_it_too(place):
    chief = PersonFactory()
    goal = GoalFactory(owner=place.cy, co_owners=[PersonFactory(manager=chief)])

    assert reads(acting(chief), goal) == set(What)


def test_a_new_manager_reads_what_was_agreed_before_them(place):
    goal = GoalFactory(owner=PersonFactory())
    ReportingLineFactory(person=goal.owner, manager=place.stranger, starts_on=FIRST_OF_JUNE)

    assert reads(acting(place.stranger), goal) == set(What)


def test_a_former_manager_reads_nothing_that_was_proposed_later(place):
    goal = place.goal(GoalState.ACTIVE)
    goal.versions.update(proposed_at="2026-06-01T00:00Z")

    assert reads(acting(place.ex), goal) == set()


def test_a_former_manager_reads_nothing_of_another_time(place):
    earlier = PersonFactory()
    ReportingLineFactory(person=place.cy, manager=earlier, ends_on=date(2026, 1, 1))

    assert reads(acting(earlier), place.goal(GoalState.ACTIVE)) == set()


class TestADelegate:
    def test_reads_what_the_manager_reads_of_others(self, place):
        delegate = PersonFactory()

        assert reads(standing_in(place.bo, delegate), place.goal(GoalState.ACTIVE)) == set(What)

    def test_reads_neither_their_own_goals_nor_those_of_the_manager(self, place):
        own_of_the_manager = GoalFactory(owner=place.bo)
        about_the_delegate = place.goal(GoalState.ACTIVE)

        assert reads(standing_in(place.bo, place.di), own_of_the_manager) == set()
        assert reads(standing_in(place.bo, place.cy), about_the_delegate) == set()

    def test_goes_on_with_drafts_for_others_only(self, place):
        for_another = GoalFactory(owner=place.cy, author=place.bo, draft=True)
        for_themself = GoalFactory(owner=place.bo, draft=True)
        acting_one = standing_in(place.bo, place.di)

        assert reads(acting_one, for_another) == set(What)
        assert reads(acting_one, for_themself) == set()

    def test_holds_no_role_of_their_own(self, place):
        specialist = PersonFactory()

        assert reads(standing_in(place.stranger, specialist), place.goal(GoalState.ACTIVE)) == set()
