"""How the numbers of an audit are made, what they cannot show, and who described the methods."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.analytics.audit.ratings import Choices, Ratings, Scale
from evenhand.analytics.audit.telling.figures import count, percent, points
from evenhand.analytics.report import Words
from ratingstats.groups.counts import SMALLEST_BENCHMARK, SMALLEST_SHARE
from ratingstats.raters.comparing import FLAG_FROM

MOST_NAMED = 12


def methods(ratings: Ratings, choices: Choices) -> tuple[Words, ...]:
    return (
        _ratings(ratings),
        _parts(choices),
        _raters(ratings, choices),
        _groups(),
        _hiding(choices),
    )


def _ratings(ratings: Ratings) -> Words:
    scale = ratings.scale
    said = ngettext(
        "%(n)s rating on a scale of %(levels)s levels: %(names)s.",
        "%(n)s ratings on a scale of %(levels)s levels: %(names)s.",
        ratings.n,
    )
    return Words(
        title=_("Ratings"),
        paragraphs=(
            said
            % {"n": count(ratings.n), "levels": count(len(scale.values)), "names": _all(scale)},
            _(
                "A rating of %(high)s or above counts as a good one, of %(low)s or below as a low"
                " one. A missing rating is not a zero and is left out."
            )
            % {
                "high": scale.name_of(scale.favourable),
                "low": scale.name_of(scale.adverse),
            },
        ),
    )


def _all(scale: Scale) -> str:
    """Every level by its name; of many numbers the first and the last."""
    if len(scale.values) <= MOST_NAMED:
        return " < ".join(scale.name_of(value) for value in scale.values)
    ends = {
        "low": scale.name_of(scale.values[0]),
        "high": scale.name_of(scale.values[-1]),
    }
    return _("%(low)s to %(high)s") % ends


def _parts(choices: Choices) -> Words:
    return Words(
        title=_("Parts of a rating"),
        paragraphs=(
            _(
                "Linear mixed model, rating = mean + person + rater + unit + rest, fitted by"
                " restricted maximum likelihood. Parts that these ratings cannot tell apart are"
                " left out and named. Intervals are at %(level)s."
            )
            % {"level": percent(choices.level)},
            _(
                "Reliability is Phi of generalizability theory: differences between raters count"
                " as error, because a person does not choose the rater."
            ),
        ),
    )


def _raters(ratings: Ratings, choices: Choices) -> Words:
    return Words(
        title=_("Raters"),
        paragraphs=(
            _(
                "Estimates are shrunken towards the average rater, more so with fewer people (best"
                " linear unbiased prediction). A rater is marked only when the interval leaves out"
                " zero after correction for all raters tested (Benjamini-Hochberg), the difference"
                " is at least %(matters)s points, and there are at least %(fewest)s people."
            )
            % {
                "matters": points(choices.matters * ratings.scale.stretch),
                "fewest": count(FLAG_FROM),
            },
        ),
    )


def _groups() -> Words:
    return Words(
        title=_("Groups"),
        paragraphs=(
            _(
                "Each person counts once. Rates are compared with the group that has the highest"
                " rate among groups of at least %(fewest)s people and %(share)s%% of all."
                " Four-fifths is compared in whole numbers, so that exactly four-fifths is not"
                " below it."
            )
            % {"fewest": count(SMALLEST_BENCHMARK), "share": count(int(100 * SMALLEST_SHARE))},
            _(
                "That group is known only after looking, so every two groups that might have been"
                " compared count as a test. Where nothing differs at all, 2 to 5 in 100 audits"
                " still ask for a look, of two groups as of six."
            ),
            _(
                "Fisher's exact test, two-sided, decides; Holm's correction over all these tests"
                " says when to act, Benjamini-Hochberg's when to look. Units are held equal by"
                " Mantel-Haenszel, circumstances by regression with HC3 errors."
            ),
        ),
    )


def _hiding(choices: Choices) -> Words:
    return Words(
        title=_("What is hidden"),
        paragraphs=(
            _(
                "Numbers about fewer than %(k)s people are not shown, nor rates of none or all"
                " among fewer than %(twice)s. Further numbers are hidden where a hidden one could"
                " be found by subtraction."
            )
            % {
                "k": count(choices.smallest_group),
                "twice": count(2 * choices.smallest_group),
            },
        ),
    )


def limits() -> tuple[str, ...]:
    return (
        _("Numbers show that ratings differ, never why. People find the reasons."),
        _("A difference between raters is not proof of a poor rater; real teams differ too."),
        _("No difference found is not proof of none: see the smallest one that could be seen."),
        _("The model takes levels as equally far apart; the check by levels says if that matters."),
        _("These estimates must not be written into anybody's rating, nor decide about pay."),
    )


def sources() -> tuple[str, ...]:
    """Where the methods are described; names of works are not translated."""
    return (
        "Henderson (1975), Biometrics 31: best linear unbiased prediction",
        "Patterson and Thompson (1971), Biometrika 58: restricted maximum likelihood",
        "Brennan (2001), Generalizability Theory",
        "Benjamini and Hochberg (1995), J. R. Stat. Soc. B 57; Holm (1979), Scand. J. Stat. 6",
        "Mantel and Haenszel (1959), J. Natl. Cancer Inst. 22",
        "29 CFR 1607.4(D): the four-fifths rule",
        "MacKinnon and White (1985), J. Econometrics 29: HC3",
    )
