"""Many rows at once, written by the database from a query, without passing through Python."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import connections, models, router
from django.db.backends.base.base import BaseDatabaseWrapper

if TYPE_CHECKING:
    AnyField = models.Field[Any, Any]
else:
    AnyField = models.Field

T = TypeVar("T")

ROWS_AT_ONCE = 10_000
COME_AGAIN = (models.DateField, models.DecimalField)
AS_THEY_ARE = (models.CharField, models.IntegerField, models.ForeignKey, models.BooleanField)


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


def insert_rows(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> int:
    """Insert many rows of plain values as fast as the database can; returns how many."""
    connection = connections[router.db_for_write(model)]
    fields = [_field(model, name) for name in columns]
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in fields)
    into = f"{quote(model._meta.db_table)} ({names})"
    prepared = _prepared(fields, rows, connection)
    if connection.vendor == "postgresql":
        return _copy(connection, f"COPY {into} FROM STDIN", prepared)
    places = ", ".join(["%s"] * len(fields))
    sql = f"INSERT INTO {into} VALUES ({places})"  # noqa: S608
    return _execute_each(connection, sql, prepared)


def update_rows(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Give many rows new values in these columns; in each row the primary key comes last."""
    connection = connections[router.db_for_write(model)]
    fields = [_field(model, name) for name in columns]
    quote = connection.ops.quote_name
    new = ", ".join(f"{quote(str(field.column))} = %s" for field in fields)
    key = _field(model, "pk")
    sql = (
        f"UPDATE {quote(model._meta.db_table)} SET {new}"  # noqa: S608
        f" WHERE {quote(str(key.column))} = %s"
    )
    _execute_each(connection, sql, _prepared([*fields, key], rows, connection))


def _copy(connection: BaseDatabaseWrapper, sql: str, rows: Iterable[Sequence[Any]]) -> int:
    written = 0
    with connection.cursor() as cursor:
        # A batch is complete before it is copied: making its rows may need the connection as well.
        for batch in batches(rows, ROWS_AT_ONCE):
            with cursor.copy(sql) as copy:
                for row in batch:
                    copy.write_row(row)
            written += len(batch)
    return written


def _execute_each(connection: BaseDatabaseWrapper, sql: str, rows: Iterable[Sequence[Any]]) -> int:
    executed = 0
    with connection.cursor() as cursor:
        for batch in batches(rows, ROWS_AT_ONCE):
            cursor.executemany(sql, batch)
            executed += len(batch)
    return executed


def _prepared(
    fields: "Sequence[AnyField]",
    rows: Iterable[Sequence[Any]],
    connection: BaseDatabaseWrapper,
) -> Iterator[Sequence[Any]]:
    odd = [(place, _storing(f, connection)) for place, f in enumerate(fields) if not _is_plain(f)]
    for row in rows:
        values = list(row)
        for place, store in odd:
            values[place] = store(values[place])
        yield values


def _is_plain(field: AnyField) -> bool:
    # Most values are stored as they are; only the others are worth a call for each.
    return isinstance(field, AS_THEY_ARE)


def _storing(field: AnyField, connection: BaseDatabaseWrapper) -> Callable[[Any], object]:
    def store(value: object) -> object:
        return field.get_db_prep_save(value, connection)

    # The same days, moments and figures come again and again.
    return lru_cache(maxsize=10_000)(store) if isinstance(field, COME_AGAIN) else store


def _field(model: type[models.Model], name: str) -> "AnyField":
    field = model._meta.pk if name == "pk" else model._meta.get_field(name)
    assert isinstance(field, models.Field)  # noqa: S101
    return field


def _column(model: type[models.Model], name: str) -> str:
    return str(_field(model, name).column)
