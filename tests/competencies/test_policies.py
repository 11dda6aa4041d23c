from datetime import timedelta

import pytest

from evenhand.competencies.models import Competency
from evenhand.competencies.policies import (
    may_publish,
    may_retire,
    may_write_library,
    visible_competencies,
    visible_model_versions,
    visible_models,
    visible_versions,
)
from evenhand.kernel.acting import Role
from tests.factories.access import TODAY, acting, with_role
from tests.factories.competencies import (
    CompetencyFactory,
    CompetencyVersionFactory,
    ModelVersionFactory,
)
from tests.factories.people import PersonFactory, UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def specialist():
    return with_role(Role.SPECIALIST)


@pytest.fixture
def somebody():
    return acting(PersonFactory())


@pytest.fixture
def versions():
    published = CompetencyFactory(code="published").versions.get()
    in_writing = CompetencyVersionFactory(in_writing=True)
    return published, in_writing


def test_everybody_reads_what_is_published_and_only_that(versions, somebody):
    published, _in_writing = versions

    assert list(visible_versions(somebody)) == [published]
    assert list(visible_competencies(somebody)) == [published.competency]


def test_the_specialist_also_reads_what_is_in_writing(versions, specialist):
    assert set(visible_versions(specialist)) == set(versions)
    assert visible_competencies(specialist).count() == 2


def test_models_are_seen_like_competencies(somebody, specialist):
    published = ModelVersionFactory()
    in_writing = ModelVersionFactory(in_writing=True)

    assert list(visible_model_versions(somebody)) == [published]
    assert list(visible_models(somebody)) == [published.model]
    assert set(visible_model_versions(specialist)) == {published, in_writing}
    assert visible_models(specialist).count() == 2


def test_what_begins_later_is_read_as_soon_as_it_is_published(somebody):
    later = CompetencyFactory(starts_on=TODAY + timedelta(days=30))

    assert list(visible_competencies(somebody)) == [later]


def test_only_the_specialist_for_the_whole_organization_writes(somebody, specialist):
    in_one_unit = with_role(Role.SPECIALIST, unit=UnitFactory())

    assert may_write_library(specialist)
    assert may_write_library(in_one_unit).code == "not_the_specialist"
    assert may_write_library(somebody).code == "not_the_specialist"


def test_a_first_version_may_begin_in_the_past(versions, specialist):
    _published, first = versions

    assert may_publish(specialist, first, None, TODAY - timedelta(days=400))


@pytest.mark.parametrize(
    ("starts_in", "code"), [(-500, "later_version"), (-1, "day_has_passed"), (0, ""), (9, "")]
)
def test_a_version_that_replaces_another_begins_today_or_later(starts_in, code, specialist):
    before = CompetencyFactory(starts_on=TODAY - timedelta(days=400)).versions.get()
    second = CompetencyVersionFactory(competency=before.competency, number=2, in_writing=True)

    verdict = may_publish(specialist, second, before, TODAY + timedelta(days=starts_in))

    assert verdict.code == code


def test_what_never_was_published_is_not_retired(specialist):
    competency = CompetencyVersionFactory(in_writing=True).competency

    assert may_retire(specialist, competency).code == "never_published"
    assert may_retire(specialist, Competency.objects.get()).code == "never_published"
