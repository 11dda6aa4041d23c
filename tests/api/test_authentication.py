import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer evh_wrong", "Basic YTpi"])
def test_without_a_valid_token_nothing_opens(client, header):
    answer = client.get("/api/v1/people/", headers={"Authorization": header})

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "token_needed"
