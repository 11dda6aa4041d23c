from datetime import date
from io import BytesIO

import docx
import pytest

from evenhand.competencies.interviews import guide_of
from evenhand.documents.interview_guide import write_guide
from tests.factories.competencies import ModelFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture
def document():
    version = ModelFactory(name="Engineer", job_family="Engineering", grades=["G4"])
    return docx.Document(BytesIO(write_guide(guide_of(version, TODAY, interviewers=3))))


def headings(document, level):
    return [p.text for p in document.paragraphs if p.style.name == f"Heading {level}"]


def cells(table):
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_the_guide_has_each_competency_and_a_card_for_each_interviewer(document):
    assert document.paragraphs[0].text == "Interview guide: Engineer"
    assert "Engineering · grade G4" in document.paragraphs[1].text
    assert headings(document, 1) == [
        "How to use it",
        "Listening",
        "Writing",
        "Planning",
        "Scorecard of interviewer 1",
        "Scorecard of interviewer 2",
        "Scorecard of interviewer 3",
    ]


def test_anchors_stand_by_level_with_the_expected_one_marked(document):
    levels = cells(document.tables[0])

    assert levels[0] == ["Level", "What one sees or hears"]
    assert levels[3][0] == "3 On their own (expected)"
    assert levels[3][1].splitlines()[0] == "Writes 3 notes of listening for meeting 1."


def test_a_scorecard_has_expected_level_weight_and_boxes_to_tick(document):
    card = cells(document.tables[-1])

    assert [row[:3] for row in card[1:]] == [
        ["Listening", "3", "40 %"],
        ["Writing", "2", "30 %"],
        ["Planning", "4", "30 %"],
    ]
    assert card[1][3] == "☐ 1  ☐ 2  ☐ 3  ☐ 4  ☐ 5\n☐ not asked"


def test_questions_and_what_to_look_for_stand_before_the_anchors(document):
    texts = [p.text for p in document.paragraphs]

    assert texts.index("When did you change your mind after listening?") < texts.index(
        "Names what changed because of what was heard."
    )


def test_the_file_says_nothing_of_whoever_made_it(document):
    assert document.core_properties.author == "Evenhand"
    assert document.core_properties.comments == ""
