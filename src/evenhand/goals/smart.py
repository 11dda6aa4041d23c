"""What software can check of SMART while a goal is written; for coaching, never a verdict.

Real ambition, gaming and the ethics of a target cannot be checked: two people answer for these.
Only Measurable and Time-bound stand in the way of an agreement.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from itertools import pairwise
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.goals.drafts import GoalDraft, PartDraft
from evenhand.goals.kinds import GoalKind
from evenhand.goals.wording import (
    FEWEST_WORDS,
    is_activity,
    likeness,
    second_outcome,
    vague_words,
    words_of,
)

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

FEWEST_PAST_POINTS = 4
LATE_AFTER = Decimal("0.25")
WHOLE = 100


class Finding(Enum):
    PASSES = "passes"
    LOOK = "look"
    FAILS = "fails"
    NOT_ASSESSABLE = "not assessable"


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter of SMART: what was found, and what to do about it."""

    letter: str
    name: "StrOrPromise"
    finding: Finding
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Around:
    """What lies around a goal: whom and what it serves, the period it is for, and what was before.

    `past` are former values of its measure with their days, oldest first. `period` is the one of a
    cycle or a plan, its last day included, if there is one.
    """

    on: date
    has_owner: bool = True
    reaches_objective: bool = False
    parent_outcome: str = ""
    is_new_task: bool = False
    period: tuple[date, date] | None = None
    past: tuple[tuple[date, Decimal], ...] = ()


@dataclass(frozen=True, slots=True)
class Smart:
    """All five letters, and hints besides. `passing` is told out of `assessable`."""

    letters: tuple[Letter, ...]
    hints: tuple[str, ...]

    @property
    def passing(self) -> int:
        return sum(letter.finding == Finding.PASSES for letter in self.letters)

    @property
    def assessable(self) -> int:
        return sum(letter.finding != Finding.NOT_ASSESSABLE for letter in self.letters)

    @property
    def obstacles(self) -> tuple[str, ...]:
        """Why the goal cannot be agreed yet: what fails of Measurable and Time-bound."""
        blocking = (x for x in self.letters if x.letter in "MT" and x.finding == Finding.FAILS)
        return tuple(reason for letter in blocking for reason in letter.reasons)


def smart_of(plan: GoalDraft, around: Around) -> Smart:
    """What is SMART about a plan, letter by letter."""
    return Smart(
        letters=(
            _letter("S", _("Specific"), _unspecific(plan, around)),
            _letter("M", _("Measurable"), _unmeasurable(plan)),
            _achievable(plan, around),
            _relevant(plan, around),
            _letter("T", _("Time-bound"), _without_time(plan, around)),
        ),
        hints=tuple(_hints(plan, around)),
    )


def reach_of(past: Sequence[tuple[date, Decimal]], days: int) -> tuple[Decimal, Decimal] | None:
    """How far a measure may move in so many days, going by its past, and the spread of one step.

        reach = abs(mean step) * periods + 3 * SD(step) * sqrt(periods)

    A period is the usual time between two values. None with fewer than four points or no spread.
    """
    steps = [later - former for (_a, former), (_b, later) in pairwise(past)]
    if len(past) < FEWEST_PAST_POINTS or days <= 0:
        return None
    mean = sum(steps, Decimal(0)) / len(steps)
    spread = (sum(((s - mean) ** 2 for s in steps), Decimal(0)) / (len(steps) - 1)).sqrt()
    gone = (past[-1][0] - past[0][0]).days
    if not spread or gone <= 0:
        return None
    periods = Decimal(days) * len(steps) / gone
    return abs(mean) * periods + 3 * spread * periods.sqrt(), spread


def _letter(letter: str, name: str, problems: Iterator[str]) -> Letter:
    reasons = tuple(problems)
    return Letter(letter, name, Finding.FAILS if reasons else Finding.PASSES, reasons)


def _unspecific(plan: GoalDraft, around: Around) -> Iterator[str]:
    if not around.has_owner:
        yield _("Say who owns the goal.")
    count = len(words_of(plan.outcome))
    if count < FEWEST_WORDS:
        yield ngettext(
            "Say the outcome in at least %(n)d word.", "Say the outcome in at least %(n)d words.",
            FEWEST_WORDS,
        ) % {"n": FEWEST_WORDS}  # fmt: skip
    if second := second_outcome(plan.outcome):
        yield _("“%(text)s” seems to be an outcome of its own. Make it another goal.") % {
            "text": second
        }
    if plan.target is None and (vague := vague_words(plan.outcome)):
        yield _("“%(word)s” leaves open when the goal is reached. Name what will be different.") % {
            "word": vague[0]
        }


def _unmeasurable(plan: GoalDraft) -> Iterator[str]:
    match plan.kind:
        case GoalKind.KPI:
            yield from _unmeasurable_figure(plan)
        case GoalKind.OKR | GoalKind.MILESTONES:
            yield from _unmeasurable_parts(plan)
        case GoalKind.MAINTAIN:
            yield from _unmeasurable_limits(plan)
        case _:
            if not plan.measure:
                yield _("Say how one will see that it is reached.")


def _unmeasurable_figure(plan: GoalDraft) -> Iterator[str]:
    if not plan.metric:
        yield _("Say how several values make one figure: a sum, the last one, or some out of all.")
    if not plan.measure:
        yield _("Say what is counted or measured.")
    if not plan.unit_of_measure:
        yield _("Say in which unit it is measured.")
    if not plan.data_source:
        yield _("Say where the figures come from.")
    yield from _no_way(plan)


def _no_way(plan: GoalDraft | PartDraft) -> Iterator[str]:
    if plan.baseline is None:
        yield _("Say where it stands at the start: the baseline.")
    if plan.target is None:
        yield _("Say where it should stand at the end: the target.")
    if plan.baseline is not None and plan.baseline == plan.target:
        yield _("Target and baseline are the same, so nothing would have to change.")


def _unmeasurable_parts(plan: GoalDraft) -> Iterator[str]:
    if not plan.parts:
        yield _("Name at least one key result or milestone.")
        return
    if sum(part.weight for part in plan.parts) != WHOLE:
        yield _("The weights of the parts must sum to 100.")
    for part in plan.parts:
        problems = _no_way(part) if plan.kind == GoalKind.OKR else iter(())
        for problem in problems:
            yield _("%(part)s: %(problem)s") % {"part": part.title, "problem": problem}


def _unmeasurable_limits(plan: GoalDraft) -> Iterator[str]:
    if plan.low is None and plan.high is None:
        yield _("Say within which limits it should stay.")
    if plan.low is not None and plan.high is not None and plan.low > plan.high:
        yield _("The lower limit lies above the upper one.")
    if plan.tolerance is not None and plan.tolerance <= 0:
        yield _("The tolerance must be above zero, or left empty.")
    if not plan.measure:
        yield _("Say what is counted or measured.")
    if not plan.unit_of_measure:
        yield _("Say in which unit it is measured.")
    if not plan.data_source:
        yield _("Say where the figures come from.")


def _achievable(plan: GoalDraft, around: Around) -> Letter:
    name = _("Achievable")
    way = _way(plan)
    found = reach_of(around.past, (plan.due_on - plan.starts_on).days) if way else None
    if way is None or found is None:
        nothing = _("At least four earlier values are needed to compare with. You two know better.")
        return Letter("A", name, Finding.NOT_ASSESSABLE, (nothing,))
    reach, spread = found
    if way > reach:
        far = _("The target lies beyond what this figure has ever done in such a time.")
        return Letter("A", name, Finding.LOOK, (far,))
    if way < spread:
        near = _("The way to the target is so short that chance alone could bring it about.")
        return Letter("A", name, Finding.LOOK, (near,))
    return Letter("A", name, Finding.PASSES)


def _way(plan: GoalDraft) -> Decimal | None:
    """How far it is from baseline to target; a figure that keeps within limits has no way to go."""
    if plan.kind != GoalKind.KPI or plan.baseline is None or plan.target is None:
        return None
    return abs(plan.target - plan.baseline)


def _relevant(plan: GoalDraft, around: Around) -> Letter:
    name = _("Relevant")
    if around.reaches_objective:
        return Letter("R", name, Finding.PASSES)
    if plan.local_reason:
        local = _("A goal of your own, with a reason. It serves no strategic objective.")
        return Letter("R", name, Finding.LOOK, (local,))
    nothing = _("Say what it supports: a goal or an objective. Or say why it stands on its own.")
    return Letter("R", name, Finding.FAILS, (nothing,))


def _without_time(plan: GoalDraft, around: Around) -> Iterator[str]:
    if plan.due_on <= plan.starts_on:
        yield _("The goal must be due after it starts.")
    if around.period and not around.period[0] <= plan.due_on <= around.period[1]:
        yield _("It is due outside the period it is for.")
    if plan.cadence_days >= (plan.due_on - plan.starts_on).days:
        yield _("Plan at least one check-in before the last day.")


def _hints(plan: GoalDraft, around: Around) -> Iterator[str]:
    if is_activity(plan.outcome) and plan.kind != GoalKind.LEARNING:
        yield _("This says what you will do. What will be different when it is done?")
    if around.parent_outcome and likeness(plan.outcome, around.parent_outcome).is_near_copy:
        yield _("These are nearly the words of the goal above. What is your part of it?")
    if around.is_new_task and plan.kind != GoalKind.LEARNING:
        yield _(
            "Where the task is new, a learning goal often leads further than a figure:"
            " what will you be able to do, and how will you show it?"
        )
    if around.period and _is_late(plan, around.period):
        yield _("A quarter of the period is over when this goal starts. Is the target still right?")


def _is_late(plan: GoalDraft, period: tuple[date, date]) -> bool:
    whole = (period[1] - period[0]).days
    return whole > 0 and Decimal((plan.starts_on - period[0]).days) / whole > LATE_AFTER
