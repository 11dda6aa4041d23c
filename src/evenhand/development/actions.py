from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenhand.audit.actions import record
from evenhand.development.contents import (
    MOST_ACTIONS,
    PlanContents,
    actions_of,
    contents_of,
    keyed,
    text_of,
)
from evenhand.development.events import PlanAgreed, PlanProposed, PlanSentBack
from evenhand.development.kinds import TRANSITIONS, ActionState, PlanState
from evenhand.development.models import (
    DevelopmentAction,
    DevelopmentPlan,
    PlanAgreement,
    PlanNote,
    PlanVersion,
)
from evenhand.development.policies import (
    may_agree,
    may_begin,
    may_close,
    may_follow,
    may_propose,
    may_send_back,
    may_set,
    may_write,
    open_version,
    side_of,
)
from evenhand.goals.policies import visible_goals
from evenhand.kernel.acting import Actor
from evenhand.kernel.events import announce
from evenhand.kernel.verdict import Ground, Refused, Verdict
from evenhand.people.models import Person

WORDS_MISSING = Verdict(
    "words_missing", gettext_lazy("Please write a sentence in your own words."), Ground.WHAT
)
ENDS_BEFORE_IT_STARTS = Verdict(
    "ends_before_it_starts",
    gettext_lazy("The last day lies before the first day."),
    Ground.WHAT,
)
ACTION_INCOMPLETE = Verdict(
    "action_incomplete",
    gettext_lazy("Say of each action what is to be done and until when."),
    Ground.WHAT,
)
TOO_MANY_ACTIONS = Verdict(
    "too_many_actions",
    gettext_lazy("Twenty actions are more than anybody follows. Choose the most useful ones."),
    Ground.WHAT,
)
NOTHING_IN_IT = Verdict(
    "nothing_in_it",
    gettext_lazy("A plan needs at least one action or one learning goal."),
    Ground.WHAT,
)
CHANGED_MEANWHILE = Verdict(
    "changed_meanwhile",
    gettext_lazy("What is proposed has changed since you read it. Please look at it again."),
    Ground.WHEN,
)


@transaction.atomic
def begin_plan(
    person: Person, contents: PlanContents, *, by: Actor, at: datetime
) -> DevelopmentPlan:
    """Begin a plan for oneself or for somebody below. Only its author reads it yet."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    may_begin(by, person).enforce()
    plan = DevelopmentPlan.objects.create(person=person, created_at=at)
    _write(plan, contents, by, at)
    record("development.begun", about=plan, by=by, at=at)
    return plan


@transaction.atomic
def save_plan(
    plan: DevelopmentPlan, contents: PlanContents, *, by: Actor, at: datetime
) -> DevelopmentPlan:
    """Write on what is not proposed yet; of an agreed plan this begins a change."""
    plan = _locked(plan)
    may_write(by, plan).enforce()
    _write(plan, contents, by, at)
    record("development.saved", about=plan, by=by, at=at)
    return plan


@transaction.atomic
def propose_plan(
    plan: DevelopmentPlan, sentence: str, *, by: Actor, at: datetime
) -> DevelopmentPlan:
    """Show what is written to the other side. Who proposes agrees by proposing."""
    plan = _locked(plan)
    may_propose(by, plan).enforce()
    version = _open(plan)
    if not version.actions and not version.goals.exists():
        raise Refused(NOTHING_IN_IT)
    version.proposed_at = at
    version.save(update_fields=["proposed_at"])
    _agree(version, sentence, by, at)
    if plan.state == PlanState.DRAFT:
        _go_on_to(plan, PlanState.PROPOSED)
    record("development.proposed", about=plan, by=by, at=at, version=version.number)
    announce(PlanProposed(plan.pk, version.pk, by.person_id))
    return plan


@transaction.atomic
def agree_to_plan(
    plan: DevelopmentPlan, sentence: str, *, seen: int, by: Actor, at: datetime
) -> DevelopmentPlan:
    """Agree to what is proposed; from now on it stands.

    `seen` is the number of the version that was read.
    """
    plan = _locked(plan)
    may_agree(by, plan).enforce()
    version = _open(plan)
    if version.number != seen:
        raise Refused(CHANGED_MEANWHILE)
    _agree(version, sentence, by, at)
    version.agreed_at = at
    version.save(update_fields=["agreed_at"])
    _put_into_force(version, at)
    if plan.state == PlanState.PROPOSED:
        _go_on_to(plan, PlanState.AGREED)
    record("development.agreed", about=plan, by=by, at=at, version=version.number)
    announce(PlanAgreed(plan.pk, version.pk, by.person_id))
    return plan


@transaction.atomic
def send_back_plan(
    plan: DevelopmentPlan, words: str, *, by: Actor, at: datetime
) -> DevelopmentPlan:
    """Ask for something else, or take one's own proposal back, saying why.

    The author goes on with a copy; of an agreed plan the old version stands meanwhile.
    """
    plan = _locked(plan)
    may_send_back(by, plan).enforce()
    version = _open(plan)
    _note(plan, words, by.on, by, at)
    contents = contents_of(version)
    version.ended_at = at
    version.save(update_fields=["ended_at"])
    _add_version(plan, version.number + 1, contents, version.author_id, at)
    if plan.state == PlanState.PROPOSED:
        _go_on_to(plan, PlanState.DRAFT)
    record("development.sent_back", about=plan, by=by, at=at, version=version.number)
    announce(PlanSentBack(plan.pk, version.pk, by.person_id))
    return plan


@transaction.atomic
def close_plan(plan: DevelopmentPlan, *, by: Actor, at: datetime) -> DevelopmentPlan:
    """End a plan. It stays to be read; a change that was only in writing is put away."""
    plan = _locked(plan)
    may_close(by, plan).enforce()
    plan.versions.filter(agreed_at=None, ended_at=None).update(ended_at=at)
    plan.closed_at = at
    _go_on_to(plan, PlanState.CLOSED, "closed_at")
    record("development.closed", about=plan, by=by, at=at)
    return plan


@transaction.atomic
def write_note(plan: DevelopmentPlan, text: str, *, on: date, by: Actor, at: datetime) -> PlanNote:
    """Keep what was said when the plan was looked at, with its day."""
    plan = _locked(plan)
    may_follow(by, plan).enforce()
    record("development.noted", about=plan, by=by, at=at)
    return _note(plan, text, on, by, at)


@transaction.atomic
def set_action(
    action: DevelopmentAction, state: ActionState, reason: str = "", *, by: Actor, at: datetime
) -> DevelopmentAction:
    """Say that an action is done, dropped (with the reason) or open again."""
    plan = _locked(action.plan)
    action = DevelopmentAction.objects.get(pk=action.pk, plan=plan)
    action.plan = plan
    may_set(by, action, state).enforce()
    is_dropped = state == ActionState.DROPPED
    if is_dropped and not reason.strip():
        raise Refused(WORDS_MISSING)
    action.state, action.changed_at = state, at
    action.dropped_because = reason.strip() if is_dropped else ""
    action.save(update_fields=["state", "changed_at", "dropped_because"])
    record("development.action_set", about=plan, by=by, at=at, state=state)
    return action


def _write(plan: DevelopmentPlan, contents: PlanContents, by: Actor, at: datetime) -> None:
    if contents.due_on < contents.starts_on:
        raise Refused(ENDS_BEFORE_IT_STARTS)
    if any(not action.what.strip() or action.due_on is None for action in contents.actions):
        raise Refused(ACTION_INCOMPLETE)
    if len(contents.actions) > MOST_ACTIONS:
        raise Refused(TOO_MANY_ACTIONS)
    contents = _with_goals(plan, contents, by)
    version = open_version(plan)
    if version and version.author_id == by.person_id:
        _fill(version, contents, at)
        version.save()
        version.goals.set(contents.goal_ids)
        return
    if version:  # Its author is no side any longer.
        version.ended_at = at
        version.save(update_fields=["ended_at"])
    _add_version(plan, plan.versions.count() + 1, contents, by.person_id, at)


def _with_goals(plan: DevelopmentPlan, contents: PlanContents, by: Actor) -> PlanContents:
    """Only goals of this person that the author may see are linked."""
    theirs = visible_goals(by).filter(owner=plan.person_id, pk__in=contents.goal_ids)
    chosen = frozenset(theirs.values_list("pk", flat=True))
    return replace(contents, goal_ids=chosen)


def _add_version(
    plan: DevelopmentPlan, number: int, contents: PlanContents, author_id: int, at: datetime
) -> None:
    version = PlanVersion(plan=plan, number=number, author_id=author_id)
    _fill(version, contents, at)
    version.save()
    version.goals.set(contents.goal_ids)


def _fill(version: PlanVersion, contents: PlanContents, at: datetime) -> None:
    version.starts_on, version.due_on = contents.starts_on, contents.due_on
    version.strengths, version.needs = contents.strengths.strip(), contents.needs.strip()
    version.actions = text_of(keyed(contents.actions, version.number))
    version.written_at = at


def _put_into_force(version: PlanVersion, at: datetime) -> None:
    """Bring the actions to what was agreed; what is done stays done."""
    known = {action.key: action for action in version.plan.actions_agreed.all()}
    for place, part in enumerate(actions_of(version), start=1):
        action = known.pop(part.key, None) or DevelopmentAction(plan=version.plan, key=part.key)
        action.place, action.what, action.support = place, part.what, part.support
        action.support_words = part.support_words
        action.due_on = part.due_on or version.due_on
        action.changed_at = action.changed_at or at
        action.save()
    for left_out in known.values():
        if left_out.state == ActionState.OPEN:
            left_out.state, left_out.changed_at = ActionState.DROPPED, at
            left_out.dropped_because = _("Left out when the plan was changed.")
            left_out.save()


def _agree(version: PlanVersion, sentence: str, by: Actor, at: datetime) -> None:
    side = side_of(by, version.plan.person_id)
    if not sentence.strip() or side is None:
        raise Refused(WORDS_MISSING)
    PlanAgreement.objects.create(
        version=version,
        side=side,
        person_id=by.person_id,
        delegate_id=by.delegate_id,
        sentence=sentence.strip(),
        at=at,
    )


def _note(plan: DevelopmentPlan, text: str, on: date, by: Actor, at: datetime) -> PlanNote:
    if not text.strip():
        raise Refused(WORDS_MISSING)
    return PlanNote.objects.create(
        plan=plan,
        on=on,
        text=text.strip(),
        author_id=by.person_id,
        delegate_id=by.delegate_id,
        at=at,
    )


def _open(plan: DevelopmentPlan) -> PlanVersion:
    return plan.versions.get(agreed_at=None, ended_at=None)


def _go_on_to(plan: DevelopmentPlan, state: PlanState, *also: str) -> None:
    if state not in TRANSITIONS[PlanState(plan.state)]:
        message = f"A plan does not go from {plan.state} to {state}."
        raise ValueError(message)
    plan.state = state
    plan.save(update_fields=["state", *also])


def _locked(plan: DevelopmentPlan) -> DevelopmentPlan:
    rows = DevelopmentPlan.objects.select_for_update(of=("self",)).select_related("person")
    return rows.get(pk=plan.pk)
