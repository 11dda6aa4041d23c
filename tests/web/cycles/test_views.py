import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from evenhand.cycles.kinds import CycleState
from evenhand.cycles.models import Cycle, Participation, Selection
from evenhand.cycles.templates import write_template
from evenhand.jobs.performing import perform_job
from evenhand.kernel.acting import Role
from evenhand.reviews.kinds import ReviewKind, ReviewState
from evenhand.reviews.launching import ask_for_launch, launch_of
from evenhand.reviews.models import Reminder, Review
from tests.factories.access import AccountFactory, RoleGrantFactory, acting
from tests.factories.cycles import CycleFactory
from tests.factories.people import PersonFactory, UnitFactory
from tests.factories.people import company as the_company

pytestmark = pytest.mark.django_db


def signed_in(client, role=None, unit=None):
    """The client of somebody with a role, and who that is."""
    person = PersonFactory(given_name="Grace", family_name="Here")
    if role:
        RoleGrantFactory(person=person, role=role, unit=unit)
    client.force_login(AccountFactory(person=person))
    return acting(person, on=timezone.localdate())


@pytest.fixture
def specialist(client):
    return signed_in(client, Role.SPECIALIST)


@pytest.fixture
def organization():
    """A company with two divisions, six people in each under a manager."""
    company = the_company()
    sales = UnitFactory(name="Sales", parent=company)
    works = UnitFactory(name="Works", parent=company)
    head = PersonFactory(unit=company, given_name="Ada", family_name="Head")
    for unit in (sales, works):
        boss = PersonFactory(unit=unit, manager=head, given_name=unit.name, family_name="Boss")
        PersonFactory.create_batch(5, unit=unit, manager=boss)
    return company, sales, works


def launched(by, **kwargs):
    cycle = CycleFactory(draft=True, **kwargs)
    job = ask_for_launch(cycle, by=by, at=timezone.now())
    perform_job(job.pk, timezone.now)
    return Cycle.objects.get(pk=cycle.pk)


def late(cycle):
    days = timedelta(days=60)
    for stage in cycle.stages.all():
        stage.opens_on, stage.due_on = stage.opens_on - days, stage.due_on - days
        stage.save()


def submit(reviews):
    now = timezone.now() - timedelta(days=55)
    return reviews.update(state=ReviewState.SUBMITTED, submitted_at=now)


def test_the_list_teaches_when_it_is_empty(client, specialist):
    page = client.get("/cycles/").content.decode()

    assert "Prepare the first one" in page


def test_a_cycle_is_prepared_with_its_days(client, specialist):
    version = write_template("Annual", by=specialist, at=timezone.now())
    form = client.get("/cycles/new/")
    values = {
        "name": "Annual review 2026",
        "version": version.pk,
        "period_starts_on": "2026-01-01",
        "period_ends_on": "2026-12-31",
        "countries": ["Germany"],
    }
    days = {}
    for bound in form.context["stages"]:
        days[bound.name] = bound.value().isoformat()

    made = client.post("/cycles/new/", values | days)

    cycle = Cycle.objects.get()
    assert made["Location"] == f"/cycles/{cycle.pk}/"
    assert cycle.stages.count() == 4
    assert cycle.countries == ["Germany"]
    page = client.get(f"/cycles/{cycle.pk}/").content.decode()
    assert "What a launch today would make" in page


def test_days_in_the_wrong_order_are_sent_back_with_what_was_typed(client, specialist):
    version = write_template("Annual", by=specialist, at=timezone.now())
    values = {"name": "2026", "version": version.pk}
    values |= {"period_starts_on": "2026-01-01", "period_ends_on": "2026-12-31"}
    for stage in ("self_review", "manager_review", "release", "sign_off"):
        values |= {f"{stage}_opens_on": "2026-12-01", f"{stage}_due_on": "2026-12-20"}
    values["release_due_on"] = "2026-12-10"

    page = client.post("/cycles/new/", values)

    assert page.status_code == 422
    assert "This is before the day of the stage above" in page.content.decode()
    assert 'value="2026-12-10"' in page.content.decode()
    assert not Cycle.objects.exists()


def test_who_is_in_and_who_is_not_stand_on_pages_and_in_files(client, specialist):
    cycle = CycleFactory(draft=True, countries=["Kenya"])
    PersonFactory(given_name="Amina", family_name="Inside", country="Kenya")
    PersonFactory(given_name="=cmd", family_name="Outside", country="Peru")

    inside = client.get(f"/cycles/{cycle.pk}/people/?list=in&q=amin").content.decode()
    outside = client.get(f"/cycles/{cycle.pk}/people/?list=out&q=outs").content.decode()
    file = client.get(f"/cycles/{cycle.pk}/people/file/?list=out&as=csv")

    assert "Amina Inside" in inside
    assert "Outside" not in inside
    assert "Works in another country" in outside
    text = b"".join(file.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert [row[1] for row in rows if "Outside" in row[1]] == ["'=cmd Outside"]


def test_somebody_is_chosen_by_name_with_a_reason(client, specialist):
    cycle, person = CycleFactory(draft=True), PersonFactory()
    url = f"/cycles/{cycle.pk}/selections/"

    refused = client.post(url, {"person": person.pk, "is_in": "no", "reason": " "})
    kept = client.post(url, {"person": person.pk, "is_in": "no", "reason": "On parental leave"})

    assert refused.status_code == 422
    assert kept.status_code == 302
    assert Selection.objects.get().reason == "On parental leave"


def test_a_cycle_is_launched_from_its_page(client, specialist, organization):
    cycle = CycleFactory(draft=True)

    client.post(f"/cycles/{cycle.pk}/launch/")
    waiting = client.get(f"/cycles/{cycle.pk}/").content.decode()
    perform_job(launch_of(cycle).pk, timezone.now)
    running = client.get(f"/cycles/{cycle.pk}/").content.decode()

    assert "Take the launch back" in waiting
    assert "Where it is stuck" in running


PAGES = [
    "",
    "open-reviews/",
    "participants/",
    "participants/new/",
    "dates/",
    "managers/",
    "release/",
    "closing/",
    "participants/file/?as=csv",
    "participants/file/?as=xlsx",
    "progress/file/?as=csv",
    "progress/file/?as=xlsx",
]


@pytest.mark.parametrize("page", PAGES)
def test_every_page_of_a_running_cycle_opens(client, specialist, organization, page):
    cycle = launched(specialist)
    late(cycle)

    answer = client.get(f"/cycles/{cycle.pk}/{page}")

    assert answer.status_code == 200
    assert b"".join(answer)
    answer.close()


def test_the_cockpit_asks_afterwards_who_is_waited_for(client, specialist, organization):
    cycle = launched(specialist)
    late(cycle)

    part = client.get(f"/cycles/{cycle.pk}/waited-for/", HTTP_HX_REQUEST="true").content.decode()

    assert "Sales Boss" in part
    assert "5 late reviews" in part
    assert client.get(f"/cycles/{cycle.pk}/waited-for/").status_code == 302


def count_queries(client, url):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


@pytest.mark.parametrize("page", ["", "open-reviews/", "participants/", "managers/", "release/"])
def test_more_units_and_people_ask_the_database_no_more_often(client, specialist, page):
    company = the_company()
    boss = PersonFactory(unit=UnitFactory(parent=company))
    PersonFactory(manager=boss, unit=UnitFactory(parent=company))
    small = launched(specialist)
    late(small)
    with_one = count_queries(client, f"/cycles/{small.pk}/{page}")
    for _ in range(3):
        PersonFactory.create_batch(2, manager=boss, unit=UnitFactory(parent=company))
    large = launched(specialist)
    late(large)

    with_more = count_queries(client, f"/cycles/{large.pk}/{page}")

    assert with_one == with_more <= 15


def test_the_cockpit_leads_to_all_reviews_as_pdf(client, specialist, organization):
    cycle = launched(specialist)

    assert (
        f"/reviews/cycles/{cycle.pk}/documents/"
        in client.get(f"/cycles/{cycle.pk}/").content.decode()
    )


def test_the_cockpit_walks_down_the_units(client, specialist, organization):
    _company, sales, _works = organization
    cycle = launched(specialist)
    late(cycle)
    submit(Review.objects.filter(cycle=cycle, unit=sales))

    top = client.get(f"/cycles/{cycle.pk}/?unit={organization[0].pk}").context
    below = client.get(f"/cycles/{cycle.pk}/?unit={sales.pk}").context

    assert [row.name for row in top["rows"]] == ["Works", "Company", "Sales"]
    assert [row.late for row in top["rows"]] == ["12", "2", "0"]
    assert below["cockpit"].late == 0
    assert [unit.name for unit in below["cockpit"].way] == ["Company", "Sales"]


def test_an_hr_partner_sees_the_cockpit_of_their_units_only(client, organization):
    _company, sales, works = organization
    cycle = launched(acting_specialist())
    signed_in(client, Role.HR_PARTNER, sales)

    page = client.get(f"/cycles/{cycle.pk}/")

    assert [row.name for row in page.context["rows"]] == ["Sales"]
    assert page.context["cockpit"].tally.people == 6
    assert client.get(f"/cycles/{cycle.pk}/?unit={works.pk}").status_code == 404
    listed = client.get(f"/cycles/{cycle.pk}/participants/").content.decode()
    assert "Sales Boss" in listed
    assert "Works Boss" not in listed


def test_an_executive_sees_counts_and_no_names(client, organization):
    company, sales, _works = organization
    tiny = UnitFactory(name="Tiny", parent=sales)
    PersonFactory(unit=tiny)
    cycle = launched(acting_specialist())
    signed_in(client, Role.EXECUTIVE, company)

    page = client.get(f"/cycles/{cycle.pk}/?unit={sales.pk}")

    text = page.content.decode()
    assert "Boss" not in text
    assert {row.name: row.is_hidden for row in page.context["rows"]} == {
        "Tiny": True,
        "Sales": False,
    }
    assert client.get(f"/cycles/{cycle.pk}/participants/").status_code == 404
    assert client.get(f"/cycles/{cycle.pk}/open-reviews/").status_code == 404
    assert client.post(f"/cycles/{cycle.pk}/reminders/").status_code == 404


def test_nobody_else_finds_cycles_at_all(client, organization):
    cycle = launched(acting_specialist())
    signed_in(client)

    assert client.get("/cycles/").status_code == 404
    assert client.get(f"/cycles/{cycle.pk}/").status_code == 404


def test_a_cycle_in_preparation_is_the_specialists_alone(client):
    cycle = CycleFactory(draft=True)
    signed_in(client, Role.HR_PARTNER)

    assert client.get(f"/cycles/{cycle.pk}/").status_code == 404


def test_a_unit_is_reminded_and_only_once_a_day(client, specialist, organization):
    _company, sales, _works = organization
    cycle = launched(specialist)
    late(cycle)
    url = f"/cycles/{cycle.pk}/reminders/"

    client.post(url, {"unit": sales.pk, "late": "yes"})
    client.post(url, {"unit": sales.pk, "late": "yes"})

    assert Reminder.objects.count() == 12
    assert set(Reminder.objects.values_list("review__unit", flat=True)) == {sales.pk}


def test_somebody_is_taken_out_and_brought_back(client, specialist, organization):
    cycle = launched(specialist)
    part = Participation.objects.filter(cycle=cycle).exclude(person=specialist.person_id).first()

    client.post(f"/cycles/participants/{part.pk}/withdrawal/", {"reason": "Long leave"})
    out = client.get(f"/cycles/participants/{part.pk}/").content.decode()
    client.post(f"/cycles/participants/{part.pk}/return/")

    part.refresh_from_db()
    assert "Long leave" in out
    assert part.withdrawn_at is None


def test_somebody_joins_late(client, specialist, organization):
    cycle = launched(specialist)
    person = PersonFactory(manager=PersonFactory())

    client.post(f"/cycles/{cycle.pk}/participants/new/", {"person": person.pk})

    assert Review.objects.filter(cycle=cycle, subject=person).count() == 2


def test_a_person_nobody_reviews_is_given_a_reviewer(client, specialist, organization):
    cycle = launched(specialist)
    part = Participation.objects.get(cycle=cycle, person__family_name="Head")
    reviewer = PersonFactory()

    client.post(f"/cycles/participants/{part.pk}/reviewer/", {"person": reviewer.pk})

    assert part.reviews.get(kind=ReviewKind.MANAGER).author == reviewer


def test_results_are_released_from_a_page(client, specialist, organization):
    cycle = launched(specialist)
    late(cycle)
    submit(Review.objects.filter(cycle=cycle, unit=organization[1]))

    page = client.get(f"/cycles/{cycle.pk}/release/").content.decode()
    client.post(f"/cycles/{cycle.pk}/release/", {"unit": organization[1].pk})

    assert "6 people can be given their reviews" in page
    assert Participation.objects.exclude(released_at=None).count() == 6


def test_a_cycle_is_closed_and_opened_again(client, specialist, organization):
    cycle = launched(specialist)

    client.post(f"/cycles/{cycle.pk}/closing/")
    closed = Cycle.objects.get(pk=cycle.pk)
    no_reason = client.post(f"/cycles/{cycle.pk}/reopening/", {"reason": ""})
    client.post(f"/cycles/{cycle.pk}/reopening/", {"reason": "Two teams need a week more"})

    assert closed.state == CycleState.CLOSED
    assert no_reason.status_code == 422
    assert Cycle.objects.get(pk=cycle.pk).is_open


def acting_specialist():
    person = PersonFactory(unit=None)
    RoleGrantFactory(person=person, role=Role.SPECIALIST)
    return acting(person, on=timezone.localdate())
