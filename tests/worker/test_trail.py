import csv
import io
import json

import pytest
from django.core.files.storage import default_storage

from evenhand.audit.kinds import EXPORT, VERIFICATION
from evenhand.audit.models import Entry
from evenhand.audit.queries import Search
from evenhand.audit.sealing import seal_entries
from evenhand.jobs.kinds import JobState
from evenhand.jobs.performing import perform_now
from evenhand.kernel.acting import Role
from tests.factories.access import RoleGrantFactory
from tests.factories.audit import MORNING, EntryFactory
from tests.factories.jobs import JobFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor():
    return RoleGrantFactory(role=Role.AUDITOR).person


def performed(kind, person, **arguments):
    job = JobFactory(kind=kind, asked_by_id=person.pk, arguments=arguments)
    return perform_now(job.pk, lambda: MORNING.replace(year=2027))


def exported(person, search=None, format="csv"):  # noqa: A002
    search = (search or Search()).as_arguments()
    job = performed(EXPORT, person, search=search, format=format)
    with default_storage.open(job.result_file) as file:
        return job, file.read().decode()


def test_a_whole_trail_is_verified(auditor):
    EntryFactory.create_batch(3)
    seal_entries()

    job = performed(VERIFICATION, auditor)

    assert (job.state, job.result["sealed"], job.result["damage"]) == (JobState.DONE, 3, "")
    assert Entry.objects.filter(code="audit.verified", details__whole=True).exists()


def test_who_is_no_auditor_any_more_gets_nothing(auditor):
    auditor.role_grants.all().delete()

    for kind in (VERIFICATION, EXPORT):
        arguments = {"format": "csv", "search": Search().as_arguments()}
        assert performed(kind, auditor, **arguments).state == JobState.FAILED


def test_found_entries_are_written_newest_first(auditor):
    first, second = EntryFactory.create_batch(2, code="review.reopened")
    EntryFactory(code="review.submitted")
    seal_entries()

    job, text = exported(auditor, Search(code="review.reopened"), format="jsonl")

    rows = [json.loads(line) for line in text.splitlines()]
    assert [row["id"] for row in rows] == [second.pk, first.pk]
    assert [row["position"] for row in rows] == [2, 1]
    assert job.result == {"entries": 2}
    assert job.result_file.endswith("audit-trail.jsonl")


def test_a_spreadsheet_takes_no_cell_for_a_formula(auditor):
    EntryFactory(about_name='=HYPERLINK("http://x")', details={"weight": 3})

    _job, text = exported(auditor)

    row = next(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))
    assert row["about_name"] == '\'=HYPERLINK("http://x")'
    assert row["details"] == '{"weight": 3}'
    assert row["digest"] == ""


def test_an_empty_export_still_has_a_file(auditor):
    job, text = exported(auditor, Search(code="nothing.like.it"))

    assert (job.state, text) == (JobState.DONE, "")
