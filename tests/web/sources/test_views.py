from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from evenhand.goals.kinds import GoalKind
from evenhand.goals.models import CheckIn, DataSource, SourceFeed, ValuesFile
from evenhand.kernel.acting import Role
from tests.factories.access import AccountFactory, RoleGrantFactory
from tests.factories.check_ins import agreed_goal, key_results, milestones_of
from tests.factories.people import PersonFactory
from tests.factories.sources import DataSourceFactory, fed

pytestmark = pytest.mark.django_db

D = Decimal


def day(ago=1):
    return timezone.localdate() - timedelta(days=ago)


def goal_of(owner, **given):
    return agreed_goal(owner=owner, starts_on=day(100), due_on=day(-100), **given)


@pytest.fixture
def person(client):
    person = PersonFactory()
    client.force_login(AccountFactory(person=person))
    return person


@pytest.fixture
def source(person):
    return DataSourceFactory(owner=person, name="Sales figures")


def address(name, *about):
    return reverse(name, args=[thing.pk for thing in about])


def words(answer):
    return answer.content.decode()


def test_a_token_is_shown_once_and_never_again(client, person):
    answer = client.post(reverse("sources"), {"name": "Sales figures", "days": "30"})

    secret = answer.context["secret"]
    assert secret.startswith("evs_")
    assert secret in words(answer)
    assert secret not in words(client.get(reverse("sources")))
    assert DataSource.objects.get().owner == person


def test_who_has_no_source_is_told_what_it_is_for(client, person):
    assert "No data sources yet" in words(client.get(reverse("sources")))


def test_an_it_administrator_revokes_a_source_of_somebody_else_and_sees_no_more(client, person):
    RoleGrantFactory(person=person, role=Role.IT_ADMINISTRATOR)
    other = DataSourceFactory()

    assert client.get(address("sources:source", other)).status_code == 404
    client.post(address("sources:revocation", other))

    other.refresh_from_db()
    assert other.revoked_at is not None


def test_a_key_is_connected_and_disconnected(client, person, source):
    goal = goal_of(person)

    client.post(address("sources:source", source), {"key": "sales", "target": str(goal.pk)})
    feed = SourceFeed.objects.get()
    assert (feed.key, feed.goal) == ("sales", goal)

    client.post(address("sources:disconnection", source, feed))
    assert not SourceFeed.objects.exists()


def test_goals_and_key_results_one_may_feed_are_offered_and_no_others(client, person, source):
    goal = goal_of(person)
    okr = goal_of(person, kind=GoalKind.OKR)
    (part,) = key_results(okr, (100, 0, 10))
    stages = goal_of(person, kind=GoalKind.MILESTONES)
    milestones_of(stages, 100)
    other = goal_of(PersonFactory())

    form = client.get(address("sources:source", source)).context["form"]

    offered = {value for value, _label in form.fields["target"].choices}
    assert offered == {"", str(goal.pk), f"{okr.pk}/{part.pk}"}
    refused = client.post(address("sources:source", source), {"key": "x", "target": str(other.pk)})
    assert refused.status_code == 422


def test_a_goal_that_is_out_of_sight_is_not_told_about(client, person, source):
    goal = goal_of(PersonFactory(), outcome="Something confidential", actual=D("47.11"))
    fed(source, goal, "sales")

    shown = words(client.get(address("sources:source", source)))

    assert "sales" in shown
    assert "confidential" not in shown
    assert "47.11" not in shown
    sheet = b"".join(client.get(address("sources:sheet", source)).streaming_content).decode()
    assert "confidential" not in sheet


def test_the_sheet_has_a_row_for_each_key_and_can_be_brought_back(client, person, source):
    goal = goal_of(person)
    fed(source, goal, "sales")
    sheet = client.get(address("sources:sheet", source))
    text = b"".join(sheet.streaming_content).decode()

    heading, row = text.removeprefix("\ufeff").split("\r\n")[:2]
    assert heading == "key,what it is,unit,day,value"
    filled = f"{heading}\r\n{row.removesuffix(',')}{day()},42\r\n"
    brought = bring(client, source, filled)
    client.post(address("sources:taking", source, brought))

    goal.refresh_from_db()
    assert goal.actual == 42


def bring(client, source, text):
    file = SimpleUploadedFile("May.csv", text.encode())
    client.post(address("sources:new_file", source), {"file": file})
    return ValuesFile.objects.latest("pk")


def test_a_file_is_looked_at_first_and_taken_over_after(client, person, source):
    goal = goal_of(person)
    fed(source, goal, "sales")

    brought = bring(client, source, f"key,day,value\nsales,{day()},42\nnobody,{day()},1\n")
    shown = words(client.get(address("sources:file", source, brought)))

    assert "Take over one value" in shown
    assert "This key is not connected" in shown
    assert not CheckIn.objects.exists()

    client.post(address("sources:taking", source, brought))
    goal.refresh_from_db()
    assert goal.actual == 42
    assert "Taken over" in words(client.get(address("sources:file", source, brought)))


def test_a_file_is_looked_at_again_and_given_up(client, person, source):
    brought = bring(client, source, f"key,day,value\nsales,{day()},42\n")
    assert brought.counts["new"] == 0
    fed(source, goal_of(person), "sales")

    client.post(address("sources:look", source, brought))
    brought.refresh_from_db()
    assert brought.counts["new"] == 1

    client.post(address("sources:giving_up", source, brought))
    brought.refresh_from_db()
    assert brought.state == "given_up"
    assert not CheckIn.objects.exists()


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "\x00\x01\x02"])
def test_a_file_that_cannot_be_used_is_told_about_in_the_form(client, source, text):
    file = SimpleUploadedFile("May.csv", text.encode())

    answer = client.post(address("sources:new_file", source), {"file": file})

    assert answer.status_code == 422
    assert not ValuesFile.objects.exists()


def test_long_work_waits_for_a_job_and_shows_how_far_it_is(client, source, monkeypatch):
    monkeypatch.setattr("evenhand.web.sources.files.AT_ONCE", 0)

    brought = bring(client, source, f"key,day,value\nsales,{day()},42\n")

    assert brought.state == "looking"
    assert "hx-trigger" in words(client.get(address("sources:file", source, brought)))


def test_the_files_of_one_source_are_not_found_under_another(client, person, source):
    brought = bring(client, source, f"key,day,value\nsales,{day()},42\n")
    other = DataSourceFactory(owner=person)

    assert client.get(address("sources:file", other, brought)).status_code == 404


def test_a_revoked_source_brings_no_more_files(client, source):
    client.post(address("sources:revocation", source))

    assert client.get(address("sources:new_file", source)).status_code == 409
