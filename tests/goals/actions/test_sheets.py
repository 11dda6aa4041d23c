import pytest

from evenhand.audit.models import Entry
from evenhand.goals.actions.sheets import bring_sheet, discard_sheet, take_over_sheet
from evenhand.goals.kinds import GoalState
from evenhand.goals.models import Goal, GoalSheet
from evenhand.kernel.verdict import Refused
from tests.factories.access import acting
from tests.factories.goals import NOW
from tests.factories.people import PersonFactory
from tests.factories.sheets import filled, sheet_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager():
    return PersonFactory()


@pytest.fixture
def report(manager):
    return PersonFactory(manager=manager)


def brought(by, *rows):
    return bring_sheet("our/goals.xlsx", sheet_of(*rows), by=acting(by), at=NOW)


def refusal_of(attempt):
    with pytest.raises(Refused) as refusal:
        attempt()
    return refusal.value.verdict.code


def test_bringing_a_sheet_makes_no_goal_yet(manager):
    sheet = brought(manager, filled(manager))

    assert sheet.name == "goals.xlsx"
    assert not Goal.objects.exists()


def test_goals_of_a_sheet_become_drafts_all_at_once(manager, report):
    sheet = brought(manager, filled(manager), filled(report))

    taken = take_over_sheet(sheet, by=acting(manager), at=NOW)

    assert set(Goal.objects.values_list("owner", "state")) == {
        (manager.pk, GoalState.DRAFT),
        (report.pk, GoalState.DRAFT),
    }
    assert sorted(taken.goals) == sorted(Goal.objects.values_list("pk", flat=True))
    assert taken.rows == ""
    entry = Entry.objects.get(code="goal_sheet.taken_over")
    assert entry.details == {"goals": 2, "proposed": False}


def test_with_a_sentence_they_are_proposed(manager, report):
    sheet = brought(manager, filled(report))

    take_over_sheet(sheet, sentence="I stand behind these.", by=acting(manager), at=NOW)

    goal = Goal.objects.get()
    assert goal.state == GoalState.PROPOSED
    assert goal.versions.get().agreements.get().sentence == "I stand behind these."


def test_one_wrong_cell_keeps_everything_out(manager):
    wrong = brought(manager, filled(manager), filled(manager, outcome="B", target="many"))
    unready = brought(manager, filled(manager, target=""))
    actor = acting(manager)

    for sheet, sentence, code in (
        (wrong, "", "sheet_has_problems"),
        (unready, "Yes.", "not_ready_to_propose"),
    ):
        take = {"sentence": sentence, "by": actor, "at": NOW}
        assert refusal_of(lambda s=sheet, t=take: take_over_sheet(s, **t)) == code
    assert not Goal.objects.exists()


def test_a_sheet_is_taken_over_once_and_only_by_who_brought_it(manager, report):
    sheet = brought(manager, filled(manager))
    stranger = acting(report)

    assert refusal_of(lambda: take_over_sheet(sheet, by=stranger, at=NOW)) == "not_your_sheet"
    assert refusal_of(lambda: discard_sheet(sheet, by=stranger, at=NOW)) == "not_your_sheet"
    take_over_sheet(sheet, by=acting(manager), at=NOW)
    again = refusal_of(lambda: take_over_sheet(sheet, by=acting(manager), at=NOW))
    assert again == "sheet_taken_over"
    assert Goal.objects.count() == 1


def test_a_sheet_is_put_away(manager):
    discard_sheet(brought(manager, filled(manager)), by=acting(manager), at=NOW)

    assert not GoalSheet.objects.exists()
