"""Goals, their check-ins and the objectives they serve, as programs send and read them."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from django.utils.translation import gettext as _
from ninja import Field
from pydantic import BeforeValidator

from evenhand.api.schemas import Id, PageQuery, Strict
from evenhand.goals.actions.checking_in import MOST_CONFIDENT
from evenhand.goals.kinds import (
    Ambition,
    GoalKind,
    GoalState,
    Metric,
    Openness,
    Origin,
    Pace,
    Scope,
)
from evenhand.goals.models.plans import DIGITS, PLACES
from evenhand.goals.saying import LONGEST
from evenhand.goals.soundness import LONGEST_CADENCE, MOST_PARTS

Figure = Annotated[Decimal, Field(max_digits=DIGITS, decimal_places=PLACES, allow_inf_nan=False)]
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def _written_as_a_day(value: object) -> object:
    """Pydantic would also take a number for a day, in seconds since 1970."""
    if (isinstance(value, str) and not _DAY.fullmatch(value)) or isinstance(value, int | float):
        raise ValueError(_("Write a day like 2026-12-31."))
    return value


Day = Annotated[date, BeforeValidator(_written_as_a_day)]
Line = Annotated[str, Field(max_length=300)]


class PersonNamed(Strict):
    id: int
    name: str


class PartOut(Strict):
    """A key result (with a metric) or a milestone (without)."""

    id: int
    title: str
    weight: int
    metric: Metric | None
    unit_of_measure: str
    baseline: Decimal | None
    target: Decimal | None
    due_on: date | None
    actual: Decimal | None
    score: Decimal | None


class GoalOut(Strict):
    """A plan and where it stands. Scores are shares from 0 to 1; weights are percents."""

    id: int
    state: GoalState
    owner: PersonNamed
    unit_id: int | None
    scope: Scope
    openness: Openness
    outcome: str
    description: str
    kind: GoalKind
    metric: Metric | None
    ambition: Ambition
    measure: str
    unit_of_measure: str
    data_source: str
    baseline: Decimal | None
    target: Decimal | None
    low: Decimal | None
    high: Decimal | None
    tolerance: Decimal | None
    starts_on: date
    due_on: date
    cadence_days: int
    parts: list[PartOut]
    parent_id: int | None
    objective_id: int | None
    local_reason: str
    weight: int | None
    actual: Decimal | None
    score: Decimal | None
    raw_score: Decimal | None
    rolled_score: Decimal | None
    rolled_coverage: Decimal | None
    pace: Pace | None
    confidence: int | None
    measured_on: date | None
    agreed_at: datetime | None


class GoalQuery(PageQuery):
    """Goals that overlap a period have a day from `from_on` to `until_on`, both included."""

    owner: Id | None = None
    state: GoalState | None = None
    unit: Id | None = None
    from_on: Day | None = None
    until_on: Day | None = None


class PartIn(Strict):
    title: Line
    weight: int = Field(ge=1, le=100)
    metric: Metric | None = None
    unit_of_measure: str = Field("", max_length=40)
    baseline: Figure | None = None
    target: Figure | None = None
    due_on: Day | None = None


class GoalIn(Strict):
    """A goal for oneself or somebody below. With a `sentence` it is proposed, else it is a draft.

    It supports a goal (`parent_id`) or an objective, or is local for a reason. Without an openness
    it is as open as goals usually are here.
    """

    owner_id: Id
    outcome: Line
    description: str = Field("", max_length=LONGEST)
    kind: GoalKind = GoalKind.KPI
    metric: Metric | None = None
    ambition: Ambition = Ambition.COMMITTED
    measure: Line = ""
    unit_of_measure: str = Field("", max_length=40)
    data_source: str = Field("", max_length=200)
    baseline: Figure | None = None
    target: Figure | None = None
    low: Figure | None = None
    high: Figure | None = None
    tolerance: Figure | None = None
    starts_on: Day
    due_on: Day
    cadence_days: int = Field(30, ge=1, le=LONGEST_CADENCE)
    parts: list[PartIn] = Field(default=[], max_length=MOST_PARTS)
    parent_id: Id | None = None
    objective_id: Id | None = None
    local_reason: Line = ""
    openness: Openness | None = None
    sentence: str = Field("", max_length=LONGEST)


class CheckInOut(Strict):
    """A value of a day. `note` is null where what people wrote is not open to the reader.

    What another one `corrects` no longer counts.
    """

    id: int
    measured_on: date
    part_id: int | None
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    confidence: int | None
    origin: Origin
    corrects_id: int | None
    note: str | None
    at: datetime


class CheckInIn(Strict):
    """How far a goal, or a part of it, is. A rate has two numbers, everything else a value.

    `request` is a key of the sender: what is sent again under the same key counts once.
    """

    request: str = Field(min_length=1, max_length=200)
    measured_on: Day
    part_id: Id | None = None
    value: Figure | None = None
    numerator: Figure | None = None
    denominator: Figure | None = None
    confidence: int | None = Field(None, ge=0, le=MOST_CONFIDENT)
    note: str = Field("", max_length=LONGEST)


class ObjectiveOut(Strict):
    """An objective; it holds up to the day before `ends_on`."""

    id: int
    title: str
    purpose: str
    owner: PersonNamed
    unit_id: int | None
    starts_on: date
    ends_on: date
    withdrawn_at: datetime | None
