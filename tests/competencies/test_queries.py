from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evenhand.competencies.models import CompetencyModel
from evenhand.competencies.parts import Job
from evenhand.competencies.queries import (
    competency_questions,
    model_for,
    model_of_person,
    models_in_force,
    models_of_people,
    requirements_of,
    requirements_of_each,
)
from tests.factories.competencies import (
    CompetencyFactory,
    CompetencyVersionFactory,
    ModelFactory,
    ModelVersionFactory,
)
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture
def models():
    return {
        "general": ModelVersionFactory(name="General"),
        "grade": ModelVersionFactory(name="Grade", grades=["G5"]),
        "family": ModelVersionFactory(name="Family", job_family="Engineering"),
        "both": ModelVersionFactory(name="Both", job_family="Engineering", grades=["G4", "G5"]),
        "title": ModelVersionFactory(name="Title", title="Welder"),
    }


@pytest.mark.parametrize(
    ("job", "expected"),
    [
        (("Engineering", "Welder", "G5"), "title"),
        (("Sales", "Welder", ""), "title"),
        (("Engineering", "Engineer", "G5"), "both"),
        (("Engineering", "Engineer", "G4"), "both"),
        (("Engineering", "Engineer", "G9"), "family"),
        (("Engineering", "", ""), "family"),
        (("Sales", "Seller", "G5"), "grade"),
        (("Sales", "Seller", "G1"), "general"),
        (("", "", ""), "general"),
    ],
)
def test_the_most_specific_model_counts(models, job, expected):
    assert model_for(*job, TODAY) == models[expected]


def test_case_and_blanks_do_not_matter_but_signs_do(models):
    ModelVersionFactory(name="Plus", grades=["A+"])

    assert model_for(" engineering", "", "g4 ", TODAY) == models["both"]
    assert model_for("", "WELDER", "", TODAY) == models["title"]
    assert model_for("", "", "a+", TODAY).name == "Plus"
    assert model_for("", "", "A", TODAY) == models["general"]


def test_a_job_without_any_fitting_model_has_none():
    ModelVersionFactory(job_family="Sales")

    assert model_for("Engineering", "", "", TODAY) is None


def test_a_model_counts_from_its_first_day_until_it_is_replaced():
    model = CompetencyModel.objects.create(code="engineer")
    first = ModelVersionFactory(model=model, starts_on=date(2025, 1, 1), ends_on=date(2026, 1, 1))
    second = ModelVersionFactory(model=model, number=2, starts_on=date(2026, 1, 1))
    ModelVersionFactory(model=model, number=3, in_writing=True)

    found = [model_for("", "", "", date(year, 1, 1)) for year in (2024, 2025, 2026)]
    assert found == [None, first, second]
    assert model_for("", "", "", date(2025, 12, 31)) == first


def test_a_retired_model_counts_until_the_day_it_was_retired():
    version = ModelVersionFactory()
    CompetencyModel.objects.update(retired_at=datetime(2026, 6, 1, 12, tzinfo=UTC))

    assert model_for("", "", "", date(2026, 5, 31)) == version
    assert model_for("", "", "", date(2026, 6, 1)) is None


def test_of_two_models_for_the_same_jobs_the_later_one_counts():
    later = ModelVersionFactory(job_family="Sales", starts_on=date(2026, 5, 1))
    ModelVersionFactory(job_family="Sales", starts_on=date(2024, 5, 1))

    assert model_for("Sales", "", "", TODAY) == later


def test_the_model_of_a_person_is_that_of_the_position_held_on_the_day(models):
    person = PersonFactory(job_family="Engineering", title="Welder", grade="G4")
    stranger = PersonFactory(hired_on=None, unit=None)

    assert model_of_person(person.pk, TODAY) == models["title"]
    assert model_of_person(person.pk, date(2019, 1, 1)) is None
    assert model_of_person(stranger.pk, TODAY) is None


def test_many_people_cost_as_much_as_one(models, django_assert_num_queries):
    people = PersonFactory.create_batch(5)

    with django_assert_num_queries(2):
        found = models_of_people([person.pk for person in people], TODAY)

    assert set(found.values()) == {models["both"]}


def test_a_choice_once_made_is_asked_without_queries(models, django_assert_num_queries):
    choice = models_in_force(TODAY)

    with django_assert_num_queries(0):
        assert choice.model_for(Job("Engineering", "", "G5")) == models["both"]


def test_requirements_carry_the_words_that_hold_on_the_day():
    version = ModelFactory(requirements={"listening": (3, 60), "writing": (2, 40)})
    old = version.requirements.first().competency.versions.get()
    old.ends_on = date(2026, 1, 1)
    old.save()
    CompetencyVersionFactory(
        competency=old.competency, number=2, name="Hearing", starts_on=date(2026, 1, 1)
    )

    before = requirements_of(version, date(2025, 12, 31))
    after = requirements_of(version, date(2026, 1, 1))
    assert [row.name for row in before] == ["Listening", "Writing"]
    assert [row.name for row in after] == ["Hearing", "Writing"]
    assert [(row.code, row.expected_level, row.weight) for row in after] == [
        ("listening", 3, 60),
        ("writing", 2, 40),
    ]
    assert [level.value for level in after[0].levels] == [1, 2, 3, 4, 5]
    assert after[0].level(3).anchors[0] == "Writes 3 notes of hearing for meeting 1."
    assert after[0].level(9) is None


def test_a_competency_not_in_force_that_day_is_left_out():
    CompetencyFactory(code="future", starts_on=date(2027, 1, 1))
    version = ModelFactory(requirements={"future": (3, 60), "writing": (2, 40)})

    assert [row.code for row in requirements_of(version, TODAY)] == ["writing"]


def test_requirements_cost_the_same_for_one_model_and_for_three():
    models = [ModelFactory() for _ in range(3)]
    with CaptureQueriesContext(
        connection,
    ) as one:
        requirements_of_each(models[:1], TODAY)
    with CaptureQueriesContext(connection) as three:
        found = requirements_of_each(models, TODAY)

    assert len(one) == len(three) == 4
    assert [len(found[model.pk]) for model in models] == [3, 3, 3]


def test_a_model_asked_for_twice_expects_everything_once():
    model = ModelFactory()
    again = type(model).objects.get()

    assert len(requirements_of_each([model, again, model], TODAY)[model.pk]) == 3


def test_a_review_asks_with_anchors_and_the_expected_level():
    version = ModelFactory(requirements={"listening": (3, 60)})

    (question,) = competency_questions(version, TODAY)

    assert question.text == "Listening"
    assert question.guidance == "Takes in what others say and lets it count."
    assert question.expected_level == 3
    assert set(question.anchors) == {"1", "2", "3", "4", "5"}
    assert question.anchors["3"] == (
        "Writes 3 notes of listening for meeting 1. Writes 3 notes of listening for meeting 2."
    )
