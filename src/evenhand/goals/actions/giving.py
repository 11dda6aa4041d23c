"""Giving one goal to many people, each of whom still agrees; and taking it back."""

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenhand.access.queries import actor_of, delegations_held
from evenhand.audit.actions import record, record_each
from evenhand.goals.actions.agreeing import propose_goal, take_back_proposal
from evenhand.goals.actions.noting import write_note
from evenhand.goals.actions.writing import JUST_NOW, discard_goal, write_goal
from evenhand.goals.drafts import GoalDraft, cleaned
from evenhand.goals.events import GoalsGiven
from evenhand.goals.giving import (
    AT_ONCE,
    BATCH_TAKEN_BACK,
    GIVE,
    TAKE_BACK,
    Chosen,
    goals_of_batch,
    may_be_given,
    may_give_goals,
    may_go_on,
    may_prepare,
    may_take_back_batch,
    plan_of_giving,
)
from evenhand.goals.kinds import GoalState
from evenhand.goals.models import Agreement, Goal, GoalBatch, GoalVersion
from evenhand.goals.packing import draft_of_row, row_of
from evenhand.goals.saying import SENTENCE_MISSING, said
from evenhand.goals.soundness import may_be_agreed, may_be_kept
from evenhand.jobs.actions import ask_for
from evenhand.jobs.models import Job
from evenhand.jobs.performing import Running
from evenhand.kernel.acting import Actor
from evenhand.kernel.events import announce
from evenhand.kernel.locking import one_at_a_time
from evenhand.kernel.verdict import Ground, Refused, Verdict

NOBODY_GETS_IT = Verdict(
    "nobody_gets_it",
    gettext_lazy("Nobody of those chosen can get this goal. Choose other people."),
    Ground.WHAT,
)
TOO_MANY = Verdict(
    "too_many_recipients",
    gettext_lazy("These are more than 10,000 people. Give the goal unit by unit."),
    Ground.WHAT,
)
NO_LONGER_STANDS_IN = Verdict(
    "no_longer_stands_in",
    gettext_lazy("The delegation in which this was asked for has ended."),
    Ground.WHEN,
)


@transaction.atomic
def prepare_batch(draft: GoalDraft, *, by: Actor, at: datetime) -> GoalBatch:
    """Begin to give a goal to many people. Nobody sees it before it is given.

    The same goal sent twice within a minute is one batch.
    """
    may_give_goals(by).enforce()
    one_at_a_time(f"goals written by {by.person_id}")
    draft = _checked(draft, by)
    recent = GoalBatch.objects.filter(by=by.person_id, at__gt=at - JUST_NOW, given_at=None)
    if twin := next((one for one in recent if one.draft == row_of(draft)), None):
        return twin
    batch = GoalBatch.objects.create(
        title=draft.outcome, by_id=by.person_id, at=at, draft=row_of(draft)
    )
    record("goal_batch.prepared", about=batch, by=by, at=at)
    return batch


@transaction.atomic
def change_batch(batch: GoalBatch, draft: GoalDraft, *, by: Actor, at: datetime) -> GoalBatch:
    """Write the goal of a batch anew, as long as it is not given."""
    batch = _locked(batch)
    may_prepare(by, batch).enforce()
    draft = _checked(draft, by)
    if row_of(draft) == batch.draft:
        return batch
    batch.title, batch.draft = draft.outcome, row_of(draft)
    batch.save(update_fields=["title", "draft"])
    record("goal_batch.changed", about=batch, by=by, at=at)
    return batch


@transaction.atomic
def choose_for_batch(batch: GoalBatch, chosen: Chosen, *, by: Actor, at: datetime) -> GoalBatch:
    """Say whom a goal is meant for, anew and whole."""
    batch = _locked(batch)
    may_prepare(by, batch).enforce()
    if chosen == Chosen.of(batch):
        return batch
    batch.chosen = {name: list(values) for name, values in asdict(chosen).items()}
    batch.save(update_fields=["chosen"])
    record("goal_batch.people_chosen", about=batch, by=by, at=at)
    return batch


@transaction.atomic
def discard_batch(batch: GoalBatch, *, by: Actor, at: datetime) -> None:
    """Put a batch away that was not given."""
    batch = _locked(batch)
    may_prepare(by, batch).enforce()
    record("goal_batch.discarded", about=batch, by=by, at=at)
    batch.delete()


def give_goals(batch: GoalBatch, sentence: str, *, by: Actor, at: datetime) -> Job | None:
    """Propose the goal to everybody it is meant for; the few at once, the many in a job.

    The sentence is the agreement of the manager's side where the giver is that side; to the others
    it is a comment.
    """
    batch = _seal(batch, sentence, by=by, at=at)
    if len(batch.recipients) > AT_ONCE:
        title = _("Giving “%(goal)s” to people") % {"goal": batch.title}
        return ask_for(GIVE, title, arguments={"batch_id": batch.pk}, by=by, at=at)
    _hand_out(batch, by, lambda: at, lambda _done, _total: None)
    return None


def go_on_giving(batch: GoalBatch, *, by: Actor, at: datetime) -> None:
    """Give a goal to those who did not get it when giving was interrupted."""
    may_go_on(by, batch).enforce()
    _hand_out(batch, by, lambda: at, lambda _done, _total: None)


def take_back_batch(batch: GoalBatch, *, by: Actor, at: datetime) -> Job | None:
    """Take a goal back from everybody who has not agreed to it; what is agreed stays."""
    with transaction.atomic():
        batch = _locked(batch)
        may_take_back_batch(by, batch).enforce()
        if batch.taken_back_at is None:
            batch.taken_back_at = at
            batch.save(update_fields=["taken_back_at"])
            record("goal_batch.taken_back", about=batch, by=by, at=at)
    if _not_agreed(batch).count() > AT_ONCE:
        title = _("Taking back “%(goal)s”") % {"goal": batch.title}
        return ask_for(TAKE_BACK, title, arguments={"batch_id": batch.pk}, by=by, at=at)
    _collect(batch, by, lambda: at, lambda _done, _total: None)
    return None


def perform_giving(running: Running) -> None:
    """The job: one person after the other. Who has the goal already is passed over."""
    batch = GoalBatch.objects.get(pk=running.arguments["batch_id"])
    by = _acting(running)
    may_go_on(by, batch).enforce()
    given = _hand_out(batch, by, running.clock, running.advance)
    running.finish({"people": given, "url": f"/goals/giving/{batch.pk}/"})


def perform_taking_back(running: Running) -> None:
    """The job: one goal after the other, until only agreed ones are left."""
    batch = GoalBatch.objects.get(pk=running.arguments["batch_id"])
    by = _acting(running)
    may_take_back_batch(by, batch).enforce()
    back = _collect(batch, by, running.clock, running.advance)
    running.finish({"people": back, "url": f"/goals/giving/{batch.pk}/"})


@transaction.atomic
def _seal(batch: GoalBatch, sentence: str, *, by: Actor, at: datetime) -> GoalBatch:
    """From here on it is settled who gets what."""
    batch = _locked(batch)
    may_prepare(by, batch).enforce()
    draft = _checked(draft_of_row(batch.draft), by)
    may_be_agreed(draft, on=by.on).enforce()
    batch.sentence = said(sentence, SENTENCE_MISSING)
    plan = plan_of_giving(by, draft, Chosen.of(batch), batch)
    if plan.are_too_many:
        raise Refused(TOO_MANY)
    if not plan.gets:
        raise Refused(NOBODY_GETS_IT)
    batch.recipients = [person.pk for person in plan.gets]
    batch.left_out = [[one.person.pk, one.why.value] for one in plan.left_out]
    batch.given_at = at
    batch.save()
    counts = {"people": len(plan.gets), "left_out": len(plan.left_out)}
    record("goal_batch.given", about=batch, by=by, at=at, **counts)
    announce(GoalsGiven(batch.pk))
    return batch


def _hand_out(
    batch: GoalBatch, by: Actor, clock: Callable[[], datetime], step: Callable[[int, int], None]
) -> int:
    """To one person after the other, each in steps of their own that can be repeated."""
    has_it = _proposed_to(batch)
    refused: list[list[object]] = []
    for done, person_id in enumerate(batch.recipients):
        step(done, len(batch.recipients))
        if person_id in has_it:
            continue
        try:
            _write_for(batch, person_id, by, clock())
            _propose_to(batch, person_id, by, clock())
        except Refused as refusal:
            if refusal.verdict.code == BATCH_TAKEN_BACK.code:
                break
            refused.append([person_id, refusal.verdict.code])
    step(len(batch.recipients), len(batch.recipients))
    if refused:
        _note_refused(batch, refused)
    return len(_proposed_to(batch))


@transaction.atomic
def _write_for(batch: GoalBatch, person_id: int, by: Actor, at: datetime) -> None:
    batch = _held(batch)
    if not goals_of_batch(batch).filter(owner=person_id).exists():
        draft = draft_of_row(batch.draft, owner_id=person_id, unit_id=None, batch_id=batch.pk)
        write_goal(draft, by=by, at=at)


@transaction.atomic
def _propose_to(batch: GoalBatch, person_id: int, by: Actor, at: datetime) -> None:
    batch = _held(batch)
    if person_id in _proposed_to(batch):
        return
    goal = goals_of_batch(batch).filter(owner=person_id, state=GoalState.DRAFT).first()
    if goal is None:
        return
    goal = propose_goal(goal, batch.sentence, by=by, at=at)
    record_each("goal.given", about=[(goal, {"batch": batch.pk})], by=by, at=at)
    agreed = Agreement.objects.filter(version__goal=goal, person=by.person_id)
    if not agreed.exists():
        write_note(goal, batch.sentence, by=by, at=at)


def _held(batch: GoalBatch) -> GoalBatch:
    """The batch, while nobody else gives it or takes it back."""
    batch = _locked(batch)
    if batch.taken_back_at is not None:
        raise Refused(BATCH_TAKEN_BACK)
    return batch


def _collect(
    batch: GoalBatch, by: Actor, clock: Callable[[], datetime], step: Callable[[int, int], None]
) -> int:
    goals = list(_not_agreed(batch).order_by("pk"))
    back = 0
    for done, goal in enumerate(goals):
        step(done, len(goals))
        back += _take_back(goal, by, clock())
    step(len(goals), len(goals))
    return back


def _take_back(goal: Goal, by: Actor, at: datetime) -> bool:
    """Somebody may agree to it, or send it back, at this very moment: then it is theirs."""
    try:
        with transaction.atomic():
            if goal.state == GoalState.PROPOSED:
                goal = take_back_proposal(goal, by=by, at=at)
            discard_goal(goal, by=by, at=at)
    except Refused:
        return False
    return True


def _not_agreed(batch: GoalBatch) -> QuerySet[Goal]:
    return goals_of_batch(batch).filter(
        state__in=(GoalState.PROPOSED, GoalState.DRAFT), author=batch.by_id
    )


def _proposed_to(batch: GoalBatch) -> set[int]:
    """Who has it, or had it and sent it back: nobody is given the same twice."""
    proposed = GoalVersion.objects.filter(goal=OuterRef("pk"), proposed_at__isnull=False)
    got = goals_of_batch(batch).filter(Exists(proposed))
    return set(got.values_list("owner", flat=True))


@transaction.atomic
def _note_refused(batch: GoalBatch, refused: list[list[object]]) -> None:
    batch = _locked(batch)
    known = {person_id for person_id, _why in refused}
    kept = [row for row in batch.left_out if row[0] not in known]
    batch.left_out = [*kept, *refused]
    batch.save(update_fields=["left_out"])


def _checked(draft: GoalDraft, by: Actor) -> GoalDraft:
    """Whoever gives it stands in for the owner until everybody has their own."""
    draft = replace(cleaned(draft), owner_id=by.person_id, unit_id=None, batch_id=None)
    may_be_given(draft).enforce()
    may_be_kept(draft).enforce()
    return draft


def _acting(running: Running) -> Actor:
    """Who asked, with the roles of today; a delegate only while they stand in."""
    asked_by, on = running.asked_by, running.clock().date()
    if not asked_by.is_delegate:
        return actor_of(asked_by.person_id, asked_by.name, on=on)
    held = delegations_held(asked_by.delegate_id or 0, on=on)
    if not held.filter(principal=asked_by.person_id).exists():
        raise Refused(NO_LONGER_STANDS_IN)
    return replace(asked_by, on=on)


def _locked(batch: GoalBatch) -> GoalBatch:
    return GoalBatch.objects.select_for_update().get(pk=batch.pk)
