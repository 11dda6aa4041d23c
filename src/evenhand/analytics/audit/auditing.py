"""An audit from ratings to numbers and a report: measured once, told once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.analytics.audit.measured import Measured
from evenhand.analytics.audit.measuring.calibrating import measure_calibration
from evenhand.analytics.audit.measuring.dependence import measure_dependence
from evenhand.analytics.audit.measuring.design import measure_design
from evenhand.analytics.audit.measuring.gaps import measure_gaps
from evenhand.analytics.audit.measuring.modelling import model_of
from evenhand.analytics.audit.measuring.ordinal_check import check_ordinal
from evenhand.analytics.audit.measuring.raters import measure_raters
from evenhand.analytics.audit.numbers import Numbers, numbers_of
from evenhand.analytics.audit.ratings import Choices, Ratings
from evenhand.analytics.audit.telling.actions import tell_actions
from evenhand.analytics.audit.telling.calibrating import tell_calibration
from evenhand.analytics.audit.telling.dependence import tell_dependence, tiles_of
from evenhand.analytics.audit.telling.design import tell_design
from evenhand.analytics.audit.telling.figures import count
from evenhand.analytics.audit.telling.gaps import tell_gaps
from evenhand.analytics.audit.telling.methods import limits, methods, sources
from evenhand.analytics.audit.telling.raters import tell_raters
from evenhand.analytics.report import Report, Section, Tile
from ratingstats.disclosure.ledger import Ledger

Say = Callable[[int, int, str], None]
STEPS = 5


@dataclass(frozen=True, slots=True)
class About:
    """Whose ratings these are, in the words of who asks, and the day of the audit."""

    title: str
    on: date


@dataclass(frozen=True, slots=True)
class Audited:
    """What an audit found: numbers for machines, and a report for people."""

    numbers: Numbers
    report: Report


def audit(
    ratings: Ratings,
    choices: Choices,
    about: About,
    say: Say = lambda *_step: None,
    ledger: Ledger | None = None,
) -> Audited:
    """Measure and tell. `say(done, total, note)` is called between steps and may raise to stop.

    The `ledger` knows what was told before, and learns what is told now.
    """
    measured = measure(ratings, choices, say, ledger)
    say(STEPS - 1, STEPS, _("Writing the report"))
    sections = tell(measured)
    report = Report(
        title=about.title,
        about=_about(measured),
        made_on=date_format(about.on),
        tiles=_tiles(measured),
        sections=sections,
        methods=methods(ratings, choices),
        limits=limits(),
        sources=sources(),
    )
    return Audited(numbers_of(measured, sections), report)


def measure(ratings: Ratings, choices: Choices, say: Say, ledger: Ledger | None = None) -> Measured:
    say(0, STEPS, _("Looking at who rated whom"))
    design = measure_design(ratings)
    modelled = model_of(ratings, design)
    dependence = measure_dependence(modelled, design, choices)
    say(1, STEPS, _("Looking at raters"))
    raters = measure_raters(ratings, choices, modelled)
    ordinal = check_ordinal(ratings, choices, modelled)
    say(2, STEPS, _("Looking at groups"))
    gaps = measure_gaps(ratings, choices, ledger)
    say(3, STEPS, _("Looking at calibration"))
    calibration = (
        None if ratings.before is None else measure_calibration(ratings, choices, gaps, ledger)
    )
    return Measured(design, dependence, ordinal, raters, gaps, calibration)


def tell(measured: Measured) -> tuple[Section, ...]:
    sections = [
        tell_dependence(measured.dependence, measured.ordinal),
        tell_raters(measured.raters),
        tell_design(measured.design),
        tell_gaps(measured.gaps),
    ]
    if measured.calibration is not None:
        sections.append(tell_calibration(measured.calibration))
    return (*sections, tell_actions(measured))


def _about(measured: Measured) -> str:
    design = measured.design
    said = [
        ngettext("%(n)s rating", "%(n)s ratings", design.ratings) % {"n": count(design.ratings)},
        ngettext("%(n)s person", "%(n)s people", design.persons) % {"n": count(design.persons)},
    ]
    if design.raters:
        raters = ngettext("%(n)s rater", "%(n)s raters", design.raters)
        said.append(raters % {"n": count(design.raters)})
    return ", ".join(said)


def _tiles(measured: Measured) -> tuple[Tile, ...]:
    gaps, hidden = measured.gaps, measured.gaps.hidden + measured.raters.hidden
    tiles = tiles_of(measured.dependence)
    if gaps.attributes:
        tiles.append(
            Tile(
                label=_("Group gaps to look at"),
                value=count(len(gaps.to_look_at)),
                note=_("of %(m)s tested, after correction") % {"m": count(gaps.m)},
            )
        )
    hides = Tile(
        label=_("Hidden to protect people"),
        value=count(hidden),
        note=_("numbers about too few people"),
    )
    return (*tiles, hides)
