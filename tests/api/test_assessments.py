import pytest

from evenhand.kernel.acting import Role
from tests.factories.access import RoleGrantFactory
from tests.factories.assessments import AssessmentFactory, answer, closed
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def test_a_program_reads_where_its_person_stands(machine):
    ben = PersonFactory()
    one = AssessmentFactory(subject=ben)
    answer(one, ben, [4, 2, None])
    for _ in range(3):
        answer(one, PersonFactory(), [5, None, 4])
    closed(one)
    client = machine(ben)

    (listed,) = client.get("/api/v1/assessments/").json()["items"]
    assert (listed["id"], listed["model"]) == (one.pk, "Engineer")
    read = client.get(f"/api/v1/assessments/{one.pk}").json()
    first, second, third = read["competencies"]
    assert (first["competency"], first["expected"], first["self_level"]) == ("listening", 3, 4)
    assert (float(first["others"]), first["others_count"]) == (4.5, 3)
    assert float(first["gap"]) == -1.25
    assert (second["others"], second["others_count"], second["sources"]) == (None, None, 1)
    assert (third["self_level"], float(third["observed"])) == (None, 4)


def test_it_reads_nobody_elses_whatever_its_role(machine):
    one = closed(AssessmentFactory())
    specialist = RoleGrantFactory(role=Role.SPECIALIST).person
    client = machine(specialist, Role.SPECIALIST)

    assert client.get("/api/v1/assessments/").json()["items"] == []
    assert client.get(f"/api/v1/assessments/{one.pk}").status_code == 404
