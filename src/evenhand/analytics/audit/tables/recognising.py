"""Guessing from names and contents which column says what about a rating."""

from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from evenhand.analytics.audit.tables import grouping
from evenhand.analytics.audit.tables.columns import Columns
from evenhand.analytics.audit.tables.levels import in_order
from evenhand.analytics.audit.tables.roles import Role, role_of
from evenhand.analytics.audit.tables.seeing import Sight
from evenhand.people.columns import CERTAIN, POSSIBLE, Field, meaning
from evenhand.spreadsheets.tables import Table

RATING_OR_WIDE = "rating or wide"
_MOST_GROUPS = 20
_MOST_OCCASIONS = 60
_WORDY = 15
_FEWEST_ITEMS = 3
_FEW = 2


@dataclass(frozen=True, slots=True)
class Doubt:
    """What only a person can say, and the columns it may be.

    `use` is a use of columns, or RATING_OR_WIDE: one column of ratings, or one for each rater.
    """

    use: str
    message: str
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Guess:
    """Columns to start from; certain when nothing that matters is in doubt."""

    columns: Columns
    doubts: tuple[Doubt, ...] = ()

    @property
    def is_certain(self) -> bool:
        return not self.doubts


def recognise(table: Table, *, on: date) -> Guess:
    """Guess the columns of an audit. Only what can be read is offered."""
    sight = Sight(table)
    rater, doubts = _rater(sight)
    columns, about_rating = _ratings(sight, rater)
    columns, about_person = _person(sight, columns)
    columns = _circumstances(sight, columns, on)
    columns = _facts(sight, columns, on)
    return Guess(columns, (*about_rating, *about_person, *doubts))


def _rater(sight: Sight) -> tuple[str, list[Doubt]]:
    """Of several columns about the rater the surest; names before numbers."""
    # A single rater is one too, where the name of the column leaves no doubt.
    named = [(n, t) for n, t in sight.named(Role.RATER) if len(sight.distinct(n)) > (t < CERTAIN)]
    levels = {name for names in sight.series() for name in names}
    named = [
        (n, t) for n, t in named if n not in levels and (t > POSSIBLE or _are_people(sight, n))
    ]
    if not named:
        return "", []
    best = [name for name, trust in named if trust == named[0][1]]
    best.sort(key=lambda name: not sight.is_in_words(name))
    in_words = [name for name in best if sight.is_in_words(name) == sight.is_in_words(best[0])]
    if any(not sight.say_the_same(in_words[0], other) for other in in_words[1:]):
        return in_words[0], [Doubt("rater", _("Several columns could name the rater."), (*best,))]
    return best[0], []


def _are_people(sight: Sight, name: str) -> bool:
    """Whether a column that may be about managers names them, and says not only yes or no."""
    return not sight.levels(name) or (sight.is_in_words(name) and len(sight.distinct(name)) > _FEW)


def _ratings(sight: Sight, rater: str) -> tuple[Columns, list[Doubt]]:
    columns = Columns(rater=rater)
    named = sight.named(Role.RATING)
    fitting = [(n, t) for n, t in named if sight.is_rating(n, surely_named=t == CERTAIN)]
    if not fitting:
        fitting = [(name, POSSIBLE) for name in _known_words(sight)]
    if not fitting:  # what is wrong with them is told when they are read
        fitting = [(n, t) for n, t in named if t == CERTAIN and len(sight.distinct(n)) > 1]
    series = sight.series()
    if not fitting:
        return _in_series(sight, columns, series)
    best = [name for name, trust in fitting if trust == fitting[0][1]]
    best.sort(key=lambda name: not sight.is_in_words(name))
    doubts = []
    if any(not sight.say_the_same(best[0], other) for other in best[1:]):
        doubts = [Doubt("rating", _("Several columns could hold the rating."), tuple(best))]
    before = [n for n, t in sight.named(Role.BEFORE) if sight.is_rating(n, surely_named=True)]
    items = [names for names in series if len(names) >= _FEWEST_ITEMS and best[0] not in names]
    return replace(
        columns,
        rating=best[0],
        before=before[0] if before else "",
        items=items[0] if len(items) == 1 else (),
    ), doubts


def _known_words(sight: Sight) -> list[str]:
    """Columns without a telling name that hold nothing but words for levels."""
    free = [name for name in sight.table.header if role_of(name) is None]
    return [
        name
        for name in free
        if 2 < len(sight.distinct(name)) <= _MOST_GROUPS  # noqa: PLR2004  high and low are no scale
        and in_order({bare.casefold(): None for bare in sight.distinct(name)})
    ]


def _in_series(
    sight: Sight, columns: Columns, series: list[tuple[str, ...]]
) -> tuple[Columns, list[Doubt]]:
    """Without a rating: a column for each rater, or one for each question."""
    of_raters = [names for names in series if (role_of(names[0]) or (None,))[0] is Role.RATER]
    if len(of_raters) == 1:
        return Columns(raters_wide=of_raters[0]), []
    if len(series) == 1 and columns.rater and columns.rater not in series[0]:
        return replace(columns, items=series[0]), []
    candidates = [
        name
        for name in sight.table.header
        if role_of(name) is None and 2 < sight.levels(name) <= _MOST_GROUPS  # noqa: PLR2004  as above
    ]
    message = _("No column is surely the rating.")
    return columns, [Doubt(RATING_OR_WIDE, message, tuple(candidates))]


def _person(sight: Sight, columns: Columns) -> tuple[Columns, list[Doubt]]:
    """The column that tells people apart best; numbers before names."""
    used = {name for _use, name in columns.named()}
    named = [(name, trust) for name, trust in sight.named(Role.PERSON) if name not in used]
    if named:
        best = [name for name, trust in named if trust == named[0][1]]
        best.sort(key=lambda name: (-len(sight.distinct(name)), _is_name(name)))
        return replace(columns, person=best[0]), []
    unnamed = [n for n in sight.table.header if n not in used and role_of(n) is None]
    many = [name for name in unnamed if meaning(name) is None and sight.names_many(name)]
    if len(many) == 1 and columns.rater:
        return replace(columns, person=many[0]), []
    if columns.rater:
        candidates = many or [name for name in unnamed if len(sight.distinct(name)) > _MOST_GROUPS]
        message = _("No column surely names the person.")
        return columns, [Doubt("person", message, tuple(candidates))]
    return columns, []


def _is_name(name: str) -> bool:
    said = meaning(name)
    return said is not None and said[0] is Field.FULL_NAME


def _circumstances(sight: Sight, columns: Columns, on: date) -> Columns:
    """Unit, occasion, day and words of each rating."""
    units = [name for name, _t in sight.named(Role.UNIT) if len(sight.distinct(name)) > 1]
    units.sort(key=lambda name: not sight.is_in_words(name))
    days = [n for n, _t in sight.named(Role.DATE) if _is_readable_day(sight, n, on)]
    texts = [n for n, _t in sight.named(Role.TEXT) if _is_wordy(sight, n)]
    long = not columns.is_wide
    return replace(
        columns,
        unit=next(iter(units), ""),
        occasion=_occasion(sight, columns),
        date=next(iter(days), "") if long else "",
        text=next(iter(texts), "") if long else "",
    )


def _occasion(sight: Sight, columns: Columns) -> str:
    """A period is one only where people are rated in several of them."""
    for name, trust in sight.named(Role.OCCASION):
        count = len(sight.distinct(name))
        if 1 < count <= _MOST_OCCASIONS and (trust == CERTAIN or columns.person):
            persons = sight.words(columns.person) if columns.person else []
            pairs = set(zip(persons, sight.words(name), strict=False))
            if trust == CERTAIN or len(pairs) > len(set(persons)):
                return name
    return ""


def _is_wordy(sight: Sight, name: str) -> bool:
    found = sight.distinct(name)
    return bool(found) and sum(map(len, found)) / len(found) > _WORDY


def _is_readable_day(sight: Sight, name: str, on: date) -> bool:
    words = sight.words(name)
    if len(sight.distinct(name)) < 2 or not grouping.are_days(name, words):  # noqa: PLR2004  one day orders nothing
        return False
    days = grouping.read_days(name, words, "", on)
    return not days.bad and not days.is_open


def _facts(sight: Sight, columns: Columns, on: date) -> Columns:
    """Protected facts to compare by, and what else may explain a rating."""
    used = {name for _use, name in columns.named()} - {columns.unit}
    groups: list[str] = []
    for name, _trust in sight.named(Role.GROUP, CERTAIN):
        ages = grouping.is_age(name) and any(map(grouping.is_age, groups))
        if name not in used and not ages and _parts_people(sight, name, on):
            groups += [] if any(sight.say_the_same(name, other) for other in groups) else [name]
    controls = [columns.unit] if columns.unit else []
    for name, _trust in sight.named(Role.CONTROL, CERTAIN):
        if name not in used and name not in groups and _could_explain(sight, name, on):
            controls.append(name)
    return replace(columns, groups=tuple(groups), controls=tuple(controls))


def _parts_people(sight: Sight, name: str, on: date) -> bool:
    words = sight.words(name)
    if grouping.are_days(name, words):
        return _is_readable_day(sight, name, on)
    count = len(sight.distinct(name))
    return count > 1 and (count <= _MOST_GROUPS or grouping.are_numbers(name, words, group=True))


def _could_explain(sight: Sight, name: str, on: date) -> bool:
    words = sight.words(name)
    if grouping.are_days(name, words):
        return _is_readable_day(sight, name, on)
    count = len(sight.distinct(name))
    is_amount = grouping.are_numbers(name, words, group=False)
    return count > 1 and (is_amount or count * 5 <= len(words))
