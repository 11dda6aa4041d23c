"""What people write to each other about a goal stays, and is read by the same people."""

import pytest

from evenhand.goals.actions.noting import write_note
from evenhand.goals.kinds import Openness
from evenhand.kernel.verdict import Refused
from tests.factories.access import acting, standing_in
from tests.factories.goals import NOW, GoalFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ben():
    return PersonFactory(manager=PersonFactory(manager=PersonFactory()))


def manager_of(person):
    return person.lines_to_managers.get().manager


def note(goal, person, text="How is it going?"):
    by = person if hasattr(person, "person_id") else acting(person)
    return write_note(goal, text, by=by, at=NOW)


def refusal(*args):
    with pytest.raises(Refused) as refused:
        note(*args)
    return refused.value.verdict.code


def test_both_sides_and_managers_above_write(ben):
    goal, manager = GoalFactory(owner=ben), manager_of(ben)

    notes = [note(goal, person) for person in (ben, manager, manager_of(manager))]

    assert list(goal.notes.all()) == notes


def test_a_note_belongs_to_the_proposal_that_waits(ben):
    goal = GoalFactory(owner=ben, proposed=True)

    assert note(goal, ben).version == goal.versions.get()
    assert note(GoalFactory(owner=ben), ben).version is None


def test_a_delegate_writes_under_both_names(ben):
    delegate = PersonFactory()

    written = note(GoalFactory(owner=ben), standing_in(manager_of(ben), delegate))

    assert (written.author, written.delegate) == (manager_of(ben), delegate)


def test_sent_twice_it_is_one_note(ben):
    goal = GoalFactory(owner=ben)

    assert note(goal, ben) == note(goal, ben)
    assert note(goal, manager_of(ben)) != note(goal, ben)


def test_who_reads_the_plan_alone_does_not_write(ben):
    goal = GoalFactory(owner=ben, openness=Openness.ORGANIZATION)

    assert refusal(goal, PersonFactory()) == "not_in_the_conversation"


def test_there_is_nobody_to_write_to_about_a_draft(ben):
    goal = GoalFactory(owner=ben, draft=True)

    assert refusal(goal, ben) == "still_private"
    assert refusal(goal, manager_of(ben)) == "not_in_the_conversation"


def test_a_note_says_something(ben):
    assert refusal(GoalFactory(owner=ben), ben, "  ") == "nothing_written"
