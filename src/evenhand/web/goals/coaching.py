"""What the form says of a goal while it is written: what is SMART about it, and its direction."""

from typing import Any

from django.utils.translation import gettext as _

from evenhand.goals.drafts import GoalDraft
from evenhand.goals.kinds import GoalKind
from evenhand.goals.measuring import check_ins_that_count
from evenhand.goals.models import Goal, StrategicObjective
from evenhand.goals.policies import visible_goals
from evenhand.goals.smart import Around, smart_of
from evenhand.kernel.acting import Actor
from evenhand.web.templatetags.goals import figure

MOST_PAST = 60


def coaching(actor: Actor, draft: GoalDraft, *, is_new_task: bool = False) -> dict[str, Any]:
    """The context of goals/smart.html."""
    around = around_of(actor, draft, is_new_task=is_new_task)
    return {"smart": smart_of(draft, around), "direction": direction_of(draft)}


def around_of(actor: Actor, draft: GoalDraft, *, is_new_task: bool = False) -> Around:
    """What lies around a goal, as far as the actor may see it."""
    parent, objective = _parent(actor, draft), _objective(draft)
    top = parent.top_objective if parent else objective
    return Around(
        on=actor.on,
        reaches_objective=top is not None and top.is_live(actor.on),
        parent_outcome=parent.outcome if parent else objective.title if objective else "",
        is_new_task=is_new_task,
        past=_past(actor, draft),
    )


def direction_of(draft: GoalDraft) -> str:
    """Which way is better follows from the figures; said, so that a slip is seen."""
    if draft.kind != GoalKind.KPI or draft.baseline is None or draft.target is None:
        return ""
    if draft.baseline == draft.target:
        return ""
    told = _("Lower is better here: from %(baseline)s down to %(target)s.")
    if draft.target > draft.baseline:
        told = _("Higher is better here: from %(baseline)s up to %(target)s.")
    return told % {"baseline": figure(draft.baseline), "target": figure(draft.target)}


def _parent(actor: Actor, draft: GoalDraft) -> Goal | None:
    if draft.parent_id is None:
        return None
    seen = visible_goals(actor).select_related("top_objective")
    return seen.filter(pk=draft.parent_id).first()


def _objective(draft: GoalDraft) -> StrategicObjective | None:
    if draft.objective_id is None:
        return None
    return StrategicObjective.objects.filter(pk=draft.objective_id).first()


def _past(actor: Actor, draft: GoalDraft) -> tuple[Any, ...]:
    """Former values of the same figure, where this goal goes on from a former one."""
    if draft.copied_from_id is None or draft.kind != GoalKind.KPI:
        return ()
    goal = visible_goals(actor).filter(pk=draft.copied_from_id, metric=draft.metric).first()
    if goal is None or goal.unit_of_measure != draft.unit_of_measure:
        return ()
    said = check_ins_that_count().filter(goal=goal, part=None, value__isnull=False)
    latest = said.order_by("-measured_on", "-pk").values_list("measured_on", "value")[:MOST_PAST]
    return tuple(reversed(latest))
