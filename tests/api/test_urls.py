"""The API keeps its description: whatever is sent, it answers as it says, and never with a 5xx."""

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from evenhand.api.urls import api
from evenhand.kernel.acting import Role
from tests.factories.access import RoleGrantFactory
from tests.factories.goals import GoalFactory
from tests.factories.reviews import ManagerReviewFactory, SelfReviewFactory

schema = schemathesis.openapi.from_dict(api.get_openapi_schema(path_prefix="/api/v1/"))


@pytest.fixture
def bearer(transactional_db, machine):
    """A specialist who also writes reviews, so that there is something to find."""
    person = RoleGrantFactory(role=Role.SPECIALIST).person
    ManagerReviewFactory(author=person)
    ManagerReviewFactory(submitted=True)
    SelfReviewFactory(subject=person)
    GoalFactory(owner=person)
    GoalFactory(proposed=True)
    return machine(person, Role.SPECIALIST).bearer


@schema.parametrize()
@settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
def test_every_route_answers_as_described(case, bearer, live_server):
    # A well-formed cursor that this list never gave is rightly refused.
    case.call_and_validate(
        base_url=live_server.url, headers=bearer, excluded_checks=[positive_data_acceptance]
    )


def test_the_description_is_there_to_read(client, db):
    answer = client.get("/api/v1/openapi.json")

    assert answer.status_code == 200
    assert answer.json()["openapi"].startswith("3.1")
