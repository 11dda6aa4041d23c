import pytest
from django.urls import reverse

from evenhand.cycles.kinds import GoalsNeeded
from evenhand.cycles.models import GoalsExcuse
from evenhand.kernel.acting import Role
from tests.factories.access import AccountFactory, RoleGrantFactory
from tests.factories.cycles import CycleFactory, ParticipationFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def specialist(client):
    person = PersonFactory()
    RoleGrantFactory(person=person, role=Role.SPECIALIST)
    client.force_login(AccountFactory(person=person))
    return client


@pytest.fixture
def waiting():
    cycle = CycleFactory(goals_needed=GoalsNeeded.REVIEW_WAITS)
    ParticipationFactory(cycle=cycle, person__family_name="Without")
    return cycle


def test_the_specialist_sees_who_has_no_goals_and_takes_the_list_along(specialist, waiting):
    page = specialist.get(reverse("cycle_goals", args=[waiting.pk])).content.decode()
    file = specialist.get(reverse("cycle_goals_file", args=[waiting.pk]))

    assert "Without" in page
    assert "Without" in b"".join(file.streaming_content).decode()


def test_somebody_is_excused_and_asked_again(specialist, waiting):
    person = waiting.participations.get().person
    about = {"person": person.pk, "reason": "Came back last week."}
    specialist.post(reverse("cycle_goals_excuses", args=[waiting.pk]), about)

    page = specialist.get(reverse("cycle_goals", args=[waiting.pk])).content.decode()
    assert "Everybody has agreed goals" in page
    assert "Came back last week." in page
    excuse = GoalsExcuse.objects.get()
    specialist.post(reverse("goals_excuse_removal", args=[excuse.pk]))
    assert GoalsExcuse.objects.filter(ended_at=None).count() == 0


def test_what_waits_is_chosen_there(specialist, waiting):
    address = reverse("cycle_goals_needed", args=[waiting.pk])

    assert specialist.post(address, {"goals_needed": "everything"}).status_code == 404
    specialist.post(address, {"goals_needed": GoalsNeeded.NOTHING_WAITS})

    waiting.refresh_from_db()
    assert waiting.goals_needed == GoalsNeeded.NOTHING_WAITS


def test_asking_says_how_many_are_asked(specialist, waiting):
    answer = specialist.post(reverse("cycle_goals_requests", args=[waiting.pk]), follow=True)

    assert "1 person is asked." in answer.content.decode()


@pytest.mark.parametrize("people", [1, 3])
def test_the_page_asks_as_much_for_three_as_for_one(
    specialist, people, django_assert_max_num_queries
):
    cycle = CycleFactory(goals_needed=GoalsNeeded.REVIEW_WAITS)
    for _n in range(people):
        ParticipationFactory(cycle=cycle)

    with django_assert_max_num_queries(15):
        specialist.get(reverse("cycle_goals", args=[cycle.pk]))
