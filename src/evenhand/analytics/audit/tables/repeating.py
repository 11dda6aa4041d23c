"""The same person again: rated twice by the same, or perhaps somebody else of the same name."""

from collections.abc import Sequence

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from numpy.typing import NDArray

from evenhand.analytics.audit.ratings import Coded, Ratings
from evenhand.analytics.audit.tables.drafting import Draft
from evenhand.analytics.audit.tables.grouping import is_age
from evenhand.people.columns import Field, meaning

_MOST_NAMED = 5

Codes = NDArray[np.int64]


def tell_repeated(draft: Draft, ratings: Ratings, at: Codes) -> None:
    """Warn, as ratings that count twice and people who count as one change every answer."""
    _rated_twice(draft, ratings, at)
    if draft.wishes.columns.person:
        _namesakes(draft, ratings)
        for name, group in ratings.groups.items():
            if not is_age(name):  # people come of age between two ratings
                _changing(draft, ratings, name, group)


def _rated_twice(draft: Draft, ratings: Ratings, at: Codes) -> None:
    said = (ratings.person, ratings.rater, ratings.occasion)
    keys = _joined([coded for coded in said if coded is not None])
    first, again = _first_and_again(keys)
    if not len(again):
        return
    if ratings.rater is None:
        message = _("%(count)d ratings are of the same person as another: %(rows)s.")
    else:
        message = _(
            "%(count)d ratings are of the same person by the same rater as another: %(rows)s."
        )
    words = {"count": len(again), "rows": _rows(draft, at[first], at[again])}
    copies = _("Each counts. If one of them is a copy, please take it out.")
    told = f"{message % words} {copies}"
    draft.warn("rated_twice", told, draft.wishes.columns.person)


def _first_and_again(keys: Codes) -> tuple[Codes, Codes]:
    """Places whose key has come before, each with the place where it came first."""
    _unique, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    place = first[inverse]
    again = np.flatnonzero(place != np.arange(len(keys)))
    return place[again], again


def _joined(said: Sequence[Coded]) -> Codes:
    """One number for what several columns say together."""
    joined = np.zeros(len(said[0].codes), np.int64)
    for coded in said:
        joined = joined * (len(coded.labels) + 1) + coded.codes + 1
    return joined


def _rows(draft: Draft, first: Codes, again: Codes) -> str:
    numbers = draft.table.row_numbers
    pairs = zip(first[:_MOST_NAMED], again[:_MOST_NAMED], strict=True)
    told = [
        _("row %(again)d and row %(first)d") % {"again": numbers[b], "first": numbers[a]}
        for a, b in pairs
    ]
    return ", ".join([*told, "…"] if len(again) > _MOST_NAMED else told)


def _namesakes(draft: Draft, ratings: Ratings) -> None:
    """One name with several numbers is several people, and would count as one."""
    name = draft.wishes.columns.person
    said = meaning(name)
    numbers = [c for c in draft.table.header if (meaning(c) or (None, 0))[0] is Field.NUMBER]
    if not said or said[0] is not Field.FULL_NAME or not numbers:
        return
    people = [usual.casefold() for usual in draft.words(name)]
    pairs = {pair for pair in zip(people, draft.words(numbers[0]), strict=True) if all(pair)}
    namesakes = len(pairs) - len({person for person, _number in pairs})
    if namesakes:
        message = ngettext(
            "%(count)d person shares a name with somebody else, so that they count as one. Please"
            " use “%(numbers)s” for the person.",
            "%(count)d people share a name with somebody else, so that they count as one. Please"
            " use “%(numbers)s” for the person.",
            namesakes,
        )
        draft.warn("namesakes", message % {"count": namesakes, "numbers": numbers[0]}, name)


def _changing(draft: Draft, ratings: Ratings, name: str, group: Coded) -> None:
    """Somebody who belongs to two groups is either two people or written down wrongly."""
    said = group.codes >= 0
    person = Coded(ratings.person.codes[said], ratings.person.labels)
    pairs = np.unique(_joined([person, Coded(group.codes[said], group.labels)]))
    _people, groups = np.unique(pairs // (len(group.labels) + 1), return_counts=True)
    count = int((groups > 1).sum())
    if count:
        message = ngettext(
            "For %(count)d person “%(column)s” differs between rows. Please check that nobody"
            " shares their name.",
            "For %(count)d people “%(column)s” differs between rows. Please check that nobody"
            " shares their name.",
            count,
        )
        draft.warn("group_differs", message % {"count": count, "column": name}, name)
