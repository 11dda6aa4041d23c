from io import BytesIO

import docx
import pytest
from django.utils import timezone

from evenhand.competencies.interviews import guide_of
from evenhand.web.competencies.interviews import printed
from tests.factories.competencies import ModelFactory, ModelVersionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    return ModelFactory(name="Engineer")


def text_of(answer):
    return " ".join(answer.content.decode().split())


def test_what_is_asked_is_read_before_it_is_printed(client, somebody, version):
    page = text_of(client.get(f"/competencies/models/versions/{version.pk}/interview-guide/"))

    assert "When did you change your mind after listening?" in page
    assert "Nothing about them is kept here." in page


def test_the_guide_comes_as_pdf(client, somebody, version):
    url = f"/competencies/models/versions/{version.pk}/interview-guide.pdf"

    answer = client.get(url, {"interviewers": 3})

    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert "interview-guide-engineer.pdf" in answer["Content-Disposition"]


def test_the_guide_comes_for_word_with_as_many_cards_as_asked(client, somebody, version):
    url = f"/competencies/models/versions/{version.pk}/interview-guide.docx"

    few = docx.Document(BytesIO(client.get(url, {"interviewers": "many"}).content))
    more = docx.Document(BytesIO(client.get(url, {"interviewers": 3}).content))

    assert (len(few.tables), len(more.tables)) == (5, 6)


def test_paper_has_questions_anchors_and_a_card_for_each(somebody, version):
    page = " ".join(printed(guide_of(version, timezone.localdate(), interviewers=3)).split())

    assert page.count("Scorecard of interviewer") == 3
    assert "Writes 3 notes of listening for meeting 1." in page
    assert page.count('class="given"') == 3
    assert "Names what changed because of what was heard." in page


def test_a_model_without_competencies_says_so(client, somebody):
    version = ModelVersionFactory()

    page = text_of(client.get(f"/competencies/models/versions/{version.pk}/interview-guide/"))

    assert "Nothing to ask yet" in page


def test_what_is_in_writing_is_not_printed_for_others(client, somebody):
    version = ModelFactory(in_writing=True)

    for ending in ("/", ".pdf", ".docx"):
        url = f"/competencies/models/versions/{version.pk}/interview-guide{ending}"
        assert client.get(url).status_code == 404
