"""From a table to ratings."""

from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from evenhand.analytics.audit.ratings import Coded, Ratings
from evenhand.analytics.audit.tables.columns import Wishes, found
from evenhand.analytics.audit.tables.drafting import Draft
from evenhand.analytics.audit.tables.facts import Facts, facts
from evenhand.analytics.audit.tables.repeating import tell_repeated
from evenhand.analytics.audit.tables.rows import Places, Rows, long_form, wide_form
from evenhand.spreadsheets.tables import Problem, Table


@dataclass(frozen=True, slots=True)
class Built:
    """Ratings, and what has to be told about how they were read.

    `wishes` name the columns as the file spells them. `not_rated` counts cells that say there is no
    rating, `empty` those that say nothing.
    """

    ratings: Ratings
    wishes: Wishes
    not_rated: int
    empty: int
    notes: tuple[str, ...] = ()
    warnings: tuple[Problem, ...] = ()


def build(table: Table, wishes: Wishes, *, on: date) -> Built:
    """Ratings out of a table; whatever is wrong with it raises UnusableRatings, all at once.

    Ages and years of service are counted to the day of the rating, or else to `on`.
    """
    wishes = replace(wishes, columns=found(wishes.columns, table.header))
    draft = Draft(table, wishes, on, notes=list(table.notes))
    _take_problems(draft)
    rows = wide_form(draft) if wishes.columns.is_wide else long_form(draft)
    if not rows.value.size:
        draft.refuse("no_ratings", _("No row holds a rating. Please choose another column."))
        draft.give_up_if_refused()
    known = facts(draft)
    draft.give_up_if_refused()
    ratings = _ratings(rows, known)
    tell_repeated(draft, ratings, rows.at)
    return Built(
        ratings, wishes, rows.not_rated, rows.empty, tuple(draft.notes), tuple(draft.warnings)
    )


def _take_problems(draft: Draft) -> None:
    """What the file itself has wrong matters where it touches a column that is used."""
    used = {name for _use, name in draft.wishes.columns.named()}
    for problem in draft.table.problems:
        if not problem.is_error:
            draft.warnings.append(problem)
        elif problem.code != "cell_too_long" or problem.column in used:
            draft.problems.append(problem)


def _ratings(rows: Rows, known: Facts) -> Ratings:
    at = rows.at
    texts, notes = known.texts, known.notes
    return Ratings(
        person=_at(known.person, at),
        value=rows.value,
        scale=rows.scale,
        rater=rows.rater or _maybe(known.rater, at),
        unit=_maybe(known.unit, at),
        occasion=_maybe(known.occasion, at),
        groups={name: _at(said, at) for name, said in known.groups.items()},
        controls={name: _at(said, at) for name, said in known.controls.items()},
        measured={name: values[at] for name, values in known.measured.items()},
        items=dict(rows.items or {}),
        before=rows.before,
        order=None if known.order is None else known.order[at],
        texts=None if texts is None else tuple(texts[place] for place in at),
        notes=None if notes is None else tuple(notes[place] for place in at),
    )


def _at(coded: Coded, at: Places) -> Coded:
    return Coded(coded.codes[at], coded.labels)


def _maybe(coded: Coded | None, at: Places) -> Coded | None:
    return None if coded is None else _at(coded, at)
