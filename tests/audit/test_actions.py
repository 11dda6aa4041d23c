from datetime import date

import pytest
from django.contrib.contenttypes.models import ContentType

from evenhand.audit.actions import record, record_each
from evenhand.audit.models import Entry
from evenhand.kernel.acting import Actor
from tests.factories.audit import MORNING

ADA = Actor(1, "Ada Lovelace", date(2026, 3, 2))
BEN_FOR_ADA = Actor(1, "Ada Lovelace", date(2026, 3, 2), delegate_id=2, delegate_name="Ben Okri")

pytestmark = pytest.mark.django_db


@pytest.fixture
def thing():
    return ContentType.objects.create(app_label="tests", model="thing")


def test_what_was_done_is_kept_with_who_and_when(thing):
    record("thing.made", about=thing, by=BEN_FOR_ADA, at=MORNING, parts=3)

    entry = Entry.objects.get()
    assert (entry.code, entry.at, entry.details) == ("thing.made", MORNING, {"parts": 3})
    assert (entry.about, entry.about_id) == ("contenttypes.contenttype", thing.pk)
    assert (entry.by_name, entry.delegate_name) == ("Ada Lovelace", "Ben Okri")


def test_the_same_deed_for_many_things_costs_few_statements(thing, django_assert_max_num_queries):
    many = [(thing, {"number": number}) for number in range(50)]

    with django_assert_max_num_queries(3):
        record_each("thing.made", about=many, by=ADA, at=MORNING)

    assert Entry.objects.count() == 50
