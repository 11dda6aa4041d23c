"""Which values a goal, or a part of it, can be given for which day. Pure.

A form, a file, another system: whatever brings a value asks here.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from evenhand.goals.kinds import GoalKind, Metric
from evenhand.kernel.verdict import ALLOWED, Ground, Verdict

LARGEST = Decimal(10) ** 12
MOST_PLACES = 4

DAY_TO_COME = Verdict(
    "day_to_come",
    _("This day is still to come. Give the day on which it was measured."),
    Ground.WHAT,
)
BEFORE_START = Verdict(
    "before_start",
    _("This day lies before the goal began. Give a day from its first day on."),
    Ground.WHAT,
)
AFTER_END = Verdict(
    "after_end",
    _("This goal counts up to its last day. Give a day up to then, or agree on a later end."),
    Ground.WHAT,
)
NOTHING_SAID = Verdict(
    "nothing_said", _("Give a value, a confidence, or a few words."), Ground.WHAT
)
NO_VALUE = Verdict("no_value", _("There is no value here."), Ground.WHAT)
TWO_NUMBERS_NEEDED = Verdict(
    "two_numbers_needed",
    _("This is some out of all: give both numbers, and “all” must be above 0."),
    Ground.WHAT,
)
ONE_NUMBER_NEEDED = Verdict(
    "one_number_needed", _("This is one number. Leave “some” and “all” empty."), Ground.WHAT
)
TOO_LARGE = Verdict(
    "too_large",
    _("This number is too large to keep. Choose a larger unit, such as thousands."),
    Ground.WHAT,
)
TOO_FINE = Verdict("too_fine", _("Give at most four decimal places."), Ground.WHAT)
YES_OR_NO = Verdict("yes_or_no", _("Say 1 when it is done, and 0 when it is not."), Ground.WHAT)
PART_NEEDED = Verdict(
    "part_needed",
    _("This goal is measured by its parts. Say which of them this value is for."),
    Ground.WHAT,
)
EVIDENCE_NEEDED = Verdict(
    "evidence_needed",
    _("A milestone is reached when something shows it. Add a file or a link to its check-in."),
    Ground.WHAT,
)


@dataclass(frozen=True, slots=True)
class Taker:
    """What takes a value: a goal, or a key result or milestone of one."""

    kind: str
    metric: str
    starts_on: date
    due_on: date
    is_part: bool = False
    has_parts: bool = False

    @property
    def is_milestone(self) -> bool:
        return self.is_part and not self.metric

    @property
    def is_yes_or_no(self) -> bool:
        return self.is_milestone or self.kind == GoalKind.YES_NO

    @property
    def is_rate(self) -> bool:
        return self.metric == Metric.RATE


@dataclass(frozen=True, slots=True)
class Value:
    """A measurement of a day. A rate has two numbers, everything else one."""

    measured_on: date
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None

    @property
    def numbers(self) -> tuple[Decimal, ...]:
        given = (self.value, self.numerator, self.denominator)
        return tuple(number for number in given if number is not None)


def may_take(taker: Taker, value: Value, *, on: date, has_evidence: bool = False) -> Verdict:
    """Whether this value can be kept on a day."""
    verdict = _may_be_of(taker, value.measured_on, on) and _may_be_kept(value)
    if not verdict:
        return verdict
    if taker.has_parts:
        return PART_NEEDED
    if taker.is_rate:
        return _may_be_rate(value)
    if value.value is None or len(value.numbers) > 1:
        return ONE_NUMBER_NEEDED
    if not taker.is_yes_or_no:
        return ALLOWED
    return _may_be_answer(taker, value.value, has_evidence=has_evidence)


def may_be_day(taker: Taker, measured_on: date, *, on: date) -> Verdict:
    """Whether something can be said about this day, also without a value."""
    if measured_on > on:
        return DAY_TO_COME
    return BEFORE_START if measured_on < taker.starts_on else ALLOWED


def _may_be_of(taker: Taker, measured_on: date, on: date) -> Verdict:
    """What adds up ends with the goal; a level or a yes may also come late."""
    adds_up = taker.metric in {Metric.CUMULATIVE, Metric.RATE}
    if adds_up and taker.due_on < measured_on <= on:
        return AFTER_END
    return may_be_day(taker, measured_on, on=on)


def _may_be_kept(value: Value) -> Verdict:
    if not value.numbers:
        return NO_VALUE
    if not all(number.is_finite() and abs(number) <= LARGEST for number in value.numbers):
        return TOO_LARGE
    is_fine = any(number != round(number, MOST_PLACES) for number in value.numbers)
    return TOO_FINE if is_fine else ALLOWED


def _may_be_rate(value: Value) -> Verdict:
    top, below = value.numerator, value.denominator
    if value.value is not None or top is None or below is None:
        return TWO_NUMBERS_NEEDED
    return ALLOWED if below > 0 and top >= 0 else TWO_NUMBERS_NEEDED


def _may_be_answer(taker: Taker, answer: Decimal, *, has_evidence: bool) -> Verdict:
    if answer not in {0, 1}:
        return YES_OR_NO
    return EVIDENCE_NEEDED if answer and taker.is_milestone and not has_evidence else ALLOWED
