import argparse

import pytest
from django.db import connection

from evenhand.cli import audit_trail
from tests.factories.audit import EntryFactory

pytestmark = pytest.mark.django_db


def evenhand_audit_trail(*words):
    parser = argparse.ArgumentParser()
    audit_trail.configure(parser)
    return audit_trail.run(parser.parse_args(words))


def printed(capsys):
    return capsys.readouterr().out.strip()


def cut_off_the_newest_entry():
    place = "{}"
    if connection.vendor == "postgresql":
        place = "{} ON {}"
    with connection.cursor() as cursor:
        for table, column in (("audit_seal", "entry_id"), ("audit_entry", "id")):
            trigger = place.format(f"{table}_is_not_deleted", table)
            cursor.execute(f"DROP TRIGGER IF EXISTS {trigger}")
            cursor.execute(
                f"DELETE FROM {table} WHERE {column} = (SELECT max({column}) FROM {table})"  # noqa: S608
            )


def test_a_whole_trail_is_said_to_be_whole(capsys):
    EntryFactory.create_batch(3)
    assert evenhand_audit_trail("seal") == 0
    EntryFactory()
    capsys.readouterr()

    assert evenhand_audit_trail("verify") == 0

    assert "3 entries sealed, 1 not yet" in printed(capsys)


def test_the_head_noted_down_finds_out_a_cut(capsys):
    EntryFactory.create_batch(3)
    evenhand_audit_trail("seal")
    capsys.readouterr()
    evenhand_audit_trail("head")
    noted = printed(capsys)
    assert evenhand_audit_trail("verify", "--head", noted) == 0

    cut_off_the_newest_entry()

    assert evenhand_audit_trail("verify") == 0
    assert evenhand_audit_trail("verify", "--head", noted) == 1
    assert "position 3" in capsys.readouterr().err


def test_the_first_broken_entry_is_named(capsys):
    entries = EntryFactory.create_batch(3)
    evenhand_audit_trail("seal")
    place = " ON audit_entry" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER audit_entry_is_not_changed{place}")
        cursor.execute("UPDATE audit_entry SET by_name = 'Eve' WHERE id = %s", [entries[1].pk])

    assert evenhand_audit_trail("verify") == 1

    said = capsys.readouterr().err
    assert f"position 2, entry {entries[1].pk}" in said
    assert "Eve: review.submitted" in said
