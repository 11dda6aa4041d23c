import pytest
from django.utils import timezone

from evenhand.cycles.kinds import CycleState
from evenhand.people.kinds import LineKind
from evenhand.reviews.kinds import ReviewState, SignOffDecision
from evenhand.reviews.models import SignOff
from evenhand.reviews.teams import Reach, cycles_of_team, running_cycle, team, team_progress
from tests.factories.cycles import CycleFactory
from tests.factories.people import PersonFactory, ReportingLineFactory
from tests.factories.reviews import ManagerReviewFactory, SelfReviewFactory, acting

pytestmark = pytest.mark.django_db


@pytest.fixture
def al():
    return PersonFactory()


@pytest.fixture
def bo(al):
    return PersonFactory(manager=al, given_name="Bo", family_name="Åberg")


@pytest.fixture
def cy(bo):
    return PersonFactory(manager=bo, given_name="Cy", family_name="Young")


@pytest.fixture
def cycle():
    return CycleFactory()


def names(page):
    return [row.name for row in page.rows]


def test_a_team_is_who_reports_directly(al, bo, cy, cycle):
    assert names(team(acting(al), cycle)) == ["Bo Åberg"]
    assert names(team(acting(al), cycle, reach=Reach.ALL)) == ["Cy Young", "Bo Åberg"]


def test_a_matrix_report_is_in_the_team_and_marked(al, cy, cycle):
    ReportingLineFactory(person=cy, manager=al, kind=LineKind.MATRIX)

    rows = team(acting(al), cycle).rows
    assert [(row.name, row.is_matrix) for row in rows] == [("Cy Young", True), ("Bo Åberg", False)]


def test_the_last_word_is_told_to_who_may_read_the_review(al, bo, cy, cycle):
    ReportingLineFactory(person=cy, manager=(matrix := PersonFactory()), kind=LineKind.MATRIX)
    review = ManagerReviewFactory(
        author=bo, participation__person=cy, participation__cycle=cycle, submitted=True
    )
    part = review.participation
    SignOff.objects.create(
        participation=part, decision=SignOffDecision.DECLINED, by=cy, at=timezone.now()
    )

    def told(manager):
        return {row.decision for row in team(acting(manager), cycle).rows if row.name == cy.name}

    assert told(bo) == {SignOffDecision.DECLINED}
    assert told(matrix) == {None}


def test_whoever_was_handed_over_is_in_the_team_too(bo, cycle):
    review = ManagerReviewFactory(author=bo, participation__cycle=cycle)

    assert names(team(acting(bo), cycle)) == [review.subject.name]
    assert names(team(acting(bo), CycleFactory())) == []


def test_people_are_found_without_accents(al, bo, cycle):
    assert names(team(acting(al), cycle, words="abe")) == ["Bo Åberg"]
    assert names(team(acting(al), cycle, words="young")) == []


def test_a_row_says_how_far_both_reviews_are(bo, cy, cycle):
    review = ManagerReviewFactory(
        author=bo, participation__person=cy, participation__cycle=cycle, draft=True
    )
    SelfReviewFactory(participation=review.participation, draft=True)

    (row,) = team(acting(bo), cycle).rows
    assert (row.manager.state, row.manager.review_id) == (ReviewState.DRAFT, review.pk)
    # The state of a self review is known before its words may be read.
    assert (row.own.state, row.own.review_id) == (ReviewState.DRAFT, None)


def test_who_does_not_take_part_is_still_in_the_team(bo, cy, cycle):
    (row,) = team(acting(bo), cycle).rows

    assert not row.takes_part


def test_without_any_cycle_a_team_is_still_shown(bo, cy):
    assert names(team(acting(bo), None)) == ["Cy Young"]


def test_progress_counts_people_once(bo, cy, cycle):
    review = ManagerReviewFactory(
        author=bo, participation__person=cy, participation__cycle=cycle, submitted=True
    )
    SelfReviewFactory(participation=review.participation, submitted=True)
    review.participation.released_at = timezone.now()
    review.participation.save()

    progress = team_progress(acting(bo), cycle)
    assert (progress.people, progress.self_submitted, progress.manager_submitted) == (1, 1, 1)
    assert (progress.released, progress.signed_off) == (1, 0)


def test_a_delegate_does_not_find_themself(bo, cy, cycle):
    assert names(team(acting(bo, delegate=cy), cycle)) == []


def test_running_cycles_come_first(cycle):
    CycleFactory(draft=True)
    closed = CycleFactory(state=CycleState.CLOSED)

    assert cycles_of_team() == [cycle, closed]
    assert running_cycle() == cycle


def test_a_team_asks_the_same_queries_for_one_and_for_many(
    bo, cy, cycle, django_assert_num_queries
):
    actor = acting(bo)
    with django_assert_num_queries(6):
        team(actor, cycle)
    for _ in range(9):
        ManagerReviewFactory(author=bo, participation__cycle=cycle)

    with django_assert_num_queries(6):
        assert len(team(actor, cycle).rows) == 10
