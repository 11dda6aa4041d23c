from datetime import UTC, date, datetime

import pytest
from django.core.files.storage import default_storage

from evenhand.goals import sources
from evenhand.goals.actions import bringing_files
from evenhand.goals.actions.bringing_files import (
    ValuesUpload,
    ask_for_look,
    ask_to_take,
    bring_values_file,
    give_up_values_file,
    look_at_values_file,
    take_values_file,
)
from evenhand.goals.kinds import VALUES_FILE_TRANSITIONS, ValuesFileState
from evenhand.goals.models import CheckIn, ValuesFile
from evenhand.jobs.kinds import JobState
from evenhand.jobs.performing import perform_now
from evenhand.kernel.verdict import Refused
from tests.factories.access import acting, with_role
from tests.factories.check_ins import agreed_goal, checked_in
from tests.factories.sources import DataSourceFactory, fed

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
FILE = "key,day,value\nsales,2026-05-31,42\nnobody,2026-05-31,1\nsales,never,2\n"


@pytest.fixture
def source():
    source = DataSourceFactory()
    fed(source, agreed_goal(owner=source.owner), "sales")
    return source


@pytest.fixture
def brought(source):
    upload = ValuesUpload("May.csv", FILE.encode(), 3)
    return bring_values_file(source, upload, by=acting(source.owner), at=NOW)


def refused(verdict):
    return pytest.raises(Refused, match=f"^{verdict.code}$")


def look(brought):
    look_at_values_file(brought, by=acting(brought.source.owner), at=NOW)
    return ValuesFile.objects.get(pk=brought.pk)


def take(brought):
    by = acting(brought.source.owner)
    ask_to_take(brought, "/there/", by=by, at=NOW)
    take_values_file(brought, by=by, at=NOW)
    return ValuesFile.objects.get(pk=brought.pk)


def test_every_state_of_a_file_leads_on_or_is_an_end():
    assert set(VALUES_FILE_TRANSITIONS) == set(ValuesFileState)
    ends = {state for state, following in VALUES_FILE_TRANSITIONS.items() if not following}
    assert ends == {ValuesFileState.TAKEN, ValuesFileState.GIVEN_UP}


def test_a_look_says_what_would_change_and_what_is_wrong_and_keeps_no_value(brought):
    seen = look(brought)

    assert seen.state == ValuesFileState.LOOKED_AT
    assert seen.counts == {"new": 1, "corrected": 0, "same": 0, "feeds": 0, "problems": 2}
    assert [(p["row"], p["code"]) for p in seen.problems] == [(3, "unknown_key"), (4, "odd_day")]
    assert not CheckIn.objects.exists()


def test_what_was_shown_is_taken_over_without_what_is_wrong_and_the_file_is_deleted(
    brought, django_capture_on_commit_callbacks
):
    look(brought)

    with django_capture_on_commit_callbacks(execute=True):
        taken = take(brought)

    assert taken.state == ValuesFileState.TAKEN
    assert CheckIn.objects.get().origin == "file"
    assert taken.stored_as == ""
    assert not default_storage.exists(brought.stored_as)


def test_what_has_changed_since_is_shown_again_and_nothing_is_taken(brought):
    look(brought)
    goal = brought.source.feeds.get().goal
    checked_in(goal, 41, on=date(2026, 5, 31), source=brought.source)

    again = take(brought)

    assert again.state == ValuesFileState.LOOKED_AT
    assert again.counts["corrected"] == 1
    assert CheckIn.objects.count() == 1
    assert take(brought).state == ValuesFileState.TAKEN


def test_taking_twice_takes_once(brought):
    look(brought)
    take(brought)

    take_values_file(brought, by=acting(brought.source.owner), at=NOW)

    assert CheckIn.objects.count() == 1


def test_a_file_is_taken_only_after_a_look_and_with_something_in_it(source):
    by = acting(source.owner)
    upload = ValuesUpload("May.csv", b"key,day,value\nnobody,2026-05-31,1\n", 1)
    brought = bring_values_file(source, upload, by=by, at=NOW)

    with refused(bringing_files.CHANGED_SINCE):
        ask_to_take(brought, "/there/", by=by, at=NOW)
    look(brought)
    with refused(bringing_files.NOTHING_TO_TAKE):
        ask_to_take(brought, "/there/", by=by, at=NOW)


def test_a_file_given_up_is_gone_and_stays_so(brought, django_capture_on_commit_callbacks):
    by = acting(brought.source.owner)
    with django_capture_on_commit_callbacks(execute=True):
        give_up_values_file(brought, by=by, at=NOW)

    assert not default_storage.exists(brought.stored_as)
    for act in (ask_for_look, ask_to_take):
        with refused(bringing_files.OVER):
            act(brought, "/there/", by=by, at=NOW)


def test_only_the_owner_of_the_source_brings_and_takes(brought):
    specialist = with_role("specialist")

    with refused(sources.NOT_YOUR_SOURCE):
        look_at_values_file(brought, by=specialist, at=NOW)
    with refused(sources.NOT_YOUR_SOURCE):
        give_up_values_file(brought, by=specialist, at=NOW)


def test_jobs_look_and_take_and_lead_back(brought):
    by = acting(brought.source.owner)

    looked = perform_now(ask_for_look(brought, "/there/", by=by, at=NOW).pk, lambda: NOW)
    taken = perform_now(ask_to_take(brought, "/there/", by=by, at=NOW).pk, lambda: NOW)

    assert (looked.state, taken.state) == (JobState.DONE, JobState.DONE)
    assert taken.result == {"url": "/there/"}
    assert CheckIn.objects.count() == 1
