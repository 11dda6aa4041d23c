"""Waiting for one another where locks on rows are not enough."""

from zlib import crc32

from django.db import connection


def one_at_a_time(what: str) -> None:
    """Let only one transaction at a time do this; the next one waits until this one has ended.

    SQLite lets only one transaction write anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [crc32(what.encode())])
