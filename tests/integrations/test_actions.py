from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from evenhand.audit.models import Entry
from evenhand.integrations import uploads
from evenhand.integrations.actions import (
    Chosen,
    ask_for_import,
    ask_for_plan,
    bring_file,
    choose_columns,
    discard_import,
    remove_mapping,
    rename_mapping,
    save_mapping,
)
from evenhand.integrations.importing import Source
from evenhand.integrations.kinds import ImportState
from evenhand.integrations.models import PeopleImport, SavedMapping
from evenhand.integrations.people_files.mapping import Mapping
from evenhand.integrations.people_files.reading import read_table
from evenhand.jobs.actions import cancel_job, retry_job
from evenhand.jobs.kinds import JobState
from evenhand.jobs.performing import perform_now
from evenhand.kernel.acting import Role
from evenhand.kernel.verdict import Refused
from evenhand.people.columns import Field
from evenhand.people.models import Person
from tests.factories.access import acting, with_role
from tests.factories.people import PersonFactory
from tests.integrations.files import csv_of

pytestmark = pytest.mark.django_db

HEADER = ["Employee ID", "Name", "Department", "Hire date", "Race"]
ADA = ["1", "Lund, Ada", "Labs", "2015-02-28", "Martian"]
ON_DISK = "imports"


@pytest.fixture
def by():
    return with_role(Role.SPECIALIST)


@pytest.fixture
def at():
    return timezone.now()


def brought(by, at, *rows):
    source = Source("people.csv", csv_of(HEADER, *(rows or [ADA])))
    return bring_file(source, read_table(source.raw), by=by, at=at)


def planned(by, at):
    found = brought(by, at)
    perform_now(ask_for_plan(found, "/there/", by=by, at=at).pk, timezone.now)
    found.refresh_from_db()
    return found


class TestTheFile:
    def test_it_lies_sealed_under_a_name_nobody_can_guess(self, by, at):
        found = brought(by, at)

        stored = Path(default_storage.path(found.file)).read_bytes()
        assert b"Ada" not in stored
        assert b"Martian" not in stored
        assert len(Path(found.file).name) >= 32
        assert uploads.content(found.file) == csv_of(HEADER, ADA)
        assert "people" not in found.file

    def test_it_is_deleted_when_the_import_is_applied(
        self, by, at, django_capture_on_commit_callbacks
    ):
        found = planned(by, at)
        with django_capture_on_commit_callbacks(execute=True):
            perform_now(ask_for_import(found, "/there/", by=by, at=at).pk, timezone.now)

        assert not default_storage.exists(found.file)

    def test_it_is_deleted_when_the_import_is_discarded(
        self, by, at, django_capture_on_commit_callbacks
    ):
        found = planned(by, at)
        with django_capture_on_commit_callbacks(execute=True):
            discard_import(found, by=by, at=at)

        assert not default_storage.exists(found.file)
        assert Entry.objects.filter(code="people_file.discarded").exists()

    def test_a_source_never_prints_what_is_in_it(self):
        assert "Martian" not in repr(Source("people.csv", b"Martian"))


class TestTheJobs:
    def test_they_lead_back_to_the_page_and_keep_what_they_did(self, by, at):
        found = planned(by, at)
        job = perform_now(ask_for_import(found, "/there/", by=by, at=at).pk, timezone.now)

        assert (job.state, job.result) == (JobState.DONE, {"url": "/there/"})
        found.refresh_from_db()
        assert found.state == ImportState.APPLIED
        details = Entry.objects.get(code="people.imported").details
        assert (details["added"], details["digest"]) == (1, found.digest)

    def test_a_plan_that_no_longer_holds_is_not_applied_not_even_by_trying_again(self, by, at):
        found = planned(by, at)
        PersonFactory(number="1", given_name="Ada", family_name="Lund")

        job = perform_now(ask_for_import(found, "/there/", by=by, at=at).pk, timezone.now)

        assert "People have changed since" in job.problem
        found.refresh_from_db()
        assert (found.state, found.counts["added"]) == (ImportState.PLANNED, 0)
        found.state = ImportState.APPLYING
        found.save()
        assert perform_now(retry_job(job, by=by, at=at).pk, timezone.now).state == JobState.FAILED
        assert not Entry.objects.filter(code="people.imported").exists()

    def test_a_job_that_died_after_the_commit_has_nothing_left_to_do(self, by, at):
        found = planned(by, at)
        job = ask_for_import(found, "/there/", by=by, at=at)
        perform_now(job.pk, timezone.now)
        type(job).objects.filter(pk=job.pk).update(state=JobState.WAITING, ended_at=None)

        assert perform_now(job.pk, timezone.now).state == JobState.DONE
        assert Entry.objects.filter(code="people.imported").count() == 1

    def test_a_cancelled_one_lets_go_of_the_import(self, by, at):
        found = brought(by, at)
        cancel_job(ask_for_plan(found, "/there/", by=by, at=at), by=by, at=at)

        assert ask_for_plan(PeopleImport.objects.get(pk=found.pk), "/there/", by=by, at=at)

    def test_who_is_no_longer_specialist_applies_nothing(self, by, at):
        found = planned(by, at)
        job = ask_for_import(found, "/there/", by=by, at=at)
        Person.objects.get(pk=by.person_id).role_grants.all().delete()

        assert perform_now(job.pk, timezone.now).state == JobState.FAILED
        assert not Person.objects.filter(number="1").exists()


class TestColumns:
    def test_they_are_not_ready_while_a_question_is_open(self, by, at):
        found = brought(by, at, [*ADA[:3], "03/04/2020", ""])
        mapping = Mapping.from_json(found.mapping)

        assert not choose_columns(found, Chosen(mapping), by=by)
        found.refresh_from_db()
        [question] = found.seen["questions"]
        answers = {question["key"]: "day/month/year"}
        assert choose_columns(found, Chosen(mapping, answers), by=by)

    def test_what_is_kept_of_them_holds_nothing_protected(self, by, at):
        assert "Martian" not in repr(brought(by, at).seen)


class TestMappings:
    MAPPING = Mapping({"Employee ID": Field.NUMBER})

    def test_the_same_name_again_takes_its_place(self, by, at):
        save_mapping("Monthly", Mapping({"No": Field.NUMBER}), by=by, at=at)
        save_mapping("Monthly", self.MAPPING, by=by, at=at)

        assert SavedMapping.objects.get().mapping == self.MAPPING.as_json()

    def test_names_are_not_given_twice_and_deeds_are_on_record(self, by, at):
        first = save_mapping("Monthly", self.MAPPING, by=by, at=at)
        save_mapping("Yearly", self.MAPPING, by=by, at=at)

        with pytest.raises(Refused):
            rename_mapping(first, "Yearly", by=by, at=at)
        rename_mapping(first, "Weekly", by=by, at=at)
        remove_mapping(first, by=by, at=at)

        codes = set(Entry.objects.values_list("code", flat=True))
        assert {"mapping.saved", "mapping.renamed", "mapping.removed"} <= codes

    def test_nobody_else_keeps_any(self, at):
        with pytest.raises(Refused):
            save_mapping("Monthly", self.MAPPING, by=acting(PersonFactory()), at=at)
