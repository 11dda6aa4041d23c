"""What a row has to say, and what cannot be."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext as _

from evenhand.integrations.people_files.cells import Cells, Fault
from evenhand.integrations.people_files.kinds import UNITS, Status
from evenhand.people.columns import Field
from evenhand.spreadsheets.tables import Problem, Severity, Table

_YOUNGEST_AT_WORK = 13
_OLDEST_HIRE = 1930
_HISTORY = "several_rows_each"
_HISTORY_SHARE = 0.3
_HISTORY_ROWS = 20
_MOST_ROWS_NAMED = 8

Days = Sequence[date | None]


def absent(cells: Cells) -> tuple[list[Problem], set[int]]:
    """Rows without a number; those that name nobody at all are passed over."""
    problems: list[Problem] = []
    passed: set[int] = set()
    who = [cells.text(said) for said in (Field.GIVEN_NAME, Field.FAMILY_NAME, Field.EMAIL)]
    for at, number in enumerate(cells.text(Field.NUMBER)):
        if number:
            continue
        if any(column[at] for column in who):
            fault = Fault("missing_number", _("The number is missing. Please fill it in."))
            problems.append(cells.problem(at, Field.NUMBER, "", fault))
            continue
        passed.add(at)
        fault = Fault(
            "nobody_in_row", _("This row names nobody, so we passed it over."), Severity.WARNING
        )
        problems.append(cells.problem(at, Field.NUMBER, "", fault))
    return problems, passed


def repeated(cells: Cells, table: Table) -> tuple[list[Problem], set[int]]:
    """The same number twice: a true copy is passed over, anything else is refused."""
    groups = _groups(cells.text(Field.NUMBER))
    if _is_history(groups, len(cells)):
        return [_history(cells)], set()
    used = [table.header.index(name) for name in cells.names.values()]
    problems: list[Problem] = []
    passed: set[int] = set()
    for number, places in groups.items():
        contents = {tuple(table.rows[at][c].strip() for c in used) for at in places}
        if len(contents) == 1:
            passed.update(places[1:])
            problems += [_copy(cells, at, places[0], number) for at in places[1:]]
        else:
            problems += [_twice(cells, at, places, number) for at in places]
    return problems, passed


def is_history(problems: Iterable[Problem]) -> bool:
    return any(problem.code == _HISTORY for problem in problems)


def _groups(column: Sequence[str]) -> dict[str, list[int]]:
    groups: defaultdict[str, list[int]] = defaultdict(list)
    if len(set(column)) == len(column):
        return groups
    for at, value in enumerate(column):
        if value:
            groups[value].append(at)
    return {value: places for value, places in groups.items() if len(places) > 1}


def _is_history(groups: dict[str, list[int]], rows: int) -> bool:
    extra = sum(len(places) - 1 for places in groups.values())
    return extra > _HISTORY_ROWS and extra > rows * _HISTORY_SHARE


def _history(cells: Cells) -> Problem:
    name = cells.names[Field.NUMBER]
    message = _(
        "Many numbers in “%(column)s” stand in several rows, as in a list of changes over time."
        " Please export one row for each person, as they are today."
    )
    return Problem(None, name, "", _HISTORY, message % {"column": name})


def _copy(cells: Cells, at: int, first: int, number: str) -> Problem:
    message = _("This row says the same as row %(row)d, so we passed it over.")
    fault = Fault("repeated_row", message % {"row": cells.row_numbers[first]}, Severity.WARNING)
    return cells.problem(at, Field.NUMBER, number, fault)


def _twice(cells: Cells, at: int, places: Sequence[int], number: str) -> Problem:
    rows = _rows(cells, [place for place in places if place != at])
    message = _(
        "{value} also stands in row %(rows)s with other facts. Please keep the row that is right."
    )
    fault = Fault("duplicate_number", message % {"rows": rows})
    return cells.problem(at, Field.NUMBER, number, fault)


def _rows(cells: Cells, places: Sequence[int]) -> str:
    shown = [str(cells.row_numbers[place]) for place in places[:_MOST_ROWS_NAMED]]
    return ", ".join([*shown, "…"] if len(places) > _MOST_ROWS_NAMED else shown)


def shared_emails(cells: Cells, passed: set[int]) -> list[Problem]:
    """An address belongs to one person."""
    numbers = cells.text(Field.NUMBER)
    problems: list[Problem] = []
    for email, group in _groups(cells.text(Field.EMAIL)).items():
        places = [at for at in group if at not in passed]
        if len({numbers[at] for at in places}) <= 1:
            continue
        for at in places:
            rows = _rows(cells, [place for place in places if place != at])
            message = _("{value} also stands in row %(rows)s. Please give each their own address.")
            fault = Fault("duplicate_email", message % {"rows": rows})
            problems.append(cells.problem(at, Field.EMAIL, email, fault))
    return problems


def nameless(cells: Cells) -> list[Problem]:
    if not {Field.FULL_NAME, Field.GIVEN_NAME, Field.FAMILY_NAME} & cells.names.keys():
        return []
    said = next(
        f for f in (Field.FULL_NAME, Field.FAMILY_NAME, Field.GIVEN_NAME) if f in cells.names
    )
    fault = Fault("missing_name", _("The name is missing. Please fill it in."))
    given, family = cells.text(Field.GIVEN_NAME), cells.text(Field.FAMILY_NAME)
    return [
        cells.problem(at, said, "", fault)
        for at, number in enumerate(cells.text(Field.NUMBER))
        if number and not given[at] and not family[at]
    ]


def unitless(cells: Cells, has_left: Sequence[bool]) -> list[Problem]:
    """Whoever works here works in a unit."""
    columns = {said: cells.text(said) for said in UNITS if said in cells.names}
    if not columns:
        return []
    said = Field.UNIT_NAME if Field.UNIT_NAME in columns else min(columns)
    fault = Fault("missing_unit", _("The unit is missing. Please fill it in."))
    listed = list(columns.values())
    return [
        cells.problem(at, said, "", fault)
        for at in range(len(cells))
        if not has_left[at] and not any(column[at] for column in listed)
    ]


def impossible_days(cells: Cells, on: date) -> list[Problem]:
    hired, left = _days(cells, Field.HIRED_ON), _days(cells, Field.LEFT_ON)
    since, born = _days(cells, Field.POSITION_SINCE), _days(cells, Field.BIRTH_ON)
    away, back = _days(cells, Field.LEAVE_FROM), _days(cells, Field.LEAVE_TO)
    return [
        *_before(cells, Field.LEFT_ON, (left, hired), _left_before_hired()),
        *_before(cells, Field.LEAVE_TO, (back, away), _leave_backwards()),
        *_before(cells, Field.POSITION_SINCE, (since, hired), _position_before_hired()),
        *_too_young(cells, born, hired, on),
        *_too_long_ago(cells, hired),
    ]


def status_and_last_day(cells: Cells, on: date) -> list[Problem]:
    """A word of status and a last day that do not agree: the day counts."""
    left = _days(cells, Field.LEFT_ON)
    problems: list[Problem] = []
    if Field.LEFT_ON not in cells.names:
        return problems
    without = Fault(
        "left_without_day",
        _("This person has left, but the last day is missing."),
        Severity.WARNING,
    )
    still = Fault(
        "status_disagrees",
        _("{value} does not fit the last day in the past. We go by the day."),
        Severity.WARNING,
    )
    for at, status in enumerate(cells.statuses or ()):
        day = left[at]
        if status is Status.LEFT and day is None:
            problems.append(cells.problem(at, Field.LEFT_ON, "", without))
        elif status in {Status.ACTIVE, Status.ON_LEAVE} and day is not None and day < on:
            problems.append(cells.problem(at, Field.STATUS, str(status), still))
    return problems


def _days(cells: Cells, said: Field) -> Days:
    return cells.days.get(said) or [None] * len(cells)


def _before(cells: Cells, said: Field, days: tuple[Days, Days], fault: Fault) -> list[Problem]:
    return [
        cells.problem(at, said, later.isoformat(), fault)
        for at, (later, earlier) in enumerate(zip(*days, strict=True))
        if later is not None and earlier is not None and later < earlier
    ]


def _too_young(cells: Cells, born: Days, hired: Days, on: date) -> list[Problem]:
    fault = Fault("impossible_birth", _("The date of birth does not fit the first day at work."))
    return [
        cells.problem(at, Field.BIRTH_ON, "", fault)
        for at, (birth, first) in enumerate(zip(born, hired, strict=True))
        if birth is not None and min(first or on, on).year - birth.year < _YOUNGEST_AT_WORK
    ]


def _too_long_ago(cells: Cells, hired: Days) -> list[Problem]:
    message = _("{value} is very long ago. Please check the year.")
    fault = Fault("long_ago", message, Severity.WARNING)
    return [
        cells.problem(at, Field.HIRED_ON, day.isoformat(), fault)
        for at, day in enumerate(hired)
        if day is not None and day.year < _OLDEST_HIRE
    ]


def _left_before_hired() -> Fault:
    message = _("The last day, {value}, is before the first day. Please correct one of them.")
    return Fault("left_before_hired", message)


def _leave_backwards() -> Fault:
    message = _("The leave ends on {value}, before it begins. Please correct one of the days.")
    return Fault("leave_ends_before_it_begins", message)


def _position_before_hired() -> Fault:
    message = _("The position begins on {value}, before the first day. Please check it.")
    return Fault("position_before_hired", message, Severity.WARNING)
