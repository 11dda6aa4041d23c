"""How far a goal is, in words: its pace, and its score with the way it was worked out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from evenhand.goals.kinds import Ambition, GoalKind, Pace
from evenhand.goals.models import Goal, GoalPart
from evenhand.goals.pace import Standing, standing
from evenhand.web.goals.plan_facts import measured
from evenhand.web.templatetags.goals import figure, percent

MINUS, OVER, TIMES = "\N{MINUS SIGN}", "\N{DIVISION SIGN}", "\N{MULTIPLICATION SIGN}"


@dataclass(frozen=True, slots=True)
class Input:
    """One thing a figure was worked out from."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Told:
    """A score with its formula, and what went into it."""

    score: Decimal | None
    formula: str
    inputs: tuple[Input, ...]
    beyond: str = ""
    expected: str = ""


def standing_of(goal: Goal, on: date) -> Standing:
    """The pace of a goal; milestones often come late by plan, so they have none but their score."""
    return standing(goal.score, starts_on=goal.starts_on, due_on=goal.due_on, on=on)


def pace_sentence(seen: Standing) -> str:
    """The pace with both figures it compares."""
    if seen.pace == Pace.NO_DATA:
        return _("No data yet. The first check-in shows how far it is.")
    told = {
        Pace.ON_TRACK: _("On track: %(gone)s of the time has passed, %(done)s is reached."),
        Pace.AT_RISK: _("At risk: %(gone)s of the time has passed, %(done)s is reached."),
        Pace.OFF_TRACK: _("Off track: %(gone)s of the time has passed, %(done)s is reached."),
    }[seen.pace]
    return told % {"gone": percent(seen.elapsed), "done": percent(seen.score)}


def next_check_in_on(goal: Goal) -> date:
    """The day by which somebody says next how far the goal is."""
    last = goal.checked_in_at or goal.agreed_at
    begun = max(goal.starts_on, last.date()) if last else goal.starts_on
    return min(goal.due_on, begun + timedelta(days=goal.cadence_days))


def told_score(goal: Goal, parts: Sequence[GoalPart]) -> Told:
    """The score of a goal's own measurements, with its formula and inputs."""
    if parts:
        formula, inputs = _of_parts(parts)
    else:
        formula, inputs = _of_figure(goal)
    return Told(goal.score, formula, tuple(inputs), _beyond(goal), _expected(goal))


def _of_figure(goal: Goal) -> tuple[str, Iterable[Input]]:
    actual = Input(_("Actual"), _value(goal.actual, goal.unit_of_measure))
    if goal.kind == GoalKind.MAINTAIN:
        return _("1 within the limits; outside, 1 minus the distance by the tolerance"), [
            actual,
            Input(_("Not below"), _value(goal.low, goal.unit_of_measure)),
            Input(_("Not above"), _value(goal.high, goal.unit_of_measure)),
            Input(_("Tolerance"), _value(goal.tolerance, goal.unit_of_measure)),
        ]
    if goal.kind == GoalKind.YES_NO or goal.target is None:
        said = _("yes") if goal.actual else _("no")
        if goal.actual is None:
            said = _("not said yet")
        return _("1 when it is done, 0 when it is not"), [Input(_("Done"), said)]
    return _linear(goal.baseline, goal.target, goal.actual), [
        actual,
        Input(_("Baseline"), _value(goal.baseline, goal.unit_of_measure)),
        Input(_("Target"), _value(goal.target, goal.unit_of_measure)),
    ]


def _linear(baseline: Decimal | None, target: Decimal | None, actual: Decimal | None) -> str:
    words = _("(actual %(minus)s baseline) %(over)s (target %(minus)s baseline)")
    formula = words % {"minus": MINUS, "over": OVER}
    if actual is None or baseline is None or target is None:
        return formula
    a, b, t = (figure(value) for value in (actual, baseline, target))
    return f"{formula} = ({a} {MINUS} {b}) {OVER} ({t} {MINUS} {b})"


def _of_parts(parts: Sequence[GoalPart]) -> tuple[str, Iterable[Input]]:
    if all(part.is_milestone for part in parts):
        reached = _("the weights of the milestones that are reached, out of 100")
        return reached, [
            Input(f"{part.title} ({part.weight}%)", _("reached") if part.actual else _("not yet"))
            for part in parts
        ]
    formula = _("sum of weight %(times)s score, by the sum of weights that have a score")
    whole = sum(part.weight for part in parts)
    scored = sum(part.weight for part in parts if part.score is not None)
    return formula % {"times": TIMES}, [
        *(
            Input(
                f"{part.title} ({part.weight}%)",
                f"{percent(part.score)} · {_value(part.actual, part.unit_of_measure)}",
            )
            for part in parts
        ),
        Input(_("Weight that has a score"), percent(Decimal(scored) / whole)),
    ]


def _beyond(goal: Goal) -> str:
    """What the cap leaves out is said beside it."""
    if goal.raw_score is None or goal.raw_score == goal.score:
        return ""
    return _("Uncapped it would be %(raw)s; a score stays between 0%% and 100%%.") % {
        "raw": percent(goal.raw_score)
    }


def _expected(goal: Goal) -> str:
    if goal.ambition == Ambition.ASPIRATIONAL:
        return _("It is aspirational: about 70% is a good result.")
    return _("It is committed: 100% is expected.")


def _value(value: Decimal | None, unit: str) -> str:
    return _("not measured yet") if value is None else measured(value, unit)
