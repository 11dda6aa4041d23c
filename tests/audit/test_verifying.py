import pytest
from django.db import connection

from evenhand.audit import verifying
from evenhand.audit.kinds import Damage
from evenhand.audit.sealing import head, seal_entries
from evenhand.audit.verifying import verify_chain
from tests.factories.audit import EntryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries():
    entries = EntryFactory.create_batch(6, details={"weight": 100, "name": "Zoë"})
    seal_entries()
    return entries


def tamper(sql, *params):
    """What somebody could do who owns the database: switch the guards off, then write."""
    with connection.cursor() as cursor:
        for table in ("audit_entry", "audit_seal"):
            place = f" ON {table}" if connection.vendor == "postgresql" else ""
            for deed in ("changed", "deleted"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_is_not_{deed}{place}")
        cursor.execute(sql, params)


def test_an_untouched_chain_is_whole(entries):
    EntryFactory()

    found = verify_chain()

    assert found.is_whole
    assert (found.sealed, found.unsealed, found.head) == (6, 1, head().digest)


def test_an_empty_trail_is_whole():
    assert verify_chain().is_whole


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("code", "review.reopened"),
        ("by_name", "Ben Okri"),
        ("by_id", 99),
        ("about_id", 99),
        ("at", "2026-03-02 23:00:00+00:00"),
        ("details", '{"weight": 10, "name": "Zoë"}'),
        ("delegate_id", 5),
    ],
)
def test_an_altered_entry_is_named(entries, column, value):
    tamper(f"UPDATE audit_entry SET {column} = %s WHERE id = %s", value, entries[2].pk)  # noqa: S608

    found = verify_chain()

    assert (found.first_broken, found.entry_id) == (3, entries[2].pk)
    assert found.damage is Damage.ENTRY_ALTERED


def test_a_missing_entry_is_named(entries):
    tamper("DELETE FROM audit_entry WHERE id = %s", entries[3].pk)

    found = verify_chain()

    assert (found.first_broken, found.entry_id) == (4, entries[3].pk)
    assert found.damage is Damage.ENTRY_MISSING


def test_a_missing_seal_is_named(entries):
    tamper("DELETE FROM audit_seal WHERE position = 2")

    found = verify_chain()

    assert (found.first_broken, found.damage) == (2, Damage.SEAL_MISSING)


def test_an_altered_seal_is_named(entries):
    tamper("UPDATE audit_seal SET digest = %s WHERE position = 5", 64 * "f")

    found = verify_chain()

    assert (found.first_broken, found.damage) == (5, Damage.SEAL_ALTERED)


def test_entries_that_changed_places_are_named(entries):
    second, third = entries[1].pk, entries[2].pk
    tamper("UPDATE audit_seal SET entry_id = -1 WHERE position = 2")
    tamper("UPDATE audit_seal SET entry_id = %s WHERE position = 3", second)
    tamper("UPDATE audit_seal SET entry_id = %s WHERE position = 2", third)

    found = verify_chain()

    assert (found.first_broken, found.damage) == (2, Damage.REORDERED)


def test_a_chopped_tail_is_found_by_who_remembers_the_head(entries):
    remembered = head().digest
    tamper("DELETE FROM audit_seal WHERE position > 4")
    tamper("DELETE FROM audit_entry WHERE id >= %s", entries[4].pk)

    assert verify_chain().is_whole
    found = verify_chain(remembered)
    assert (found.first_broken, found.damage) == (5, Damage.HEAD_MISSING)


def test_a_chain_that_has_grown_still_leads_through_a_remembered_head(entries):
    remembered = head().digest
    EntryFactory.create_batch(2)
    seal_entries()

    assert verify_chain(remembered.upper()).is_whole


def test_a_long_chain_is_walked_in_stretches(entries, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(verifying, "STRETCH", 2)
    told = []

    with django_assert_num_queries(3 * 2 + 1 + 1):
        assert verify_chain(tell=told.append).is_whole

    assert told == [2, 4, 6]
