from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from evenhand.goals.kinds import GoalKind, GoalState, Openness
from evenhand.goals.models import CheckIn, Goal
from evenhand.kernel.acting import Role
from evenhand.people.models import ReportingLine
from evenhand.people.weaving import reweave_chains
from tests.factories.access import RoleGrantFactory
from tests.factories.check_ins import checked_in
from tests.factories.goals import GoalFactory, GoalPartFactory
from tests.factories.people import PersonFactory
from tests.factories.strategy import ObjectiveFactory

pytestmark = pytest.mark.django_db

GOALS = "/api/v1/goals/"
NEW = {
    "outcome": "Orders leave the house within two days of coming in",
    "metric": "level",
    "measure": "Share of orders that left in time",
    "unit_of_measure": "%",
    "data_source": "Dispatch list",
    "baseline": "60",
    "target": "90",
    "starts_on": "2026-01-01",
    "due_on": "2027-12-31",
}


def post(client, url, **sent):
    return client.post(url, sent, content_type="application/json")


def ids(answer):
    return [item["id"] for item in answer.json()["items"]]


def test_one_reads_the_goals_one_may_see_and_no_others(machine):
    manager = PersonFactory()
    own, below = GoalFactory(owner=manager), GoalFactory(owner=PersonFactory(manager=manager))
    everybody = GoalFactory(openness=Openness.ORGANIZATION)
    hidden = GoalFactory()
    client = machine(manager)

    assert ids(client.get(GOALS)) == [own.pk, below.pk, everybody.pk]
    assert client.get(f"{GOALS}{hidden.pk}").status_code == 404
    assert client.get(f"{GOALS}{hidden.pk}/check-ins").status_code == 404


def test_a_goal_says_its_plan_and_where_it_stands(machine):
    owner = PersonFactory()
    goal = GoalFactory(owner=owner, weight=40, score=Decimal("0.5"), kind=GoalKind.OKR)
    GoalPartFactory(goal=goal, title="The first result", weight=100)

    said = machine(owner).get(f"{GOALS}{goal.pk}").json()

    assert said["owner"] == {"id": owner.pk, "name": owner.name}
    assert (said["weight"], Decimal(said["score"])) == (40, Decimal("0.5"))
    assert said["state"] == "active"
    assert [part["title"] for part in said["parts"]] == ["The first result"]


def test_goals_are_filtered_by_owner_state_unit_and_period(machine):
    manager = PersonFactory()
    now = GoalFactory(owner=manager)
    closed = GoalFactory(
        owner=manager, closed=True, starts_on=date(2024, 1, 1), due_on=date(2024, 12, 31)
    )
    report = GoalFactory(owner=PersonFactory(manager=manager, unit=None))
    client = machine(manager)

    for query, wanted in (
        ({"owner": report.owner_id}, [report.pk]),
        ({"state": "closed"}, [closed.pk]),
        ({"unit": now.unit_id}, [now.pk, closed.pk]),
        ({"until_on": "2024-06-30"}, [closed.pk]),
        ({"from_on": "2026-06-01", "until_on": "2026-06-30"}, [now.pk, report.pk]),
    ):
        assert ids(client.get(GOALS, query)) == wanted
    assert client.get(GOALS, {"colour": "red"}).status_code == 422


def test_goals_come_page_by_page_for_the_same_price(machine, django_assert_max_num_queries):
    owner = PersonFactory()
    goals = GoalFactory.create_batch(3, owner=owner)
    client = machine(owner)

    first = client.get(GOALS, {"limit": 2})
    with django_assert_max_num_queries(8):
        second = client.get(GOALS, {"limit": 2, "cursor": first.json()["next_cursor"]})

    assert ids(first) + ids(second) == [goal.pk for goal in goals]


def test_a_goal_above_is_named_only_to_who_sees_it(machine):
    owner = PersonFactory()
    goal = GoalFactory(owner=owner, parent=GoalFactory())

    assert machine(owner).get(f"{GOALS}{goal.pk}").json()["parent_id"] is None


def test_a_draft_is_written_and_with_a_sentence_it_is_proposed(machine):
    owner = PersonFactory(manager=PersonFactory())
    client, objective = machine(owner), ObjectiveFactory()

    draft = post(client, GOALS, **NEW, owner_id=owner.pk, objective_id=objective.pk)
    other = NEW | {"outcome": "Parcels leave the house without a single fault"}
    proposed = post(client, GOALS, **other, owner_id=owner.pk, sentence="I will see to it.")

    assert (draft.status_code, draft.json()["state"]) == (201, "draft")
    assert draft.json()["objective_id"] == objective.pk
    assert (proposed.status_code, proposed.json()["state"]) == (201, "proposed")


def test_what_cannot_be_proposed_is_not_kept_at_all(machine):
    owner = PersonFactory()

    refusal = post(
        machine(owner), GOALS, **(NEW | {"target": None}), owner_id=owner.pk, sentence="Yes."
    )

    assert (refusal.status_code, refusal.json()["code"]) == (422, "not_ready")
    assert refusal["Content-Type"] == "application/problem+json"
    assert not Goal.objects.exists()


def test_nobody_writes_goals_for_whom_they_do_not_lead(machine):
    client = machine(PersonFactory())

    stranger = post(client, GOALS, **NEW, owner_id=PersonFactory().pk)
    nobody = post(client, GOALS, **NEW, owner_id=987654321)

    assert (stranger.status_code, stranger.json()["code"]) == (403, "not_for_them")
    assert nobody.status_code == 422


def test_a_check_in_sent_twice_counts_once(machine):
    owner = PersonFactory()
    goal, client = GoalFactory(owner=owner), machine(owner)
    sent = {"request": "nightly", "measured_on": timezone.localdate().isoformat(), "value": "75"}

    first = post(client, f"{GOALS}{goal.pk}/check-ins", **sent, note="As planned.")
    again = post(client, f"{GOALS}{goal.pk}/check-ins", **sent, note="As planned.")

    assert first.status_code == 200
    assert first.json() == again.json()
    assert CheckIn.objects.get().note == "As planned."
    assert Decimal(client.get(f"{GOALS}{goal.pk}").json()["score"]) == Decimal("0.5")


def test_a_check_in_for_a_part_that_is_not_there_is_refused(machine):
    goal, other = GoalFactory(), GoalPartFactory()
    sent = {"request": "1", "measured_on": "2026-11-01", "value": "1", "part_id": other.pk}

    refusal = post(machine(goal.owner), f"{GOALS}{goal.pk}/check-ins", **sent)

    assert (refusal.status_code, refusal.json()["code"]) == (422, "not_a_part")


def test_who_only_reads_a_goal_does_not_say_how_far_it_is(machine):
    goal = GoalFactory(openness=Openness.ORGANIZATION)
    sent = {"request": "1", "measured_on": "2026-11-01", "value": "70"}

    refusal = post(machine(PersonFactory()), f"{GOALS}{goal.pk}/check-ins", **sent)

    assert (refusal.status_code, refusal.json()["code"]) == (403, "not_yours_to_measure")


def test_values_are_open_with_the_plan_and_notes_only_with_the_words(machine):
    goal = GoalFactory(openness=Openness.ORGANIZATION)
    checked_in(goal, 70, note="Between us.")
    url = f"{GOALS}{goal.pk}/check-ins"

    (seen,) = machine(PersonFactory()).get(url).json()["items"]
    (own,) = machine(goal.owner).get(url).json()["items"]

    assert (Decimal(seen["value"]), seen["note"]) == (Decimal(70), None)
    assert own["note"] == "Between us."


def test_who_once_led_somebody_finds_nothing_of_today(machine):
    former = PersonFactory()
    report = PersonFactory(manager=former)
    goal = GoalFactory(owner=report)
    ReportingLine.objects.update(ends_on=date(2026, 6, 1))
    reweave_chains([report.pk])

    assert machine(former).get(f"{GOALS}{goal.pk}").status_code == 404


def test_a_token_sees_what_its_role_sees(machine):
    specialist = RoleGrantFactory(role=Role.SPECIALIST).person
    goal = GoalFactory(proposed=True)
    GoalFactory(draft=True)

    assert ids(machine(specialist, Role.SPECIALIST).get(GOALS)) == [goal.pk]
    assert ids(machine(specialist).get(GOALS)) == []
    assert Goal.objects.exclude(state=GoalState.DRAFT).get() == goal


def test_objectives_are_open_to_everybody(machine):
    objective = ObjectiveFactory(title="Be the quickest")

    (said,) = machine(PersonFactory()).get("/api/v1/objectives/").json()["items"]

    assert (said["id"], said["title"]) == (objective.pk, "Be the quickest")
    assert said["withdrawn_at"] is None


def test_a_day_is_written_as_a_day(machine):
    client = machine(PersonFactory())

    for said in ("0", "1760000000", "31.12.2026", "2026-13-01"):
        assert client.get(GOALS, {"until_on": said}).status_code == 422
    assert client.get(GOALS, {"until_on": "2026-12-31"}).status_code == 200
