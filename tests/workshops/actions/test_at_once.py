"""People who vote, hand in and move a workshop at the same moment, each in a connection."""

import pytest

from evenhand.audit.models import Entry
from evenhand.kernel.acting import Role
from evenhand.kernel.verdict import Refused
from evenhand.workshops.actions.moving import move_workshop
from evenhand.workshops.actions.voting import hand_in, sort_incident
from evenhand.workshops.kinds import Stage
from evenhand.workshops.models import Participant, Placement, Workshop
from evenhand.workshops.results import results_of_all
from tests.factories.access import acting, with_role
from tests.factories.workshops import WorkshopFactory, place, sorters_of
from tests.reviews.test_answering_at_once import at_once
from tests.workshops.actions import AT

pytestmark = pytest.mark.django_db(transaction=True)


def attempt(deed, *args, **kwargs):
    try:
        deed(*args, at=AT, **kwargs)
    except Refused as refusal:
        return refusal.verdict.code
    return "done"


def test_those_who_hand_in_last_at_once_close_the_round_once():
    workshop = WorkshopFactory(stage=Stage.SORTING, sorters=3, incidents=1)
    place(workshop.incidents.get(), "AAA", handed_in=False)
    actors = [acting(sorter.person) for sorter in sorters_of(workshop)]

    at_once(*[lambda by=by: attempt(hand_in, workshop, Stage.SORTING, by=by) for by in actors])

    assert Workshop.objects.get().stage == Stage.SORTED
    assert Entry.objects.filter(code="workshop.sorting_closed").count() == 1
    assert results_of_all(Workshop.objects.get())[0].judged.votes == 3


def test_of_two_who_move_a_workshop_at_once_one_does():
    workshop = WorkshopFactory(sorters=3, incidents=1)
    actors = [with_role(Role.SPECIALIST) for _n in range(2)]

    moved = at_once(
        *[lambda by=by: attempt(move_workshop, workshop, Stage.SORTING, by=by) for by in actors]
    )

    assert moved == ["done", "done"]
    assert Entry.objects.filter(code="workshop.sorting_opened").count() == 1


def test_a_vote_comes_before_the_round_is_closed_or_not_at_all():
    workshop = WorkshopFactory(stage=Stage.SORTING, sorters=3, incidents=1)
    incident = workshop.incidents.get()
    place(incident, "AAA")
    voter = acting(sorters_of(workshop)[0].person)
    lead = with_role(Role.SPECIALIST)

    voted, closed = at_once(
        lambda: attempt(sort_incident, incident, None, by=voter),
        lambda: attempt(move_workshop, workshop, Stage.SORTED, by=lead),
    )

    assert closed == "done"
    assert voted in ("done", "not_now")
    changed = Placement.objects.filter(number=2).exists()
    assert changed == (voted == "done")
    assert results_of_all(Workshop.objects.get())[0].judged.placed_back == (2 if changed else 3)


def test_two_tabs_of_one_sorter_leave_votes_with_numbers_of_their_own():
    workshop = WorkshopFactory(stage=Stage.SORTING, sorters=1, incidents=1)
    incident, one = workshop.incidents.get(), Participant.objects.get(group="sorters")
    by = acting(one.person)
    choices = [incident.competency, None]

    at_once(*[lambda c=c: attempt(sort_incident, incident, c, by=by) for c in choices])

    numbers = Placement.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2]
