from datetime import timedelta

import pytest

from evenhand.audit.models import Entry
from evenhand.compliance.actions import confirm_notice, publish_notice
from evenhand.compliance.models import NoticeReceipt, PrivacyNotice
from evenhand.compliance.queries import how_many_have_not_confirmed, notice_waiting_for
from evenhand.kernel.acting import Role
from evenhand.kernel.verdict import Refused
from tests.factories.access import TODAY, acting, standing_in, with_role
from tests.factories.jobs import MORNING
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def specialist():
    return with_role(Role.SPECIALIST)


@pytest.fixture
def notice(specialist):
    return publish_notice("We keep your reviews.", by=specialist, at=MORNING)


def test_notices_are_numbered_and_on_record(specialist, notice):
    second = publish_notice(" We keep them for five years.\r\n", by=specialist, at=MORNING)

    assert (notice.version, second.version) == (1, 2)
    assert second.text == "We keep them for five years."
    assert Entry.objects.filter(code="notice.published").count() == 2


@pytest.mark.parametrize("text", ["", "  \r\n ", "We keep your reviews."])
@pytest.mark.usefixtures("notice")
def test_nothing_and_the_same_words_are_not_published(specialist, text):
    with pytest.raises(Refused) as refusal:
        publish_notice(text, by=specialist, at=MORNING)

    assert refusal.value.verdict.ground == 422
    assert PrivacyNotice.objects.count() == 1


def test_everyone_is_asked_until_they_confirm(notice):
    ada = acting(PersonFactory())
    PersonFactory(left_on=TODAY - timedelta(days=30))
    assert notice_waiting_for(ada) == notice
    assert how_many_have_not_confirmed(notice, on=TODAY) == 2

    confirm_notice(notice, by=ada, at=MORNING)

    assert notice_waiting_for(ada) is None
    assert how_many_have_not_confirmed(notice, on=TODAY) == 1


def test_confirming_twice_keeps_the_first_time(notice):
    ada = acting(PersonFactory())
    for hours in (0, 1):
        confirm_notice(notice, by=ada, at=MORNING + timedelta(hours=hours))

    assert NoticeReceipt.objects.get().read_at == MORNING
    assert Entry.objects.filter(code="notice.confirmed").count() == 1


def test_a_newer_notice_is_asked_for_again(specialist, notice):
    ada = acting(PersonFactory())
    confirm_notice(notice, by=ada, at=MORNING)
    newer = publish_notice("Now we also keep goals.", by=specialist, at=MORNING)

    assert notice_waiting_for(ada) == newer
    with pytest.raises(Refused, match="notice_replaced"):
        confirm_notice(notice, by=ada, at=MORNING)


def test_nobody_confirms_for_another(notice):
    delegate = standing_in(PersonFactory(), PersonFactory())

    assert notice_waiting_for(delegate) is None
    with pytest.raises(Refused, match="not_for_others"):
        confirm_notice(notice, by=delegate, at=MORNING)
