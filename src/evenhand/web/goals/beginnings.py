"""With what a new goal begins: empty, from the library, or from a former goal."""

from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from django.shortcuts import get_object_or_404

from evenhand.goals.drafts import GoalDraft, PartDraft, draft_of
from evenhand.goals.kinds import GoalKind
from evenhand.goals.limits import rules_in_force
from evenhand.goals.models import LibraryGoal
from evenhand.goals.policies import visible_goals
from evenhand.people.models import Person
from evenhand.people.policies import visible_people
from evenhand.web.goals.plan_forms import even_shares, usual_days
from evenhand.web.http import PersonRequest, key

LONGEST_OUTCOME = 300
FROM_LIBRARY = (
    "outcome",
    "kind",
    "metric",
    "ambition",
    "measure",
    "unit_of_measure",
    "data_source",
)


def owner_asked_for(request: PersonRequest) -> Person:
    """Whom the goal is for: `?for=` names a person, else it is for oneself."""
    number = request.GET.get("for", "")
    pk = key(number) if number else request.actor.person_id
    return get_object_or_404(visible_people(request.actor), pk=pk)


def beginning(request: PersonRequest, owner: Person) -> tuple[GoalDraft, LibraryGoal | None]:
    """The draft to write on, and the goal of the library it comes from, if it comes from there."""
    draft = empty_draft(request, owner.pk)
    if number := request.GET.get("copy", ""):
        return _copied(request, draft, key(number)), None
    if code := request.GET.get("library", ""):
        found = get_object_or_404(LibraryGoal, code=code, retired_at=None)
        return _from_library(draft, found), found
    return _named(request, draft), None


def empty_draft(request: PersonRequest, owner_id: int) -> GoalDraft:
    rules = rules_in_force()
    starts_on, due_on = usual_days(request.actor.on)
    return GoalDraft(
        owner_id=owner_id,
        outcome="",
        starts_on=starts_on,
        due_on=due_on,
        cadence_days=rules.cadence_days,
        openness=rules.default_openness,
    )


def _named(request: PersonRequest, draft: GoalDraft) -> GoalDraft:
    """With what another page suggests: `?outcome=` in words, `?kind=`."""
    kind = request.GET.get("kind", "")
    outcome = request.GET.get("outcome", "")[:LONGEST_OUTCOME]
    return replace(draft, outcome=outcome, kind=kind if kind in GoalKind.values else draft.kind)


def _copied(request: PersonRequest, draft: GoalDraft, number: int) -> GoalDraft:
    """The plan of a former goal with the usual days; where it ended is where this one begins."""
    former = get_object_or_404(visible_goals(request.actor), pk=number)
    copied = draft_of(former)
    return replace(
        copied,
        owner_id=draft.owner_id,
        starts_on=draft.starts_on,
        due_on=draft.due_on,
        baseline=copied.baseline if former.actual is None else former.actual,
        parts=tuple(replace(part, id=None, due_on=None) for part in copied.parts),
        unit_id=None,
        openness=draft.openness,
        co_owner_ids=(),
        shared_with=(),
        copied_from_id=former.pk,
        batch_id=None,
    )


def _from_library(draft: GoalDraft, found: LibraryGoal) -> GoalDraft:
    rows = [_part(row) for row in found.parts]
    shares = even_shares(len(rows))
    return replace(
        draft,
        **{name: getattr(found, name) for name in FROM_LIBRARY},
        cadence_days=found.cadence_days,
        parts=tuple(
            replace(part, weight=part.weight or share)
            for part, share in zip(rows, shares, strict=True)
        ),
        library_code=found.code,
    )


def _part(row: dict[str, Any]) -> PartDraft:
    return PartDraft(
        title=row.get("title", ""),
        weight=row.get("weight") or 0,
        metric=row.get("metric", ""),
        unit_of_measure=row.get("unit_of_measure", ""),
        baseline=_value(row.get("baseline")),
        target=_value(row.get("target")),
    )


def _value(said: object) -> Decimal | None:
    try:
        return None if said in (None, "") else Decimal(str(said))
    except InvalidOperation:
        return None
