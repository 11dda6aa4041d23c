"""What importing a file would change: one pass over its rows beside everybody in the database."""

from collections.abc import Iterator
from datetime import date

from evenhand.integrations import complaints, positions
from evenhand.integrations.comparing import compare, take_leave_of
from evenhand.integrations.drafting import NOT_FOUND, Change, Plan, told
from evenhand.integrations.kinds import ChangeKind, Fact
from evenhand.integrations.people_files import values
from evenhand.integrations.people_files.kinds import PersonRow, Records
from evenhand.integrations.people_files.mapping import Mapping
from evenhand.integrations.people_files.rows import people_in
from evenhand.integrations.reporting import can_lead
from evenhand.integrations.sight import Sight
from evenhand.integrations.snapshots import Known, Snapshot, Stay, take_snapshot
from evenhand.integrations.standing import How, standing_of
from evenhand.integrations.unit_book import UnitBook, UnitClosed
from evenhand.people.columns import UNIT_LEVELS, Field
from evenhand.spreadsheets.tables import Problem, Table

WORKING = frozenset({How.NEW, How.STAYS, How.RETURNS})
# The column that a complaint about a unit points at: the one that says most.
MOST_TELLING = (Field.UNIT_CODE, Field.UNIT_NAME, Field.UNIT_PATH, *reversed(UNIT_LEVELS))


def plan_import(table: Table, mapping: Mapping, *, on: date, is_complete: bool = False) -> Plan:
    """Compare a file with the database as it is now. Nothing is changed."""
    mapping = mapping.fitted_to(table.header)
    now = take_snapshot(on)
    absent = _absent(table, mapping, now, on)
    leaving = absent if is_complete else []
    elsewhere = now.elsewhere(on, gone=[known.number for known in leaving])
    records = people_in(table, mapping, on=on, elsewhere=elsewhere)
    sight = _sight(records, mapping, now, on)
    refusals = [problem for row in records.people for problem in _refusals(sight, row)]
    refused = records.refused_rows | {p.row for p in refusals if p.is_error and p.row}
    for row in records.people:
        if row.row not in refused:
            compare(sight, row)
    take_leave_of(sight, leaving)
    draft = sight.draft
    begin = min((placed.starts_on for placed in draft.placed), default=on)
    about_units = complaints.about_units(sight.book, records.said, new=len(draft.added))
    problems = [*about_units, *records.problems, *refusals]
    return Plan(
        on=on,
        changes=draft.changes(sight.book.new_units(min(begin, on))),
        shown=(*_shown_units(sight.book), *draft.shown),
        problems=tuple(sorted(problems, key=lambda problem: problem.row or 0)),
        records=records,
        refused_rows=frozenset(refused),
        unchanged=draft.unchanged,
        absent=len(absent) - len(leaving),
    )


def _absent(table: Table, mapping: Mapping, now: Snapshot, on: date) -> list[Known]:
    """Who works here and stands in no row of the file, not even in one that is refused."""
    column = mapping.column_for(Field.NUMBER)
    if column not in table.header:
        return []
    named = set(map(values.number, set(table.column(column))))
    return [
        known
        for number, known in now.people.items()
        if number not in named and _works_here(now.employments.get(known.pk, []), on)
    ]


def _works_here(stays: list[Stay], on: date) -> bool:
    """Since yesterday at least: who begins today or later is in no file yet."""
    return any(stay.starts_on < on < stay.ends_on for stay in stays)


def _sight(records: Records, mapping: Mapping, now: Snapshot, on: date) -> Sight:
    lacking = {p.row for p in records.problems if p.code in NOT_FOUND and p.row is not None}
    rows = {row.number: row for row in records.people}
    return Sight(
        on=on,
        now=now,
        book=UnitBook.of(now),
        said=records.said,
        rows=rows,
        standings={number: standing_of(row, now, records.said, on) for number, row in rows.items()},
        columns={said: name for name, said in mapping.columns.items()},
        owners={p.email: p.number for p in now.people.values() if p.number not in rows},
        lacking_manager=frozenset(lacking),
    )


def _refusals(sight: Sight, row: PersonRow) -> list[Problem]:
    """What cannot be about one person, seen beside the database."""
    found: list[Problem] = []
    columns = sight.columns
    standing = sight.standings[row.number]
    if standing.how is How.NEW and not row.name:
        found.append(complaints.nameless(row))
    if standing.is_impossible:
        found.append(complaints.leaves_too_early(row, columns.get(Field.LEFT_ON, "")))
    if row.email and row.email.lower() in sight.owners:
        owner = sight.name_of(sight.owners[row.email.lower()])
        found.append(complaints.email_taken(row, columns.get(Field.EMAIL, ""), owner))
    if standing.how in WORKING and (row.unit_path or row.unit_code):
        found += _unit_closed(sight, row)
    if standing.how in WORKING and not can_lead(sight, row):
        column = columns.get(Field.MATRIX_MANAGER_NUMBER, "")
        found.append(complaints.matrix_manager_unknown(row, column))
    return found


def _unit_closed(sight: Sight, row: PersonRow) -> list[Problem]:
    try:
        positions.unit_of(sight, row)
    except UnitClosed:
        column = next((sight.columns[said] for said in MOST_TELLING if said in sight.columns), "")
        return [complaints.unit_closed(row, column)]
    return []


def _shown_units(book: UnitBook) -> Iterator[Change]:
    for code, name, parent in book.new:
        stands_in = told(Fact.PARENT, "", book.shown(parent) if parent else "")
        yield Change(ChangeKind.UNIT, 0, code, name, (stands_in,))
