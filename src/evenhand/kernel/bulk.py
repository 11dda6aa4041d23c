"""Many rows at once, written by the database from a query, without passing through Python."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from django.db import connections, models, router

T = TypeVar("T")


def batches(things: Iterable[T], size: int) -> Iterator[list[T]]:
    """The same things, so many at a time."""
    rest = iter(things)
    while batch := list(islice(rest, size)):
        yield batch


def insert_select(
    model: type[models.Model],
    columns: Sequence[str],
    rows: models.QuerySet[Any, Any],
    *,
    skip_existing: bool = False,
) -> int:
    """INSERT INTO model (columns) SELECT rows; returns how many came in.

    `rows` is a `values_list` with as many columns, in the same order. With `skip_existing` a row
    that would break a unique constraint is left out, which makes a repeated step harmless.
    """
    connection = connections[router.db_for_write(model)]
    quote = connection.ops.quote_name
    names = ", ".join(quote(_column(model, name)) for name in columns)
    select, params = rows.query.sql_with_params()
    # SQLite needs a WHERE before ON CONFLICT to tell it from a join; a subquery serves both.
    conflict = " WHERE true ON CONFLICT DO NOTHING" if skip_existing else ""
    table = quote(model._meta.db_table)
    # Names come from the model and its query; values are parameters.
    sql = f"INSERT INTO {table} ({names}) SELECT * FROM ({select}) AS found{conflict}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return int(cursor.rowcount)


def _column(model: type[models.Model], name: str) -> str:
    field = model._meta.get_field(name)
    return str(field.column) if isinstance(field, models.Field) else name
