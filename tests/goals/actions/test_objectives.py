from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from evenhand.audit.models import Entry
from evenhand.goals.actions.objectives import (
    ObjectiveChange,
    ObjectivePlan,
    bring_back_objective,
    change_objective,
    withdraw_objective,
    write_objective,
)
from evenhand.kernel.acting import Role
from evenhand.kernel.verdict import Refused
from tests.factories.access import acting, with_role
from tests.factories.people import PersonFactory, UnitFactory
from tests.factories.strategy import ObjectiveFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture
def executive():
    return with_role(Role.EXECUTIVE)


@pytest.fixture
def plan():
    return ObjectivePlan(
        title="Customers stay with us",
        purpose="Half of our growth comes from those who are here already.",
        owner=PersonFactory(),
        starts_on=date(2026, 1, 1),
        ends_on=date(2027, 1, 1),
    )


def versions(objective):
    return list(objective.versions.order_by("number").values_list("number", "title", "reason"))


def codes():
    return list(Entry.objects.order_by("pk").values_list("code", flat=True))


def test_an_objective_is_written_with_its_first_version(executive, plan):
    unit = UnitFactory()

    objective = write_objective(plan, unit, by=executive, at=AT)

    objective.refresh_from_db()
    assert (objective.title, objective.owner, objective.unit) == (plan.title, plan.owner, unit)
    assert versions(objective) == [(1, plan.title, "")]
    assert codes() == ["objective.written"]


def test_a_change_keeps_what_stood_before_with_the_reason(executive, plan):
    objective = write_objective(plan, None, by=executive, at=AT)
    sharper = replace(plan, title="Nine of ten customers stay", owner=PersonFactory())

    change_objective(objective, ObjectiveChange(sharper, " A number. "), by=executive, at=AT)

    objective.refresh_from_db()
    assert (objective.title, objective.owner) == (sharper.title, sharper.owner)
    assert versions(objective) == [(1, plan.title, ""), (2, sharper.title, "A number.")]
    assert codes()[-1] == "objective.changed"


def test_a_change_sent_twice_counts_once(executive, plan):
    objective = write_objective(plan, None, by=executive, at=AT)
    change = ObjectiveChange(replace(plan, title="Customers come back"), "Shorter.", seen=1)

    change_objective(objective, change, by=executive, at=AT)
    change_objective(objective, change, by=executive, at=AT)

    assert objective.versions.count() == 2


def test_of_two_changes_to_the_same_version_the_second_looks_again(executive, plan):
    objective = write_objective(plan, None, by=executive, at=AT)
    first, second = (
        ObjectiveChange(replace(plan, title=title), "Shorter.", seen=1) for title in ("A", "B")
    )
    change_objective(objective, first, by=executive, at=AT)

    with pytest.raises(Refused, match="changed_meanwhile"):
        change_objective(objective, second, by=executive, at=AT)


def test_an_objective_is_withdrawn_and_brought_back(executive, plan):
    objective = write_objective(plan, None, by=executive, at=AT)

    withdraw_objective(objective, "The market is gone.", by=executive, at=AT)
    objective.refresh_from_db()
    assert objective.withdrawn_at == AT
    with pytest.raises(Refused, match="objective_withdrawn"):
        withdraw_objective(objective, "Again.", by=executive, at=AT)

    bring_back_objective(objective, "It is back.", by=executive, at=AT)
    objective.refresh_from_db()
    assert objective.withdrawn_at is None
    assert codes()[-2:] == ["objective.withdrawn", "objective.brought_back"]
    assert [v.is_withdrawn for v in objective.versions.order_by("number")] == [False, True, False]


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ({"title": "  "}, "title_missing"),
        ({"ends_on": date(2026, 1, 1)}, "objective_without_days"),
    ],
)
def test_an_objective_says_what_and_until_when(executive, plan, columns, code):
    with pytest.raises(Refused, match=code):
        write_objective(replace(plan, **columns), None, by=executive, at=AT)


def test_the_owner_works_here(executive, plan):
    gone = PersonFactory(left_on=date(2026, 1, 1))

    with pytest.raises(Refused, match="owner_not_here"):
        write_objective(replace(plan, owner=gone), None, by=executive, at=AT)


def test_an_owner_who_left_hinders_no_other_change(executive):
    gone = PersonFactory(left_on=date(2026, 1, 1))
    objective = ObjectiveFactory(owner=gone)
    plan = ObjectivePlan("Shorter", gone, objective.starts_on, objective.ends_on)

    change_objective(objective, ObjectiveChange(plan, "Shorter."), by=executive, at=AT)

    objective.refresh_from_db()
    assert objective.title == "Shorter"


def test_changes_have_a_reason(executive, plan):
    objective = write_objective(plan, None, by=executive, at=AT)

    for change in (
        lambda: change_objective(objective, ObjectiveChange(plan, " "), by=executive, at=AT),
        lambda: withdraw_objective(objective, " ", by=executive, at=AT),
    ):
        with pytest.raises(Refused, match="reason_missing"):
            change()


def test_others_do_not_write_objectives(plan):
    with pytest.raises(Refused, match="not_a_keeper"):
        write_objective(plan, None, by=acting(PersonFactory()), at=AT)
