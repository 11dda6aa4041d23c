from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from evenhand.audit.models import Entry
from evenhand.goals import evidence, policies, values
from evenhand.goals.actions import checking_in
from evenhand.goals.actions.checking_in import (
    NewCheckIn,
    check_in,
    check_in_parts,
    correct_check_in,
)
from evenhand.goals.evidence import BroughtFile, NewEvidence
from evenhand.goals.kinds import GoalKind, GoalState
from evenhand.goals.models import CheckIn
from evenhand.kernel.verdict import Refused
from tests.factories.access import TODAY, acting
from tests.factories.check_ins import MAY, agreed_goal, key_results, milestones_of
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

D = Decimal
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LINK = NewEvidence(url="https://wiki.example.org/figures")
OKR = {"kind": GoalKind.OKR, "metric": "", "baseline": None, "target": None}


@pytest.fixture
def goal():
    return agreed_goal(owner=PersonFactory(manager=PersonFactory()))


def say(goal, value=None, *, person=None, day=MAY, **said):
    new = NewCheckIn(day, None if value is None else D(value), **said)
    return check_in(goal, new, by=acting(person or goal.owner), at=NOW)


def refused(verdict):
    return pytest.raises(Refused, match=f"^{verdict.code}$")


def test_a_check_in_is_kept_with_what_was_said_and_moves_the_score(goal):
    kept = say(goal, "42.5", confidence=7, note=" Two weeks ahead. ", evidence=[LINK])

    kept.refresh_from_db()
    goal.refresh_from_db()
    assert (kept.value, kept.confidence, kept.note) == (D("42.5"), 7, "Two weeks ahead.")
    assert kept.author == goal.owner
    assert [shown.url for shown in kept.evidence.all()] == [LINK.url]
    assert (goal.score, goal.actual, goal.checked_in_at) == (D("0.425"), D("42.5"), NOW)
    assert Entry.objects.get(code="goal.checked_in").about_id == goal.pk


def test_the_manager_says_it_too_and_nobody_from_elsewhere_does(goal):
    manager = goal.owner.lines_to_managers.get().manager

    say(goal, "10", person=manager)
    with refused(policies.NOT_YOURS_TO_MEASURE):
        say(goal, "10", person=PersonFactory())


@pytest.mark.parametrize("state", [GoalState.CLOSED, GoalState.DROPPED])
def test_after_a_goal_has_ended_its_figure_no_longer_changes(goal, state):
    kept = say(goal, "10")
    goal.state = state
    goal.save()

    with refused(policies.NOT_IN_FORCE):
        say(goal, "20")
    with refused(policies.NOT_IN_FORCE):
        correct(kept, "20")


def test_what_is_sent_twice_counts_once(goal):
    first = say(goal, "10", request="page-1")

    assert say(goal, "10", request="page-1") == first
    assert say(goal, "20", request="page-2") != first
    assert CheckIn.objects.count() == 2


def test_the_same_request_of_two_people_are_two(goal):
    manager = goal.owner.lines_to_managers.get().manager

    assert say(goal, "10", request="1") != say(goal, "10", request="1", person=manager)


def test_words_and_confidence_need_no_value_and_nothing_is_nothing(goal):
    say(goal, note="Begins in June.")
    say(goal, confidence=0)

    goal.refresh_from_db()
    assert goal.score is None
    with refused(values.NOTHING_SAID):
        say(goal, note="   ")


@pytest.mark.parametrize("confidence", [-1, 11])
def test_confidence_goes_from_0_to_10(goal, confidence):
    with refused(checking_in.CONFIDENCE_OUT_OF_RANGE):
        say(goal, "10", confidence=confidence)


@pytest.mark.parametrize(
    ("day", "verdict"),
    [(TODAY + timedelta(days=1), values.DAY_TO_COME), (date(2025, 12, 31), values.BEFORE_START)],
)
def test_a_day_to_come_or_before_the_start_is_refused(goal, day, verdict):
    with refused(verdict):
        say(goal, "10", day=day)
    with refused(verdict):
        say(goal, note="Words only", day=day)


def test_what_shows_it_is_looked_at_first(goal):
    with refused(evidence.TYPE_NOT_TAKEN):
        say(goal, "10", evidence=[NewEvidence(file=BroughtFile("a.html", b"<p>"))])
    with refused(evidence.TOO_MANY):
        say(goal, "10", evidence=[LINK] * 6)

    assert not CheckIn.objects.exists()


def test_parts_are_told_together_or_not_at_all():
    goal = agreed_goal(**OKR)
    first, second = key_results(goal, (50, 0, 10), (50, 0, 10))
    by = acting(goal.owner)

    with refused(values.TOO_FINE):
        news = [NewCheckIn(MAY, D(5), part=first), NewCheckIn(MAY, D("0.00001"), part=second)]
        check_in_parts(goal, news, by=by, at=NOW)
    assert not CheckIn.objects.exists()

    news = [NewCheckIn(MAY, D(5), part=part, request="1") for part in (first, second)]
    assert len(set(check_in_parts(goal, news, by=by, at=NOW))) == 2
    goal.refresh_from_db()
    assert goal.score == D("0.5")


def test_a_goal_of_parts_takes_a_value_only_for_a_part_in_use():
    goal = agreed_goal(**OKR)
    part, other = key_results(goal, (50, 0, 10), (50, 0, 10))
    other.is_in_use = False
    other.save()
    (foreign,) = key_results(agreed_goal(**OKR), (100, 0, 10))

    with refused(values.PART_NEEDED):
        say(goal, "5")
    for wrong in (other, foreign):
        with refused(checking_in.NOT_A_PART):
            say(goal, "5", part=wrong)
    say(goal, "5", part=part)
    say(goal, note="All in all we are fine.")


def test_a_milestone_is_reached_with_something_that_shows_it():
    goal = agreed_goal(**(OKR | {"kind": GoalKind.MILESTONES}))
    (milestone,) = milestones_of(goal, 100)

    with refused(values.EVIDENCE_NEEDED):
        say(goal, "1", part=milestone)
    say(goal, "1", part=milestone, evidence=[LINK])

    goal.refresh_from_db()
    assert goal.score == 1


def correct(wrong, value=None, *, note="Wrong month.", person=None, **said):
    new = NewCheckIn(MAY, None if value is None else D(value), note=note, **said)
    return correct_check_in(wrong, new, by=acting(person or wrong.goal.owner), at=NOW)


def test_a_correction_takes_the_place_of_the_wrong_one(goal):
    wrong = say(goal, "90")
    right = correct(wrong, "9")

    goal.refresh_from_db()
    assert right.corrects == wrong
    assert goal.actual == 9
    assert CheckIn.objects.count() == 2
    assert Entry.objects.filter(code="goal.check_in_corrected").count() == 1


def test_a_correction_without_a_value_takes_the_wrong_one_back(goal):
    correct(say(goal, "90"), note="That was another goal.")

    goal.refresh_from_db()
    assert goal.score is None


def test_a_check_in_is_corrected_once_and_its_correction_can_be_corrected(goal):
    wrong = say(goal, "90")
    right = correct(wrong, "9")

    with refused(checking_in.ALREADY_CORRECTED):
        correct(wrong, "8")
    correct(right, "8")
    goal.refresh_from_db()
    assert goal.actual == 8


def test_a_correction_sent_twice_is_one(goal):
    wrong = say(goal, "90")

    assert correct(wrong, "9", request="1") == correct(wrong, "9", request="1")


def test_a_correction_says_why(goal):
    with refused(checking_in.SAY_WHY):
        correct(say(goal, "90"), "9", note=" ")


def test_a_correction_stays_with_its_part():
    goal = agreed_goal(**OKR)
    first, second = key_results(goal, (50, 0, 10), (50, 0, 10))
    wrong = say(goal, "5", part=first)

    with refused(checking_in.OTHER_PART):
        correct(wrong, "5", part=second)
