"""How what is written down becomes rows: the plan that stands, its parts, and every version."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from evenhand.goals.drafts import GoalDraft, PartDraft, plan_of, rows_of_parts
from evenhand.goals.models import Goal, GoalOwner, GoalPart, GoalVersion, UnitPart
from evenhand.kernel.acting import Actor
from evenhand.kernel.locking import one_at_a_time
from evenhand.kernel.verdict import Ground, Refused, Verdict

PART_FIELDS = (
    "place",
    "title",
    "metric",
    "unit_of_measure",
    "baseline",
    "target",
    "weight",
    "due_on",
    "is_in_use",
)

CHANGED_MEANWHILE = Verdict(
    "changed_meanwhile",
    _("This goal was changed meanwhile. Open it again and look at what is new first."),
    Ground.WHEN,
)
UNKNOWN_PART = Verdict(
    "unknown_part",
    _("A key result or milestone belongs to another goal. Write it down anew."),
    Ground.WHAT,
)


def lock_goal(goal: Goal) -> Goal:
    """The goal as it is now; nobody else changes it until this transaction ends."""
    return Goal.objects.select_for_update(of=("self",)).select_related("owner").get(pk=goal.pk)


def lock_people_with_goals(person_ids: Collection[int]) -> None:
    """Let nobody else bring goals of these people into force, or weigh them, at the same time.

    Call it before any goal is locked.
    """
    for person_id in sorted(set(person_ids)):
        one_at_a_time(f"goals of {person_id}")


def latest_version(goal: Goal) -> GoalVersion:
    return goal.versions.order_by("-number")[0]


def check_seen(goal: Goal, seen: int | None) -> None:
    """Refuse what was written or agreed to before another version that is newer."""
    if seen is not None and seen != latest_version(goal).number:
        raise Refused(CHANGED_MEANWHILE)


def keep_version(
    goal: Goal, draft: GoalDraft, *, by: Actor, at: datetime, reason: str = ""
) -> GoalVersion:
    """The plan of a draft as a version of its own."""
    last = goal.versions.aggregate(last=Max("number"))["last"] or 0
    return GoalVersion.objects.create(
        goal=goal,
        number=last + 1,
        parts=rows_of_parts(draft.parts),
        author_id=by.person_id,
        written_at=at,
        reason=reason,
        **plan_of(draft),
    )


def take_plan(goal: Goal, draft: GoalDraft) -> None:
    """Let the plan of a draft be the one of the goal, which is not saved yet."""
    for name, value in plan_of(draft).items():
        setattr(goal, name, value)


def lay_parts(goal: Goal, parts: Iterable[PartDraft]) -> tuple[PartDraft, ...]:
    """Let these be the parts in use; returned with their numbers.

    A part that now measures something else becomes another one, since its values no longer say
    how far it is. Parts that were agreed once are kept, for their values.
    """
    known = {part.pk: part for part in goal.parts.all()}
    laid = tuple(_lay(goal, known, place, part) for place, part in enumerate(parts, start=1))
    rest = goal.parts.exclude(pk__in=[part.id for part in laid])
    if goal.agreed_at is None:
        rest.delete()
    else:
        rest.filter(is_in_use=True).update(is_in_use=False)
    return laid


def lay_owners(goal: Goal, draft: GoalDraft, *, by: Actor) -> None:
    """Let the people and units named in a draft be the ones whose goal it is."""
    wanted = {draft.owner_id, *draft.co_owner_ids}
    shares = GoalOwner.objects.filter(goal=goal)
    shares.exclude(person__in=wanted).delete()
    known = set(shares.values_list("person_id", flat=True))
    since = min(by.on, draft.starts_on)
    for person_id in (draft.owner_id, *draft.co_owner_ids):
        if person_id not in known:
            GoalOwner.objects.create(goal=goal, person_id=person_id, starts_on=since)
    parts = {(shared.unit_id, shared.responsible_id) for shared in draft.shared_with}
    if set(goal.unit_parts.values_list("unit_id", "responsible_id")) != parts:
        goal.unit_parts.all().delete()
        for shared in draft.shared_with:
            UnitPart.objects.create(
                goal=goal, unit_id=shared.unit_id, responsible_id=shared.responsible_id
            )


def end_share(share: GoalOwner, *, by: Actor) -> None:
    """From today on somebody no longer owns a goal with others, after a day at least."""
    share.ends_on = max(by.on, share.starts_on + timedelta(days=1))
    share.save(update_fields=["ends_on"])


def _lay(goal: Goal, known: dict[int, GoalPart], place: int, part: PartDraft) -> PartDraft:
    if part.id is not None and part.id not in known:
        raise Refused(UNKNOWN_PART)
    kept = known.get(part.id) if part.id is not None else None
    if kept is not None and goal.agreed_at is not None and _measures_else(kept, part):
        kept = None
    kept = kept or GoalPart(goal=goal)
    kept.place, kept.is_in_use = place, True
    kept.title, kept.metric = part.title, part.metric
    kept.unit_of_measure = part.unit_of_measure
    kept.baseline, kept.target = part.baseline, part.target
    kept.weight, kept.due_on = part.weight, part.due_on
    kept.save(update_fields=None if kept.pk is None else PART_FIELDS)
    return replace(part, id=kept.pk)


def _measures_else(kept: GoalPart, part: PartDraft) -> bool:
    return (kept.metric, kept.unit_of_measure) != (part.metric, part.unit_of_measure)
