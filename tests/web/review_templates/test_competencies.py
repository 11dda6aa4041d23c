import pytest
from django.utils import timezone

from evenhand.cycles.models import Question
from evenhand.kernel.acting import Role
from tests.factories.access import AccountFactory, RoleGrantFactory
from tests.factories.competencies import CompetencyFactory, ModelFactory
from tests.factories.cycles import TemplateVersionFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def section(client):
    person = PersonFactory()
    RoleGrantFactory(person=person, role=Role.SPECIALIST)
    client.force_login(AccountFactory(person=person))
    return TemplateVersionFactory().sections.get(title="Ways of working")


def text_of(answer):
    return " ".join(answer.content.decode().split())


def url(section):
    return f"/templates/sections/{section.pk}/competencies/"


def test_competencies_are_chosen_one_by_one(client, section):
    listening = CompetencyFactory(code="listening")
    CompetencyFactory(code="writing")
    CompetencyFactory(code="former", retired_at=timezone.now())

    page = text_of(client.get(url(section)))
    assert "Listening" in page
    assert "Former" not in page
    client.post(url(section), {"competency": [listening.pk, "nonsense"]})

    question = Question.objects.get(text="Listening")
    assert question.section == section
    assert question.expected_level is None
    assert not Question.objects.filter(text="Writing").exists()


def test_those_of_a_model_come_with_the_levels_it_expects(client, section):
    model = ModelFactory(name="Engineers")
    chosen = [r.competency_id for r in model.requirements.all()][:2]

    page = client.get(url(section), {"model": model.pk})
    assert [offer.question.expected_level for offer in page.context["offers"]] == [3, 2, 4]
    client.post(url(section), {"model": model.pk, "competency": chosen})

    added = Question.objects.filter(text__in=("Listening", "Writing", "Planning"))
    assert {q.text: q.expected_level for q in added} == {"Listening": 3, "Writing": 2}


def test_what_is_asked_already_cannot_be_chosen_again(client, section):
    competency = CompetencyFactory(code="listening")
    client.post(url(section), {"competency": competency.pk})

    assert "Asked already" in text_of(client.get(url(section)))


def test_a_long_library_is_searched(client, section):
    for number in range(61):
        CompetencyFactory(code=f"skill-{number:02}", levels=())
    CompetencyFactory(code="writing")

    whole, found = client.get(url(section)), client.get(url(section), {"q": "writ"})

    assert "There are more." in text_of(whole)
    assert [offer.question.text for offer in found.context["offers"]] == ["Writing"]


def test_an_empty_library_leads_to_where_one_writes_it(client, section):
    assert "Open the library" in text_of(client.get(url(section)))


def test_the_editor_offers_the_library(client, section):
    page = text_of(client.get(f"/templates/versions/{section.version_id}/"))

    assert url(section) in page
