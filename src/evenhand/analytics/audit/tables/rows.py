"""The ratings themselves: a row for each, or a column for each rater."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from evenhand.analytics.audit.ratings import Coded, Numbers, Scale
from evenhand.analytics.audit.tables.cells import each, is_not_rated
from evenhand.analytics.audit.tables.columns import UnusableRatings
from evenhand.analytics.audit.tables.drafting import Draft
from evenhand.analytics.audit.tables.scales import Reader, reader_for, with_thresholds

Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Rows:
    """One entry per rating: `at` is its row in the table, which holds rated rows only.

    `rater` is known here in the wide form only. `not_rated` cells say that there is no rating,
    `empty` ones say nothing.
    """

    at: Places
    value: Numbers
    scale: Scale
    not_rated: int
    empty: int
    rater: Coded | None = None
    before: Numbers | None = None
    items: Mapping[str, Numbers] | None = None


def long_form(draft: Draft) -> Rows:
    """A row for each rating. Without an overall rating it is the mean of the items."""
    columns = draft.wishes.columns
    names = [name for name in (columns.rating, columns.before) if name] or list(columns.items)
    reader, read = _read(draft, names)
    items = _items(draft, reader) if columns.rating else read
    if columns.rating:
        value = read[columns.rating]
    else:
        value = _means(list(read.values()))
        draft.note(_("The file has no overall rating, so we use the mean of the items."))
    kept = np.flatnonzero(~np.isnan(value))
    not_rated, empty = _unrated(draft, names if not columns.rating else [columns.rating], kept)
    _keep(draft, kept)
    return Rows(
        at=np.arange(len(kept)),
        value=value[kept],
        scale=reader.scale,
        not_rated=not_rated,
        empty=empty,
        before=read[columns.before][kept] if columns.before else None,
        items={name: values[kept] for name, values in items.items()},
    )


def wide_form(draft: Draft) -> Rows:
    """A row for each person and a column for each rater."""
    names = list(draft.wishes.columns.raters_wide)
    reader, read = _read(draft, names)
    table = np.column_stack([read[name] for name in names])
    rated = ~np.isnan(table)
    cells = list(chain.from_iterable(draft.words(name) for name in names))
    not_rated = sum(map(is_not_rated, cells))
    empty = int((~rated).sum()) - not_rated
    kept = np.flatnonzero(rated.any(axis=1))
    at, rater = np.nonzero(rated[kept])
    _keep(draft, kept)
    labels = sorted(names)
    place = np.array([labels.index(name) for name in names], np.int64)
    return Rows(
        at=at.astype(np.int64),
        value=table[kept][at, rater],
        scale=reader.scale,
        not_rated=not_rated,
        empty=empty,
        rater=Coded(place[rater], tuple(labels)),
    )


def _read(draft: Draft, names: Sequence[str]) -> tuple[Reader, dict[str, Numbers]]:
    """Columns on one scale; what is no level of it is told."""
    wishes = draft.wishes
    words = {name: _rated_words(draft, name) for name in names}
    try:
        reader = reader_for(list(chain.from_iterable(words.values())), wishes.scale, names[0])
        scale = with_thresholds(reader.scale, wishes.favourable, wishes.adverse)
    except UnusableRatings as unusable:
        raise UnusableRatings([*draft.problems, *unusable.problems]) from unusable
    draft.note(reader.note)
    for name, column in words.items():
        _refuse_others(draft, name, column, replace(reader, scale=scale))
    return replace(reader, scale=scale), {n: _values(c, reader.read) for n, c in words.items()}


def _rated_words(draft: Draft, name: str) -> list[str]:
    return each(draft.words(name), lambda bare: "" if is_not_rated(bare) else bare)


def _values(words: Sequence[str], read: Mapping[str, float]) -> Numbers:
    known = {bare: read.get(bare, np.nan) for bare in set(words)}
    return np.fromiter(map(known.__getitem__, words), np.float64, len(words))


def _refuse_others(draft: Draft, name: str, words: Sequence[str], reader: Reader) -> None:
    others = set(words) - reader.read.keys() - {""}
    if others:
        rows = (at for at, bare in enumerate(words) if bare in others)
        draft.refuse_cells("not_a_level", name, rows, _not_a_level(reader.scale))


def _not_a_level(scale: Scale) -> str:
    levels = scale.names or tuple(f"{value:g}" for value in scale.values)
    if len(levels) > len(scale.values) or len(levels) > 12:  # noqa: PLR2004  too many to list
        return _("we cannot read {value} as a rating. Please correct it or clear the cell.")
    message = _("{value} is no level of the scale (%(levels)s). Please correct it.")
    return message % {"levels": ", ".join(levels)}


def _items(draft: Draft, reader: Reader) -> dict[str, Numbers]:
    """Ratings of single questions, on the scale of the rating or on one of their own."""
    names = draft.wishes.columns.items
    if not names:
        return {}
    words = {name: _rated_words(draft, name) for name in names}
    said = set(chain.from_iterable(words.values())) - {""}
    if not said <= reader.read.keys():
        reader = reader_for(list(chain.from_iterable(words.values())), "", names[0])
        for name, column in words.items():
            _refuse_others(draft, name, column, reader)
    return {name: _values(column, reader.read) for name, column in words.items()}


def _means(items: Sequence[Numbers]) -> Numbers:
    table = np.column_stack(items)
    counts = (~np.isnan(table)).sum(axis=1)
    sums = np.nansum(table, axis=1)
    return np.where(counts > 0, sums / np.maximum(counts, 1), np.nan)


def _unrated(draft: Draft, names: Sequence[str], kept: Places) -> tuple[int, int]:
    """How many rows say that there is no rating, and how many say nothing."""
    without = set(range(len(draft.table.rows))) - set(kept.tolist())
    if not without:
        return 0, 0
    columns = [draft.words(name) for name in names]
    said = sum(any(is_not_rated(column[at]) for column in columns) for at in without)
    return said, len(without) - said


def _keep(draft: Draft, kept: Places) -> None:
    """Go on with the rows that hold a rating; in the others nothing else matters."""
    table = draft.table
    if len(kept) < len(table.rows):
        rows = [table.rows[at] for at in kept]
        numbers = [table.row_numbers[at] for at in kept]
        draft.table = replace(table, rows=rows, row_numbers=numbers)
