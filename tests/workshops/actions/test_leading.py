import pytest

from evenhand.audit.models import Entry
from evenhand.kernel.acting import Role
from evenhand.kernel.events import listen
from evenhand.kernel.verdict import Refused
from evenhand.workshops.actions import leading
from evenhand.workshops.actions.leading import WorkshopPlan
from evenhand.workshops.events import WorkshopTaskGiven
from evenhand.workshops.kinds import Group, Stage
from evenhand.workshops.models import Participant, Workshop
from tests.factories.access import acting, with_role
from tests.factories.competencies import CompetencyFactory
from tests.factories.people import PersonFactory
from tests.factories.workshops import (
    IncidentFactory,
    ParticipantFactory,
    WorkshopFactory,
    place,
    sorters_of,
)
from tests.workshops.actions import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return with_role(Role.SPECIALIST)


@pytest.fixture
def asked(django_capture_on_commit_callbacks):
    """Who is told of a task while something is done."""
    heard = []
    listen(WorkshopTaskGiven, heard.append)

    def asked(deed):
        heard.clear()
        with django_capture_on_commit_callbacks(execute=True):
            deed()
        return [event.participant_id for event in heard]

    return asked


def plan(number=2, name="Talking to customers"):
    return WorkshopPlan(name, CompetencyFactory.create_batch(number))


def test_a_workshop_is_opened_for_a_few_competencies(by):
    workshop = leading.open_workshop(plan(4), by=by, at=AT)

    assert workshop.stage == Stage.COLLECTING
    assert workshop.competencies.count() == 4
    assert Entry.objects.get().code == "workshop.opened"


@pytest.mark.parametrize("number", [0, 1, 9])
def test_too_few_or_too_many_competencies_are_refused(by, number):
    with pytest.raises(Refused, match="number_of_competencies"):
        leading.open_workshop(plan(number), by=by, at=AT)


def test_only_the_specialist_opens_one():
    with pytest.raises(Refused, match="not_the_specialist"):
        leading.open_workshop(plan(), by=acting(PersonFactory()), at=AT)


def test_a_workshop_has_a_name(by):
    with pytest.raises(Refused, match="name_missing"):
        leading.open_workshop(plan(name="  "), by=by, at=AT)


def test_what_it_is_about_changes_while_one_collects(by):
    workshop = WorkshopFactory()
    leading.change_workshop(workshop, plan(3, "Another name"), by=by, at=AT)

    assert Workshop.objects.get().name == "Another name"
    assert workshop.competencies.count() == 3
    late = WorkshopFactory(stage=Stage.SORTING)
    with pytest.raises(Refused, match="not_now"):
        leading.change_workshop(late, plan(), by=by, at=AT)


def test_a_competency_with_incidents_stays(by):
    workshop = IncidentFactory().workshop

    with pytest.raises(Refused, match="competency_has_incidents"):
        leading.change_workshop(workshop, plan(), by=by, at=AT)


def test_somebody_invited_twice_is_asked_once(by, asked):
    workshop, person = WorkshopFactory(), PersonFactory()

    def invite():
        leading.invite_person(workshop, person, Group.COLLECTORS, by=by, at=AT)

    assert len(asked(invite)) == 1
    assert asked(invite) == []
    assert Participant.objects.count() == 1
    assert [entry.code for entry in Entry.objects.all()] == ["workshop.person_invited"]


def test_nobody_is_invited_into_the_other_group_too(by):
    one = ParticipantFactory()

    with pytest.raises(Refused, match="in_other_group"):
        leading.invite_person(one.workshop, one.person, Group.SORTERS, by=by, at=AT)


def test_a_sorter_is_told_when_there_is_something_to_sort(by, asked):
    early, late = WorkshopFactory(), WorkshopFactory(stage=Stage.SORTING)

    def invite(workshop):
        leading.invite_person(workshop, PersonFactory(), Group.SORTERS, by=by, at=AT)

    assert asked(lambda: invite(early)) == []
    assert asked(lambda: invite(late)) == [late.participants.get().pk]


def test_who_leaves_leaves_what_they_wrote(by):
    incident = IncidentFactory()
    leading.take_out_person(incident.collector, by=by, at=AT)

    assert incident.workshop.incidents.count() == 1
    with pytest.raises(Refused, match="has_left"):
        leading.take_out_person(incident.collector, by=by, at=AT)


def test_a_round_ends_when_the_last_one_missing_leaves(by):
    workshop = WorkshopFactory(stage=Stage.SORTING, sorters=3, incidents=1)
    place(workshop.incidents.get(), "AAB")
    missing = ParticipantFactory(workshop=workshop, group=Group.SORTERS)

    leading.take_out_person(missing, by=by, at=AT)

    workshop.refresh_from_db()
    assert workshop.stage == Stage.SORTED


def test_a_round_of_two_does_not_end_by_itself(by):
    workshop = WorkshopFactory(stage=Stage.SORTING, sorters=3, incidents=1)
    place(workshop.incidents.get(), "AAB")

    leading.take_out_person(sorters_of(workshop)[0], by=by, at=AT)

    workshop.refresh_from_db()
    assert workshop.stage == Stage.SORTING
