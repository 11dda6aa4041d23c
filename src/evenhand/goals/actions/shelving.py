"""The library of goals to start from: brought along, written, changed, retired."""

import hashlib
import json
from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from evenhand.audit.actions import record, record_each
from evenhand.goals.library import (
    LibraryDraft,
    cleaned,
    columns_of,
    draft_of_library_goal,
    goals_that_come_along,
    may_be_offered,
    may_change_library_goal,
    may_keep_library,
)
from evenhand.goals.models import LibraryGoal
from evenhand.kernel.acting import Actor
from evenhand.kernel.locking import one_at_a_time
from evenhand.kernel.verdict import Ground, Refused, Verdict

LONGEST_CODE = 80
ONE_AT_A_TIME = "goal library"

LIBRARY_GOAL_CHANGED = Verdict(
    "changed_meanwhile",
    _("Somebody has changed this goal meanwhile. Open it again to see what is new first."),
    Ground.WHEN,
)
OFFERED_ALREADY = Verdict(
    "offered_already",
    _("The library offers a goal with these words already. Open that one instead."),
    Ground.WHEN,
)


@transaction.atomic
def bring_goal_library(*, by: Actor, at: datetime) -> int:
    """Add the goals that come along, and say how many were new. What is there is left alone."""
    may_keep_library(by).enforce()
    one_at_a_time(ONE_AT_A_TIME)
    known = set(LibraryGoal.objects.values_list("code", flat=True))
    drafts = goals_that_come_along()
    new = [code for code in drafts if code not in known]
    LibraryGoal.objects.bulk_create(
        LibraryGoal(code=code, **columns_of(drafts[code])) for code in new
    )
    brought = LibraryGoal.objects.filter(code__in=new).order_by("pk")
    facts: list[tuple[LibraryGoal, dict[str, object]]] = [(found, {}) for found in brought]
    record_each("library_goal.brought_along", about=facts, by=by, at=at)
    return len(new)


@transaction.atomic
def write_library_goal(draft: LibraryDraft, *, by: Actor, at: datetime) -> LibraryGoal:
    """Offer one more goal to start from."""
    may_keep_library(by).enforce()
    one_at_a_time(ONE_AT_A_TIME)
    draft = cleaned(draft)
    may_be_offered(draft).enforce()
    if LibraryGoal.objects.filter(outcome__iexact=draft.outcome, retired_at=None).exists():
        raise Refused(OFFERED_ALREADY)
    written = LibraryGoal.objects.create(code=_free_code(draft.outcome), **columns_of(draft))
    record("library_goal.written", about=written, by=by, at=at)
    return written


@transaction.atomic
def change_library_goal(
    found: LibraryGoal, draft: LibraryDraft, *, by: Actor, at: datetime, seen: str = ""
) -> LibraryGoal:
    """Change what is offered. Goals that began from it stay as they are.

    `seen` is the `mark_of` what the writer had before them, if it is known.
    """
    found = LibraryGoal.objects.select_for_update().get(pk=found.pk)
    may_change_library_goal(by, found).enforce()
    draft = cleaned(draft)
    may_be_offered(draft).enforce()
    if draft == draft_of_library_goal(found):
        return found
    if seen and seen != mark_of(found):
        raise Refused(LIBRARY_GOAL_CHANGED)
    for name, value in columns_of(draft).items():
        setattr(found, name, value)
    found.save()
    record("library_goal.changed", about=found, by=by, at=at)
    return found


@transaction.atomic
def retire_library_goal(
    found: LibraryGoal, *, is_retired: bool, by: Actor, at: datetime
) -> LibraryGoal:
    """Offer a goal no longer, or again. Goals that began from it stay as they are."""
    found = LibraryGoal.objects.select_for_update().get(pk=found.pk)
    may_keep_library(by).enforce()
    if is_retired == (found.retired_at is not None):
        return found
    found.retired_at = at if is_retired else None
    found.save(update_fields=["retired_at"])
    code = "library_goal.retired" if is_retired else "library_goal.offered_again"
    record(code, about=found, by=by, at=at)
    return found


def mark_of(found: LibraryGoal) -> str:
    """What tells one edition of a library goal from another."""
    whole = json.dumps(asdict(draft_of_library_goal(found)), sort_keys=True)
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


def _free_code(outcome: str) -> str:
    base = slugify(outcome)[: LONGEST_CODE - 5] or "goal"
    taken = set(LibraryGoal.objects.filter(code__startswith=base).values_list("code", flat=True))
    numbered = [base, *(f"{base}-{number}" for number in range(2, len(taken) + 3))]
    return next(code for code in numbered if code not in taken)
