import pytest
from django.db import IntegrityError, transaction

from evenhand.compliance.models import NoticeReceipt, PrivacyNotice
from tests.factories.jobs import MORNING
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def test_a_notice_stays_as_it_was_given():
    PrivacyNotice.objects.create(version=1, text="We keep reviews.", published_at=MORNING)

    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        PrivacyNotice.objects.update(text="We keep everything.")


def test_a_person_confirms_a_notice_once():
    notice = PrivacyNotice.objects.create(version=1, text="x", published_at=MORNING)
    receipt = {"notice": notice, "person": PersonFactory(), "read_at": MORNING}
    NoticeReceipt.objects.create(**receipt)

    with pytest.raises(IntegrityError):
        NoticeReceipt.objects.create(**receipt)
