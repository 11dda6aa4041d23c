import pytest

from evenhand.audit.models import Entry, Seal
from evenhand.audit.sealing import head, seal_entries, unsealed_entries
from tests.factories.audit import EntryFactory

pytestmark = pytest.mark.django_db


def places():
    return list(Seal.objects.order_by("position").values_list("position", "entry_id"))


def test_entries_are_sealed_in_their_order():
    entries = EntryFactory.create_batch(3)

    assert seal_entries() == 3

    assert places() == [(n, entry.pk) for n, entry in enumerate(entries, start=1)]
    assert len({seal.digest for seal in Seal.objects.all()}) == 3


def test_sealing_goes_on_where_it_stopped():
    EntryFactory.create_batch(5)

    assert [seal_entries(limit=2) for _ in range(4)] == [2, 2, 1, 0]
    assert [position for position, _ in places()] == [1, 2, 3, 4, 5]


def test_the_digest_stands_for_everything_before():
    EntryFactory.create_batch(2, about_id=7)
    first, second = Entry.objects.order_by("pk")
    seal_entries()
    before = head().digest

    assert before == Seal.objects.get(entry_id=second.pk).digest
    assert before != Seal.objects.get(entry_id=first.pk).digest


def test_an_entry_that_was_stored_late_is_sealed_late():
    early = EntryFactory.build()
    EntryFactory(pk=20)
    seal_entries()
    early.pk = 10
    early.save(force_insert=True)

    assert seal_entries(look_back=5) == 0
    assert seal_entries(look_back=100) == 1
    assert [entry_id for _, entry_id in places()] == [20, 10]


def test_what_waits_to_be_sealed_is_known():
    EntryFactory.create_batch(2)
    assert unsealed_entries().count() == 2

    seal_entries()

    assert not unsealed_entries().exists()
    assert not unsealed_entries(look_back=0).exists()
