"""Reading days, and finding out from all of a column's values how they are written."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from evenhand.spreadsheets.words import plain


class DateStyle(StrEnum):
    """A way to write a day. The two that start with a number can be mistaken for one another."""

    YEAR_FIRST = "year-month-day"
    COMPACT = "yearmonthday"
    DAY_SLASH = "day/month/year"
    MONTH_SLASH = "month/day/year"
    DAY_DASH = "day-month-year"
    MONTH_DASH = "month-day-year"
    DAY_DOT = "day.month.year"
    DAY_WORD = "day month-name year"
    WORD_DAY = "month-name day year"
    SERIAL = "spreadsheet day number"


_TIME = re.compile(
    r"(?:T|\s+)\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:[AaPp]\.?[Mm]\.?)?"
    r"\s*(?:Z|[+-]\d{2}:?\d{2})?$",
    re.ASCII,
)
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})", re.ASCII)
_DAY_WORD = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|er|º|°)?[\s.\-/]*(?:de\s+)?([^\W\d_]{3,12})\.?[\s.,\-/]*"
    r"(?:de\s+|del\s+)?(\d{4}|\d{2})"
)
_WORD_DAY = re.compile(
    r"([^\W\d_]{3,12})\.?[\s\-]*(\d{1,2})(?:st|nd|rd|th)?(?:\s*,\s*|\s+|-)(\d{4}|\d{2})"
)
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?", re.ASCII)
_SERIAL_ZERO = date(1899, 12, 30)
_SERIALS = range(7_000, 80_000)  # 1919 to 2119; below, a plain number is more likely

_LAST_NUMBERS = {
    "/": (DateStyle.DAY_SLASH, DateStyle.MONTH_SLASH),
    "-": (DateStyle.DAY_DASH, DateStyle.MONTH_DASH),
    ".": (DateStyle.DAY_DOT,),
}
ORDERS: tuple[tuple[DateStyle, ...], ...] = (
    (DateStyle.DAY_SLASH, DateStyle.MONTH_SLASH),
    (DateStyle.DAY_DASH, DateStyle.MONTH_DASH),
)
_MONTH_FIRST = frozenset({DateStyle.MONTH_SLASH, DateStyle.MONTH_DASH})

_MONTHS = """
jan january januar janvier janv enero ene januari janeiro gennaio gen
feb february februar fevrier fevr fev febrero februari fevereiro febbraio
mar march marz mrz mars marzo maret marco maart mrt maerz
apr april avril avr abril abr aprile
may mai mayo mei maio mag maggio
jun june juni juin junio junho giu giugno
jul july juli juillet juil julio julho lug luglio
aug august aout agosto ago agustus agu agt augustus
sep sept september septembre septiembre set setiembre setembro settembre
oct october oktober okt octobre octubre outubro out ottobre ott
nov november novembre noviembre nopember nop novembro
dec december dezember dez decembre diciembre dic desember des dezembro dicembre
"""
_MONTH = {
    word: month
    for month, words in enumerate(_MONTHS.strip().splitlines(), start=1)
    for word in words.split()
}
_LONGEST = 60
_FIRST_COMPACT_YEAR = 1900
_CENTURY = 100
ENDLESS = range(2200, 10_000)


@dataclass(frozen=True, slots=True)
class Decision:
    """How a column's days are written. Open groups fit two styles, torn ones fit neither."""

    styles: tuple[DateStyle, ...] = ()
    open_groups: tuple[tuple[DateStyle, ...], ...] = ()
    torn_groups: tuple[tuple[DateStyle, ...], ...] = ()
    unsettled: tuple[str, ...] = ()
    unreadable: int = 0

    @property
    def is_settled(self) -> bool:
        return not self.open_groups and not self.torn_groups

    def examples_of(self, group: Sequence[DateStyle]) -> tuple[str, ...]:
        """A few values of a group; those that tell the styles apart come first."""
        return tuple(v for v in self.unsettled if group_of(v) == tuple(group))[:3]


@lru_cache(maxsize=1 << 17)
def group_of(value: str) -> tuple[DateStyle, ...]:
    """The styles a value could be written in by its looks; none when it is no date."""
    bare = _bare(value)
    if match := _YEAR_LAST.fullmatch(bare):
        return _LAST_NUMBERS[match[2]]
    for style, pattern in (
        (DateStyle.YEAR_FIRST, _YEAR_FIRST),
        (DateStyle.COMPACT, _COMPACT),
        (DateStyle.SERIAL, _SERIAL),
        (DateStyle.DAY_WORD, _DAY_WORD),
        (DateStyle.WORD_DAY, _WORD_DAY),
    ):
        if pattern.fullmatch(bare):
            return (style,)
    return ()


def read_date(value: str, style: DateStyle, *, latest_year: int) -> date | None:
    """The day a value means in a style, or None where it means none.

    A year of two digits is the last such year that is not after `latest_year`.
    """
    bare = _bare(value)
    try:
        return _READERS[style](bare, style, latest_year)
    except (ValueError, OverflowError):
        return None


def decide(values: Iterable[str], *, latest_year: int) -> Decision:
    """Find the style that every value of a group fits; where two fit, say so and choose none."""
    groups: dict[tuple[DateStyle, ...], list[str]] = {}
    for value in dict.fromkeys(values):
        if value.strip():
            groups.setdefault(group_of(value), []).append(value)
    unreadable = len(groups.pop((), ()))
    fitting: dict[tuple[DateStyle, ...], list[DateStyle]] = {}
    unsettled: list[str] = []
    for group, written in groups.items():
        days = {v: [read_date(v, s, latest_year=latest_year) for s in group] for v in written}
        readable = {v: found for v, found in days.items() if any(found)}
        unreadable += len(days) - len(readable)
        if readable:
            fitting[group] = [
                s for at, s in enumerate(group) if all(found[at] for found in readable.values())
            ]
            if len(fitting[group]) != 1:
                unsettled += [v for v, found in readable.items() if len({*found}) > 1]
                unsettled += [v for v, found in readable.items() if len({*found}) == 1]
    return Decision(
        styles=tuple(found[0] for found in fitting.values() if len(found) == 1),
        open_groups=tuple(group for group, found in fitting.items() if len(found) > 1),
        torn_groups=tuple(group for group, found in fitting.items() if not found),
        unsettled=tuple(unsettled),
        unreadable=unreadable,
    )


def style_for(value: str, styles: Iterable[DateStyle]) -> DateStyle | None:
    """Of several styles of one column, the one this value is written in."""
    possible = group_of(value)
    return next((style for style in styles if style in possible), None)


def _bare(value: str) -> str:
    return "" if len(value) > _LONGEST else _TIME.sub("", value.strip())


def _numbers(bare: str, style: DateStyle, latest_year: int) -> date:
    match = _YEAR_LAST.fullmatch(bare)
    if not match or style not in _LAST_NUMBERS[match[2]]:
        raise ValueError(bare)
    first, second = int(match[1]), int(match[3])
    day, month = (second, first) if style in _MONTH_FIRST else (first, second)
    return date(_full_year(match[4], latest_year), month, day)


def _year_first(bare: str, _style: DateStyle, _latest_year: int) -> date:
    match = _YEAR_FIRST.fullmatch(bare)
    if not match:
        raise ValueError(bare)
    return date(int(match[1]), int(match[3]), int(match[4]))


def _compact(bare: str, _style: DateStyle, _latest_year: int) -> date:
    match = _COMPACT.fullmatch(bare)
    if not match or int(match[1]) < _FIRST_COMPACT_YEAR:
        raise ValueError(bare)
    return date(int(match[1]), int(match[2]), int(match[3]))


def _day_word(bare: str, _style: DateStyle, latest_year: int) -> date:
    match = _DAY_WORD.fullmatch(bare)
    if not match:
        raise ValueError(bare)
    return date(_full_year(match[3], latest_year), _month(match[2]), int(match[1]))


def _word_day(bare: str, _style: DateStyle, latest_year: int) -> date:
    match = _WORD_DAY.fullmatch(bare)
    if not match:
        raise ValueError(bare)
    return date(_full_year(match[3], latest_year), _month(match[1]), int(match[2]))


def _serial(bare: str, _style: DateStyle, _latest_year: int) -> date:
    match = _SERIAL.fullmatch(bare)
    if not match or int(match[1]) not in _SERIALS:
        raise ValueError(bare)
    return _SERIAL_ZERO + timedelta(days=int(match[1]))


def _month(word: str) -> int:
    month = _MONTH.get(plain(word))
    if month is None:
        raise ValueError(word)
    return month


def _full_year(digits: str, latest_year: int) -> int:
    if len(digits) > len("99"):
        return int(digits)
    year = latest_year - latest_year % _CENTURY + int(digits)
    return year if year <= latest_year else year - _CENTURY


_READERS: dict[DateStyle, Callable[[str, DateStyle, int], date]] = {
    DateStyle.YEAR_FIRST: _year_first,
    DateStyle.COMPACT: _compact,
    DateStyle.DAY_WORD: _day_word,
    DateStyle.WORD_DAY: _word_day,
    DateStyle.SERIAL: _serial,
    **dict.fromkeys((s for group in _LAST_NUMBERS.values() for s in group), _numbers),
}
