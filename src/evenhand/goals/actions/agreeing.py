"""Goals are agreed by all sides, each in a sentence, and changed only in the same way."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from evenhand.access.queries import actor_of
from evenhand.audit.actions import record
from evenhand.goals.changing import (
    is_measured_to_the_end,
    measures_something_else,
    problems_of_change,
    problems_of_part_change,
)
from evenhand.goals.drafts import (
    GoalChange,
    GoalDraft,
    cleaned,
    draft_of,
    draft_of_version,
    rows_of_parts,
    says_the_same,
)
from evenhand.goals.events import GoalAgreed, GoalProposed, GoalSentBack
from evenhand.goals.keeping import (
    check_seen,
    keep_version,
    latest_version,
    lay_parts,
    lock_goal,
    lock_people_with_goals,
    take_plan,
)
from evenhand.goals.kinds import GoalState, NoteKind
from evenhand.goals.limits import room_for_one_more
from evenhand.goals.measuring import measure_goals
from evenhand.goals.models import Agreement, Goal, GoalNote, GoalVersion
from evenhand.goals.policies import (
    may_agree,
    may_change,
    may_propose,
    may_send_back,
    may_take_back,
    may_write_goal_for,
    open_proposal,
    seats_still_empty,
    seats_to_fill,
)
from evenhand.goals.rolling import roll_up
from evenhand.goals.saying import (
    COMMENT_MISSING,
    REASON_MISSING,
    SENTENCE_MISSING,
    said,
)
from evenhand.goals.sides import owners_of, seats_taken_by
from evenhand.goals.soundness import may_be_agreed, may_be_kept
from evenhand.kernel.acting import Actor
from evenhand.kernel.events import announce
from evenhand.kernel.verdict import ALLOWED, Ground, Refused, Verdict

OWNER_LEFT = Verdict(
    "owner_left",
    _("The owner of this goal does not work here any more, so nobody can reach it."),
    Ground.WHEN,
)
NOTHING_CHANGED = Verdict(
    "nothing_changed",
    _("This is already the plan that stands. Change something first."),
    Ground.WHAT,
)


@transaction.atomic
def propose_goal(
    goal: Goal, sentence: str, *, by: Actor, at: datetime, seen: int | None = None
) -> Goal:
    """Show a draft to the other sides. Who proposes agrees by proposing.

    `seen` is the number of the version the proposer had before them, if it is known.
    """
    lock_people_with_goals(_owner_ids(goal))
    goal = lock_goal(goal)
    may_propose(by, goal).enforce()
    check_seen(goal, seen)
    sentence = said(sentence, SENTENCE_MISSING)
    draft = draft_of(goal)
    may_be_agreed(draft, on=by.on).enforce()

    version = latest_version(goal)
    if version.proposed_at is not None:
        version = keep_version(goal, draft, by=by, at=at)
    goal.state = GoalState.PROPOSED
    goal.save(update_fields=["state"])
    _propose(goal, version, sentence, by=by, at=at)
    return goal


@transaction.atomic
def propose_change(goal: Goal, change: GoalChange, *, by: Actor, at: datetime) -> Goal:
    """Propose another plan for an agreed goal. The old one stands until all have agreed again."""
    lock_people_with_goals(_owner_ids(goal))
    goal = lock_goal(goal)
    may_change(by, goal).enforce()
    check_seen(goal, change.seen)
    reason = said(change.reason, REASON_MISSING)
    sentence = said(change.sentence, SENTENCE_MISSING)
    draft = cleaned(change.draft)
    if says_the_same(draft_of(goal), draft):
        raise Refused(NOTHING_CHANGED)
    may_be_kept(draft).enforce()
    may_become(goal, draft, by.on).enforce()

    version = keep_version(goal, draft, by=by, at=at, reason=reason)
    _propose(goal, version, sentence, by=by, at=at)
    return goal


def may_become(goal: Goal, draft: GoalDraft, on: date) -> Verdict:
    """Whether an agreed goal can take this plan: what speaks against it first, if anything does."""
    is_over = is_measured_to_the_end(goal, goal.measured_on, on)
    standing = {part.pk: part for part in goal.parts.filter(is_in_use=True)}
    verdicts = [may_be_agreed(draft, on=on), *problems_of_change(goal, draft, goal.measured_on, on)]
    for part in draft.parts:
        former = standing.get(part.id) if part.id is not None else None
        if former is not None:
            verdicts += problems_of_part_change(former, part, is_over=is_over)
    return next((verdict for verdict in verdicts if not verdict), ALLOWED)


@transaction.atomic
def agree_to_goal(goal: Goal, sentence: str, *, by: Actor, at: datetime, seen: int) -> Goal:
    """Agree to what is proposed. When all sides have, it stands.

    `seen` is the number of the version that was read: nobody agrees to words that were exchanged
    meanwhile.
    """
    lock_people_with_goals(_owner_ids(goal))
    goal = lock_goal(goal)
    may_agree(by, goal).enforce()
    check_seen(goal, seen)
    sentence = said(sentence, SENTENCE_MISSING)
    version = _waiting(goal)
    _agree(goal, version, sentence, by=by, at=at)
    record("goal.agreed", about=goal, by=by, at=at, version=version.number)
    _stand_once_all_agree(goal, version, by=by, at=at)
    return goal


@transaction.atomic
def send_back_goal(goal: Goal, comment: str, *, by: Actor, at: datetime) -> Goal:
    """Ask for something else than what is proposed, saying what.

    A new goal becomes a draft again; of an agreed one the old plan simply stands.
    """
    goal = lock_goal(goal)
    may_send_back(by, goal).enforce()
    comment = said(comment, COMMENT_MISSING)
    version = _end_proposal(goal, NoteKind.SENT_BACK, comment, by=by, at=at)
    record("goal.sent_back", about=goal, by=by, at=at, version=version.number)
    announce(GoalSentBack(goal.pk, version.pk, by.person_id))
    return goal


@transaction.atomic
def take_back_proposal(goal: Goal, *, by: Actor, at: datetime) -> Goal:
    """Take back what one proposed, before all have agreed."""
    goal = lock_goal(goal)
    may_take_back(by, goal).enforce()
    version = _end_proposal(goal, NoteKind.TAKEN_BACK, "", by=by, at=at)
    record("goal.taken_back", about=goal, by=by, at=at, version=version.number)
    return goal


def stand_if_nobody_is_missing(goal: Goal, *, by: Actor, at: datetime) -> None:
    """Bring what is proposed into force if all who are left have agreed to it."""
    version = open_proposal(goal)
    if version is not None:
        _stand_once_all_agree(goal, version, by=by, at=at)


def _propose(goal: Goal, version: GoalVersion, sentence: str, *, by: Actor, at: datetime) -> None:
    version.proposed_at, version.proposed_by_id = at, by.person_id
    version.save(update_fields=["proposed_at", "proposed_by"])
    _agree(goal, version, sentence, by=by, at=at)
    code = "goal.change_proposed" if goal.is_active else "goal.proposed"
    record(code, about=goal, by=by, at=at, version=version.number)
    announce(GoalProposed(goal.pk, version.pk, by.person_id))
    _stand_once_all_agree(goal, version, by=by, at=at)


def _agree(goal: Goal, version: GoalVersion, sentence: str, *, by: Actor, at: datetime) -> None:
    """For every seat this person takes; a specialist in two empty ones leaves one to another.

    What somebody says who has no seat left to agree from is kept as a comment.
    """
    seats = seats_to_fill(by, seats_taken_by(by, goal), version)
    if not seats:
        _note(version, NoteKind.COMMENT, sentence, by=by, at=at)
    for seat in {seat.side: seat for seat in reversed(seats)}.values():
        Agreement.objects.create(
            version=version,
            side=seat.side,
            person_id=by.person_id,
            delegate_id=by.delegate_id,
            unit_id=seat.unit_id,
            sentence=sentence,
            at=at,
        )


def _stand_once_all_agree(goal: Goal, version: GoalVersion, *, by: Actor, at: datetime) -> None:
    if seats_still_empty(goal, _waiting(goal), by.on):
        return
    draft = draft_of_version(goal, version)
    _check_standing(goal, draft, by.on)
    if goal.is_active and measures_something_else(goal, version):
        goal.counts_from = at
    goal.state, goal.agreed_at = GoalState.ACTIVE, goal.agreed_at or at
    take_plan(goal, draft)
    goal.save()
    version.parts = rows_of_parts(lay_parts(goal, draft.parts))
    version.agreed_at = at
    version.save(update_fields=["parts", "agreed_at"])
    measure_goals([goal.pk])
    roll_up([goal.pk])
    goal.refresh_from_db()
    record("goal.put_in_force", about=goal, by=by, at=at, version=version.number)
    announce(GoalAgreed(goal.pk, version.pk, by.person_id))


def _check_standing(goal: Goal, draft: GoalDraft, on: date) -> None:
    """What may have changed since it was proposed: who works here, how many goals they have."""
    owners = owners_of(goal, on)
    if goal.owner_id not in owners:
        raise Refused(OWNER_LEFT)
    if goal.is_active:
        may_become(goal, draft, on).enforce()
        return
    may_be_agreed(draft, on=on).enforce()
    room_for_one_more(owners, goal, on=on).enforce()


def _end_proposal(goal: Goal, kind: NoteKind, text: str, *, by: Actor, at: datetime) -> GoalVersion:
    """What was proposed ends without standing; a new goal is a draft again."""
    version = _waiting(goal)
    _note(version, kind, text, by=by, at=at)
    version.ended_at = at
    version.save(update_fields=["ended_at"])
    if goal.state == GoalState.PROPOSED:
        goal.state = GoalState.DRAFT
        goal.author_id = _author_from_now_on(goal, by.on)
        goal.save(update_fields=["state", "author"])
    return version


def _note(version: GoalVersion, kind: NoteKind, text: str, *, by: Actor, at: datetime) -> None:
    GoalNote.objects.create(
        goal_id=version.goal_id,
        version=version,
        kind=kind,
        text=text,
        author_id=by.person_id,
        delegate_id=by.delegate_id,
        at=at,
    )


def _author_from_now_on(goal: Goal, on: date) -> int:
    """Who wrote it, unless they may no longer write goals for the owner: then the owner."""
    author = actor_of(goal.author_id, goal.author.name, on=on)
    return goal.author_id if may_write_goal_for(author, goal.owner) else goal.owner_id


def _waiting(goal: Goal) -> GoalVersion:
    version = open_proposal(goal)
    assert version is not None  # noqa: S101  # a policy has asked
    return version


def _owner_ids(goal: Goal) -> list[int]:
    return list(goal.owners.values_list("person_id", flat=True))
