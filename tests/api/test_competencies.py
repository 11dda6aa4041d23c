from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories.competencies import (
    CompetencyFactory,
    CompetencyVersionFactory,
    ModelFactory,
)
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(machine):
    return machine(PersonFactory())


def test_everybody_reads_the_competencies_in_force_with_levels_and_anchors(client):
    CompetencyFactory(code="listening")

    (said,) = client.get("/api/v1/competencies/").json()["items"]

    assert (said["code"], said["version"], said["ends_on"]) == ("listening", 1, None)
    assert [level["value"] for level in said["levels"]] == [1, 2, 3, 4, 5]
    assert said["levels"][2]["anchors"][0] == "Writes 3 notes of listening for meeting 1."


def test_what_is_in_writing_or_begins_later_is_not_there(client):
    unseen = CompetencyVersionFactory(in_writing=True)
    later = timezone.localdate() + timedelta(days=1)
    planned = CompetencyFactory(starts_on=later)

    assert client.get("/api/v1/competencies/").json()["items"] == []
    assert client.get(f"/api/v1/competencies/{unseen.competency_id}").status_code == 404
    assert client.get(f"/api/v1/competencies/{planned.pk}").status_code == 404


def test_one_competency_is_read_by_its_number(client):
    competency = CompetencyFactory(code="listening", retired_at=timezone.now())

    said = client.get(f"/api/v1/competencies/{competency.pk}").json()

    assert said["name"] == "Listening"
    assert said["is_retired"] is True


def test_models_say_what_they_expect(client):
    version = ModelFactory(job_family="Engineering", grades=["G4"])
    ModelFactory(in_writing=True)

    (said,) = client.get("/api/v1/competency-models/").json()["items"]

    assert (said["job_family"], said["grades"]) == ("Engineering", ["G4"])
    assert [(r["competency"], r["level"], r["weight"]) for r in said["requirements"]] == [
        ("listening", 3, 40),
        ("writing", 2, 30),
        ("planning", 4, 30),
    ]
    assert client.get(f"/api/v1/competency-models/{version.model_id}").json() == said


def test_long_lists_come_in_pages(client, django_assert_max_num_queries):
    for _ in range(3):
        CompetencyFactory()

    with django_assert_max_num_queries(12):
        first = client.get("/api/v1/competencies/?limit=2").json()
    rest = client.get(f"/api/v1/competencies/?limit=2&cursor={first['next_cursor']}").json()

    assert (len(first["items"]), len(rest["items"])) == (2, 1)
    assert rest["next_cursor"] == ""
