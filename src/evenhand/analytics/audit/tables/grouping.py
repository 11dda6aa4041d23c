"""Facts about people made ready to compare: numbers and dates in bands, words as they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

import numpy as np
from django.utils.translation import gettext as _

from evenhand.analytics.audit.ratings import Numbers
from evenhand.analytics.audit.tables.cells import each, numbers
from evenhand.analytics.audit.tables.roles import is_birth, is_code
from evenhand.people.columns import Field, meaning
from evenhand.spreadsheets.dates import DateStyle, Decision, decide, group_of, read_date, style_for
from evenhand.spreadsheets.words import plain

_NEARLY_ALL = 0.9
_FEW = 6
_SEVERAL = 10
_PROTECTED_AGE = 40
_DAYS_A_YEAR = 365.25
_YEARS = range(1900, 2101)
_YOUNGEST = 10
_AGE_WORDS = frozenset({"age", "alter", "edad", "idade", "usia", "umur", "leeftijd"})
_TENURE_WORDS = frozenset({"tenure", "years", "yrs", "seniority", "service", "anciennete"})
_PLAIN_NUMBERS = frozenset({DateStyle.SERIAL, DateStyle.COMPACT})
_DATE_FIELDS = frozenset({Field.BIRTH_ON, Field.HIRED_ON, Field.POSITION_SINCE})


@dataclass(frozen=True, slots=True)
class Days:
    """A column of days; `bad` words are none, `is_open` says that day and month may be swapped."""

    days: list[date | None]
    bad: frozenset[str] = frozenset()
    is_open: bool = False


def are_days(name: str, words: Sequence[str]) -> bool:
    """Whether a column holds days; plain numbers are days only where the name says so."""
    distinct = set(words) - {""}
    said = meaning(name)
    sure = said is not None and said[0] in _DATE_FIELDS
    styles = [set(group_of(word)) - (set() if sure else _PLAIN_NUMBERS) for word in distinct]
    return bool(distinct) and sum(map(bool, styles)) >= _NEARLY_ALL * len(distinct)


def read_days(name: str, words: Sequence[str], wanted: str, on: date) -> Days:
    """Read days; `wanted` is "day" or "month", whichever comes first where both could."""
    latest = on.year - _YOUNGEST if is_birth(name) else on.year + 1
    decision = decide(words, latest_year=latest)
    styles = (*decision.styles, *_chosen(decision, wanted))

    def day_of(word: str) -> date | None:
        style = style_for(word, styles)
        return read_date(word, style, latest_year=latest) if word and style else None

    days = each(words, day_of)
    bad = frozenset(word for word, day in zip(words, days, strict=True) if word and day is None)
    return Days(days, bad, is_open=not wanted and not decision.is_settled)


def _chosen(decision: Decision, wanted: str) -> list[DateStyle]:
    groups = (*decision.open_groups, *decision.torn_groups)
    return [style for group in groups for style in group if wanted and style.startswith(wanted)]


def are_numbers(name: str, words: Sequence[str], *, group: bool) -> bool:
    """Whether a column holds amounts: many numbers that are no codes for something else."""
    distinct = set(words) - {""}
    few = _FEW if group else _SEVERAL
    if is_code(name) or not distinct or (len(distinct) <= few and not is_age(name)):
        return False
    return len(numbers(distinct)) >= _NEARLY_ALL * len(distinct)


def is_age(name: str) -> bool:
    return is_birth(name) or bool(_AGE_WORDS & set(plain(name[:100]).split()))


def years_until(days: Sequence[date | None], until: Sequence[date]) -> Numbers:
    """Years from each day to another, NaN where the day is not known."""
    pairs = list(zip(days, until, strict=True))
    years = {(day, then): _years(day, then) if day else np.nan for day, then in set(pairs)}
    return np.fromiter(map(years.__getitem__, pairs), np.float64, len(pairs))


def _years(day: date, then: date) -> float:
    """Birthdays passed, and the share of the year since the last: it is whole on a birthday."""
    passed = then.year - day.year - ((then.month, then.day) < (day.month, day.day))
    last = min(day.day, 28) if day.month == 2 else day.day  # noqa: PLR2004  not all years have 29
    since = (then - date(day.year + passed, day.month, last)).days
    return passed + min(since / _DAYS_A_YEAR, 1 - 1 / _DAYS_A_YEAR)


def ages(name: str, values: Numbers, until: Sequence[date]) -> Numbers:
    """Ages as they are, or from years of birth."""
    born = (values >= _YEARS[0]) & (values <= _YEARS[-1])
    if not is_birth(name) and not bool(np.all(born | np.isnan(values))):
        return values
    return np.where(born, np.array([day.year for day in until]) - values, values)


def age_bands(years: Numbers) -> list[str]:
    """The two sides of forty, where the law of several countries draws the line."""
    under, over = _("under 40"), _("40 and over")
    return ["" if np.isnan(y) else under if y < _PROTECTED_AGE else over for y in years]


def tenure_bands(years: Numbers) -> list[str]:
    bands = (
        (2, _("under 2 years")),
        (5, _("2 to 4 years")),
        (10, _("5 to 9 years")),
        (np.inf, _("10 years and over")),
    )
    return ["" if np.isnan(y) else next(label for end, label in bands if y < end) for y in years]


def halves(values: Numbers) -> list[str]:
    """Two groups of about the same size."""
    middle = median(values[~np.isnan(values)].tolist())
    low, high = _("up to %(value)g"), _("above %(value)g")
    words = {"value": middle}
    return ["" if np.isnan(v) else (low if v <= middle else high) % words for v in values]


def banded(name: str, values: Numbers, until: Sequence[date]) -> list[str]:
    """Numbers about people in the bands that fit what they are."""
    if is_age(name):
        return age_bands(ages(name, values, until))
    if _TENURE_WORDS & set(plain(name[:100]).split()):
        return tenure_bands(values)
    return halves(values)
