import pytest
from django.core import mail

from evenhand.access.models import Account, RoleGrant
from evenhand.kernel.acting import Role
from tests.factories.access import AccountFactory, RoleGrantFactory
from tests.factories.people import PersonFactory, UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def specialist(client):
    grant = RoleGrantFactory(role=Role.SPECIALIST)
    client.force_login(AccountFactory(person=grant.person))
    return grant.person


def read(answer):
    return answer.content.decode()


def test_a_role_is_given_for_a_unit_named_by_its_code(client, specialist):
    person, unit = PersonFactory(), UnitFactory(code="SALES")
    form = {"person": person.pk, "role": "hr_partner", "unit": "SALES", "starts_on": "2026-01-01"}

    client.post("/roles/new/", form)

    grant = RoleGrant.objects.get(person=person)
    assert (grant.role, grant.unit) == (Role.HR_PARTNER, unit)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"unit": "NOWHERE"}, "No unit has the code"),
        ({"person": ""}, "Choose the person first"),
        ({"starts_on": ""}, "required"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_given(client, specialist, change, words):
    form = {"person": PersonFactory().pk, "role": "hr_partner", "starts_on": "2026-01-01"}

    answer = client.post("/roles/new/", form | change)

    assert answer.status_code == 422
    assert words in read(answer)
    assert RoleGrant.objects.count() == 1


def test_a_role_is_ended(client, specialist):
    grant = RoleGrantFactory(role=Role.AUDITOR)

    client.post(f"/roles/{grant.pk}/end/")

    assert "Auditor" not in read(client.get("/roles/")).split("<tbody>")[1].split("</tbody>")[0]


def test_those_who_cannot_sign_in_yet_are_invited(
    client, specialist, django_capture_on_commit_callbacks
):
    person = PersonFactory()
    assert person.email in read(client.get("/roles/invitations/"))

    with django_capture_on_commit_callbacks(execute=True):
        client.post("/roles/invitations/")

    assert Account.objects.filter(person=person).exists()
    assert [message.to for message in mail.outbox] == [[person.email]]
    assert "Everybody can sign in" in read(client.get("/roles/invitations/"))


@pytest.mark.parametrize("url", ["/roles/", "/roles/new/", "/roles/invitations/"])
def test_for_everybody_else_these_pages_do_not_exist(client, url):
    client.force_login(AccountFactory())

    assert client.get(url).status_code == 404


def test_the_list_asks_the_database_no_more_often_for_more(
    client, specialist, django_assert_max_num_queries
):
    RoleGrantFactory.create_batch(5, role=Role.AUDITOR)

    with django_assert_max_num_queries(15):
        client.get("/roles/")
