"""Whether what somebody writes down can be kept at all, and whether it can be agreed.

A draft may be as unfinished as people like; only what no goal can ever be is refused. To be
proposed it must say how one measures it and by when, and who owns it.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from evenhand.goals.drafts import GoalDraft, PartDraft, plan_of
from evenhand.goals.kinds import GoalKind, Openness, Scope
from evenhand.goals.limits import rules_in_force
from evenhand.goals.models import Goal, GoalPart
from evenhand.goals.models.plans import DIGITS, PLACES
from evenhand.goals.smart import Around, smart_of
from evenhand.kernel.verdict import ALLOWED, Ground, Verdict

if TYPE_CHECKING:
    AnyField = models.Field[Any, Any]

TOO_LARGE = Decimal(10) ** (DIGITS - PLACES)
WIDER = tuple(Openness)
HAVE_PARTS = (GoalKind.OKR, GoalKind.MILESTONES, GoalKind.LEARNING)
CHOSEN = ("kind", "metric", "ambition", "scope", "openness", "rolls_up_from")
FIGURES = ("baseline", "target", "low", "high", "tolerance")
LONGEST_CADENCE = 366
MOST_PARTS = 20

OUTCOME_MISSING = Verdict(
    "outcome_missing", _("Say what is to be reached; a few words are enough for now."), Ground.WHAT
)
DUE_BEFORE_START = Verdict(
    "due_before_start", _("The goal is due before it starts. Change one of the days."), Ground.WHAT
)
UNKNOWN_CHOICE = Verdict(
    "unknown_choice", _("Something chosen here is not among what can be chosen."), Ground.WHAT
)
NOT_A_FIGURE = Verdict(
    "not_a_figure",
    _("A number is too large, or has more than four decimal places. Use another unit."),
    Ground.WHAT,
)
CADENCE_OUT_OF_BOUNDS = Verdict(
    "cadence_out_of_bounds", _("Check in at least once a year, at most once a day."), Ground.WHAT
)
SHARE_OUT_OF_BOUNDS = Verdict(
    "share_out_of_bounds",
    _("How much a goal counts in the one above is a whole number from 1 to 100."),
    Ground.WHAT,
)
NO_PARTS_HERE = Verdict(
    "no_parts_here",
    _("Only objectives with key results, milestones and learning goals have parts."),
    Ground.WHAT,
)
TOO_MANY_PARTS = Verdict(
    "too_many_parts", _("A goal has at most 20 parts. Make another goal of some."), Ground.WHAT
)
PART_WITHOUT_TITLE = Verdict(
    "part_without_title", _("Say what each key result or milestone is."), Ground.WHAT
)
PART_WEIGHT_OUT_OF_BOUNDS = Verdict(
    "part_weight_out_of_bounds", _("Each part weighs from 1 to 100 percent."), Ground.WHAT
)
NOT_A_TEAM_GOAL = Verdict(
    "not_a_team_goal", _("Only a goal of several people together has more owners."), Ground.WHAT
)
NOT_A_SHARED_GOAL = Verdict(
    "not_a_shared_goal", _("Only a goal of two units together is shared."), Ground.WHAT
)
OWNED_TWICE = Verdict("owned_twice", _("Somebody is named twice as an owner."), Ground.WHAT)
SHARED_WITH_ONESELF = Verdict(
    "shared_with_oneself",
    _("A shared goal needs two different units, and two people who answer for them."),
    Ground.WHAT,
)
SUPPORTS_TWO_THINGS = Verdict(
    "supports_two_things",
    _("A goal supports another goal or an objective, not both. Choose one."),
    Ground.WHAT,
)
TOO_OPEN = Verdict(
    "too_open", _("Goals are not shown that widely here. Choose fewer readers."), Ground.WHAT
)
CO_OWNER_MISSING = Verdict(
    "co_owner_missing",
    _("A goal of several people needs at least one more owner. Name one first."),
    Ground.WHAT,
)
UNITS_MISSING = Verdict(
    "units_missing",
    _("A shared goal needs two units, each with somebody who answers for it there."),
    Ground.WHAT,
)


def may_be_kept(draft: GoalDraft) -> Verdict:
    """Whether a draft is something a goal can be at all; the first thing that is not, is told."""
    return next((verdict for verdict in _faults(draft) if not verdict), ALLOWED)


def may_be_agreed(draft: GoalDraft, *, on: date) -> Verdict:
    """Whether a plan says how it is measured, by when, and whose it is, so that two can agree."""
    if draft.scope == Scope.TEAM and not draft.co_owner_ids:
        return CO_OWNER_MISSING
    if draft.scope == Scope.SHARED and len(draft.shared_with) != 2:  # noqa: PLR2004  # two units
        return UNITS_MISSING
    obstacles = smart_of(draft, Around(on=on)).obstacles
    return Verdict("not_ready", " ".join(obstacles), Ground.WHAT) if obstacles else ALLOWED


def _faults(draft: GoalDraft) -> Iterator[Verdict]:
    if not draft.outcome:
        yield OUTCOME_MISSING
    if draft.due_on < draft.starts_on:
        yield DUE_BEFORE_START
    if any(_is_unknown(name, getattr(draft, name)) for name in CHOSEN):
        yield UNKNOWN_CHOICE
    if any(_is_no_figure(getattr(draft, name)) for name in FIGURES):
        yield NOT_A_FIGURE
    if not 1 <= draft.cadence_days <= LONGEST_CADENCE:
        yield CADENCE_OUT_OF_BOUNDS
    if not 1 <= draft.share_of_parent <= 100:  # noqa: PLR2004  # of a hundred
        yield SHARE_OUT_OF_BOUNDS
    yield from _too_long(draft)
    yield from _faults_of_parts(draft)
    yield from _faults_around(draft)


def _faults_of_parts(draft: GoalDraft) -> Iterator[Verdict]:
    if draft.parts and draft.kind not in HAVE_PARTS:
        yield NO_PARTS_HERE
    if len(draft.parts) > MOST_PARTS:
        yield TOO_MANY_PARTS
    for part in draft.parts:
        yield from _faults_of_part(part)


def _faults_of_part(part: PartDraft) -> Iterator[Verdict]:
    if not part.title:
        yield PART_WITHOUT_TITLE
    if not 1 <= part.weight <= 100:  # noqa: PLR2004  # percent
        yield PART_WEIGHT_OUT_OF_BOUNDS
    if part.metric and part.metric not in dict(_field(GoalPart, "metric").flatchoices):
        yield UNKNOWN_CHOICE
    if _is_no_figure(part.baseline) or _is_no_figure(part.target):
        yield NOT_A_FIGURE
    for name in ("title", "unit_of_measure"):
        yield _fits(getattr(part, name), _field(GoalPart, name).max_length)


def _faults_around(draft: GoalDraft) -> Iterator[Verdict]:
    """What speaks against whose the goal is, who reads it, and what it supports."""
    if draft.co_owner_ids and draft.scope != Scope.TEAM:
        yield NOT_A_TEAM_GOAL
    owners = (draft.owner_id, *draft.co_owner_ids)
    if len(set(owners)) != len(owners):
        yield OWNED_TWICE
    if draft.shared_with and draft.scope != Scope.SHARED:
        yield NOT_A_SHARED_GOAL
    units = {shared.unit_id for shared in draft.shared_with}
    people = {shared.responsible_id for shared in draft.shared_with}
    if not len(units) == len(people) == len(draft.shared_with):
        yield SHARED_WITH_ONESELF
    if draft.parent_id and draft.objective_id:
        yield SUPPORTS_TWO_THINGS
    if draft.openness and _is_wider(draft.openness, rules_in_force().widest_openness):
        yield TOO_OPEN


def _is_wider(openness: str, widest: str) -> bool:
    return openness in WIDER and WIDER.index(Openness(openness)) > WIDER.index(Openness(widest))


def _too_long(draft: GoalDraft) -> Iterator[Verdict]:
    texts = {**plan_of(draft), "local_reason": draft.local_reason}
    for name, value in texts.items():
        if isinstance(value, str):
            yield _fits(value, _field(Goal, name).max_length)


def _fits(text: str, longest: int | None) -> Verdict:
    if longest is None or len(text) <= longest:
        return ALLOWED
    reason = _("One of the texts has more than %(n)d characters. Make it shorter, please.")
    return Verdict("text_too_long", reason % {"n": longest}, Ground.WHAT)


def _is_unknown(name: str, value: str) -> bool:
    return bool(value) and value not in dict(_field(Goal, name).flatchoices)


def _is_no_figure(value: Decimal | None) -> bool:
    if value is None:
        return False
    if not value.is_finite() or abs(value) >= TOO_LARGE:
        return True
    return value != round(value, PLACES)


def _field(model: type[models.Model], name: str) -> "AnyField":
    field = model._meta.get_field(name)
    assert isinstance(field, models.Field)  # noqa: S101
    return field
