from datetime import UTC, datetime

import pytest

from evenhand.cycles import templates
from evenhand.cycles.kinds import AnsweredBy, QuestionKind, SelfShownToManager
from evenhand.cycles.models import Question, Section, Template, TemplateVersion
from evenhand.cycles.parts import LevelPart, QuestionPart, SectionPart
from evenhand.cycles.problems import problems_of
from evenhand.cycles.reading import version_part
from evenhand.kernel.acting import Role
from evenhand.kernel.verdict import Refused
from tests.factories.access import with_role
from tests.factories.cycles import (
    BareVersionFactory,
    CycleFactory,
    QuestionFactory,
    ScaleLevelFactory,
    SectionFactory,
    TemplateVersionFactory,
)

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture
def by():
    return with_role(Role.SPECIALIST)


def test_the_annual_review_to_begin_with_can_be_used_as_it_is(by):
    version = templates.write_template("Annual review", by=by, at=AT)

    assert problems_of(version) == []
    assert version.levels.count() == 5


def test_a_copy_says_the_same(by):
    version = templates.write_template("Annual review", by=by, at=AT)
    templates.freeze_version(version, by=by, at=AT)

    next_one = templates.copy_version(version, by=by, at=AT)
    other = templates.copy_version(version, name="Mid-year", by=by, at=AT)

    assert version_part(next_one) == version_part(other) == version_part(version)
    assert (next_one.template, next_one.number) == (version.template, 2)
    assert (other.template.name, other.number) == ("Mid-year", 1)


def test_a_second_version_in_writing_is_the_first_one(by):
    version = templates.write_template("Annual review", by=by, at=AT)

    assert templates.copy_version(version, by=by, at=AT) == version


def test_a_frozen_version_stays_as_it_is(by):
    version = CycleFactory().version
    section, question = Section.objects.first(), Question.objects.first()
    attempts = [
        lambda: templates.put_level(version, LevelPart(6, "More"), by=by, at=AT),
        lambda: templates.remove_level(version.levels.first(), by=by, at=AT),
        lambda: templates.add_section(version, SectionPart("New"), by=by, at=AT),
        lambda: templates.change_section(section, SectionPart("New"), by=by, at=AT),
        lambda: templates.remove_section(section, by=by, at=AT),
        lambda: templates.move_section(section, by_places=1, by=by, at=AT),
        lambda: templates.add_question(section, QuestionPart("New?"), by=by, at=AT),
        lambda: templates.change_question(question, QuestionPart("New?"), by=by, at=AT),
        lambda: templates.remove_question(question, by=by, at=AT),
        lambda: templates.move_question(question, by_places=1, by=by, at=AT),
        lambda: templates.discard_version(version, by=by, at=AT),
    ]
    before = version_part(version)

    for attempt in attempts:
        with pytest.raises(Refused, match="version_frozen"):
            attempt()

    assert version_part(TemplateVersion.objects.get(pk=version.pk)) == before


def test_nobody_but_the_specialist_writes():
    partner = with_role(Role.HR_PARTNER)

    with pytest.raises(Refused, match="not_the_specialist"):
        templates.write_template("Mine", by=partner, at=AT)
    with pytest.raises(Refused, match="not_the_specialist"):
        templates.add_section(TemplateVersionFactory(), SectionPart("New"), by=partner, at=AT)


def test_sections_and_questions_are_moved_and_stay_within_their_list(by):
    version = TemplateVersionFactory()
    last = version.sections.get(title="Looking ahead")

    templates.move_section(last, by_places=-1, by=by, at=AT)
    assert [s.title for s in version.sections.all()] == [
        "Results",
        "Looking ahead",
        "Ways of working",
    ]
    templates.move_section(version.sections.first(), by_places=-1, by=by, at=AT)
    assert version.sections.first().title == "Results"
    first = last.questions.first()
    templates.move_question(first, by_places=1, by=by, at=AT)
    assert list(last.questions.all())[1] == first


def test_a_level_is_written_and_said_anew(by):
    version = BareVersionFactory()

    templates.put_level(version, LevelPart(1, "Low"), by=by, at=AT)
    templates.put_level(version, LevelPart(1, "Below", "Not met."), by=by, at=AT)

    assert version.levels.get().label == "Below"


def test_settings_are_changed(by):
    version = BareVersionFactory()
    shown = SelfShownToManager.WHEN_BOTH_SUBMITTED

    templates.change_version(
        version, guidance="Be kind.", self_shown_to_manager=shown, by=by, at=AT
    )

    version.refresh_from_db()
    assert (version.guidance, version.self_shown_to_manager) == ("Be kind.", shown)


def test_a_template_without_versions_is_gone(by):
    templates.discard_version(TemplateVersionFactory(), by=by, at=AT)

    assert not Template.objects.exists()


def usable():
    return TemplateVersionFactory()


def said_of(version):
    return " ".join(problems_of(version))


def test_the_template_of_the_factory_has_no_problems():
    assert problems_of(usable()) == []


def change(version, **section):
    version.sections.filter(title="Results").update(**section)


PROBLEMS = {
    "The weights of the sections sum to 90": lambda v: change(v, weight=50),
    "There is no section yet": lambda v: v.sections.all().delete(),
    "at least two levels": lambda v: v.levels.exclude(value=1).delete(),
    "Level 1 Below has no descriptor": lambda v: v.levels.filter(value=1).update(descriptor=" "),
    "“Empty” has no questions": lambda v: SectionFactory(version=v, title="Empty", weight=0),
    "the manager rates nothing in it": lambda v: Question.objects.filter(
        section__version=v, kind=QuestionKind.RATING
    ).update(answered_by=AnsweredBy.SELF),
    "but the section weighs nothing": lambda v: change(v, weight=0),
    "The manager is asked nothing": lambda v: Question.objects.filter(section__version=v).update(
        answered_by=AnsweredBy.SELF
    ),
    "fewer than two choices": lambda v: QuestionFactory(
        section=v.sections.first(), kind=QuestionKind.CHOICE, choices=["Yes"]
    ),
    "asked for more than once": lambda v: [
        QuestionFactory(
            section=v.sections.first(),
            kind=QuestionKind.OVERALL,
            answered_by=AnsweredBy.MANAGER,
        )
        for _ in range(2)
    ],
    "Only the manager can give the overall rating": lambda v: QuestionFactory(
        section=v.sections.first(), kind=QuestionKind.OVERALL
    ),
    "which the scale does not have": lambda v: v.levels.filter(value=5).delete(),
    "expects a level that the scale does not have": lambda v: QuestionFactory(
        section=v.sections.first(), kind=QuestionKind.COMPETENCY, expected_level=7
    ),
}


@pytest.mark.parametrize("problem", PROBLEMS)
def test_what_stands_in_the_way_is_said_in_words(problem):
    version = usable()

    PROBLEMS[problem](version)

    assert problem in said_of(version)


def test_a_version_with_nothing_in_it_says_what_is_missing():
    version = BareVersionFactory()
    ScaleLevelFactory(version=version, value=1)

    assert len(problems_of(version)) == 2
