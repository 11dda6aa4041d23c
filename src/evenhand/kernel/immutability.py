"""Tables whose rows the database itself refuses to change or take out.

What it lets pass: emptying a whole table with TRUNCATE (PostgreSQL), which needs the owner's
rights, and dropping the triggers. Against whoever has these rights the audit trail's hash chain is
the proof. SQLite makes a table anew when a migration alters it, and its triggers are lost: such a
migration ends with `refuse_changes` again.
"""

from collections.abc import Sequence

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

REFUSAL = "evenhand_refuse_change"


def refuse_changes(table: str, *, sealed: Sequence[str] = ()) -> migrations.RunPython:
    """The migration step that makes a table append-only.

    `sealed` names its encrypted columns. They may be sealed again with another key, so that keys
    can be rotated; nothing else about the row may change with it.
    """

    def guard(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        unguard(apps, editor)
        for statement in guards(editor.connection, table, sealed):
            editor.execute(statement, params=None)

    def unguard(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        place = f" ON {table}" if editor.connection.vendor == "postgresql" else ""
        for deed in ("changed", "deleted"):
            editor.execute(f"DROP TRIGGER IF EXISTS {table}_is_not_{deed}{place}", params=None)

    return migrations.RunPython(guard, unguard)


def guards(connection: BaseDatabaseWrapper, table: str, sealed: Sequence[str]) -> list[str]:
    """The statements that guard a table in the database's own language."""
    if connection.vendor == "postgresql":
        return [_POSTGRESQL_REFUSAL, *_on_postgresql(table, sealed)]
    with connection.cursor() as cursor:
        described = connection.introspection.get_table_description(cursor, table)
    return _on_sqlite(table, [column.name for column in described], sealed)


_POSTGRESQL_REFUSAL = f"""
CREATE OR REPLACE FUNCTION {REFUSAL}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Rows of % are never changed or deleted.', TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


def _on_postgresql(table: str, sealed: Sequence[str]) -> list[str]:
    names = "".join(f" - '{column}'" for column in sealed)
    changes = [f"to_jsonb(OLD){names} IS DISTINCT FROM to_jsonb(NEW){names}"] + [
        f"OLD.{c} IS DISTINCT FROM NEW.{c} AND (OLD.{c} = '' OR NEW.{c} = ''"
        f" OR split_part(OLD.{c}, '.', 2) = split_part(NEW.{c}, '.', 2))"
        for c in sealed
    ]
    return _triggers(table, _any(changes) if sealed else "true", f"EXECUTE FUNCTION {REFUSAL}()")


def _on_sqlite(table: str, columns: Sequence[str], sealed: Sequence[str]) -> list[str]:
    changes = [f'OLD."{c}" IS NOT NEW."{c}"' for c in columns if c not in sealed] + [
        f'OLD."{c}" IS NOT NEW."{c}" AND (OLD."{c}" = \'\' OR NEW."{c}" = \'\''
        f" OR {_sqlite_key('OLD', c)} = {_sqlite_key('NEW', c)})"
        for c in sealed
    ]
    refuse = f"BEGIN SELECT RAISE(ABORT, 'Rows of {table} are never changed or deleted.'); END"
    return _triggers(table, _any(changes) if sealed else "true", refuse)


def _sqlite_key(row: str, column: str) -> str:
    """The id of the key a text is sealed with: what stands between its first two dots."""
    after_version = f'substr({row}."{column}", instr({row}."{column}", \'.\') + 1)'
    return f"substr({after_version}, 1, instr({after_version}, '.') - 1)"


def _triggers(table: str, change: str, refuse: str) -> list[str]:
    each = f"ON {table} FOR EACH ROW"
    return [
        f"CREATE TRIGGER {table}_is_not_changed BEFORE UPDATE {each} WHEN ({change}) {refuse}",
        f"CREATE TRIGGER {table}_is_not_deleted BEFORE DELETE {each} {refuse}",
    ]


def _any(conditions: Sequence[str]) -> str:
    return " OR ".join(f"({condition})" for condition in conditions)
