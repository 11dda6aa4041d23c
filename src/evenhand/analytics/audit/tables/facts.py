"""What a table says about the people and the circumstances of each rating."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from django.utils.translation import gettext as _

from evenhand.analytics.audit.ratings import NOT_SAID, Coded, Numbers
from evenhand.analytics.audit.tables import grouping
from evenhand.analytics.audit.tables.cells import spellings
from evenhand.analytics.audit.tables.drafting import Draft

_MOST_GROUPS = 60
_FEW_RATINGS = 10


@dataclass(slots=True)
class Facts:
    """One entry per row of the table."""

    person: Coded
    rater: Coded | None = None
    unit: Coded | None = None
    occasion: Coded | None = None
    order: Numbers | None = None
    texts: Sequence[str] | None = None
    notes: Sequence[tuple[float, ...]] | None = None
    groups: dict[str, Coded] = field(default_factory=dict)
    controls: dict[str, Coded] = field(default_factory=dict)
    measured: dict[str, Numbers] = field(default_factory=dict)


def facts(draft: Draft) -> Facts:
    columns = draft.wishes.columns
    known = Facts(_persons(draft))
    known.rater = _coded(draft, columns.rater, "nobody_rated")
    known.unit = _coded(draft, columns.unit)
    known.occasion = _coded(draft, columns.occasion)
    known.texts = draft.table.column(columns.text) if columns.text else None
    known.notes = _notes(draft)
    dated = _dated(draft)
    known.order = _order(draft, dated)
    until = [day or draft.on for day in dated] if dated else [draft.on] * len(draft.table.rows)
    for name in columns.groups:
        words = draft.words(name)
        if not _says_nothing(draft, name, words):
            known.groups[name] = _group(draft, name, words, until)
    for name in columns.controls:
        words = draft.words(name)
        if not _says_nothing(draft, name, words):
            _control(draft, name, until, known)
    return known


def _persons(draft: Draft) -> Coded:
    """Without a column for it, each row is a person of their own."""
    name = draft.wishes.columns.person
    if not name:
        draft.note(_("No column names the person, so each row counts as a person of their own."))
        numbers = draft.table.row_numbers
        return Coded(np.arange(len(numbers)), tuple(map(str, numbers)))
    words = draft.words(name)
    if "" in words:
        rows = (at for at, bare in enumerate(words) if not bare)
        message = _("the person is missing. Please fill it in, or clear the rating.")
        draft.refuse_cells("missing_person", name, rows, message)
    return _code(words)


def _coded(draft: Draft, name: str, missing: str = "") -> Coded | None:
    if not name:
        return None
    words = draft.words(name)
    empty = words.count("")
    if _says_nothing(draft, name, words):
        return None
    if missing and empty:
        message = _("In “%(column)s” %(count)d of %(all)d ratings say nothing.")
        counts = {"column": name, "count": empty, "all": len(words)}
        draft.warn(missing, message % counts, name)
    return _code(words)


def _says_nothing(draft: Draft, name: str, words: Sequence[str]) -> bool:
    """Whether a column is empty, which is told and then forgotten."""
    if any(words):
        return False
    message = _("“%(column)s” says nothing about these ratings, so we leave it out.")
    draft.warn("empty_column", message % {"column": name}, name)
    return True


def _code(words: Sequence[str]) -> Coded:
    """Each different word is looked at once, as there are few of them among many ratings."""
    usual = spellings(words)
    labels = tuple(sorted({label for label in usual.values() if label}))
    place = {label: at for at, label in enumerate(labels)}
    codes = {bare: place.get(label, NOT_SAID) for bare, label in usual.items()}
    return Coded(np.fromiter(map(codes.__getitem__, words), np.int64, len(words)), labels)


def _notes(draft: Draft) -> list[tuple[float, ...]] | None:
    name = draft.wishes.columns.notes
    if not name:
        return None
    days = draft.several_days(name)
    return [tuple(float(day.toordinal()) for day in several) for several in days]


def _dated(draft: Draft) -> list[date | None]:
    """The day of each rating, where a column of days says it."""
    name = draft.wishes.columns.date
    words = draft.words(name) if name else []
    return draft.days(name, words) if grouping.are_days(name, words) else []


def _order(draft: Draft, dated: list[date | None]) -> Numbers | None:
    name = draft.wishes.columns.date
    if not name:
        return None
    if dated:
        days = (float(day.toordinal()) if day else np.nan for day in dated)
        return np.fromiter(days, np.float64, len(dated))
    return _amounts(draft, name, draft.words(name))


def _amounts(draft: Draft, name: str, words: Sequence[str]) -> Numbers:
    read = draft.amounts(name, words)
    return np.fromiter((read.get(bare, np.nan) for bare in words), np.float64, len(words))


def _group(draft: Draft, name: str, words: Sequence[str], until: Sequence[date]) -> Coded:
    """Words as they are; days and numbers in bands."""
    if grouping.are_days(name, words):
        years = grouping.years_until(draft.days(name, words), until)
        is_age = grouping.is_age(name)
        return _code((grouping.age_bands if is_age else grouping.tenure_bands)(years))
    if grouping.are_numbers(name, words, group=True):
        values = _amounts(draft, name, words)
        return _code(grouping.banded(name, values, until))
    coded = _code(words)
    most = max(_MOST_GROUPS, len(words) // _FEW_RATINGS)
    is_each_alone = len(words) > _FEW_RATINGS and len(coded.labels) * 2 > len(words)
    if len(coded.labels) > most or is_each_alone:
        message = _("“%(column)s” has %(count)d different values, which are too many groups.")
        told = message % {"column": name, "count": len(coded.labels)}
        draft.refuse("too_many_groups", told, name)
    return coded


def _control(draft: Draft, name: str, until: Sequence[date], known: Facts) -> None:
    words = draft.words(name)
    if grouping.are_days(name, words):
        known.measured[name] = grouping.years_until(draft.days(name, words), until)
    elif grouping.are_numbers(name, words, group=False):
        known.measured[name] = _amounts(draft, name, words)
    else:
        known.controls[name] = _code(words)
