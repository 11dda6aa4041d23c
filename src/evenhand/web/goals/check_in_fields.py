"""What a check-in asks for: one figure, some out of all, done or not, or which milestone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from django import forms
from django.utils.translation import gettext_lazy as _

from evenhand.goals.actions.checking_in import NewCheckIn
from evenhand.goals.kinds import GoalKind, Metric
from evenhand.goals.models import CheckIn, Goal, GoalPart
from evenhand.goals.models.plans import DIGITS, PLACES

REACHED = [("1", _("Reached")), ("0", _("Not reached"))]
DONE = [("1", _("Done")), ("0", _("Not done"))]

Fields = dict[str, forms.Field]
Said = dict[str, Any]


class Asked(Protocol):
    """Some fields of the form, and the check-ins that what stands in them makes."""

    def fields(self, former: CheckIn | None) -> Fields: ...
    def told(self, said: Said, on: date) -> list[NewCheckIn]: ...


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a goal or a key result; two for a rate."""

    label: str
    unit: str
    is_rate: bool
    part: GoalPart | None = None

    @property
    def names(self) -> tuple[str, ...]:
        end = f"-{self.part.pk}" if self.part else ""
        words = ("numerator", "denominator") if self.is_rate else ("value",)
        return tuple(word + end for word in words)

    def fields(self, former: CheckIn | None) -> Fields:
        labels = [f"{self.label}: {word}" for word in (_("how many"), _("out of how many"))]
        shown = labels if self.is_rate else [self.label]
        return {
            name: _number(label, self.unit, _before(former, name))
            for name, label in zip(self.names, shown, strict=True)
        }

    def told(self, said: Said, on: date) -> list[NewCheckIn]:
        numbers = [said.get(name) for name in self.names]
        if all(number is None for number in numbers):
            return []
        if self.is_rate:
            some, whole = numbers
            return [NewCheckIn(on, numerator=some, denominator=whole, part=self.part)]
        return [NewCheckIn(on, numbers[0], part=self.part)]


@dataclass(frozen=True, slots=True)
class Answer:
    """Done or not."""

    def fields(self, former: CheckIn | None) -> Fields:
        answer = forms.ChoiceField(
            label=_("Is it done?"),
            choices=DONE,
            required=False,
            widget=forms.RadioSelect,
            initial=_before(former, "value"),
        )
        return {"value": answer}

    def told(self, said: Said, on: date) -> list[NewCheckIn]:
        return [NewCheckIn(on, Decimal(said["value"]))] if said.get("value") else []


@dataclass(frozen=True, slots=True)
class Milestone:
    """Which milestone is reached, one at a time, since each has something that shows it."""

    parts: Sequence[GoalPart]

    def fields(self, former: CheckIn | None) -> Fields:
        which = forms.ChoiceField(
            label=_("Which milestone?"),
            choices=[("", _("None of them")), *((str(p.pk), p.title) for p in self.parts)],
            required=False,
            initial=former.part_id if former else "",
        )
        reached = forms.ChoiceField(
            label=_("Is it reached?"),
            choices=REACHED,
            required=False,
            widget=forms.RadioSelect,
            initial=_before(former, "value") or "1",
        )
        return {"milestone": which, "reached": reached}

    def told(self, said: Said, on: date) -> list[NewCheckIn]:
        chosen = next((p for p in self.parts if str(p.pk) == said.get("milestone")), None)
        if chosen is None or not said.get("reached"):
            return []
        return [NewCheckIn(on, Decimal(said["reached"]), part=chosen)]


def asked_of(goal: Goal, corrects: CheckIn | None = None) -> list[Asked]:
    """What is asked about a goal; a correction asks about the part that was wrong only."""
    parts = list(goal.parts.filter(is_in_use=True).order_by("place", "pk"))
    if corrects is not None:
        wrong = [part for part in parts if part.pk == corrects.part_id]
        parts = wrong if corrects.part_id or not parts else []
        if not parts and goal.parts.filter(is_in_use=True).exists():
            return []
    if not parts:
        return [_of_goal(goal)]
    milestones = [part for part in parts if part.is_milestone]
    figures: list[Asked] = [
        Figure(part.title, part.unit_of_measure, part.metric == Metric.RATE, part)
        for part in parts
        if not part.is_milestone
    ]
    return [*figures, Milestone(milestones)] if milestones else figures


def _of_goal(goal: Goal) -> Asked:
    if goal.kind == GoalKind.YES_NO or (goal.target is None and goal.kind != GoalKind.MAINTAIN):
        return Answer()
    label = goal.measure or goal.outcome
    return Figure(label, goal.unit_of_measure, goal.metric == Metric.RATE)


def _number(label: str, unit: str, initial: object) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        help_text=unit,
        max_digits=DIGITS,
        decimal_places=PLACES,
        required=False,
        initial=initial,
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
    )


def _before(former: CheckIn | None, name: str) -> str | None:
    """What stood in the check-in that is corrected, without the zeros it was kept with."""
    value = getattr(former, name.partition("-")[0], None)
    return None if value is None else format(value.normalize(), "f")
