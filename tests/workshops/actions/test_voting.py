import pytest

from evenhand.audit.models import Entry
from evenhand.kernel.verdict import Refused
from evenhand.workshops.actions import voting
from evenhand.workshops.actions.leading import take_out_person
from evenhand.workshops.kinds import Stage
from evenhand.workshops.models import Grading, Placement, Workshop
from evenhand.workshops.queries import votes_of
from evenhand.workshops.results import results_of_all
from tests.factories.access import acting, with_role
from tests.factories.competencies import CompetencyFactory
from tests.factories.workshops import WorkshopFactory, first_competency, sorters_of
from tests.workshops.actions import AT

pytestmark = pytest.mark.django_db


def sorting(incidents=2, stage=Stage.SORTING):
    workshop = WorkshopFactory(stage=stage, sorters=3, incidents=incidents)
    return workshop, [acting(sorter.person) for sorter in sorters_of(workshop)]


def put_all(workshop, by):
    for incident in workshop.incidents.all():
        voting.sort_incident(incident, first_competency(workshop), by=by, at=AT)


def test_a_sorter_puts_an_incident_to_a_competency_or_to_none():
    workshop, (by, *_others) = sorting()
    first, second = workshop.incidents.all()

    voting.sort_incident(first, first_competency(workshop), by=by, at=AT)
    voting.sort_incident(second, None, by=by, at=AT)

    said = votes_of(sorters_of(workshop)[0])
    assert said == {first.pk: first_competency(workshop).pk, second.pk: None}


def test_a_vote_is_changed_by_another_and_repeated_by_none():
    workshop, (by, *_others) = sorting(1)
    incident, chosen = workshop.incidents.get(), first_competency(workshop)
    for competency in (chosen, chosen, None, None, chosen):
        voting.sort_incident(incident, competency, by=by, at=AT)

    kept = Placement.objects.order_by("number").values_list("number", "competency")
    assert list(kept) == [(1, chosen.pk), (2, None), (3, chosen.pk)]
    assert votes_of(sorters_of(workshop)[0]) == {incident.pk: chosen.pk}


def test_what_somebody_votes_is_not_in_the_audit_trail():
    workshop, (by, *_others) = sorting(1)
    put_all(workshop, by)
    assert not Entry.objects.exists()

    voting.hand_in(workshop, Stage.SORTING, by=by, at=AT)
    assert Entry.objects.get().details == {"stage": "sorting"}


def test_only_competencies_of_the_workshop_are_voted_for():
    workshop, (by, *_others) = sorting(1)

    with pytest.raises(Refused, match="other_competency"):
        voting.sort_incident(workshop.incidents.get(), CompetencyFactory(), by=by, at=AT)


def test_who_is_not_a_sorter_does_not_vote():
    workshop, _sorters = sorting(1)
    collector = workshop.incidents.get().collector
    for by in (acting(collector.person), with_role("specialist")):
        with pytest.raises(Refused, match="not_asked"):
            voting.sort_incident(workshop.incidents.get(), None, by=by, at=AT)


def test_one_hands_in_when_all_is_sorted():
    workshop, (by, *_others) = sorting(2)
    voting.sort_incident(workshop.incidents.first(), None, by=by, at=AT)

    with pytest.raises(Refused, match="votes_left"):
        voting.hand_in(workshop, Stage.SORTING, by=by, at=AT)


def test_the_last_one_to_hand_in_closes_the_round_and_from_then_on_no_vote_changes():
    workshop, sorters = sorting(2)
    for by in sorters:
        workshop.refresh_from_db()
        assert workshop.stage == Stage.SORTING
        assert [row.places for row in results_of_all(workshop)] == [(), ()]
        put_all(workshop, by)
        voting.hand_in(workshop, Stage.SORTING, by=by, at=AT)
        if by != sorters[-1]:  # sent twice, it counts once
            voting.hand_in(workshop, Stage.SORTING, by=by, at=AT)

    workshop.refresh_from_db()
    assert workshop.stage == Stage.SORTED
    assert workshop.sorting_closed_at == AT
    assert [row.judged.votes for row in results_of_all(workshop)] == [3, 3]
    with pytest.raises(Refused, match="not_now"):
        voting.sort_incident(workshop.incidents.first(), None, by=sorters[0], at=AT)


def test_a_vote_is_still_changed_after_handing_in_while_others_are_missing():
    workshop, sorters = sorting(1)
    incident = workshop.incidents.get()
    for by in sorters:
        put_all(workshop, by)
    voting.hand_in(workshop, Stage.SORTING, by=sorters[0], at=AT)
    voting.sort_incident(incident, None, by=sorters[0], at=AT)
    for by in sorters[1:]:
        voting.hand_in(workshop, Stage.SORTING, by=by, at=AT)

    workshop.refresh_from_db()
    assert results_of_all(workshop)[0].judged.placed_back == 2


@pytest.mark.parametrize("value", [0, 6, -1])
def test_a_level_is_a_whole_one_from_1_to_5(value):
    workshop, (by, *_others) = sorting(1, Stage.SCALING)
    with pytest.raises(Refused, match="not_a_level"):
        voting.scale_incident(workshop.incidents.get(), value, by=by, at=AT)


def test_only_incidents_that_stayed_are_scaled():
    workshop, (by, *_others) = sorting(2, Stage.SCALING)
    stays, gone = workshop.incidents.all()
    workshop.incidents.filter(pk=gone.pk).update(is_scaled=False)

    with pytest.raises(Refused, match="not_now"):
        voting.scale_incident(gone, 3, by=by, at=AT)
    voting.scale_incident(stays, 3, by=by, at=AT)
    voting.scale_incident(stays, 4, by=by, at=AT)
    voting.hand_in(workshop, Stage.SCALING, by=by, at=AT)

    assert list(Grading.objects.values_list("number", "value")) == [(1, 3), (2, 4)]


def test_the_round_of_scaling_closes_with_the_last_one_too():
    workshop, sorters = sorting(1, Stage.SCALING)
    for by in sorters:
        voting.scale_incident(workshop.incidents.get(), 4, by=by, at=AT)
        voting.hand_in(workshop, Stage.SCALING, by=by, at=AT)

    workshop.refresh_from_db()
    assert workshop.stage == Stage.SCALED
    assert [count.votes for count in results_of_all(workshop)[0].levels] == [0, 0, 0, 3, 0]


def test_a_form_of_the_round_before_hands_in_nothing():
    workshop, (by, *_others) = sorting(1, Stage.SCALING)
    voting.scale_incident(workshop.incidents.get(), 4, by=by, at=AT)

    with pytest.raises(Refused, match="not_now"):
        voting.hand_in(workshop, Stage.SORTING, by=by, at=AT)


def test_votes_of_who_left_an_open_round_do_not_count_and_those_of_a_closed_one_stay():
    workshop, sorters = sorting(1)
    extra = WorkshopFactory(stage=Stage.SORTING, sorters=1, incidents=1)
    leaver = sorters_of(extra)[0]
    leaver.workshop = workshop
    leaver.save()
    for by in (acting(leaver.person), *sorters):
        put_all(workshop, by)
    voting.hand_in(workshop, Stage.SORTING, by=acting(leaver.person), at=AT)
    lead = with_role("specialist")
    take_out_person(leaver, by=lead, at=AT)
    for by in sorters:
        voting.hand_in(workshop, Stage.SORTING, by=by, at=AT)
    workshop = Workshop.objects.get(pk=workshop.pk)
    assert workshop.stage == Stage.SORTED
    type(leaver).objects.filter(pk=leaver.pk).update(left_at=AT.replace(hour=8))
    assert results_of_all(workshop)[0].judged.votes == 3

    take_out_person(sorters_of(workshop)[0], by=lead, at=AT.replace(hour=10))
    assert results_of_all(workshop)[0].judged.votes == 3
