import pytest
from django.urls import reverse

from evenhand.audit.kinds import EXPORT, VERIFICATION
from evenhand.audit.sealing import seal_entries
from evenhand.jobs.models import Job
from evenhand.kernel.acting import Role
from tests.factories.access import AccountFactory, RoleGrantFactory
from tests.factories.audit import MORNING, EntryFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

PAGES = ("audit", "audit_trail:verification")


@pytest.fixture
def auditor(client):
    account = AccountFactory()
    RoleGrantFactory(person=account.person, role=Role.AUDITOR)
    client.force_login(account)
    return account.person


def found(client, **search):
    return client.get(reverse("audit"), search).content.decode()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.AUDITOR])
def test_to_anybody_else_the_trail_does_not_exist(client, role):
    account = AccountFactory()
    RoleGrantFactory(person=account.person, role=role)
    client.force_login(account)
    entry = EntryFactory(by_id=account.person.pk)

    for name in PAGES:
        assert client.get(reverse(name)).status_code == 404
    assert client.get(reverse("audit_trail:entry", args=[entry.pk])).status_code == 404
    for name in ("export", "verification"):
        assert client.post(reverse(f"audit_trail:{name}")).status_code == 404
    assert not Job.objects.exists()


@pytest.mark.usefixtures("auditor")
def test_entries_are_said_in_plain_words(client):
    EntryFactory(delegate_name="Ben Okri")

    page = found(client)

    assert "<b>Ada Lovelace</b> submitted a review" in page
    assert "through Ben Okri" in page


@pytest.mark.usefixtures("auditor")
@pytest.mark.parametrize(
    "search",
    [
        {"code": "cycle.launched"},
        {"about": "cycles.cycle"},
        {"about": "cycles.cycle", "about_id": "7"},
        {"named": "annual"},
        {"since": "2026-03-05"},
        {"since": "2026-03-05", "until": "2026-03-05"},
        {"who": "okri"},
    ],
)
def test_entries_are_found(client, search):
    ben = PersonFactory(given_name="Ben", family_name="Okri")
    EntryFactory(at=MORNING, about_name="Not this one")
    EntryFactory(
        code="cycle.launched",
        about="cycles.cycle",
        about_id=7,
        about_name="Annual review",
        by_id=ben.pk,
        at=MORNING.replace(day=5, hour=23),
    )

    page = found(client, **search)

    assert "Annual review" in page
    assert "Not this one" not in page


@pytest.mark.usefixtures("auditor")
def test_what_a_delegate_typed_is_found_under_both_names(client):
    ben = PersonFactory(given_name="Ben", family_name="Okri")
    EntryFactory(delegate_id=ben.pk, delegate_name=ben.name)

    assert "Ada Lovelace" in found(client, who="Ben Okri")


@pytest.mark.usefixtures("auditor")
@pytest.mark.parametrize(
    "search",
    [
        {"since": "yesterday"},
        {"about_id": "x"},
        {"about_id": 10**30},
        {"code": "nothing"},
        {"named": "a\0b"},
        {"since": "0001-01-01", "until": "9999-12-31"},
    ],
)
def test_what_cannot_be_understood_is_said(client, search):
    EntryFactory()

    assert client.get(reverse("audit"), search).status_code == 200


@pytest.mark.usefixtures("auditor")
def test_long_trails_are_paged_without_counting(client, django_assert_max_num_queries):
    EntryFactory.create_batch(60)

    with django_assert_max_num_queries(10):
        page = found(client)

    assert page.count("<tr>") == 51
    assert "Older" in page


@pytest.mark.usefixtures("auditor")
def test_an_entry_shows_its_facts_and_its_place_in_the_chain(client):
    entry = EntryFactory(details={"former_author": 7, "reason_given": True})
    seal_entries()

    page = client.get(reverse("audit_trail:entry", args=[entry.pk])).content.decode()

    assert "Former author" in page
    assert "Digest up to here" in page


def test_a_file_of_what_was_found_is_made_as_a_job(client, auditor):
    EntryFactory()

    answer = client.post(
        reverse("audit_trail:export"), {"code": "review.submitted", "format": "jsonl"}
    )

    job = Job.objects.get(kind=EXPORT)
    assert answer.url == reverse("jobs:job", args=[job.pk])
    assert job.arguments["search"]["code"] == "review.submitted"
    assert job.arguments["format"] == "jsonl"


@pytest.mark.usefixtures("auditor")
def test_verification_is_asked_for_followed_and_read(client, django_capture_on_commit_callbacks):
    EntryFactory()
    seal_entries()
    url = reverse("audit_trail:verification")

    with django_capture_on_commit_callbacks(execute=True):
        client.post(url, {"head": "0" * 64})
    assert "It is whole" in client.get(url).content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        client.post(url, {"head": "f" * 64})
    assert "no longer holds the digest" in client.get(url).content.decode()
    assert Job.objects.filter(kind=VERIFICATION).count() == 2
