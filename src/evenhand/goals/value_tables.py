"""From a file of values (CSV or Excel) to rows: key or goal, day, value.

Days and numbers are read as the whole column writes them; what could mean two things is refused.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from evenhand.goals.bringing import BroughtValue
from evenhand.goals.values import Value
from evenhand.spreadsheets.dates import DateStyle, decide, read_date, style_for
from evenhand.spreadsheets.reading import read_table
from evenhand.spreadsheets.tables import Limits, Problem, Severity, Table, UnusableFile, shown
from evenhand.spreadsheets.vocabulary import Vocabulary
from evenhand.spreadsheets.words import plain, tidy

LIMITS = Limits(file_bytes=20_000_000, rows=200_000, columns=50)
LONGEST_KEY, LONGEST_NOTE = 100, 2_000
LATEST_YEAR = 2100

KEY, GOAL, PART, DAY, NOTE = "key", "goal", "part", "day", "note"
VALUE, SOME, WHOLE = "value", "some", "all"
NAMES: dict[str, tuple[str, ...]] = {
    KEY: ("key", "kpi", "code", "source key"),
    GOAL: ("goal", "goal number", "goal id"),
    PART: ("part", "key result", "part number"),
    DAY: ("day", "date", "measured on", "on"),
    VALUE: ("value", "actual", "figure"),
    SOME: ("some", "numerator", "part of it"),
    WHOLE: ("all", "denominator", "out of"),
    NOTE: ("note", "comment", "words"),
}
MEANINGS = {name: meaning for meaning, names in NAMES.items() for name in names}
NUMBERS = (VALUE, SOME, WHOLE)
BLANKS = str.maketrans("", "", " \u00a0\u202f'\u2019")
WRITTEN = re.compile(r"[+-]?\d[\d.,]*", re.ASCII)
WHOLE_NUMBER = re.compile(r"\d{1,18}")


@dataclass(slots=True)
class ReadValues:
    """The rows that can be read, and what is wrong with the others."""

    rows: list[BroughtValue] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.rows) + len({problem.row for problem in self.problems})


class _Unreadable(Exception):
    def __init__(self, column: str, value: str, message: str) -> None:
        super().__init__(message)
        self.column, self.value, self.message = column, value, message


def read_values(raw: bytes) -> ReadValues:
    """Read a file; what cannot be read as a table raises UnusableFile with what to do."""
    return values_of(read_table(raw, VALUES, limits=LIMITS))


def values_of(table: Table) -> ReadValues:
    """The values that stand in a table."""
    columns = _columns(table)
    told = {meaning: table.column(name) for meaning, name in columns.items()}
    reader = _Reader(
        told, decide(told[DAY], latest_year=LATEST_YEAR).styles, _comma(told, table.delimiter)
    )
    read = ReadValues(problems=[p for p in table.problems if p.severity is Severity.ERROR])
    for place, number in enumerate(table.row_numbers):
        try:
            read.rows.append(reader.row(place, number))
        except _Unreadable as odd:
            name = columns.get(odd.column, odd.column)
            problem = Problem(number, name, shown(odd.value), f"odd_{odd.column}", odd.message)
            read.problems.append(problem)
    return read


@dataclass(frozen=True, slots=True)
class _Reader:
    """How the columns of one file are written."""

    told: dict[str, list[str]]
    styles: Sequence[DateStyle]
    comma: str

    def row(self, place: int, number: int) -> BroughtValue:
        numbers = [self._number(meaning, place) for meaning in NUMBERS]
        key, goal, part = (self._cell(meaning, place) for meaning in (KEY, GOAL, PART))
        if not key and not goal:
            raise _Unreadable(KEY, "", _("Give the key of the value, or the number of its goal."))
        if len(key) > LONGEST_KEY:
            raise _Unreadable(KEY, key, _("A key can have 100 characters at most."))
        return BroughtValue(
            number,
            Value(self._day(place), *numbers),
            key,
            _whole(GOAL, goal),
            _whole(PART, part),
            self._cell(NOTE, place)[:LONGEST_NOTE],
        )

    def _cell(self, meaning: str, place: int) -> str:
        return tidy(self.told[meaning][place]) if meaning in self.told else ""

    def _day(self, place: int) -> date:
        written = self._cell(DAY, place)
        style = style_for(written, self.styles)
        found = read_date(written, style, latest_year=LATEST_YEAR) if style else None
        if found is None:
            raise _Unreadable(DAY, written, _("Write the day like 2026-05-31."))
        return found

    def _number(self, meaning: str, place: int) -> Decimal | None:
        written = self._cell(meaning, place)
        return _decimal(meaning, written, self.comma) if written else None


def _columns(table: Table) -> dict[str, str]:
    """Which column of the file says what."""
    columns: dict[str, str] = {}
    for name in table.header:
        meaning = MEANINGS.get(plain(name))
        if meaning is not None:
            columns.setdefault(meaning, name)
    has_place, has_number = {KEY, GOAL} & set(columns), {VALUE, SOME} & set(columns)
    if DAY not in columns or not has_place or not has_number:
        message = _(
            "The file needs a column “key” (or “goal”), a column “day”, and a column “value” (or"
            " “some” and “all”). Please name its columns so."
        )
        raise UnusableFile(code="columns_missing", message=message)
    return columns


def _comma(told: dict[str, list[str]], delimiter: str) -> str:
    """Whether numbers have a decimal comma or point: what their writing shows beyond doubt.

    Where nothing shows it, a point in files with commas between cells, as programs write them.
    Else "": then each number must show it by itself.
    """
    written = [w.translate(BLANKS) for name in NUMBERS for w in told.get(name, ())]
    found = {sign for number in written if (sign := _sign_of(number))}
    if found:
        return found.pop() if len(found) == 1 else ""
    is_plain = delimiter != ";" and not any("," in number for number in written)
    return "." if is_plain else ""


def _sign_of(written: str) -> str:
    """The decimal sign of a number, where it can only be that."""
    last = max(written.rfind(","), written.rfind("."))
    if last < 0:
        return ""
    sign, other = written[last], "," if written[last] == "." else "."
    if written.count(sign) > 1:
        return other
    is_three = len(written) - last - 1 == 3  # noqa: PLR2004  thousands have three digits
    return sign if other in written or not is_three or written.lstrip("+-").startswith("0") else ""


def _decimal(meaning: str, written: str, comma: str) -> Decimal:
    bare = written.translate(BLANKS)
    sign = comma or _sign_of(bare)
    other = "," if sign == "." else "."
    is_clear = sign or not {",", "."} & set(bare)
    if (
        WRITTEN.fullmatch(bare)
        and is_clear
        and (other not in bare or _is_grouped(bare, sign, other))
    ):
        try:
            return Decimal(bare.replace(other, "").replace(sign or ".", "."))
        except InvalidOperation:
            pass
    message = _("Write the number with a point and without signs between thousands, like 1234.5.")
    raise _Unreadable(meaning, written, message)


def _is_grouped(bare: str, sign: str, other: str) -> bool:
    """Whether signs between thousands stand where they should."""
    whole = bare.partition(sign)[0].lstrip("+-")
    first, *rest = whole.split(other)
    is_whole = 1 <= len(first) <= 3 and all(len(group) == 3 for group in rest)  # noqa: PLR2004  as above
    return is_whole and other not in bare.partition(sign)[2]


def _whole(meaning: str, written: str) -> int | None:
    if not written:
        return None
    if not WHOLE_NUMBER.fullmatch(written) or not written.isascii():
        raise _Unreadable(
            meaning, written, _("This is a whole number, as the goal's page shows it.")
        )
    return int(written)


def _knows(name: str) -> bool:
    return plain(name) in MEANINGS


def _is_protected(_name: str) -> bool:
    return False


VALUES = Vocabulary(_knows, _knows, _is_protected, "key, day, value")


def problem_lines(problems: Iterable[Problem]) -> list[dict[str, object]]:
    """Problems as they are kept with a file."""
    return [dict(problem.as_json()) for problem in problems]
