import pytest

from evenhand.cycles.kinds import CycleState
from evenhand.kernel.acting import Role
from tests.factories.access import RoleGrantFactory
from tests.factories.cycles import CycleFactory
from tests.factories.people import PersonFactory, UnitFactory

pytestmark = pytest.mark.django_db


def test_the_specialist_reads_a_cycle_with_its_stages(machine):
    cycle = CycleFactory(name="2026 annual review")
    person = RoleGrantFactory(role=Role.SPECIALIST).person

    said = machine(person, Role.SPECIALIST).get(f"/api/v1/cycles/{cycle.pk}").json()

    assert said["name"] == "2026 annual review"
    assert [stage["kind"] for stage in said["stages"]] == [
        "self_review",
        "manager_review",
        "release",
        "sign_off",
    ]


def test_an_hr_partner_does_not_see_a_cycle_in_preparation(machine):
    CycleFactory(state=CycleState.DRAFT)
    opened = CycleFactory(state=CycleState.OPEN)
    person = RoleGrantFactory(role=Role.HR_PARTNER, unit=UnitFactory()).person

    said = machine(person, Role.HR_PARTNER).get("/api/v1/cycles/").json()

    assert [cycle["id"] for cycle in said["items"]] == [opened.pk]


def test_for_everybody_else_there_are_no_cycles(machine):
    cycle = CycleFactory(state=CycleState.OPEN)
    client = machine(PersonFactory())

    assert client.get("/api/v1/cycles/").json()["items"] == []
    assert client.get(f"/api/v1/cycles/{cycle.pk}").status_code == 404
