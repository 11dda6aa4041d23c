"""Whether a column has one of very many values, sent to the database as one parameter.

`column__in` writes a mark for each value, and thousands of marks take longer to write and to read
than the rows take to be found.
"""

import json
from collections.abc import Iterable

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, F, Func
from django.db.models.sql.compiler import SQLCompiler


class Among(Func):
    """A condition for `filter`: `Among("goal_id", ids)`. The values are numbers or texts."""

    output_field = BooleanField()

    def __init__(self, column: str, values: Iterable[int | str]) -> None:
        super().__init__(F(column))
        self.values = list(values)

    def as_sqlite(
        self,
        compiler: SQLCompiler,
        connection: BaseDatabaseWrapper,
        **_context: object,
    ) -> tuple[str, tuple[str | int, ...]]:
        column, params = compiler.compile(self.source_expressions[0])
        # The column comes from the model; the values are a parameter.
        sql = f"{column} IN (SELECT value FROM json_each(%s))"  # noqa: S608
        return sql, (*params, json.dumps(self.values))

    def as_postgresql(
        self, compiler: SQLCompiler, _connection: BaseDatabaseWrapper, **_context: object
    ) -> tuple[str, tuple[object, ...]]:
        column, params = compiler.compile(self.source_expressions[0])
        # An empty list has no kind of its own: the database then takes that of the column.
        kinds = {type(value) for value in self.values[:1]}
        kind = "::text[]" if kinds == {str} else "::bigint[]" if kinds else ""
        return f"{column} = ANY(%s{kind})", (*params, self.values)
