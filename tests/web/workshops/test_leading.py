import pytest

from evenhand.workshops.kinds import Stage
from evenhand.workshops.models import Workshop
from tests.factories.competencies import CompetencyFactory
from tests.factories.people import PersonFactory
from tests.factories.workshops import WorkshopFactory

pytestmark = pytest.mark.django_db


def words(answer):
    return " ".join(answer.content.decode().split())


def test_a_workshop_is_opened_and_people_are_invited_by_name(specialist):
    chosen = [competency.pk for competency in CompetencyFactory.create_batch(3)]
    answer = specialist.post("/workshops/new/", {"name": "Calls", "competencies": chosen})
    workshop = Workshop.objects.get()
    assert answer.url == f"/workshops/{workshop.pk}/people/"

    person = PersonFactory(given_name="Nadia", family_name="Quill")
    assert "Nadia Quill" in words(specialist.get(f"{answer.url}?q=quill"))
    assert "Nadia Quill" in words(specialist.get(f"{answer.url}found/?q=quill"))
    told = specialist.post(answer.url, {"person": person.pk, "group": "collectors"}, follow=True)
    assert "Nadia Quill is invited." in words(told)


def test_one_competency_is_not_enough_and_what_was_typed_stays(specialist):
    chosen = CompetencyFactory.create_batch(2)[0].pk
    answer = specialist.post("/workshops/new/", {"name": "Calls", "competencies": [chosen]})

    assert answer.status_code == 422
    assert "Choose 2 to 8 competencies." in words(answer)
    assert 'value="Calls"' in words(answer)


def test_without_competencies_one_is_told_what_comes_first(specialist):
    assert "Competencies come first" in words(specialist.get("/workshops/new/"))


def test_an_invitation_without_a_person_says_what_to_do(specialist):
    workshop = WorkshopFactory()
    answer = specialist.post(f"/workshops/{workshop.pk}/people/", {"group": "sorters"}, follow=True)

    assert "Find somebody by name first" in words(answer)


def test_somebody_is_taken_out(specialist):
    workshop = WorkshopFactory(sorters=1)
    one = workshop.participants.get()
    answer = specialist.post(f"/workshops/people/{one.pk}/removal/", follow=True)

    assert f"{one.person.name} takes part no longer." in words(answer)


def test_a_stage_is_begun_with_a_button_and_a_refusal_says_what_to_do(specialist):
    ready, early = WorkshopFactory(sorters=3, incidents=1), WorkshopFactory(incidents=1)

    specialist.post(f"/workshops/{ready.pk}/stage/", {"to": "sorting"})
    answer = specialist.post(f"/workshops/{early.pk}/stage/", {"to": "sorting"})

    assert Workshop.objects.get(pk=ready.pk).stage == Stage.SORTING
    assert answer.status_code == 409
    assert "Invite more" in words(answer)
    assert specialist.post(f"/workshops/{early.pk}/stage/", {"to": "moon"}).status_code == 404


@pytest.mark.parametrize("stage", Stage)
def test_the_page_says_of_every_stage_what_is_next(specialist, stage):
    ended_in = {"ended_in": Stage.SORTED} if stage == Stage.ENDED else {}
    workshop = WorkshopFactory(stage=stage, sorters=3, incidents=1, **ended_in)
    seen = words(specialist.get(f"/workshops/{workshop.pk}/"))

    assert "This stage" in seen
    assert ("Take it up again" in seen) == (stage == Stage.ENDED)
    assert ("End the workshop" in seen) == (stage != Stage.ENDED)


def test_the_name_changes(specialist):
    workshop = WorkshopFactory()
    kept = list(workshop.competencies.values_list("pk", flat=True))
    address = f"/workshops/{workshop.pk}/plan/"
    assert workshop.name in words(specialist.get(address))
    specialist.post(address, {"name": "Talks", "competencies": kept})

    assert Workshop.objects.get().name == "Talks"
