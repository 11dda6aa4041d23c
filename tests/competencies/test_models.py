from datetime import date

import pytest
from django.db import IntegrityError, transaction

from evenhand.competencies.models import CompetencyVersion, Level, Requirement
from tests.factories.competencies import (
    CompetencyFactory,
    CompetencyVersionFactory,
    ModelFactory,
    ModelVersionFactory,
)

pytestmark = pytest.mark.django_db


def refused(make):
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


def test_the_database_refuses_a_second_version_in_writing():
    first = CompetencyVersionFactory(in_writing=True)
    model = ModelVersionFactory(in_writing=True)

    refused(
        lambda: CompetencyVersionFactory(
            competency=first.competency, number=2, in_writing=True, levels=()
        )
    )
    refused(lambda: ModelVersionFactory(model=model.model, number=2, in_writing=True))


def test_the_database_refuses_two_versions_of_one_number():
    version = CompetencyFactory().versions.get()

    refused(lambda: CompetencyVersionFactory(competency=version.competency, levels=()))


def test_a_version_has_days_exactly_when_it_is_published():
    refused(lambda: CompetencyVersionFactory(starts_on=None, levels=()))
    refused(lambda: CompetencyVersionFactory(published_at=None, levels=()))
    refused(lambda: ModelVersionFactory(ends_on=date(2019, 1, 1)))


def test_a_level_stands_once_in_a_version():
    version = CompetencyFactory().versions.get()

    refused(lambda: Level.objects.create(version=version, value=3, label="Again"))


@pytest.mark.parametrize(("level", "weight"), [(0, 50), (6, 50), (3, 0), (3, 101)])
def test_a_requirement_expects_one_of_five_levels_and_weighs_something(level, weight):
    version, competency = ModelFactory(requirements={}), CompetencyFactory()

    refused(
        lambda: Requirement.objects.create(
            version=version,
            competency=competency,
            place=1,
            expected_level=level,
            weight=weight,
        )
    )


def test_a_model_asks_for_a_competency_once():
    requirement = ModelFactory().requirements.first()
    requirement.pk = None

    refused(requirement.save)


def test_what_is_published_and_holds_on_a_day_is_in_force():
    first = CompetencyFactory(starts_on=date(2025, 1, 1), ends_on=date(2026, 1, 1)).versions.get()
    second = CompetencyVersionFactory(
        competency=first.competency, number=2, starts_on=date(2026, 1, 1)
    )
    CompetencyVersionFactory(competency=first.competency, number=3, in_writing=True)
    versions = CompetencyVersion.objects

    assert not versions.in_force(date(2024, 12, 31)).exists()
    assert list(versions.in_force(date(2025, 1, 1))) == [first]
    assert list(versions.in_force(date(2025, 12, 31))) == [first]
    assert list(versions.in_force(date(2026, 1, 1))) == [second]
