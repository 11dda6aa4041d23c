import pytest

from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("query", "place"),
    [({"limit": 0}, "limit"), ({"limit": "many"}, "limit")],
)
def test_what_does_not_fit_is_named(machine, query, place):
    answer = machine(PersonFactory()).get("/api/v1/people/", query)

    assert (answer.status_code, answer.json()["code"]) == (422, "does_not_fit")
    assert place in answer.json()["errors"][0]["place"]


def test_a_cursor_of_another_list_is_refused_with_a_way_out(machine):
    answer = machine(PersonFactory()).get("/api/v1/people/", {"cursor": "nonsense"})

    assert (answer.status_code, answer.json()["code"]) == (422, "unknown_cursor")
    assert "first page" in answer.json()["detail"]
