import pytest
from django.test import Client

from evenhand.access.models import Account
from tests.conftest import PHONE, WIDE
from tests.factories.access import AccountFactory
from tests.factories.reviews import ManagerReviewFactory, SelfReviewFactory
from tests.journeys.windows import Window

SCREENS = {
    "wide": {"viewport": WIDE},
    "phone": {"viewport": PHONE, "has_touch": True, "is_mobile": True},
}


@pytest.fixture(params=SCREENS)
def screen(request):
    return SCREENS[request.param]


@pytest.fixture
def own_review():
    """A self review that waits to be begun, with a manager review beside it."""
    review = ManagerReviewFactory()
    return SelfReviewFactory(participation=review.participation)


@pytest.fixture
def enter(browser, live_server, screen):
    """Sit somebody down before a window of their own, signed in."""
    contexts = []

    def enter(person, **wishes):
        account = Account.objects.filter(person=person).first()
        account = account or AccountFactory(person=person, email=f"p{person.pk}@example.org")
        client = Client()
        client.force_login(account)
        context = browser.new_context(base_url=live_server.url, **(screen | wishes))
        session = client.cookies["evenhand_session"].value
        context.add_cookies(
            [{"name": "evenhand_session", "value": session, "url": live_server.url}]
        )
        contexts.append(context)
        has_scripts = wishes.get("java_script_enabled", True)
        return Window(context, has_touch="has_touch" in screen, has_scripts=has_scripts)

    yield enter
    for context in contexts:
        context.close()
