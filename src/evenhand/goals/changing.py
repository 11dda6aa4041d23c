"""What speaks against a change of a goal that is agreed, and what to look at twice.

Pure: asked by the action that proposes a change, by the form, and by whoever agrees to it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from evenhand.goals.kinds import GoalKind
from evenhand.goals.pace import elapsed
from evenhand.goals.scoring import Score, linear, maintain
from evenhand.kernel.verdict import Ground, Verdict

HALF = Decimal("0.5")

BASELINE_IS_TARGET = Verdict(
    "baseline_is_target",
    _("Baseline and target are the same, so there is no way to go. Change one of them."),
    Ground.WHAT,
)
UNIT_NEEDS_BASELINE = Verdict(
    "unit_needs_baseline",
    _("What is measured changes, so the baseline must be given anew in the new unit."),
    Ground.WHAT,
)
MEASURED_TO_THE_END = Verdict(
    "measured_to_the_end",
    _(
        "The day on which this is measured has passed, so its target no longer moves. Close the"
        " goal, and agree on a new one if there is more to reach."
    ),
    Ground.WHEN,
)


class Measured(Protocol):
    """What a plan says about measuring: a goal, a version of it, or a draft not yet kept."""

    @property
    def kind(self) -> str: ...
    @property
    def metric(self) -> str: ...
    @property
    def unit_of_measure(self) -> str: ...
    @property
    def baseline(self) -> Decimal | None: ...
    @property
    def target(self) -> Decimal | None: ...
    @property
    def low(self) -> Decimal | None: ...
    @property
    def high(self) -> Decimal | None: ...
    @property
    def tolerance(self) -> Decimal | None: ...
    @property
    def starts_on(self) -> date: ...
    @property
    def due_on(self) -> date: ...


class MeasuredPart(Protocol):
    """What a key result or a milestone says about measuring."""

    @property
    def metric(self) -> str: ...
    @property
    def unit_of_measure(self) -> str: ...
    @property
    def baseline(self) -> Decimal | None: ...
    @property
    def target(self) -> Decimal | None: ...


@dataclass(frozen=True, slots=True)
class MovedTarget:
    """That a target moves after half of the time: the score now, on the old and the new target."""

    elapsed: Decimal
    actual: Decimal
    on_old: Score
    on_new: Score


def problems_of_change(
    old: Measured, new: Measured, last_measured_on: date | None, on: date
) -> tuple[Verdict, ...]:
    """Why an agreed plan cannot become this one; empty when it can.

    `last_measured_on` is `goal.measured_on`, `on` the day of the change. Target, baseline and
    limits move until the last day of the plan that stands, or until its figure is in.
    """
    problems = []
    if is_without_way(new):
        problems.append(BASELINE_IS_TARGET)
    if measures_something_else(old, new) and _lacks_new_baseline(old, new):
        problems.append(UNIT_NEEDS_BASELINE)
    if is_measured_to_the_end(old, last_measured_on, on) and _figures(old) != _figures(new):
        problems.append(MEASURED_TO_THE_END)
    return tuple(problems)


def problems_of_part_change(
    old: MeasuredPart, new: MeasuredPart, *, is_over: bool
) -> tuple[Verdict, ...]:
    """The same for a key result that stays; `is_over` is `is_measured_to_the_end` of its goal.

    When a key result measures something else, a new part takes its place, so that values of the
    former one no longer count.
    """
    problems = []
    if new.metric and new.baseline is not None and new.baseline == new.target:
        problems.append(BASELINE_IS_TARGET)
    is_other = (old.metric, old.unit_of_measure) != (new.metric, new.unit_of_measure)
    if new.metric and is_other and new.baseline in {None, old.baseline}:
        problems.append(UNIT_NEEDS_BASELINE)
    if is_over and (old.baseline, old.target) != (new.baseline, new.target):
        problems.append(MEASURED_TO_THE_END)
    return tuple(problems)


def measures_something_else(old: Measured, new: Measured) -> bool:
    """Whether values measured so far say nothing about the new plan.

    Whoever makes such a plan the one that stands sets `goal.counts_from` to that moment.
    """
    return _what(old) != _what(new)


def moved_target(
    old: Measured, new: Measured, actual: Decimal | None, on: date
) -> MovedTarget | None:
    """What to show beside a target that moves after half of the time; None when there is nothing.

    A warning: both sides may still agree to it.
    """
    gone = elapsed(old.starts_on, old.due_on, on)
    is_moved = (old.target, old.low, old.high) != (new.target, new.low, new.high)
    if gone <= HALF or not is_moved or actual is None or measures_something_else(old, new):
        return None
    return MovedTarget(gone, actual, _score(old, actual), _score(new, actual))


def is_measured_to_the_end(old: Measured, last_measured_on: date | None, on: date) -> bool:
    """Whether the last day of a plan is over, or its figure of that day is in."""
    is_in = last_measured_on is not None and last_measured_on >= old.due_on
    return is_in or on > old.due_on


def is_without_way(plan: Measured) -> bool:
    """Whether baseline and target are the same, which only a goal that keeps within limits may."""
    is_linear = plan.kind not in {GoalKind.MAINTAIN, GoalKind.YES_NO}
    return is_linear and plan.target is not None and plan.baseline == plan.target


def _lacks_new_baseline(old: Measured, new: Measured) -> bool:
    is_linear = new.kind not in {GoalKind.MAINTAIN, GoalKind.YES_NO} and new.target is not None
    return is_linear and (new.baseline is None or new.baseline == old.baseline)


def _what(plan: Measured) -> tuple[str, str]:
    return plan.metric, plan.unit_of_measure.strip().casefold()


def _figures(plan: Measured) -> Sequence[Decimal | None]:
    return plan.baseline, plan.target, plan.low, plan.high, plan.tolerance


def _score(plan: Measured, actual: Decimal) -> Score:
    if plan.kind == GoalKind.MAINTAIN:
        return maintain(actual, plan.low, plan.high, plan.tolerance)
    return linear(plan.baseline, plan.target, actual)
