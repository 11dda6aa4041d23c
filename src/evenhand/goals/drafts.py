"""What somebody writes down about a goal: the plan, its parts, whose it is, and what it supports.

The plan and its parts are what is agreed, kept with each version. Whose a goal is, who reads it
and what it supports belong to the goal itself.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

from evenhand.goals.kinds import Ambition, GoalKind, RollUpFrom, Scope
from evenhand.goals.models import Goal, GoalPart, GoalVersion, Plan
from evenhand.goals.saying import clean

PLAN_FIELDS = tuple(field.name for field in Plan._meta.get_fields())


@dataclass(frozen=True, slots=True)
class PartDraft:
    """A key result (with a metric) or a milestone (without). `id` is the part it changes."""

    title: str
    weight: int
    metric: str = ""
    unit_of_measure: str = ""
    baseline: Decimal | None = None
    target: Decimal | None = None
    due_on: date | None = None
    id: int | None = None


@dataclass(frozen=True, slots=True)
class SharedUnit:
    """A unit that shares a goal, and who answers for it there."""

    unit_id: int
    responsible_id: int


@dataclass(frozen=True, slots=True)
class GoalDraft:
    """All of a goal that people write. Whoever answers for it is `owner_id`.

    `co_owner_ids` are for a team goal, `shared_with` are the two units of a shared one. `unit_id`
    is the unit it counts in: None means where the owner works. An empty openness means the usual.
    A goal supports one goal (`parent_id`) or one objective, or is local for a reason.
    """

    owner_id: int
    outcome: str
    starts_on: date
    due_on: date
    description: str = ""
    kind: str = GoalKind.KPI
    metric: str = ""
    ambition: str = Ambition.COMMITTED
    measure: str = ""
    unit_of_measure: str = ""
    data_source: str = ""
    baseline: Decimal | None = None
    target: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    tolerance: Decimal | None = None
    cadence_days: int = 30
    parts: tuple[PartDraft, ...] = ()
    scope: str = Scope.PERSON
    unit_id: int | None = None
    openness: str = ""
    co_owner_ids: tuple[int, ...] = ()
    shared_with: tuple[SharedUnit, ...] = ()
    parent_id: int | None = None
    objective_id: int | None = None
    local_reason: str = ""
    rolls_up_from: str = RollUpFrom.OWN
    share_of_parent: int = 1
    library_code: str = ""
    copied_from_id: int | None = None
    batch_id: int | None = None


@dataclass(frozen=True, slots=True)
class Support:
    """What a goal supports, or why it stands on its own, and how much it counts there."""

    parent_id: int | None = None
    objective_id: int | None = None
    local_reason: str = ""
    rolls_up_from: str = RollUpFrom.OWN
    share_of_parent: int = 1


@dataclass(frozen=True, slots=True)
class GoalChange:
    """A new plan for an agreed goal: only the plan and the parts of the draft count.

    `seen` is the number of the version the writer had before them, if it is known.
    """

    draft: GoalDraft
    reason: str
    sentence: str
    seen: int | None = None


def draft_of(goal: Goal) -> GoalDraft:
    """A goal as it is now, to be written on: the plan in force, or the last save of a draft."""
    return GoalDraft(
        **_plan(goal),
        owner_id=goal.owner_id,
        parts=tuple(_part(part) for part in goal.parts.filter(is_in_use=True)),
        scope=goal.scope,
        unit_id=goal.unit_id,
        openness=goal.openness,
        co_owner_ids=tuple(
            goal.owners.exclude(person=goal.owner_id)
            .order_by("pk")
            .values_list("person_id", flat=True)
        ),
        shared_with=tuple(
            SharedUnit(*row)
            for row in goal.unit_parts.order_by("pk").values_list("unit_id", "responsible_id")
        ),
        parent_id=goal.parent_id,
        objective_id=goal.objective_id,
        local_reason=goal.local_reason,
        rolls_up_from=goal.rolls_up_from,
        share_of_parent=goal.share_of_parent,
        library_code=goal.library_code,
        copied_from_id=goal.copied_from_id,
        batch_id=goal.batch_id,
    )


def draft_of_version(goal: Goal, version: GoalVersion) -> GoalDraft:
    """The same goal with the plan and the parts of one of its versions."""
    return replace(draft_of(goal), **_plan(version), parts=parts_of_rows(version.parts))


def rows_of_parts(parts: Iterable[PartDraft]) -> list[dict[str, Any]]:
    """Parts as plain rows, as a version keeps them."""
    return [
        {
            **asdict(part),
            "baseline": _written(part.baseline),
            "target": _written(part.target),
            "due_on": part.due_on.isoformat() if part.due_on else None,
        }
        for part in parts
    ]


def parts_of_rows(rows: Iterable[Mapping[str, Any]]) -> tuple[PartDraft, ...]:
    """What `rows_of_parts` wrote, read again."""
    return tuple(
        PartDraft(
            **{
                **row,
                "baseline": _read(row["baseline"]),
                "target": _read(row["target"]),
                "due_on": date.fromisoformat(row["due_on"]) if row["due_on"] else None,
            }
        )
        for row in rows
    )


def cleaned(draft: GoalDraft) -> GoalDraft:
    """The same draft as it is kept: no blanks around words, nothing a database does not keep."""
    parts = tuple(replace(part, **_cleaned(part)) for part in draft.parts)
    return replace(draft, **{**_cleaned(draft), "parts": parts})


def says_the_same(former: GoalDraft, draft: GoalDraft) -> bool:
    """Whether two drafts have the same plan and the same parts."""
    return plan_of(former) == plan_of(draft) and _unnumbered(former) == _unnumbered(draft)


def is_the_same(former: GoalDraft, draft: GoalDraft) -> bool:
    """Whether two drafts also agree on whose the goal is, who reads it and what it supports."""
    return replace(former, parts=_unnumbered(former)) == replace(draft, parts=_unnumbered(draft))


def plan_of(draft: GoalDraft) -> dict[str, Any]:
    """The columns of the plan."""
    return {name: getattr(draft, name) for name in PLAN_FIELDS}


def _cleaned(thing: GoalDraft | PartDraft) -> dict[str, Any]:
    values = {field.name: getattr(thing, field.name) for field in fields(thing)}
    return {name: clean(value).strip() for name, value in values.items() if isinstance(value, str)}


def _unnumbered(draft: GoalDraft) -> tuple[PartDraft, ...]:
    return tuple(replace(part, id=None) for part in draft.parts)


def _plan(plan: Plan) -> dict[str, Any]:
    return {name: getattr(plan, name) for name in PLAN_FIELDS}


def _part(part: GoalPart) -> PartDraft:
    return PartDraft(
        title=part.title,
        weight=part.weight,
        metric=part.metric,
        unit_of_measure=part.unit_of_measure,
        baseline=part.baseline,
        target=part.target,
        due_on=part.due_on,
        id=part.pk,
    )


def _written(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:.4f}"


def _read(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)
