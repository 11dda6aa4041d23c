import pytest

from evenhand.audit.models import Entry
from evenhand.kernel.acting import Role
from evenhand.kernel.events import listen
from evenhand.kernel.verdict import Refused
from evenhand.workshops.actions.deciding import decide_incident
from evenhand.workshops.actions.moving import move_workshop
from evenhand.workshops.events import RoundClosed, WorkshopTaskGiven
from evenhand.workshops.kinds import TRANSITIONS, Stage
from evenhand.workshops.models import Workshop
from tests.factories.access import with_role
from tests.factories.workshops import WorkshopFactory, place, sorters_of
from tests.workshops.actions import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return with_role(Role.SPECIALIST)


def at(stage):
    """A workshop of which three sorters have handed in what there was to vote on."""
    ended_in = {"ended_in": Stage.SORTED} if stage == Stage.ENDED else {}
    workshop = WorkshopFactory(stage=stage, sorters=3, incidents=1, **ended_in)
    if stage in (Stage.SORTED, Stage.SCALED):
        place(workshop.incidents.get(), "AAA")
    return workshop


@pytest.mark.parametrize("to", Stage)
@pytest.mark.parametrize("now", Stage)
def test_a_workshop_moves_only_as_the_table_says(by, now, to):
    workshop = at(now)
    needs_votes = (now, to) in {(Stage.SORTING, Stage.SORTED), (Stage.SCALING, Stage.SCALED)}
    if needs_votes:
        column = "sorted_at" if now == Stage.SORTING else "scaled_at"
        workshop.participants.filter(group="sorters").update(**{column: AT})
    is_open = to in TRANSITIONS[now] or to == now
    if now == Stage.ENDED:
        is_open = to in (Stage.SORTED, Stage.ENDED)
    if not is_open:
        with pytest.raises(Refused, match="not_now"):
            move_workshop(workshop, to, by=by, at=AT)
        to = now
    else:
        move_workshop(workshop, to, by=by, at=AT)
    assert Workshop.objects.get().stage == to


def test_moved_twice_it_moves_once(by):
    workshop = at(Stage.COLLECTING)
    for _time in range(2):
        move_workshop(workshop, Stage.SORTING, by=by, at=AT)

    assert [entry.code for entry in Entry.objects.all()] == ["workshop.sorting_opened"]


def test_every_sorter_is_told_when_a_round_opens(by, django_capture_on_commit_callbacks):
    workshop, heard = at(Stage.COLLECTING), []
    listen(WorkshopTaskGiven, heard.append)
    with django_capture_on_commit_callbacks(execute=True):
        move_workshop(workshop, Stage.SORTING, by=by, at=AT)

    told = {event.participant_id for event in heard}
    assert told == {sorter.pk for sorter in sorters_of(workshop)}


def test_only_what_stayed_is_scaled_and_going_back_undoes_it(by):
    workshop = WorkshopFactory(stage=Stage.SORTED, sorters=4, incidents=3)
    back, lost, decided = workshop.incidents.all()
    for incident, votes in ((back, "AAAB"), (lost, "AABB"), (decided, "AAB-")):
        place(incident, votes)
    decide_incident(decided, is_kept=True, reason="Two of us know it.", by=by, at=AT)

    move_workshop(workshop, Stage.SCALING, by=by, at=AT)
    scaled = workshop.incidents.filter(is_scaled=True)
    assert set(scaled) == {back, decided}

    move_workshop(workshop, Stage.SORTED, by=by, at=AT)
    assert not scaled.all().exists()


def test_there_is_nothing_to_scale_when_nothing_stayed(by):
    workshop = WorkshopFactory(stage=Stage.SORTED, sorters=3, incidents=1)
    place(workshop.incidents.get(), "BBB")

    with pytest.raises(Refused, match="nothing_stayed"):
        move_workshop(workshop, Stage.SCALING, by=by, at=AT)


def test_a_closed_round_is_announced(by, django_capture_on_commit_callbacks):
    workshop, heard = WorkshopFactory(stage=Stage.SORTING, sorters=4, incidents=1), []
    listen(RoundClosed, heard.append)
    place(workshop.incidents.get(), "AAAB")
    sorters_of(workshop)[3].sorted_at = None
    with django_capture_on_commit_callbacks(execute=True):
        move_workshop(workshop, Stage.SORTED, by=by, at=AT)

    assert heard == [RoundClosed(workshop.pk)]


def test_an_ended_workshop_goes_on_where_it_ended(by):
    workshop = at(Stage.SORTING)
    move_workshop(workshop, Stage.ENDED, by=by, at=AT)
    assert Workshop.objects.get().reached == Stage.SORTING

    move_workshop(workshop, Stage.SORTING, by=by, at=AT)
    assert Workshop.objects.get().ended_in == ""
