"""Whether the raters' share depends on taking levels as equally far apart, in words."""

from django.utils.translation import gettext as _

from evenhand.analytics.audit.measuring.ordinal_check import OrdinalCheck, WhyNot
from evenhand.analytics.audit.ratings import Refused
from evenhand.analytics.audit.telling.figures import count, percent, points
from evenhand.analytics.report import Block, NotSaid, Tone, Words

FAR_APART = 0.10
MUCH_ALIKE = 0.90


def tell_levels(check: OrdinalCheck | Refused) -> list[Block]:
    """Nothing where most ratings do not crowd in one level: then it is not asked."""
    if isinstance(check, OrdinalCheck):
        return [_compared(check)]
    if check.why in {WhyNot.TOO_LARGE, WhyNot.TOO_FEW}:
        return [_too_many() if check.why == WhyNot.TOO_LARGE else _too_few()]
    return []


def _compared(check: OrdinalCheck) -> Words:
    crowded = _(
        "%(share)s of %(n)s ratings stand in one level (%(level)s). A model with equal steps"
        " between levels suits such ratings poorly, so we asked again without steps."
    ) % {
        "share": percent(check.crowded_share),
        "n": count(check.ratings),
        "level": check.crowded,
    }
    shares = _(
        "Raters then account for %(latent)s%(interval)s, against %(linear)s with levels taken as"
        " numbers."
    ) % {
        "latent": percent(check.latent),
        "interval": _interval(check.between),
        "linear": percent(check.linear),
    }
    paragraphs = [crowded, shares, *_agreement(check.agreement)]
    if not check.is_settled:
        paragraphs.append(_("This second fit did not settle fully; take it as a rough check."))
    differs = abs(check.latent - check.linear) > FAR_APART
    tone = Tone.LOOK if differs else Tone.PLAIN
    return Words(tuple(paragraphs), _("The same, with levels as levels"), tone)


def _interval(between: tuple[float, float] | None) -> str:
    if between is None:
        return ""
    low, high = (percent(share) for share in between)
    return _(" (95%% interval %(low)s to %(high)s)") % {"low": low, "high": high}


def _agreement(agreement: float | None) -> list[str]:
    if agreement is None:
        return []
    said = (
        _("Both ways agree on who is strict and who is lenient (correlation %(r)s).")
        if agreement >= MUCH_ALIKE
        else _("The two ways differ on who is strict and who is lenient (correlation %(r)s).")
    )
    return [said % {"r": points(agreement)}]


def _too_many() -> NotSaid:
    return NotSaid(
        what=_question(),
        why=_("Most ratings stand in one level, and there are too many for the slower method."),
        remedy=_("Run this again for one unit or one period."),
    )


def _too_few() -> NotSaid:
    return NotSaid(
        what=_question(),
        why=_("Most ratings stand in one level, and too few in the others."),
        remedy=_("More ratings, or a scale that people use as a whole, would tell."),
    )


def _question() -> str:
    return _("Whether the raters' share depends on the distances between levels")
