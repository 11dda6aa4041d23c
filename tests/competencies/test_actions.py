from datetime import UTC, date, datetime, timedelta

import pytest

from evenhand.audit.models import Entry
from evenhand.competencies.actions import (
    change_version,
    discard_version,
    publish_version,
    retire_competency,
    write_competency,
    write_next_version,
)
from evenhand.competencies.models import Anchor, Competency, CompetencyVersion
from evenhand.competencies.parts import CompetencyPart, LevelPart
from evenhand.competencies.publishing import Beginning
from evenhand.competencies.reading import competency_part
from evenhand.kernel.acting import Role
from evenhand.kernel.periods import FOREVER
from evenhand.kernel.verdict import Refused
from tests.factories.access import TODAY, with_role
from tests.factories.competencies import CompetencyFactory, ModelFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
LEVELS = tuple(
    LevelPart(value, f"Level {value}", "", (f"Writes {value} notes for a meeting.",))
    for value in (1, 2, 3, 4, 5)
)
LISTENING = CompetencyPart("Listening", definition="Takes in what others say.", levels=LEVELS)


@pytest.fixture
def specialist():
    return with_role(Role.SPECIALIST)


@pytest.fixture
def written(specialist):
    return write_competency(LISTENING, by=specialist, at=NOW)


def test_a_competency_is_written_with_levels_and_anchors_in_order(written):
    assert competency_part(written) == LISTENING
    assert written.number == 1
    assert not written.is_published
    assert written.competency.code == "listening"


def test_names_alike_get_codes_of_their_own(written, specialist):
    another = write_competency(LISTENING, by=specialist, at=NOW)

    assert another.competency.code == "listening-2"


def test_a_code_is_given_once(written, specialist):
    with pytest.raises(Refused, match="code_taken"):
        write_competency(LISTENING, code="listening", by=specialist, at=NOW)


def test_a_version_in_writing_is_changed_whole(written, specialist):
    shorter = CompetencyPart("Hearing", levels=LEVELS[:4], questions=("What did you hear?",))

    changed = change_version(written, shorter, by=specialist, at=NOW + timedelta(minutes=1))

    assert competency_part(changed) == shorter
    assert Anchor.objects.count() == 4


def test_a_change_made_on_an_older_reading_is_refused(written, specialist):
    seen = written.written_at
    change_version(written, LISTENING, seen_at=seen, by=specialist, at=NOW + timedelta(minutes=1))

    with pytest.raises(Refused, match="changed_meanwhile"):
        change_version(written, LISTENING, seen_at=seen, by=specialist, at=NOW)


def test_a_version_counts_from_the_day_it_is_published_for(written, specialist):
    published = publish_version(written, Beginning(TODAY), by=specialist, at=NOW)

    assert (published.starts_on, published.ends_on) == (TODAY, FOREVER)
    assert list(CompetencyVersion.objects.in_force(TODAY)) == [published]
    assert not CompetencyVersion.objects.in_force(TODAY - timedelta(days=1)).exists()


def test_publishing_ends_the_version_before_on_that_day(written, specialist):
    first = publish_version(written, Beginning(TODAY), by=specialist, at=NOW)
    second = write_next_version(first.competency, by=specialist, at=NOW)
    starts_on = date(2027, 1, 1)

    publish_version(second, Beginning(starts_on, "Clearer words"), by=specialist, at=NOW)

    first.refresh_from_db()
    second.refresh_from_db()
    assert first.ends_on == second.starts_on == starts_on
    assert second.reason == "Clearer words"
    assert list(CompetencyVersion.objects.in_force(date(2026, 12, 31))) == [first]
    assert list(CompetencyVersion.objects.in_force(starts_on)) == [second]


def test_a_version_for_a_later_day_can_be_replaced_from_its_first_day_on(written, specialist):
    publish_version(written, Beginning(TODAY), by=specialist, at=NOW)
    planned = write_next_version(written.competency, by=specialist, at=NOW)
    publish_version(planned, Beginning(date(2027, 1, 1)), by=specialist, at=NOW)
    better = write_next_version(written.competency, by=specialist, at=NOW)

    with pytest.raises(Refused, match="later_version"):
        publish_version(better, Beginning(date(2026, 12, 1)), by=specialist, at=NOW)
    publish_version(better, Beginning(date(2027, 1, 1)), by=specialist, at=NOW)

    found = [CompetencyVersion.objects.in_force(date(2027, 1, 1)).get().number]
    found.append(CompetencyVersion.objects.in_force(date(2026, 12, 31)).get().number)
    assert found == [3, 1]


def test_what_people_work_with_is_not_replaced_in_the_past(written, specialist):
    publish_version(written, Beginning(date(2026, 1, 1)), by=specialist, at=NOW)
    second = write_next_version(written.competency, by=specialist, at=NOW)

    with pytest.raises(Refused, match="day_has_passed"):
        publish_version(second, Beginning(TODAY - timedelta(days=1)), by=specialist, at=NOW)


def test_nothing_published_is_changed_or_thrown_away(written, specialist):
    publish_version(written, Beginning(TODAY), by=specialist, at=NOW)

    for change in (
        lambda: change_version(written, LISTENING, by=specialist, at=NOW),
        lambda: discard_version(written, by=specialist, at=NOW),
        lambda: publish_version(written, Beginning(TODAY), by=specialist, at=NOW),
    ):
        with pytest.raises(Refused, match="version_published"):
            change()


def test_an_unfinished_version_is_not_published_and_the_refusal_says_why(specialist):
    unfinished = write_competency(CompetencyPart("Listening"), by=specialist, at=NOW)

    with pytest.raises(Refused) as refused:
        publish_version(unfinished, Beginning(TODAY), by=specialist, at=NOW)

    assert "definition is missing" in refused.value.verdict.reason
    assert "four of the five levels" in refused.value.verdict.reason


def test_no_level_goes_that_a_model_in_force_expects(specialist):
    model = ModelFactory(name="Engineers", requirements={"listening": (5, 100)})
    second = write_next_version(
        model.requirements.get().competency,
        part=CompetencyPart("Listening", definition="Hears.", levels=LEVELS[:4]),
        by=specialist,
        at=NOW,
    )

    with pytest.raises(Refused) as refused:
        publish_version(second, Beginning(TODAY), by=specialist, at=NOW)

    assert "“Engineers” expects level 5" in refused.value.verdict.reason


def test_one_version_is_in_writing_at_a_time(written, specialist):
    assert write_next_version(written.competency, by=specialist, at=NOW) == written
    publish_version(written, Beginning(TODAY), by=specialist, at=NOW)

    second = write_next_version(written.competency, by=specialist, at=NOW)

    assert second.number == 2
    assert competency_part(second) == LISTENING
    assert write_next_version(written.competency, by=specialist, at=NOW) == second


def test_a_competency_that_never_was_published_goes_with_its_version(written, specialist):
    discard_version(written, by=specialist, at=NOW)

    assert not Competency.objects.exists()


def test_throwing_a_new_version_away_leaves_the_published_one(written, specialist):
    publish_version(written, Beginning(TODAY), by=specialist, at=NOW)
    second = write_next_version(written.competency, by=specialist, at=NOW)

    discard_version(second, by=specialist, at=NOW)

    assert list(CompetencyVersion.objects.all()) == [written]


def test_a_competency_that_a_model_asks_for_stays_when_its_version_goes(written, specialist):
    ModelFactory(requirements={"listening": (3, 100)}, in_writing=True)

    discard_version(written, by=specialist, at=NOW)

    assert Competency.objects.filter(code="listening").exists()


def test_a_competency_is_retired_and_brought_back(specialist):
    competency = CompetencyFactory()

    retired = retire_competency(competency, is_retired=True, by=specialist, at=NOW)
    retire_competency(competency, is_retired=True, by=specialist, at=NOW)
    assert retired.retired_at == NOW
    with pytest.raises(Refused, match="retired"):
        write_next_version(competency, by=specialist, at=NOW)

    back = retire_competency(competency, is_retired=False, by=specialist, at=NOW)
    assert back.retired_at is None
    codes = Entry.objects.values_list("code", flat=True).order_by("pk")
    assert list(codes) == ["competency.retired", "competency.brought_back"]


@pytest.mark.parametrize("role", [Role.HR_PARTNER, Role.EXECUTIVE, Role.AUDITOR])
def test_others_write_nothing(written, role):
    somebody = with_role(role)

    for change in (
        lambda: write_competency(LISTENING, by=somebody, at=NOW),
        lambda: change_version(written, LISTENING, by=somebody, at=NOW),
        lambda: publish_version(written, Beginning(TODAY), by=somebody, at=NOW),
        lambda: discard_version(written, by=somebody, at=NOW),
        lambda: write_next_version(written.competency, by=somebody, at=NOW),
        lambda: retire_competency(written.competency, is_retired=True, by=somebody, at=NOW),
    ):
        with pytest.raises(Refused, match="not_the_specialist"):
            change()


def test_every_step_stands_in_the_audit_trail(written, specialist):
    change_version(written, LISTENING, by=specialist, at=NOW)
    publish_version(written, Beginning(TODAY), by=specialist, at=NOW)
    second = write_next_version(written.competency, by=specialist, at=NOW)
    discard_version(second, by=specialist, at=NOW)

    assert list(Entry.objects.order_by("pk").values_list("code", flat=True)) == [
        "competency.written",
        "competency.changed",
        "competency.published",
        "competency.version_written",
        "competency.version_discarded",
    ]
