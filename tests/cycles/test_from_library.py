from datetime import UTC, date, datetime

import pytest

from evenhand.competencies.queries import competency_questions, library_questions
from evenhand.cycles.from_library import add_competencies
from evenhand.cycles.kinds import QuestionKind
from evenhand.cycles.models import Question
from evenhand.cycles.problems import problems_of
from evenhand.kernel.acting import Role
from evenhand.kernel.verdict import Refused
from tests.factories.access import with_role
from tests.factories.competencies import CompetencyFactory, ModelFactory
from tests.factories.cycles import TemplateVersionFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TODAY = date(2026, 11, 22)


@pytest.fixture
def specialist():
    return with_role(Role.SPECIALIST)


@pytest.fixture
def section():
    return TemplateVersionFactory().sections.get(title="Ways of working")


def test_anchors_and_expected_levels_are_copied_into_the_template(section, specialist):
    asked = competency_questions(ModelFactory(), TODAY)

    added = add_competencies(section, asked, by=specialist, at=NOW)

    assert [(q.text, q.expected_level, q.kind) for q in added] == [
        ("Listening", 3, QuestionKind.COMPETENCY),
        ("Writing", 2, QuestionKind.COMPETENCY),
        ("Planning", 4, QuestionKind.COMPETENCY),
    ]
    assert added[0].anchors["3"].startswith("Writes 3 notes of listening for meeting 1.")
    assert added[0].guidance == "Takes in what others say and lets it count."
    assert problems_of(section.version) == []


def test_what_the_library_says_later_changes_nothing_here(section, specialist):
    competency = CompetencyFactory(code="listening")
    (added,) = add_competencies(
        section, library_questions([competency.pk], TODAY), by=specialist, at=NOW
    )
    competency.versions.update(name="Hearing", definition="Hears.")

    kept = Question.objects.get(pk=added.pk)
    assert (kept.text, kept.expected_level) == ("Listening", None)


def test_added_twice_a_competency_is_asked_for_once(section, specialist):
    asked = competency_questions(ModelFactory(), TODAY)
    add_competencies(section, asked, by=specialist, at=NOW)

    assert add_competencies(section, asked, by=specialist, at=NOW) == []
    assert Question.objects.filter(text="Listening").count() == 1


def test_a_scale_without_the_five_levels_is_refused(section, specialist):
    section.version.levels.get(value=5).delete()

    with pytest.raises(Refused, match="scale_differs"):
        add_competencies(
            section, competency_questions(ModelFactory(), TODAY), by=specialist, at=NOW
        )


def test_a_frozen_template_and_other_people_are_refused(section, specialist):
    asked = competency_questions(ModelFactory(), TODAY)
    with pytest.raises(Refused, match="not_the_specialist"):
        add_competencies(section, asked, by=with_role(Role.HR_PARTNER), at=NOW)
    section.version.frozen_at = NOW
    section.version.save()

    with pytest.raises(Refused, match="version_frozen"):
        add_competencies(section, asked, by=specialist, at=NOW)
