import pytest

from evenhand.workshops.kinds import Outcome, Stage
from evenhand.workshops.models import Placement
from evenhand.workshops.results import results_of_all
from tests.factories.workshops import WorkshopFactory, first_competency, grade, place, sorters_of
from tests.workshops.actions import AT

pytestmark = pytest.mark.django_db


def outcome(stage, votes, values=()):
    workshop = WorkshopFactory(stage=stage, sorters=len(votes), incidents=1)
    incident = workshop.incidents.get()
    place(incident, votes)
    if values:
        grade(incident, values)
    return results_of_all(workshop)[0]


@pytest.mark.parametrize(
    ("stage", "votes", "values", "said", "is_kept"),
    [
        (Stage.SORTED, "AAAB", (), Outcome.NOT_SCALED, True),
        (Stage.SORTED, "AABB", (), Outcome.PLACED_ELSEWHERE, False),
        (Stage.SCALED, "AAAB", (3, 3, 3, 4), Outcome.KEPT, True),
        (Stage.SCALED, "AAAB", (1, 3, 3, 5), Outcome.SPREAD_WIDE, False),
        (Stage.SCALED, "AABB", (3, 3, 3, 3), Outcome.PLACED_ELSEWHERE, True),
    ],
)
def test_an_incident_is_kept_or_not_as_far_as_one_has_come(stage, votes, values, said, is_kept):
    """The last one was scaled, so somebody had decided to go on with it."""
    result = outcome(stage, votes, values)

    assert result.outcome == said
    assert result.is_kept == is_kept
    assert not result.is_against_rule


def test_places_come_by_votes_and_none_of_them_last():
    result = outcome(Stage.SORTED, "BB-A--")

    assert [(count.votes, count.is_collectors) for count in result.places] == [
        (2, False),
        (1, True),
        (3, False),
    ]
    assert result.places[-1].label == ""


@pytest.mark.parametrize("stage", [Stage.COLLECTING, Stage.SORTING])
def test_nothing_is_told_of_an_open_round(stage):
    result = outcome(stage, "AAA")

    assert result.places == ()
    assert result.judged.votes == 0


def test_levels_are_not_told_while_one_scales():
    assert outcome(Stage.SCALING, "AAA", (3, 3, 3)).levels == ()


def test_what_was_not_handed_in_does_not_count_and_the_last_vote_of_each_does():
    workshop = WorkshopFactory(stage=Stage.SORTED, sorters=4, incidents=1)
    incident = workshop.incidents.get()
    place(incident, "AAAB")
    first, second, *_others = sorters_of(workshop)
    type(first).objects.filter(pk=first.pk).update(sorted_at=None)
    Placement.objects.create(incident=incident, sorter=second, number=2, competency=None, at=AT)

    judged = results_of_all(workshop)[0].judged
    assert (judged.placed_back, judged.votes) == (1, 3)
    assert first_competency(workshop) == incident.competency


def test_the_results_cost_the_same_for_one_and_for_three(django_assert_num_queries):
    for number in (1, 3):
        workshop = WorkshopFactory(stage=Stage.SCALED, sorters=3, incidents=number)
        for incident in workshop.incidents.all():
            place(incident, "AAA")
            grade(incident, (3, 3, 3))
        with django_assert_num_queries(5):
            results_of_all(workshop)
