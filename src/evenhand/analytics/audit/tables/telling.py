"""How a file of ratings was read, in words."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from evenhand.analytics.audit.tables.building import Built
from evenhand.analytics.audit.tables.scales import level_name
from evenhand.analytics.report import Words


def tell_reading(built: Built) -> Words:
    """What was read, what was left out and what was assumed."""
    warnings = (problem.message for problem in built.warnings)
    return Words((*_sentences(built), *built.notes, *warnings), title=_("How the file was read"))


def _sentences(built: Built) -> Iterator[str]:
    ratings, scale = built.ratings, built.ratings.scale
    counts = {"ratings": f"{ratings.n:,}", "people": f"{len(ratings.person.labels):,}"}
    if ratings.rater is None:
        yield _("%(ratings)s ratings of %(people)s people.") % counts
    else:
        counts["raters"] = f"{len(ratings.rater.labels):,}"
        yield _("%(ratings)s ratings of %(people)s people by %(raters)s raters.") % counts
    thresholds = _("A rating of %(good)s or more counts as good, %(low)s or less as low.")
    yield (
        thresholds
        % {
            "good": level_name(scale, scale.favourable),
            "low": level_name(scale, scale.adverse),
        }
    )
    if built.not_rated or built.empty:
        left_out = _("Left out as no rating: %(not_rated)s marked “not rated”, %(empty)s empty.")
        yield left_out % {"not_rated": f"{built.not_rated:,}", "empty": f"{built.empty:,}"}
    used = ", ".join(f"{_uses()[use]}: {names}" for use, names in _columns(built).items())
    yield _("Columns: %(columns)s.") % {"columns": used}


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
        "raters_wide": _("raters"),
        "items": _("single questions"),
        "groups": _("groups"),
        "controls": _("what else may explain a rating"),
    }
