"""The limit of bulk writing: the very same rows, put back by the plainest means there is."""

from collections.abc import Sequence

from django.db import connection, models

from bench.measuring import timed


def rows_of(model: type[models.Model]) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {model._meta.db_table}")
        return list(cursor.fetchall())


def seconds_to_write_again(tables: Sequence[type[models.Model]]) -> tuple[float, int]:
    """Take the rows out of these tables, put them back with COPY or executemany, and time that.

    Parents come first in `tables`. Indexes and constraints stay as they are.
    """
    kept = [(model, rows_of(model)) for model in tables]
    with connection.cursor() as cursor:
        for model in reversed(tables):
            _empty(cursor, model)
    total = sum(len(rows) for _model, rows in kept)
    with timed() as watch, connection.cursor() as cursor:
        cursor.execute("BEGIN")
        for model, rows in kept:
            _write(cursor, model, rows)
        cursor.execute("COMMIT")
    return watch.seconds, total


def seconds_to_insert_select(tables: Sequence[type[models.Model]]) -> tuple[float, int]:
    """The same with INSERT..SELECT from a copy of each table, all inside the database."""
    total = 0
    with connection.cursor() as cursor:
        for model in tables:
            table = model._meta.db_table
            cursor.execute(f"DROP TABLE IF EXISTS bench_{table}")
            cursor.execute(f"CREATE TEMPORARY TABLE bench_{table} AS SELECT * FROM {table}")
            cursor.execute(f"SELECT count(*) FROM {table}")
            total += cursor.fetchone()[0]
        for model in reversed(tables):
            _empty(cursor, model)
        with timed() as watch:
            cursor.execute("BEGIN")
            for model in tables:
                table = model._meta.db_table
                cursor.execute(f"INSERT INTO {table} SELECT * FROM bench_{table}")
            cursor.execute("COMMIT")
    return watch.seconds, total


def _empty(cursor, model: type[models.Model]) -> None:
    """Take all rows out, also where the product refuses it: this database is thrown away."""
    table = model._meta.db_table
    if connection.vendor == "postgresql":
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(f"TRUNCATE {table} CASCADE")
        return
    cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
    for (trigger,) in cursor.fetchall():
        cursor.execute(f"DROP TRIGGER {trigger}")
    cursor.execute("PRAGMA foreign_keys=OFF")
    cursor.execute(f"DELETE FROM {table}")
    cursor.execute("PRAGMA foreign_keys=ON")


def _write(cursor, model: type[models.Model], rows: list[tuple[object, ...]]) -> None:
    table = model._meta.db_table
    if not rows:
        return
    if connection.vendor == "postgresql":
        with cursor.copy(f"COPY {table} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    marks = ", ".join("?" for _ in rows[0])
    connection.connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
