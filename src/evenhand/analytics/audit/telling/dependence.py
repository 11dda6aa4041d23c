"""How much of a rating is the person and how much is who gives it, in words."""

from django.utils.translation import gettext as _

from evenhand.analytics.audit.measuring.dependence import TOO_FEW, Dependence, Reliability
from evenhand.analytics.audit.measuring.ordinal_check import OrdinalCheck
from evenhand.analytics.audit.ratings import Refused
from evenhand.analytics.audit.telling.figures import between, count, percent, points
from evenhand.analytics.audit.telling.levels import tell_levels
from evenhand.analytics.report import (
    Bar,
    BarChart,
    Block,
    Cell,
    Column,
    Explained,
    NotSaid,
    Section,
    Table,
    Tile,
    Tone,
    Words,
)
from ratingstats.agreement.generalizability import DEVELOPMENT, EXIT, FEWEST_PEOPLE, PAY

TONES = {"rater": Tone.LOOK, "residual": Tone.SOFT}


def tell_dependence(found: Dependence, levels: OrdinalCheck | Refused) -> Section:
    return Section(
        key="dependence",
        question=_("How much of a rating is the person, and how much is who gives it?"),
        answer=_answer(found),
        blocks=(*_blocks(found), *tell_levels(levels)),
    )


def tiles_of(found: Dependence) -> list[Tile]:
    """The two numbers worth a place at the top: how far ratings move, and how reliable they are."""
    tiles = []
    if found.moves is not None and not found.one_rater_each:
        tiles.append(
            Tile(
                label=_("Same person, other rater"),
                value=f"± {points(found.moves)}",
                note=_("points a rating typically moves by who gives it"),
                explained=_moves_explained(found),
            )
        )
    if found.reliability is not None:
        tiles.append(
            Tile(
                label=_("How far ratings tell people apart"),
                value=points(found.reliability.phi),
                note=_("generalizability (Phi); %(wanted)s is wanted for pay and promotion")
                % {"wanted": points(found.reliability.wanted)},
                explained=_phi_explained(found, found.reliability),
            )
        )
    return tiles


def _answer(found: Dependence) -> str:
    if found.rater is None or found.share_rater is None:
        return _("These ratings cannot say it. The boxes below say why, and what would help.")
    if found.rater == 0 and found.one_rater_each:
        return _(
            "No difference between raters and their teams was found: the estimate of their share"
            " is zero (%(n)s ratings)."
        ) % {"n": count(found.ratings)}
    if found.rater == 0:
        return _(
            "No difference between raters was found: the estimate of their share is zero"
            " (%(n)s ratings)."
        ) % {"n": count(found.ratings)}
    facts = {
        "share": percent(found.share_rater),
        "moves": points(found.moves or 0),
        "n": count(found.ratings),
        "interval": _interval(found),
    }
    if found.one_rater_each:
        return (
            _(
                "%(share)s of the differences between ratings lie between raters and their"
                " teams%(interval)s. Whether it is the rater or the team, these ratings cannot"
                " tell (%(n)s ratings)."
            )
            % facts
        )
    return (
        _(
            "%(share)s of the differences between ratings come from who gives them%(interval)s:"
            " a rating typically moves ± %(moves)s points by the choice of rater (%(n)s ratings)."
        )
        % facts
    )


def _interval(found: Dependence) -> str:
    if found.share_between is None:
        return ""
    low, high = (percent(share) for share in found.share_between)
    return _(" (95%% interval %(low)s to %(high)s)") % {"low": low, "high": high}


def _blocks(found: Dependence) -> list[Block]:
    blocks: list[Block] = []
    if found.residual is not None:
        blocks.append(_shares(found))
    if found.moves is not None:
        blocks.append(_moves_explained(found))
    blocks.append(_reliability_words(found))
    return [*blocks, *_not_said(found)]


def _parts(found: Dependence) -> list[tuple[str, str, float | None]]:
    rater = _("Who gives it, or the team rated") if found.one_rater_each else _("Who gives it")
    rest = (
        _("The person, the occasion and chance")
        if found.person is None
        else _("The occasion and chance")
    )
    return [
        ("person", _("The person rated"), found.person),
        ("rater", rater, found.rater),
        ("unit", _("The unit"), found.unit),
        ("unit_occasion", _("The unit in one period"), found.unit_occasion),
        ("residual", rest, found.residual),
    ]


def _shares(found: Dependence) -> BarChart:
    parts = [(key, name, part) for key, name, part in _parts(found) if part is not None]
    shares = [(key, name, part, found.share(part) or 0.0) for key, name, part in parts]
    return BarChart(
        title=_("What ratings are made of"),
        bars=tuple(
            Bar(name, share, percent(share), TONES.get(key, Tone.PLAIN))
            for key, name, _part, share in shares
        ),
        whole=1.0,
        is_split=True,
        note=_(
            "Linear mixed model by restricted maximum likelihood, n = %(n)s ratings."
            " Shares are variances divided by their sum."
        )
        % {"n": count(found.ratings)},
        table=Table(
            title=_("What ratings are made of"),
            columns=(
                Column(_("Part")),
                Column.of_numbers(_("Share")),
                Column.of_numbers(_("Variance")),
                Column.of_numbers(_("95% interval of the variance")),
            ),
            rows=tuple(
                (
                    Cell(name),
                    Cell(percent(share), share),
                    Cell(points(part, 4), part),
                    _interval_of(found, key),
                )
                for key, name, part, share in shares
            ),
            note=_("Variances are in squared points of the scale."),
        ),
    )


def _interval_of(found: Dependence, key: str) -> Cell:
    known = found.intervals.get(key)
    if known is None or known.low != known.low:  # NaN: nothing can be said
        return Cell("\N{EM DASH}", is_hidden=True)
    return Cell(between(known.low, known.high, 4))


def _moves_explained(found: Dependence) -> Explained:
    between_them = found.moves_between
    inputs = [(_("Variance between raters"), points(found.rater or 0, 4))]
    if between_them:
        inputs.append((_("95% interval"), between(*between_them)))
    return Explained(
        formula=_("Typical move = square root of the variance between raters"),
        inputs=tuple(inputs),
        n=found.ratings,
    )


def _phi_explained(found: Dependence, reliability: Reliability) -> Explained:
    return Explained(
        formula="Phi = v(person) / (v(person) + (v(rater) + v(rest)) / k)",
        inputs=(
            ("v(person)", points(found.person or 0, 4)),
            ("v(rater)", points(found.rater or 0, 4)),
            ("v(rest)", points(found.residual or 0, 4)),
            (_("k, raters per person (harmonic mean)"), points(reliability.raters, 2)),
        ),
        n=found.ratings,
    )


def _reliability_words(found: Dependence) -> Block:
    known = found.reliability
    if known is None:
        return NotSaid(
            what=_("How reliably ratings tell people apart"),
            why=_("That takes known raters, and enough people who were rated by more than one."),
            remedy=_("Name the raters, give some people a second one, and run this again."),
        )
    said = _("With %(k)s raters per person the reliability of ratings is %(phi)s (Phi).") % {
        "k": points(known.raters, 1),
        "phi": points(known.phi),
    }
    return Words(
        title=_("How far ratings tell people apart"),
        paragraphs=(f"{said} {_enough_for(known.phi)}", _needed(known), *_rough(known)),
    )


def _rough(known: Reliability) -> list[str]:
    if known.people >= FEWEST_PEOPLE:
        return []
    said = _(
        "This rests on %(n)s people only, and %(wanted)s are wanted: take it as a rough figure."
    )
    return [said % {"n": count(known.people), "wanted": count(FEWEST_PEOPLE)}]


def _enough_for(phi: float) -> str:
    if phi >= EXIT:
        return _("That is enough for any decision, taken by people with other evidence.")
    if phi >= PAY:
        return _("That is enough for pay and promotion, taken by people with other evidence.")
    if phi >= DEVELOPMENT:
        return _("That is enough to talk about development, not to decide about pay.")
    return _("That is too little to decide anything by; below %(least)s much of it is chance.") % {
        "least": points(DEVELOPMENT)
    }


def _needed(known: Reliability) -> str:
    wanted = points(known.wanted)
    if known.needed is None:
        return _("No number of raters would reach %(wanted)s with these ratings.") % {
            "wanted": wanted
        }
    return _("%(needed)s raters per person would reach %(wanted)s.") % {
        "needed": count(known.needed),
        "wanted": wanted,
    }


def _not_said(found: Dependence) -> list[NotSaid]:
    said = []
    if found.reason == TOO_FEW:
        said.append(
            NotSaid(
                what=_("The parts of a rating"),
                why=_("So few people were rated that numbers would be about each of them."),
                remedy=_("More people, or several cycles in one file, would help."),
            )
        )
    elif found.reason:
        said.append(
            NotSaid(
                what=_("The parts of a rating"),
                why=_("The model cannot be fitted: too few ratings, or all of them alike."),
                remedy=_("More ratings, from more than one rater, are needed."),
            )
        )
    if found.one_rater:
        said.append(
            NotSaid(
                what=_("The part of the rater"),
                why=_("One rater gave all ratings, so there is nobody to compare with."),
                remedy=_("Ratings by others, of the same people, would tell."),
            )
        )
    names = {"person": _("person"), "rater": _("rater"), "unit": _("unit")}
    said += [
        NotSaid(
            what=_("The part of the %(name)s") % {"name": names[name]},
            why=_("It cannot be told from another part: both change together in every rating."),
            remedy=_("Ratings in which only one of the two changes would tell."),
        )
        for name in found.dropped
        if name in names and not found.one_rater
    ]
    return said
