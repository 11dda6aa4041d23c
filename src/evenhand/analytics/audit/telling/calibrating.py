"""What calibration did, in words: who moved, and whether order and groups were kept."""

import math
from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.analytics.audit.measuring.calibrating import CalibrationAnswers
from evenhand.analytics.audit.telling.calibrating_groups import drift_blocks
from evenhand.analytics.audit.telling.figures import count, percent, points, signed
from evenhand.analytics.report import (
    Bar,
    BarChart,
    Block,
    Cell,
    Column,
    NotSaid,
    Section,
    Table,
    Tone,
    Words,
)
from ratingstats.calibration import (
    FEWEST_RATED,
    SHIFTED,
    Effect,
    RankKept,
    RatersApart,
    Spread,
    Warned,
)

HALF = 0.5
KEPT = 0.8


def tell_calibration(answers: CalibrationAnswers) -> Section:
    """Warnings first, then before and after, order kept, raters' people, and groups."""
    return Section(
        key="calibration",
        question=_("What did calibration do?"),
        answer=_answer(answers),
        blocks=tuple(_blocks(answers)),
    )


def _answer(answers: CalibrationAnswers) -> str:
    effect = answers.effect
    if answers.tells_with_earlier:
        return _("What calibration did is not told, to protect people.")
    if effect is None:
        return _("Too few people have a rating before and after to say what calibration did.")
    if not effect.changed:
        return _("Calibration changed none of %(n)s ratings.") % {"n": count(effect.n)}
    return _(
        "Calibration changed %(share)s of %(n)s ratings: %(up)s up, %(down)s down. The average"
        " moved by %(shift)s points."
    ) % {
        "share": percent(effect.changed_share),
        "n": count(effect.n),
        "up": count(effect.up),
        "down": count(effect.down),
        "shift": signed(effect.mean_shift),
    }


def _blocks(answers: CalibrationAnswers) -> list[Block]:
    effect = answers.effect
    if effect is None or effect.spread is None or effect.rank is None:
        return [_too_few(answers)]
    blocks: list[Block] = [_warnings(effect)] if effect.warnings else []
    blocks.append(_spread(effect.spread, effect.n))
    if effect.raters_before and effect.raters_after:
        blocks.append(_raters(effect.raters_before, effect.raters_after, effect.n))
    blocks.append(Words(tuple(_order(effect.rank)), title=_("Was the order kept?")))
    if any(team.changed for team in answers.teams):
        blocks.append(_teams(answers))
    return [*blocks, *drift_blocks(answers)]


def _too_few(answers: CalibrationAnswers) -> NotSaid:
    if answers.tells_with_earlier:
        return NotSaid(
            _("What calibration did"),
            _("Beside an earlier audit, it would tell about a few people."),
            _("An audit after more people have been rated or changed can tell it."),
        )
    return NotSaid(
        _("What calibration did"),
        _("Too few people have a rating before and after: %(n)s.") % {"n": count(answers.persons)},
        _("Put more sessions into one file."),
    )


def _warnings(effect: Effect) -> Words:
    said = {
        Warned.COMPRESSED: _("Ratings have moved closer together: differences were evened out."),
        Warned.SHIFTED: _("The average has moved by more than %(shift)s points.")
        % {"shift": points(SHIFTED, 1)},
        Warned.ONE_TEAM: _("More than half of one rater's people were changed."),
        Warned.CHAIR: _("The chair's own people moved up more than the others."),
        Warned.NO_EVIDENCE: _("Ratings were changed without new evidence."),
    }
    told = tuple(said[warned] for warned in effect.warnings)
    return Words(told, title=_("Worth a look"), tone=Tone.LOOK)


def _spread(spread: Spread, n: int) -> Table:
    rows: list[tuple[str, float, float, Callable[[float], str]]] = [
        (_("Standard deviation, points"), spread.before, spread.after, points),
        (_("Variance, before = 1"), 1.0, spread.variance_ratio, points),
        (_("Ratings moved between levels, net"), 0.0, spread.total_variation, percent),
    ]
    return Table(
        title=_("Spread before and after"),
        columns=(
            Column(_("Measure")),
            Column.of_numbers(_("Before")),
            Column.of_numbers(_("After")),
        ),
        rows=tuple(
            (Cell(name), Cell(show(before), before), _known(after, show(after)))
            for name, before, after, show in rows
        ),
        note=_("%(n)s ratings with a rating before and after.") % {"n": count(n)},
    )


def _known(number: float, text: str) -> Cell:
    return Cell("\N{EM DASH}", is_hidden=True) if math.isnan(number) else Cell(text, number)


def _raters(before: RatersApart, after: RatersApart, n: int) -> BarChart:
    sides = [(_("Before"), before), (_("After"), after)]
    return BarChart(
        title=_("How much of the differences lies between raters"),
        bars=tuple(Bar(name, apart.eta2, percent(apart.eta2)) for name, apart in sides),
        whole=1.0,
        note=_(
            "Share of variance between raters, n = %(n)s. It holds real differences between teams"
            " as well."
        )
        % {"n": count(n)},
        table=Table(
            title=_("Raters before and after"),
            columns=(
                Column(_("When")),
                Column.of_numbers(_("Share between raters")),
                Column.of_numbers(_("Spread of severity, points")),
            ),
            rows=tuple(
                (
                    Cell(name),
                    Cell(percent(apart.eta2), apart.eta2),
                    Cell(points(apart.severity_sd), apart.severity_sd),
                )
                for name, apart in sides
            ),
        ),
    )


def _order(rank: RankKept) -> list[str]:
    if math.isnan(rank.kendall):
        return [_("Before or after, all ratings are the same, so there is no order.")]
    said = [
        _("Over all, the order before and after agrees by %(tau)s (tau-b) and %(rho)s (Spearman).")
        % {"tau": points(rank.kendall), "rho": points(rank.spearman)}
    ]
    if not math.isnan(rank.within):
        kept = (
            _("Among the people of one rater it was mostly kept: %(tau)s on average.")
            if rank.within >= KEPT
            else _(
                "Among the people of one rater it changed: %(tau)s on average, %(wanted)s wanted."
            )
        )
        told = kept % {"tau": points(rank.within), "wanted": points(KEPT)}
        raters = _("Raters with at least %(fewest)s people: %(n)s.")
        counted = {"fewest": count(FEWEST_RATED), "n": count(rank.raters)}
        said.append(f"{told} {raters % counted}")
    return said


def _teams(answers: CalibrationAnswers) -> Table:
    return Table(
        title=_("Whose people were changed"),
        columns=(
            Column(_("Rater")),
            Column.of_numbers(_("Ratings")),
            Column.of_numbers(_("Changed")),
            Column.of_numbers(_("Share")),
            Column.of_numbers(_("Points, on average")),
        ),
        rows=tuple(
            (
                Cell(team.rater),
                Cell(count(team.n), team.n),
                Cell(count(team.changed), team.changed),
                Cell(
                    percent(team.changed / team.n),
                    team.changed / team.n,
                    tone=Tone.LOOK if team.changed / team.n > HALF else Tone.PLAIN,
                ),
                Cell(signed(team.shift), team.shift),
            )
            for team in answers.teams
        ),
        note=_teams_note(answers.teams_hidden),
    )


def _teams_note(hidden: int) -> str:
    if not hidden:
        return ""
    said = ngettext(
        "%(n)s rater is not shown, to protect people.",
        "%(n)s raters are not shown, to protect people.",
        hidden,
    )
    return said % {"n": count(hidden)}
