from datetime import date

import pytest
from django.utils import timezone

from evenhand.kernel.acting import Role
from evenhand.workshops import policies
from evenhand.workshops.kinds import Group, Stage
from evenhand.workshops.models import Workshop
from tests.factories.access import RoleGrantFactory, acting, standing_in, with_role
from tests.factories.people import PersonFactory
from tests.factories.workshops import (
    IncidentFactory,
    ParticipantFactory,
    WorkshopFactory,
    place,
    sorters_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def specialist():
    return with_role(Role.SPECIALIST)


def sorter_of(workshop):
    return acting(ParticipantFactory(workshop=workshop, group=Group.SORTERS).person)


def test_a_workshop_is_seen_by_the_specialist_and_by_who_takes_part(specialist):
    workshop, other = WorkshopFactory(), WorkshopFactory()
    own = acting(ParticipantFactory(workshop=workshop).person)

    assert set(policies.visible_workshops(specialist)) == {workshop, other}
    assert list(policies.visible_workshops(own)) == [workshop]
    assert not policies.visible_workshops(acting(PersonFactory())).exists()
    assert not policies.visible_workshops(with_role(Role.HR_PARTNER)).exists()


def test_who_left_sees_it_no_longer():
    gone = ParticipantFactory(left_at=timezone.now())

    assert not policies.visible_workshops(acting(gone.person)).exists()


def test_nobody_takes_part_in_place_of_another(specialist):
    one = ParticipantFactory(group=Group.SORTERS, workshop__stage=Stage.SORTING)
    delegate = standing_in(one.person, PersonFactory())

    assert not policies.visible_workshops(delegate).exists()
    assert policies.may_vote(delegate, one.workshop).code == "not_asked"
    assert policies.may_open(standing_in(PersonFactory(), PersonFactory())).code


@pytest.mark.parametrize("stage", [Stage.COLLECTING, Stage.SORTING])
def test_no_sorter_sees_what_the_collectors_thought_before_the_sorting_is_over(stage):
    workshop = WorkshopFactory(stage=stage, incidents=2)
    sorter = sorter_of(workshop)

    assert not policies.visible_incidents(sorter).exists()
    Workshop.objects.update(stage=Stage.ENDED, ended_in=stage)
    assert not policies.visible_incidents(sorter).exists()
    Workshop.objects.update(stage=Stage.SORTED, ended_in="")
    assert policies.visible_incidents(sorter).count() == 2


def test_a_collector_sees_only_what_they_wrote(specialist):
    incident = IncidentFactory()
    IncidentFactory(collector=ParticipantFactory(workshop=incident.workshop))

    assert list(policies.visible_incidents(acting(incident.collector.person))) == [incident]
    assert policies.visible_incidents(specialist).count() == 2


def test_a_specialist_who_sorts_sees_and_leads_like_any_sorter(specialist):
    workshop = WorkshopFactory(stage=Stage.SORTING, incidents=1)
    ParticipantFactory(workshop=workshop, group=Group.SORTERS, person_id=specialist.person_id)

    assert policies.may_lead(specialist, workshop).code == "sorts_here"
    assert not policies.visible_incidents(specialist).exists()
    assert not policies.visible_participants(specialist).exists()
    assert policies.may_vote(specialist, workshop)


def test_nobody_is_in_both_groups(specialist):
    workshop = WorkshopFactory()
    collector = ParticipantFactory(workshop=workshop)
    wrote = IncidentFactory(collector=ParticipantFactory(workshop=workshop))
    type(collector).objects.filter(pk=wrote.collector_id).update(left_at=timezone.now())
    merely_invited = ParticipantFactory(workshop=workshop, left_at=timezone.now())

    def asked(participant):
        return policies.may_invite(specialist, workshop, participant.person, Group.SORTERS)

    assert asked(collector).code == "in_other_group"
    assert asked(wrote.collector).code == "in_other_group"
    assert asked(merely_invited)


def test_who_leads_does_not_sort(specialist):
    workshop = WorkshopFactory()
    themself = type(workshop.opened_by).objects.get(pk=specialist.person_id)
    for person in (themself, workshop.opened_by):
        verdict = policies.may_invite(specialist, workshop, person, Group.SORTERS)
        assert verdict.code == "own_sorter"
    assert policies.may_invite(specialist, workshop, themself, Group.COLLECTORS)


def test_who_does_not_work_here_is_not_invited(specialist):
    gone = PersonFactory(left_on=date(2024, 5, 1))
    verdict = policies.may_invite(specialist, WorkshopFactory(), gone, Group.SORTERS)

    assert verdict.code == "not_employed"


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage != Stage.ENDED])
def test_collectors_are_invited_while_one_collects_and_sorters_until_the_last_round(
    specialist, stage
):
    workshop = WorkshopFactory(stage=stage)

    def may(group):
        return bool(policies.may_invite(specialist, workshop, PersonFactory(), group))

    assert may(Group.COLLECTORS) == (stage == Stage.COLLECTING)
    assert may(Group.SORTERS) == (stage != Stage.SCALED)


def test_a_workshop_has_no_more_sorters_than_can_be_heard(specialist, monkeypatch):
    monkeypatch.setattr(policies, "MOST_SORTERS", 2)
    workshop = WorkshopFactory(sorters=2)
    verdict = policies.may_invite(specialist, workshop, PersonFactory(), Group.SORTERS)

    assert verdict.code == "too_many_sorters"


def test_there_is_an_end_to_collecting(monkeypatch):
    monkeypatch.setattr(policies, "MOST_INCIDENTS", 1)
    incident = IncidentFactory()
    collector = acting(incident.collector.person)

    assert policies.may_write_incidents(collector, incident.workshop).code == "too_many_incidents"


def test_an_incident_is_changed_by_its_collector_until_the_sorting(specialist):
    incident = IncidentFactory()
    own, other = acting(incident.collector.person), acting(PersonFactory())

    assert policies.may_change_incident(own, incident)
    assert policies.may_change_incident(specialist, incident).code == "not_yours"
    assert policies.may_change_incident(other, incident).code == "not_yours"
    assert policies.may_remove_incident(own, incident)
    assert policies.may_remove_incident(specialist, incident)
    incident.workshop.stage = Stage.SORTING
    assert policies.may_change_incident(own, incident).code == "not_now"
    assert policies.may_remove_incident(own, incident).code == "not_now"


@pytest.mark.parametrize(
    ("sorters", "incidents", "code"),
    [(3, 0, "no_incidents"), (2, 1, "sorters_missing"), (3, 1, "")],
)
def test_sorting_needs_something_to_sort_and_three_who_do(specialist, sorters, incidents, code):
    workshop = WorkshopFactory(sorters=sorters, incidents=incidents)

    assert policies.may_move(specialist, workshop, Stage.SORTING).code == code


def test_a_round_is_closed_with_three_who_have_handed_in(specialist):
    workshop = WorkshopFactory(stage=Stage.SORTING, sorters=3, incidents=1)
    assert policies.may_move(specialist, workshop, Stage.SORTED).code == "votes_missing"

    place(workshop.incidents.get(), "AAA", handed_in=False)
    assert policies.may_move(specialist, workshop, Stage.SORTED).code == "votes_missing"

    for sorter in sorters_of(workshop):
        sorter.sorted_at = timezone.now()
        sorter.save()
    assert policies.may_move(specialist, workshop, Stage.SORTED)


def test_a_round_is_taken_back_while_nobody_has_voted(specialist):
    workshop = WorkshopFactory(stage=Stage.SORTING, sorters=1, incidents=1)
    assert policies.may_move(specialist, workshop, Stage.COLLECTING)

    place(workshop.incidents.get(), "A", handed_in=False)
    assert policies.may_move(specialist, workshop, Stage.COLLECTING).code == "somebody_voted"


def test_an_ended_workshop_is_taken_up_where_it_ended(specialist):
    workshop = WorkshopFactory(stage=Stage.ENDED, ended_in=Stage.SORTED)

    assert policies.may_move(specialist, workshop, Stage.SORTED)
    assert policies.may_move(specialist, workshop, Stage.SCALED).code == "not_now"


def test_only_the_specialist_for_everything_moves_a_workshop():
    workshop = WorkshopFactory()
    RoleGrantFactory(person=(partner := PersonFactory()), role=Role.HR_PARTNER)

    assert policies.may_move(acting(partner), workshop, Stage.ENDED).code == "not_the_specialist"
