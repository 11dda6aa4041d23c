"""How a file of ratings was read, in words."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.analytics.audit.ratings import Ratings
from evenhand.analytics.audit.tables.building import Built
from evenhand.analytics.report import Words


def tell_reading(built: Built) -> Words:
    """What was read, what was left out and what was assumed."""
    warnings = (problem.message for problem in built.warnings)
    return Words((*_sentences(built), *built.notes, *warnings), title=_("How the file was read"))


def _sentences(built: Built) -> Iterator[str]:
    ratings, scale = built.ratings, built.ratings.scale
    yield _counted(ratings)
    thresholds = _("A rating of %(good)s or more counts as good, %(low)s or less as low.")
    yield (
        thresholds
        % {
            "good": scale.name_of(scale.favourable),
            "low": scale.name_of(scale.adverse),
        }
    )
    if built.not_rated or built.empty:
        left_out = (
            (_("%(n)s marked “not rated”"), built.not_rated),
            (_("%(n)s empty"), built.empty),
        )
        parts = ", ".join(said % {"n": f"{n:,}"} for said, n in left_out if n)
        yield _("Left out as no rating: %(parts)s.") % {"parts": parts}
    used = ", ".join(f"{_uses()[use]}: {names}" for use, names in _columns(built).items())
    yield _("Columns: %(columns)s.") % {"columns": used}


def _counted(ratings: Ratings) -> str:
    """How many ratings, people and raters, such as “1 rating of 1 person”."""
    people, raters = len(ratings.person.labels), ratings.rater and len(ratings.rater.labels)
    said = (
        _("%(ratings)s of %(people)s by %(raters)s.") if raters else _("%(ratings)s of %(people)s.")
    )
    return said % {
        "ratings": ngettext("%(n)s rating", "%(n)s ratings", ratings.n) % {"n": f"{ratings.n:,}"},
        "people": ngettext("%(n)s person", "%(n)s people", people) % {"n": f"{people:,}"},
        "raters": ngettext("%(n)s rater", "%(n)s raters", raters or 0) % {"n": f"{raters or 0:,}"},
    }


def _columns(built: Built) -> dict[str, str]:
    used: dict[str, list[str]] = {}
    for use, name in built.wishes.columns.named():
        if name:
            used.setdefault(use, []).append(f"“{name}”")
    return {use: ", ".join(names) for use, names in used.items()}


def _uses() -> dict[str, str]:
    return {
        "person": _("person"),
        "rater": _("rater"),
        "rating": _("rating"),
        "before": _("before calibration"),
        "unit": _("unit"),
        "occasion": _("review period"),
        "date": _("day of the rating"),
        "text": _("comment"),
        "notes": _("days of the notes"),
        "raters_wide": _("raters"),
        "items": _("single questions"),
        "groups": _("groups"),
        "controls": _("what else may explain a rating"),
    }
