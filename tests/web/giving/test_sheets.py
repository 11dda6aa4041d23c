import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from evenhand.audit.models import Entry
from evenhand.goals.kinds import GoalState
from evenhand.goals.models import Goal, GoalSheet
from evenhand.goals.sheets import COLUMNS
from tests.factories.access import AccountFactory
from tests.factories.goals import GoalFactory
from tests.factories.people import PersonFactory
from tests.factories.sheets import filled

pytestmark = pytest.mark.django_db

SHEETS = "/goals/sheets/"


@pytest.fixture
def person(client):
    person = PersonFactory()
    client.force_login(AccountFactory(person=person))
    return person


def text(response):
    return response.content.decode()


def file_of(*rows):
    written = io.StringIO()
    writer = csv.DictWriter(written, [column.name for column in COLUMNS])
    writer.writerow({column.name: str(column.label) for column in COLUMNS})
    writer.writerows(rows)
    return SimpleUploadedFile("goals.csv", written.getvalue().encode())


def bring(client, *rows):
    return client.post(f"{SHEETS}new/", {"file": file_of(*rows)}, follow=True)


def test_an_empty_sheet_is_taken_filled_in_looked_at_and_taken_over(client, person):
    assert "Take an empty sheet" in text(client.get(SHEETS))
    empty = client.get(f"{SHEETS}empty/")
    assert b"".join(empty.streaming_content).startswith(b"PK")

    page = bring(client, filled(person))
    assert "What it would make" in text(page)
    assert not Goal.objects.exists()

    url = page.request["PATH_INFO"]
    page = text(client.post(f"{url}taking/", {"as_what": "drafts"}, follow=True))
    assert "1 goal came from this sheet" in page
    assert Goal.objects.get().state == GoalState.DRAFT


def test_goals_are_proposed_with_a_sentence(client, person):
    PersonFactory(manager=person, number="R1")
    url = bring(client, filled(person)).request["PATH_INFO"]

    refused = client.post(f"{url}taking/", {"as_what": "proposals", "sentence": " "})
    assert refused.status_code == 422

    client.post(f"{url}taking/", {"as_what": "proposals", "sentence": "I will."})
    assert Goal.objects.get().state == GoalState.PROPOSED


def test_problems_are_told_by_row_and_column_and_nothing_can_be_taken_over(client, person):
    page = text(bring(client, filled(person, target="ninety")))

    assert "This is not a number" in page
    assert "Target" in page
    assert "Take over all of them" not in page


def test_a_file_that_is_no_table_is_told_so(client, person):
    broken = SimpleUploadedFile("goals.xlsx", b"PK\x03\x04broken")

    answer = client.post(f"{SHEETS}new/", {"file": broken})

    assert answer.status_code == 422
    assert not GoalSheet.objects.exists()


def test_a_sheet_without_rows_says_what_is_missing(client, person):
    answer = bring(client)

    assert "no rows below them" in text(answer)


def test_a_sheet_is_put_away(client, person):
    url = bring(client, filled(person)).request["PATH_INFO"]

    assert "The sheet is put away" in text(client.post(f"{url}removal/", follow=True))


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_goals_are_taken_as_a_file_and_that_is_on_record(client, person, kind):
    goal = GoalFactory(owner=person)

    answer = client.get("/goals/file/", {"kind_of_file": kind, "whose": "own"})

    content = b"".join(answer.streaming_content)
    assert content.startswith(b"PK") or goal.outcome.encode() in content
    entry = Entry.objects.get(code="goals.exported")
    assert entry.details == {"whose": "own", "state": "", "goals": 1}


def test_others_do_not_find_a_sheet(client, person):
    url = bring(client, filled(person)).request["PATH_INFO"]
    client.force_login(AccountFactory())

    assert client.get(url).status_code == 404
    assert client.post(f"{url}taking/").status_code == 404
