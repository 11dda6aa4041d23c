import pytest
from django.utils import timezone

from evenhand.kernel.acting import Role
from evenhand.workshops.kinds import Group, Stage
from evenhand.workshops.models import Participant
from evenhand.workshops.queries import ballots_of, tasks_of, turnout_of, workshop_rows
from tests.factories.access import acting, standing_in, with_role
from tests.factories.people import PersonFactory
from tests.factories.workshops import (
    IncidentFactory,
    ParticipantFactory,
    WorkshopFactory,
    grade,
    place,
    sorters_of,
)

pytestmark = pytest.mark.django_db


def test_everybody_is_asked_for_what_their_group_does_at_this_stage():
    for stage in Stage:
        ended_in = {"ended_in": Stage.SORTED} if stage == Stage.ENDED else {}
        workshop = WorkshopFactory(stage=stage, sorters=1, incidents=1, **ended_in)
        collector = workshop.incidents.get().collector
        asked_to_collect = tasks_of(acting(collector.person))
        asked_to_vote = tasks_of(acting(sorters_of(workshop)[0].person))

        assert bool(asked_to_collect) == (stage == Stage.COLLECTING)
        assert bool(asked_to_vote) == (stage in (Stage.SORTING, Stage.SCALING))


def test_a_task_says_how_far_one_is():
    person = PersonFactory()
    collecting = ParticipantFactory(person=person)
    IncidentFactory.create_batch(2, collector=collecting)
    sorting = WorkshopFactory(stage=Stage.SORTING, incidents=3)
    ParticipantFactory(workshop=sorting, person=person, group=Group.SORTERS)
    place(sorting.incidents.first(), "A", handed_in=False)
    scaling = WorkshopFactory(stage=Stage.SCALING, incidents=2)
    ParticipantFactory(workshop=scaling, person=person, group=Group.SORTERS)
    scaling.incidents.filter(pk=scaling.incidents.last().pk).update(is_scaled=False)
    grade(scaling.incidents.first(), [3])

    tasks = {task.stage: task for task in tasks_of(acting(person))}
    assert tasks[Stage.COLLECTING].done == 2
    assert (tasks[Stage.SORTING].done, tasks[Stage.SORTING].whole) == (1, 3)
    assert (tasks[Stage.SCALING].done, tasks[Stage.SCALING].whole) == (1, 1)
    assert tasks[Stage.SCALING].is_complete
    assert tasks[Stage.SCALING].is_handed_in
    assert not tasks[Stage.SORTING].is_complete


def test_nobody_is_asked_in_place_of_another_or_after_leaving():
    one = ParticipantFactory()
    gone = ParticipantFactory(left_at=timezone.now())

    assert tasks_of(standing_in(one.person, PersonFactory())) == []
    assert tasks_of(acting(gone.person)) == []


def test_tasks_cost_the_same_for_one_and_for_three(django_assert_num_queries):
    for number in (1, 3):
        person = PersonFactory()
        for _n in range(number):
            workshop = WorkshopFactory(stage=Stage.SORTING, incidents=1)
            ParticipantFactory(workshop=workshop, person=person, group=Group.SORTERS)
        actor = acting(person)
        with django_assert_num_queries(3):
            assert len(tasks_of(actor)) == number


def test_ballots_come_in_an_order_of_ones_own_with_ones_own_votes():
    workshop = WorkshopFactory(stage=Stage.SORTING, sorters=2, incidents=12)
    place(workshop.incidents.first(), "A-", handed_in=False)
    first, second = (ballots_of(sorter) for sorter in sorters_of(workshop))

    assert [ballot.place for ballot in first] == list(range(1, 13))
    assert [b.incident.pk for b in first] != [b.incident.pk for b in second]
    assert [b.said for b in first if b.is_done] == [workshop.incidents.first().competency_id]
    assert [b.said for b in second if b.is_done] == [None]


def test_the_turnout_counts_those_who_are_asked_now():
    workshop = WorkshopFactory(stage=Stage.SORTING, sorters=4, incidents=1)
    one, other, *_rest = sorters_of(workshop)
    Participant.objects.filter(pk=one.pk).update(sorted_at=timezone.now())
    Participant.objects.filter(pk=other.pk).update(left_at=timezone.now())

    turnout = turnout_of(workshop)
    assert (turnout.handed_in, turnout.asked, turnout.missing) == (1, 3, 2)
    assert not turnout.may_close


def test_the_list_counts_incidents():
    incident = IncidentFactory()
    IncidentFactory(collector=incident.collector)

    (row,) = workshop_rows(with_role(Role.SPECIALIST))
    assert row.n_incidents == 2
