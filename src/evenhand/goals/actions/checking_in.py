"""Saying how far a goal is: a value, a confidence, words, and what shows it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from evenhand.audit.actions import record
from evenhand.goals.events import GoalCheckedIn
from evenhand.goals.evidence import (
    MOST_AT_ONCE,
    TOO_MANY,
    NewEvidence,
    content_of,
    keep_evidence,
    may_show,
)
from evenhand.goals.keeping import lock_goal
from evenhand.goals.measuring import measure_goals
from evenhand.goals.models import CheckIn, Evidence, Goal, GoalPart
from evenhand.goals.policies import may_check_in
from evenhand.goals.values import NOTHING_SAID, Taker, Value, may_be_day, may_take
from evenhand.kernel.acting import Actor
from evenhand.kernel.events import announce
from evenhand.kernel.verdict import ALLOWED, Ground, Verdict

MOST_CONFIDENT = 10

CONFIDENCE_OUT_OF_RANGE = Verdict(
    "confidence_out_of_range", _("Confidence is a whole number from 0 to 10."), Ground.WHAT
)
NOT_A_PART = Verdict(
    "not_a_part",
    _("This is not a part of the goal any more. Open the goal again to see its parts."),
    Ground.WHAT,
)
ALREADY_CORRECTED = Verdict(
    "already_corrected",
    _("Somebody has corrected this already. Open the goal again and correct the newer one."),
    Ground.WHEN,
)
SAY_WHY = Verdict(
    "say_why", _("Please say in a few words what was wrong, for those who read it."), Ground.WHAT
)
OTHER_PART = Verdict(
    "other_part",
    _("A correction is for the same part. Say there what was wrong, and check in the other part."),
    Ground.WHAT,
)


@dataclass(frozen=True, slots=True)
class NewCheckIn:
    """How far a goal, or one part of it, is on a day. A rate has two numbers, others a value.

    Yes is 1 and no is 0; so is a milestone reached or not. Without any value it is a note with a
    confidence. `request` is a key of the sender: what is sent twice under it counts once.
    """

    measured_on: date
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    part: GoalPart | None = None
    confidence: int | None = None
    note: str = ""
    evidence: Sequence[NewEvidence] = ()
    request: str = ""

    @property
    def measured(self) -> Value:
        return Value(self.measured_on, self.value, self.numerator, self.denominator)


@transaction.atomic
def check_in(goal: Goal, new: NewCheckIn, *, by: Actor, at: datetime) -> CheckIn:
    """Keep how far a goal is, and work out its score again."""
    return check_in_parts(goal, [new], by=by, at=at)[0]


@transaction.atomic
def check_in_parts(
    goal: Goal, news: Sequence[NewCheckIn], *, by: Actor, at: datetime
) -> list[CheckIn]:
    """Keep how far several parts of a goal are, all or none of them."""
    goal = lock_goal(goal)
    may_check_in(by, goal).enforce()
    kept = [_sent_before(goal, new, by) or _keep(goal, new, by, at) for new in news]
    measure_goals([goal.pk])
    return kept


@transaction.atomic
def correct_check_in(wrong: CheckIn, new: NewCheckIn, *, by: Actor, at: datetime) -> CheckIn:
    """Put another in the place of a wrong one, which stays to be read and counts no more.

    Without a value it takes the wrong one back.
    """
    goal = lock_goal(wrong.goal)
    may_check_in(by, goal).enforce()
    if (before := _sent_before(goal, new, by)) is not None:
        return before
    may_correct(wrong, new).enforce()
    kept = _keep(goal, new, by, at, corrects=wrong)
    measure_goals([goal.pk])
    return kept


@transaction.atomic
def hand_out_evidence(evidence: Evidence, *, by: Actor, at: datetime) -> bytes:
    """The file that shows what a check-in says. Whoever takes it is on record."""
    goal = evidence.check_in.goal
    record("goal.evidence_read", about=goal, by=by, at=at, evidence=evidence.pk)
    return content_of(evidence)


def may_correct(wrong: CheckIn, new: NewCheckIn) -> Verdict:
    """A check-in is corrected once, for the same part, and with a word why."""
    if CheckIn.objects.filter(corrects=wrong).exists():
        return ALREADY_CORRECTED
    if wrong.part_id != (new.part.pk if new.part else None):
        return OTHER_PART
    return ALLOWED if new.note.strip() else SAY_WHY


def may_say(goal: Goal, new: NewCheckIn, on: date) -> Verdict:
    """Whether a goal takes what is said about it; who may say it is asked apart."""
    taker = taker_of(goal, new.part)
    if taker is None:
        return NOT_A_PART
    if new.confidence is not None and not 0 <= new.confidence <= MOST_CONFIDENT:
        return CONFIDENCE_OUT_OF_RANGE
    if len(new.evidence) > MOST_AT_ONCE:
        return TOO_MANY
    refused = next((v for v in map(may_show, new.evidence) if not v), ALLOWED)
    return refused and _may_be_said(taker, new, on)


def taker_of(goal: Goal, part: GoalPart | None = None) -> Taker | None:
    """What takes a value of the goal, or of one of its parts; None for a part not in use."""
    days = goal.starts_on, goal.due_on
    in_use = goal.parts.filter(is_in_use=True)
    if part is None:
        return Taker(goal.kind, goal.metric, *days, has_parts=in_use.exists())
    if not in_use.filter(pk=part.pk).exists():
        return None
    return Taker(goal.kind, part.metric, *days, is_part=True)


def _may_be_said(taker: Taker, new: NewCheckIn, on: date) -> Verdict:
    if new.measured.numbers:
        return may_take(taker, new.measured, on=on, has_evidence=bool(new.evidence))
    if not (new.note.strip() or new.confidence is not None or new.evidence):
        return NOTHING_SAID
    return may_be_day(taker, new.measured_on, on=on)


def _keep(
    goal: Goal, new: NewCheckIn, by: Actor, at: datetime, corrects: CheckIn | None = None
) -> CheckIn:
    may_say(goal, new, by.on).enforce()
    kept = CheckIn.objects.create(
        goal=goal,
        part=new.part,
        measured_on=new.measured_on,
        value=new.value,
        numerator=new.numerator,
        denominator=new.denominator,
        confidence=new.confidence,
        note=new.note.strip(),
        author_id=by.person_id,
        delegate_id=by.delegate_id,
        at=at,
        corrects=corrects,
        request=_request(goal, new, by),
    )
    for evidence in new.evidence:
        keep_evidence(kept, evidence)
    code = "goal.check_in_corrected" if corrects else "goal.checked_in"
    record(code, about=goal, by=by, at=at, check_in=kept.pk, measured_on=new.measured_on)
    announce(GoalCheckedIn(goal.pk, kept.pk))
    return kept


def _sent_before(goal: Goal, new: NewCheckIn, by: Actor) -> CheckIn | None:
    request = _request(goal, new, by)
    return CheckIn.objects.filter(request=request).first() if request else None


def _request(goal: Goal, new: NewCheckIn, by: Actor) -> str | None:
    """The key under which it is kept: the sender's own, of this person, goal and part."""
    if not new.request:
        return None
    part = new.part.pk if new.part else ""
    whole = f"{goal.pk}:{part}:{by.person_id}:{by.delegate_id}:{new.request}"
    return hashlib.sha256(whole.encode()).hexdigest()
