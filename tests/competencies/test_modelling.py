from datetime import UTC, date, datetime, timedelta

import pytest

from evenhand.competencies.modelling import (
    change_model_version,
    discard_model_version,
    publish_model_version,
    retire_model,
    write_model,
    write_next_model_version,
)
from evenhand.competencies.models import CompetencyModel, ModelVersion
from evenhand.competencies.parts import ModelPart, RequirementPart
from evenhand.competencies.publishing import Beginning
from evenhand.competencies.queries import model_for
from evenhand.competencies.reading import model_part
from evenhand.kernel.acting import Role
from evenhand.kernel.verdict import Refused
from tests.factories.access import TODAY, with_role
from tests.factories.competencies import CompetencyFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
WELDER = ModelPart(
    "Welder",
    job_family="Manufacturing",
    grades=("2", "3"),
    requirements=(
        RequirementPart("safety", 4, 50),
        RequirementPart("craft", 3, 30),
        RequirementPart("learning", 2, 20),
    ),
)


@pytest.fixture(autouse=True)
def library():
    return [CompetencyFactory(code=code) for code in ("safety", "craft", "learning")]


@pytest.fixture
def specialist():
    return with_role(Role.SPECIALIST)


@pytest.fixture
def written(specialist):
    return write_model(WELDER, by=specialist, at=NOW)


def test_a_model_is_written_with_its_requirements_in_order(written):
    assert model_part(written) == WELDER
    assert written.model.code == "welder"


def test_a_model_counts_from_the_day_it_is_published_for(written, specialist):
    publish_model_version(written, Beginning(date(2027, 1, 1)), by=specialist, at=NOW)

    assert model_for("Manufacturing", "", "2", date(2026, 12, 31)) is None
    assert model_for("Manufacturing", "", "2", date(2027, 1, 1)) == written


def test_publishing_ends_the_version_before_on_that_day(written, specialist):
    publish_model_version(written, Beginning(TODAY), by=specialist, at=NOW)
    second = write_next_model_version(written.model, by=specialist, at=NOW)
    publish_model_version(second, Beginning(date(2027, 1, 1)), by=specialist, at=NOW)

    written.refresh_from_db()
    assert written.ends_on == date(2027, 1, 1)
    assert model_for("Manufacturing", "", "2", date(2027, 1, 1)) == second


@pytest.mark.parametrize(
    ("requirements", "words"),
    [
        ((("safety", 4, 50), ("craft", 3, 50)), "3 to 7 competencies"),
        ((("safety", 4, 50), ("craft", 3, 30), ("learning", 2, 19)), "sum to 99"),
        ((("safety", 4, 50), ("craft", 3, 30), ("future", 2, 20)), "not in force"),
        ((("safety", 4, 50), ("craft", 3, 30), ("retired", 2, 20)), "has been retired"),
        ((("safety", 4, 50), ("craft", 3, 30), ("small", 5, 20)), "does not have level 5"),
    ],
)
def test_an_unready_model_is_not_published_and_the_refusal_says_why(
    requirements, words, specialist
):
    CompetencyFactory(code="future", starts_on=TODAY + timedelta(days=1))
    CompetencyFactory(code="retired", retired_at=NOW)
    CompetencyFactory(code="small", levels=(1, 2, 3, 4))
    part = ModelPart("Welder", requirements=tuple(RequirementPart(*row) for row in requirements))
    version = write_model(part, by=specialist, at=NOW)

    with pytest.raises(Refused) as refused:
        publish_model_version(version, Beginning(TODAY), by=specialist, at=NOW)

    assert words in refused.value.verdict.reason


def test_a_competency_stands_in_a_model_once(specialist):
    twice = ModelPart("Welder", requirements=(RequirementPart("safety", 1, 50),) * 2)

    with pytest.raises(Refused, match="competency_twice"):
        write_model(twice, by=specialist, at=NOW)
    assert not CompetencyModel.objects.exists()


def test_a_model_asks_only_for_what_is_in_the_library(specialist):
    unknown = ModelPart("Welder", requirements=(RequirementPart("magic", 1, 50),))

    with pytest.raises(Refused, match="unknown_competency"):
        write_model(unknown, by=specialist, at=NOW)


def test_a_version_in_writing_is_changed_whole(written, specialist):
    other = ModelPart("Seller", title="Seller", requirements=WELDER.requirements[::-1])

    changed = change_model_version(written, other, by=specialist, at=NOW + timedelta(minutes=1))

    assert model_part(changed) == other


def test_a_change_made_on_an_older_reading_is_refused(written, specialist):
    later = NOW + timedelta(minutes=1)
    change_model_version(written, WELDER, seen_at=NOW, by=specialist, at=later)

    with pytest.raises(Refused, match="changed_meanwhile"):
        change_model_version(written, WELDER, seen_at=NOW, by=specialist, at=later)


def test_nothing_published_is_changed_or_thrown_away(written, specialist):
    publish_model_version(written, Beginning(TODAY), by=specialist, at=NOW)

    for change in (
        lambda: change_model_version(written, WELDER, by=specialist, at=NOW),
        lambda: discard_model_version(written, by=specialist, at=NOW),
    ):
        with pytest.raises(Refused, match="version_published"):
            change()


def test_one_version_is_in_writing_at_a_time(written, specialist):
    assert write_next_model_version(written.model, by=specialist, at=NOW) == written


def test_a_model_that_never_was_published_goes_with_its_version(written, specialist):
    discard_model_version(written, by=specialist, at=NOW)

    assert not CompetencyModel.objects.exists()


def test_a_retired_model_counts_for_nobody_until_it_is_brought_back(written, specialist):
    publish_model_version(written, Beginning(date(2026, 1, 1)), by=specialist, at=NOW)

    retire_model(written.model, is_retired=True, by=specialist, at=NOW)
    assert model_for("Manufacturing", "", "2", TODAY) is None

    retire_model(written.model, is_retired=False, by=specialist, at=NOW)
    assert model_for("Manufacturing", "", "2", TODAY) == written


def test_others_write_no_models(written):
    executive = with_role(Role.EXECUTIVE)

    for change in (
        lambda: write_model(WELDER, by=executive, at=NOW),
        lambda: change_model_version(written, WELDER, by=executive, at=NOW),
        lambda: publish_model_version(written, Beginning(TODAY), by=executive, at=NOW),
        lambda: discard_model_version(written, by=executive, at=NOW),
        lambda: write_next_model_version(written.model, by=executive, at=NOW),
        lambda: retire_model(written.model, is_retired=True, by=executive, at=NOW),
    ):
        with pytest.raises(Refused, match="not_the_specialist"):
            change()
    assert ModelVersion.objects.count() == 1
