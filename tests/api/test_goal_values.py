from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from evenhand.goals.models import CheckIn
from evenhand.people.models import Employment
from tests.factories.check_ins import agreed_goal
from tests.factories.sources import DataSourceFactory, fed

pytestmark = pytest.mark.django_db

ADDRESS, RIGHT = "/api/v1/goal-values/", "evs_right"
D = Decimal


def day(ago=1):
    return timezone.localdate() - timedelta(days=ago)


@pytest.fixture
def source():
    now = timezone.now()
    return DataSourceFactory(
        secret="evs_right",
        created_at=now - timedelta(days=9),
        expires_at=now + timedelta(days=9),
    )


@pytest.fixture
def goal(source):
    goal = agreed_goal(owner=source.owner, starts_on=day(100), due_on=day(-100))
    fed(source, goal, "sales")
    return goal


def send(*values, secret=RIGHT, **more):
    client = Client(headers={"Authorization": f"Bearer {secret}"})
    body = {"values": list(values), **more}
    return client.post(ADDRESS, body, content_type="application/json")


def value(number, ago=1, **more):
    return {"key": "sales", "day": day(ago).isoformat(), "value": number, **more}


def test_a_system_brings_values_every_night(goal):
    said = send(value("42.5"), value("40", ago=2)).json()

    goal.refresh_from_db()
    assert said == {"is_kept": True, "new": 2, "corrected": 0, "same": 0}
    assert goal.score == D("0.425")


def test_the_same_values_again_change_nothing_and_others_correct_them(goal):
    send(value("42.5"))

    assert send(value(42.5)).json()["same"] == 1
    assert send(value("43")).json()["corrected"] == 1
    goal.refresh_from_db()
    assert goal.actual == 43


def test_one_value_that_does_not_fit_keeps_all_out_and_is_named(goal):
    answer = send(value("1"), value("2", key="nobody"), value("3", ago=-5))

    said = answer.json()
    assert answer.status_code == 422
    assert said["code"] == "values_do_not_fit"
    assert [error["place"] for error in said["errors"]] == ["values.1", "values.2"]
    assert not CheckIn.objects.exists()


def test_a_dry_run_keeps_nothing(goal):
    said = send(value("1"), dry_run=True).json()

    assert said == {"is_kept": False, "new": 1, "corrected": 0, "same": 0}
    assert not CheckIn.objects.exists()


def test_a_value_may_name_its_goal_and_be_a_rate(source):
    goal = agreed_goal(
        owner=source.owner, metric="rate", starts_on=day(100), due_on=day(-100), target=D(10)
    )
    rate = {"goal": goal.pk, "day": day().isoformat(), "some": 3, "all": 40, "note": "Preliminary."}

    assert send(rate).json()["new"] == 1
    goal.refresh_from_db()
    assert goal.actual == D("7.5")


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": "sales", "value": 1},
        {"key": "sales", "day": "2026-02-30", "value": 1},
        {"key": "sales", "day": "2026-02-03", "value": "NaN"},
        {"key": "sales", "day": "2026-02-03", "value": 1, "valeu": 2},
        {"key": "k" * 101, "day": "2026-02-03", "value": 1},
    ],
)
def test_what_cannot_be_a_value_is_refused(goal, wrong):
    answer = send(wrong)

    assert answer.status_code == 422
    assert answer.json()["code"] == "does_not_fit"


def test_no_values_and_too_many_are_refused(goal):
    assert send().status_code == 422
    assert send(*[value("1")] * 5001).status_code == 422


def test_only_the_token_of_a_source_that_works_opens(goal, source, machine):
    assert send(value("1"), secret="evs_wrong").status_code == 401
    person = machine(source.owner)
    assert person.post(ADDRESS, {}, content_type="application/json").status_code == 401
    source.revoked_at = timezone.now()
    source.save()
    assert send(value("1")).status_code == 401


def test_a_source_whose_owner_has_left_opens_nothing(goal, source):
    Employment.objects.filter(person=source.owner).update(ends_on=day())

    assert send(value("1")).status_code == 401


def test_the_token_of_a_source_opens_nothing_else(source):
    client = Client(headers={"Authorization": "Bearer evs_right"})

    assert client.get("/api/v1/people/").status_code == 401


def test_its_last_use_is_noted(goal, source):
    send(value("1"))

    source.refresh_from_db()
    assert source.last_used_at is not None
