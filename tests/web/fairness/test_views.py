import json

import pytest
from django.utils import timezone

from evenhand.analytics.actions import ask_for_audit
from evenhand.analytics.kinds import Audience
from evenhand.analytics.models import RatingAudit
from evenhand.audit.models import Entry
from evenhand.jobs.kinds import JobState
from evenhand.jobs.models import Job
from evenhand.jobs.performing import perform_now
from evenhand.kernel.acting import Role
from evenhand.people.models import Person
from tests.factories.access import AccountFactory, RoleGrantFactory, acting
from tests.factories.analytics import RatingAuditFactory, add_rated, rated_cycle
from tests.factories.cycles import CycleFactory
from tests.factories.jobs import JobFactory
from tests.factories.people import PersonFactory
from tests.factories.reports import RATERS

pytestmark = pytest.mark.django_db


def sign_in(client, role=None):
    grant = RoleGrantFactory(role=role) if role else None
    person = grant.person if grant else PersonFactory()
    client.force_login(AccountFactory(person=person))
    return person


@pytest.fixture
def specialist(client):
    return sign_in(client, Role.SPECIALIST)


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_without_a_cycle_the_page_says_what_will_stand_here(client, specialist):
    assert "No cycle runs yet" in read(client, "/fairness/")


def test_a_cycle_that_nobody_looked_into_offers_it(client, specialist):
    CycleFactory(name="Annual 2026")

    page = read(client, "/fairness/")

    assert "Nobody has looked into the ratings of this cycle yet." in page
    assert "Look into this cycle" in page


def test_a_cycle_in_preparation_has_no_ratings_to_look_into(client, specialist):
    CycleFactory(name="Next year", draft=True)

    assert "Next year" not in read(client, "/fairness/")


def test_looking_into_a_cycle_ends_at_what_was_found(
    client, specialist, django_capture_on_commit_callbacks
):
    cycle = rated_cycle()

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(f"/fairness/cycles/{cycle.pk}/audits/", {"smallest": "5"})

    assert response.url == "/fairness/"
    audit = RatingAudit.objects.get(cycle=cycle)
    assert f'href="/fairness/{audit.pk}/"' in read(client, "/fairness/")
    assert f"The ratings of {cycle}" in read(client, f"/fairness/{audit.pk}/")
    job = read(client, f"/jobs/{audit.job_id}/")
    assert f'href="/fairness/{audit.pk}/"' in job
    assert "Read what was found" in job


def test_while_it_is_looked_into_the_page_shows_how_far_that_is(client, specialist):
    cycle = CycleFactory(name="Annual 2026")
    ask_for_audit(cycle, by=acting(specialist), at=timezone.now())

    page = read(client, "/fairness/")

    assert "Audit of the ratings of Annual 2026" in page
    assert "<progress" in page
    assert "Look into this cycle" not in page


def test_what_did_not_finish_says_why_and_can_be_asked_for_again(client, specialist):
    cycle = CycleFactory()
    asked = {"asked_by_id": specialist.pk, "arguments": {"cycle_id": cycle.pk}}
    why = "No manager review has been submitted."
    JobFactory(kind="analytics.audit", state=JobState.FAILED, problem=why, **asked)

    page = read(client, "/fairness/")

    assert why in page
    assert "Try again" in page
    assert "Look into this cycle" in page


def test_a_group_size_that_is_no_choice_is_asked_for_again(client, specialist):
    cycle = CycleFactory()

    response = client.post(f"/fairness/cycles/{cycle.pk}/audits/", {"smallest": "2"}, follow=True)

    assert "Choose how small a group may be" in response.content.decode()
    assert not Job.objects.exists()


def test_the_specialist_reads_about_raters_and_others_do_not(client, specialist):
    audit = RatingAuditFactory(audience="leaders")
    rater = RATERS[0][0]
    assert rater in read(client, f"/fairness/{audit.pk}/")

    for role in (Role.EXECUTIVE, Role.HR_PARTNER, Role.AUDITOR):
        sign_in(client, role)
        page = read(client, f"/fairness/{audit.pk}/")
        assert rater not in page
        assert "This is the summary." in page
        assert "Who reads this" not in page


def test_reading_about_raters_is_on_record_and_reading_a_summary_is_not(client, specialist):
    audit = RatingAuditFactory(audience="everybody")
    client.get(f"/fairness/{audit.pk}/")
    client.get(f"/fairness/{audit.pk}/")
    sign_in(client)
    client.get(f"/fairness/{audit.pk}/")

    assert Entry.objects.filter(code="rating_audit.read").count() == 1


@pytest.mark.parametrize("kind", ["html", "json", "xlsx", "pdf"])
def test_every_file_says_what_its_reader_may_see_and_is_on_record(client, kind):
    audit = RatingAuditFactory(audience="everybody")
    sign_in(client)

    response = client.get(f"/fairness/{audit.pk}/files/{kind}/")

    assert response["Content-Disposition"].endswith(f'.{kind}"')
    assert RATERS[0][0].encode() not in response.content
    assert Entry.objects.get(code="rating_audit.taken").details == {"kind": kind}


def test_numbers_for_machines_come_as_they_were_kept(client, specialist):
    audit = RatingAuditFactory()

    numbers = json.loads(client.get(f"/fairness/{audit.pk}/files/json/").content)

    assert numbers == json.loads(audit.numbers)


def test_who_reads_it_is_decided_and_taken_back(client, specialist):
    audit = RatingAuditFactory()
    address = f"/fairness/{audit.pk}/publication/"

    for audience in (Audience.EVERYBODY, Audience.SPECIALISTS):
        response = client.post(address, {"audience": audience}, follow=True)
        assert f"From now on: {audience.label}." in response.content.decode()

    assert audit.publications.count() == 2


def test_an_audit_of_a_handful_of_people_is_opened_to_nobody(client, specialist):
    audit = RatingAuditFactory(persons=9)
    said = read(client, f"/fairness/{audit.pk}/")

    client.post(f"/fairness/{audit.pk}/publication/", {"audience": Audience.EVERYBODY})

    assert "So few people were rated" in said
    assert f'action="/fairness/{audit.pk}/publication/"' not in said
    assert not audit.publications.exists()


def test_a_second_summary_that_would_tell_about_one_person_is_refused_in_words(client, specialist):
    cycle = rated_cycle()
    for _ in range(2):
        job = ask_for_audit(cycle, by=acting(specialist), at=timezone.now())
        perform_now(job.pk, timezone.now)
        manager = Person.objects.get(family_name="Number 0")
        add_rated(cycle, manager, 5, 1, unit=manager_unit(cycle))
    first, second = RatingAudit.objects.order_by("pk")
    opened = {"audience": Audience.EVERYBODY}

    client.post(f"/fairness/{first.pk}/publication/", opened)
    response = client.post(f"/fairness/{second.pk}/publication/", opened, follow=True)

    assert "Beside the summary of an earlier audit" in response.content.decode()
    assert not second.publications.exists()


def manager_unit(cycle):
    return cycle.participations.order_by("pk").first().unit


def test_nobody_in_particular_is_no_audience(client, specialist):
    audit = RatingAuditFactory()

    response = client.post(f"/fairness/{audit.pk}/publication/", {}, follow=True)

    assert "Choose who may read it." in response.content.decode()
    assert not audit.publications.exists()


def test_what_is_open_to_everybody_is_found_from_home_and_what_is_not_is_not(client):
    sign_in(client)
    kept = RatingAuditFactory(audience="leaders")
    assert "/fairness/" not in read(client, "/")
    assert "Nothing is published yet" in read(client, "/fairness/")

    opened = RatingAuditFactory(audience="everybody")

    assert f'href="/fairness/{opened.pk}/"' in read(client, "/")
    assert f'href="/fairness/{kept.pk}/"' not in read(client, "/fairness/")


def test_leaders_find_the_page_in_the_navigation(client):
    sign_in(client, Role.EXECUTIVE)

    assert 'href="/fairness/"' in read(client, "/")


def test_the_same_number_of_queries_for_one_cycle_and_for_three(
    client, specialist, django_assert_max_num_queries
):
    for _ in range(3):
        RatingAuditFactory(audience="leaders")

    with django_assert_max_num_queries(15):
        read(client, "/fairness/")
