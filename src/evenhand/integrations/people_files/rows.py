"""From a table and a mapping to people, and to what is wrong."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from evenhand.integrations.people_files import checks, managers, values
from evenhand.integrations.people_files.cells import Cells, read_cells
from evenhand.integrations.people_files.kinds import (
    UNITS,
    KnownPerson,
    PersonRow,
    ProtectedRow,
    Records,
)
from evenhand.integrations.people_files.mapping import Mapping
from evenhand.integrations.people_files.names import split_name
from evenhand.integrations.people_files.questions import settle_dates
from evenhand.people.columns import PROTECTED, UNIT_LEVELS, Field
from evenhand.spreadsheets.tables import MASKED, Problem, Severity, Table

Texts = list[str] | list[None]


def people_in(
    table: Table,
    mapping: Mapping,
    *,
    on: date,
    elsewhere: Sequence[KnownPerson] | None = None,
) -> Records:
    """Read every row. `elsewhere` are people known without the file; None leaves numbers open."""
    mapping, questions = settle_dates(table, mapping.fitted_to(table.header), on)
    cells = read_cells(table, mapping, on, frozenset(q.column for q in questions))
    cells.problems += [
        Problem(None, question.column, "", "question_open", question.message)
        for question in questions
    ]
    said = frozenset(cells.names)
    if Field.NUMBER not in said:
        return Records((), (), (*cells.problems, _no_number_column()), frozenset(), said)
    _split_full_names(cells)
    has_left = managers.has_left(cells, on)
    problems, passed = _checked(table, cells, has_left, on)
    if checks.is_history(problems):
        return Records((), (), (*cells.problems, *problems), frozenset(), said)
    known = managers.directory(cells, elsewhere, has_left, on)
    policy = managers.Policy(mapping.manager_not_found)
    found = managers.Finder(cells, known, policy, has_left, problems).numbers()
    looping, in_loops = _loops(cells, found, passed, elsewhere or ())
    problems = [
        problem
        for problem in (*cells.problems, *_of_table(table, cells), *problems, *looping)
        if problem.row is None or problem.row not in passed or not problem.is_error
    ]
    refused = frozenset(p.row for p in problems if p.is_error and p.row is not None) | in_loops
    people = _people(cells, found, refused | passed)
    protected = _protected(cells, refused | passed)
    problems.sort(key=lambda problem: problem.row or 0)
    return Records(people, protected, tuple(problems), refused, said)


def _checked(
    table: Table, cells: Cells, has_left: Sequence[bool], on: date
) -> tuple[list[Problem], set[int]]:
    """Problems of all rows, and the rows that are passed over, by number of row."""
    absent, nobody = checks.absent(cells)
    repeated, copies = checks.repeated(cells, table)
    passed = nobody | copies
    problems = [
        *absent,
        *repeated,
        *checks.nameless(cells),
        *checks.shared_emails(cells, passed),
        *checks.unitless(cells, has_left),
        *checks.impossible_days(cells, on),
        *checks.status_and_last_day(cells, on),
    ]
    return problems, {cells.row_numbers[at] for at in passed}


def _of_table(table: Table, cells: Cells) -> list[Problem]:
    """What was found while reading; a text too long in a column that nobody uses does no harm."""
    used = {name: said for said, name in cells.names.items()}
    kept: list[Problem] = []
    for problem in table.problems:
        said = used.get(problem.column)
        if said in PROTECTED:
            kept.append(replace(problem, value=MASKED))
        elif problem.code == "cell_too_long" and said is None:
            kept.append(replace(problem, severity=Severity.WARNING))
        else:
            kept.append(problem)
    return kept


def _split_full_names(cells: Cells) -> None:
    whole = cells.texts.get(Field.FULL_NAME)
    if whole is None:
        return
    parted = {name: split_name(name) for name in set(whole)}
    given, family = cells.texts.get(Field.GIVEN_NAME), cells.texts.get(Field.FAMILY_NAME)
    cells.texts[Field.GIVEN_NAME] = [
        (given[at] if given else "") or parted[name][0] for at, name in enumerate(whole)
    ]
    cells.texts[Field.FAMILY_NAME] = [
        (family[at] if family else "") or parted[name][1] for at, name in enumerate(whole)
    ]


def _loops(
    cells: Cells, found: list[str] | None, passed: set[int], elsewhere: Sequence[KnownPerson]
) -> tuple[list[Problem], frozenset[int]]:
    """One problem for each loop of reporting, at its first row."""
    if found is None:
        return [], frozenset()
    numbers = cells.text(Field.NUMBER)
    manager_of = {person.number: person.manager_number for person in elsewhere}
    rows: dict[str, int] = {}
    for row, number, manager in zip(cells.row_numbers, numbers, found, strict=True):
        if number and row not in passed:
            manager_of[number] = manager
            rows[number] = row
    problems: list[Problem] = []
    refused: set[int] = set()
    for loop in managers.loops(manager_of):
        in_file = [rows[number] for number in loop if number in rows]
        if in_file:
            refused.update(in_file)
            problems.append(_loop(cells, min(in_file), loop))
    return problems, frozenset(refused)


def _loop(cells: Cells, row: int, loop: Sequence[str]) -> Problem:
    said = next(
        f
        for f in (Field.MANAGER_NUMBER, Field.MANAGER_NAME, Field.MANAGER_EMAIL)
        if f in cells.names
    )
    message = _(
        "Row %(row)d, column “%(column)s”: these people report to each other in a circle:"
        " %(circle)s. Please correct one of their managers."
    )
    circle = managers.reports_in(loop)
    name = cells.names[said]
    said_so = {"row": row, "column": name, "circle": circle}
    return Problem(row, name, circle, "reporting_cycle", message % said_so)


def _people(
    cells: Cells, found: list[str] | None, left_out: frozenset[int] | set[int]
) -> tuple[PersonRow, ...]:
    count = len(cells)
    nothing: list[None] = [None] * count

    def text(said: Field) -> Texts:
        return cells.texts.get(said) or nothing

    def day(said: Field) -> list[date | None] | list[None]:
        return cells.days.get(said) or nothing

    columns = zip(
        cells.row_numbers,
        cells.text(Field.NUMBER),
        text(Field.GIVEN_NAME),
        text(Field.FAMILY_NAME),
        text(Field.EMAIL),
        found or nothing,
        text(Field.MANAGER_NAME),
        text(Field.MANAGER_EMAIL),
        text(Field.MATRIX_MANAGER_NUMBER),
        _paths(cells) or nothing,
        text(Field.UNIT_CODE),
        text(Field.TITLE),
        text(Field.GRADE),
        text(Field.JOB_FAMILY),
        text(Field.COUNTRY),
        text(Field.LOCATION),
        day(Field.HIRED_ON),
        day(Field.LEFT_ON),
        day(Field.POSITION_SINCE),
        cells.statuses or nothing,
        day(Field.LEAVE_FROM),
        day(Field.LEAVE_TO),
        strict=True,
    )
    return tuple(PersonRow(*column) for column in columns if column[0] not in left_out)


def _protected(cells: Cells, left_out: frozenset[int] | set[int]) -> tuple[ProtectedRow, ...]:
    if not PROTECTED & cells.names.keys():
        return ()
    nothing: list[None] = [None] * len(cells)
    columns = zip(
        cells.row_numbers,
        cells.text(Field.NUMBER),
        cells.texts.get(Field.SEX) or nothing,
        cells.texts.get(Field.RACE) or nothing,
        cells.days.get(Field.BIRTH_ON) or nothing,
        cells.texts.get(Field.DISABILITY) or nothing,
        strict=True,
    )
    return tuple(ProtectedRow(*column) for column in columns if column[0] not in left_out)


def _paths(cells: Cells) -> list[tuple[str, ...]] | None:
    """Each row's unit with those above it, from the top."""
    if not (UNITS - {Field.UNIT_CODE}) & cells.names.keys():
        return None
    listed = [cells.texts[said] for said in (*UNIT_LEVELS, Field.UNIT_NAME) if said in cells.texts]
    whole = cells.texts.get(Field.UNIT_PATH) or [""] * len(cells)
    split = {path: values.unit_path(path) for path in set(whole)}
    known: dict[tuple[str, ...], tuple[str, ...]] = {}
    paths: list[tuple[str, ...]] = []
    for parts in zip(whole, *listed, strict=True):
        path = known.get(parts)
        if path is None:
            path = known[parts] = _path(split[parts[0]], parts[1:])
        paths.append(path)
    return paths


def _path(whole: tuple[str, ...], names: Sequence[str]) -> tuple[str, ...]:
    path = list(whole)
    for name in names:
        if name and (not path or path[-1] != name):
            path.append(name)
    return tuple(path)


def _no_number_column() -> Problem:
    message = _(
        "No column says the personnel number, so we cannot tell people apart. Please choose one."
    )
    return Problem(None, "", "", "no_number_column", message)
