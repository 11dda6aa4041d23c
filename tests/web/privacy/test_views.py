import pytest
from django.urls import reverse

from evenhand.compliance.models import NoticeReceipt, PrivacyNotice
from evenhand.kernel.acting import Role
from tests.factories.access import AccountFactory, RoleGrantFactory
from tests.factories.jobs import MORNING

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(client):
    account = AccountFactory()
    client.force_login(account)
    return account.person


@pytest.fixture
def notice():
    return PrivacyNotice.objects.create(
        version=1, text="We keep <your> reviews.\n\nAsk us.", published_at=MORNING
    )


def page(client):
    return client.get(reverse("privacy")).content.decode()


def test_a_person_reads_the_notice_and_confirms(client, ada, notice):
    assert "We keep &lt;your&gt; reviews." in page(client)
    assert "I have read it" in page(client)

    client.post(reverse("privacy_confirmation", args=[1]))

    assert NoticeReceipt.objects.get().person == ada
    assert "I have read it" not in page(client)


@pytest.mark.usefixtures("ada")
def test_before_there_is_a_notice_the_page_says_so(client):
    assert "There is no privacy notice yet" in page(client)


@pytest.mark.usefixtures("ada", "notice")
def test_writing_one_is_for_the_specialist(client):
    assert "not confirmed it yet" not in page(client)
    assert client.get(reverse("new_privacy_notice")).status_code == 404
    assert client.post(reverse("new_privacy_notice"), {"text": "x"}).status_code == 404


@pytest.mark.usefixtures("notice")
def test_the_specialist_writes_the_next_one_from_the_last(client, ada):
    RoleGrantFactory(person=ada, role=Role.SPECIALIST)
    url = reverse("new_privacy_notice")
    assert "We keep &lt;your&gt; reviews." in client.get(url).content.decode()
    assert client.post(url, {"text": ""}).status_code == 422

    client.post(url, {"text": "We keep less."})

    assert "We keep less." in page(client)
    assert "not confirmed it yet" in page(client)
    former = client.get(reverse("former_privacy_notice", args=[1])).content.decode()
    assert "This notice was replaced" in former
