from datetime import date

from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from evenhand.goals.kinds import GoalState, Side
from evenhand.goals.limits import room_for_one_more
from evenhand.goals.models import Goal, GoalEnding, GoalOwner, GoalVersion
from evenhand.goals.sides import Seat, empty_seats, owners_of, seats_of, seats_taken_by
from evenhand.goals.visibility import What, lines_once_to, reads
from evenhand.kernel.acting import Actor, Role
from evenhand.kernel.periods import FOREVER
from evenhand.kernel.remembering import looked_up_once
from evenhand.kernel.verdict import ALLOWED, Ground, Verdict
from evenhand.people.models import Employment, ManagementChain, Person, ReportingLine, UnitTree

WRITE_FOR_OTHERS = (Role.SPECIALIST, Role.HR_PARTNER)

NOT_FOR_THEM = Verdict(
    "not_for_them",
    _("You can write goals for yourself and for people below you. Ask their manager."),
)
DOES_NOT_WORK_HERE = Verdict(
    "does_not_work_here",
    _("Somebody named in this goal does not work here today. Choose another person."),
    Ground.WHAT,
)
NOT_THE_AUTHOR = Verdict(
    "not_the_author", _("Only the person who wrote this draft can do this with it.")
)
NOT_A_DRAFT = Verdict(
    "not_a_draft",
    _("This goal is no longer a draft. Open it again to see how it stands."),
    Ground.WHEN,
)
NOT_DISCARDED = Verdict("not_discarded", _("This goal is not discarded."), Ground.WHEN)
NOT_A_SIDE = Verdict(
    "not_a_side",
    _("Only its owners, their manager and those who answer for a unit in it can do this."),
)
NOT_IN_FORCE = Verdict(
    "not_in_force",
    _("This goal is not in force now. Open it again to see how it stands."),
    Ground.WHEN,
)
CHANGE_WAITS = Verdict(
    "change_waits",
    _("A change waits for agreement already. Agree to it, send it back, or take it back first."),
    Ground.WHEN,
)
NOTHING_PROPOSED = Verdict(
    "nothing_proposed",
    _("Nothing waits for agreement here. It may have been agreed, sent back or taken back."),
    Ground.WHEN,
)
ALREADY_AGREED = Verdict(
    "already_agreed", _("You have agreed already. It waits for the others."), Ground.WHEN
)
OWN_PROPOSAL = Verdict(
    "own_proposal", _("This is your own proposal. Take it back instead."), Ground.WHEN
)
NOT_YOUR_PROPOSAL = Verdict(
    "not_your_proposal", _("Only who proposed this can take it back. You can send it back.")
)
NOT_DROPPED = Verdict(
    "not_dropped", _("This goal is not dropped, so there is nothing to approve."), Ground.WHEN
)
DROP_IS_APPROVED = Verdict(
    "drop_is_approved", _("It is approved already that this goal was dropped."), Ground.WHEN
)
NOT_YOUR_OWN_DROP = Verdict(
    "not_your_own_drop",
    _("Your side dropped this goal, so somebody on another side of it has to approve that."),
)
NOT_ENDED = Verdict(
    "not_ended", _("Only a closed or dropped goal can be taken up again."), Ground.WHEN
)
NOT_YOURS_TO_LET_GO = Verdict(
    "not_yours_to_let_go",
    _("A co-owner leaves a goal themself, or the manager of whoever answers for it lets them go."),
)
ANSWERS_FOR_IT = Verdict(
    "answers_for_it",
    _("This person answers for the goal. Close or drop it, or agree on another one."),
    Ground.WHEN,
)
NOT_AN_OWNER_YOURSELF = Verdict(
    "not_an_owner_yourself", _("Only who owns a goal says who else reads it.")
)
NOT_AN_OWNER = Verdict("not_an_owner", _("This person does not own the goal today."), Ground.WHEN)
NOT_THEIR_WEIGHTS = Verdict(
    "not_their_weights",
    _("A person weighs their own goals, or a manager above them, or a specialist does."),
)
NOT_IN_THE_CONVERSATION = Verdict(
    "not_in_the_conversation",
    _("Only those who read what is written about this goal can write about it."),
)
STILL_PRIVATE = Verdict(
    "still_private",
    _("Nobody else sees this draft yet. Propose it first, then write to each other."),
    Ground.WHEN,
)
NOT_YOURS_TO_MEASURE = Verdict(
    "not_yours_to_measure",
    _("Its owners, their manager and specialists say how far a goal is. Ask one of them."),
)
NOT_THE_SPECIALIST = Verdict(
    "not_the_specialist",
    _("Only a performance management specialist can do this. Ask one to do it for you."),
)


def visible_goals(actor: Actor) -> QuerySet[Goal]:
    """The goals whose plan the table in `visibility` lets this person read."""
    return Goal.objects.filter(reads(actor, What.PLAN))


def goals_with_open_words(actor: Actor) -> QuerySet[Goal]:
    """Those of which one also reads what people wrote; `words_open_until` says up to which day."""
    return Goal.objects.filter(reads(actor, What.WORDS))


@looked_up_once
def words_open_until(actor: Actor, goal: Goal) -> date | None:
    """Before which day a goal is open to somebody with its words: FOREVER, or None for never.

    Only former managers and former co-owners have a day in the past: the day on which it ended.
    They read the plan of that time, and what was written and measured before that day.
    """
    if _is_among(goal, reads(actor, What.WORDS, formerly=False)):
        return FOREVER
    if not _is_among(goal, reads(actor, What.WORDS)):
        return None
    owners = goal.owners.values("person")
    lines = ReportingLine.objects.filter(lines_once_to(actor), person__in=owners)
    shares = goal.owners.filter(person=actor.person_id, ends_on__lte=actor.on)
    ends: list[date | None] = [
        rows.aggregate(last=Max("ends_on"))["last"] for rows in (lines, shares)
    ]
    return max(day for day in ends if day is not None)


def visible_versions(actor: Actor, goal: Goal) -> QuerySet[GoalVersion]:
    """The versions of a goal one may read, newest last.

    The author reads every save, who reads the words what was ever proposed, others what was agreed.
    """
    versions = GoalVersion.objects.filter(goal=goal).order_by("number")
    until = words_open_until(actor, goal)
    if until is None:
        readable = versions.filter(agreed_at__isnull=False)
        return readable if _is_among(goal, reads(actor, What.PLAN)) else versions.none()
    proposed = Q(proposed_at__isnull=False)
    if until != FOREVER:
        return versions.filter(proposed, proposed_at__date__lt=until)
    return versions.filter(proposed | Q(author=actor.person_id))


@looked_up_once
def open_proposal(goal: Goal) -> GoalVersion | None:
    """The version that waits for agreement, if one does."""
    waiting = {"proposed_at__isnull": False, "agreed_at": None, "ended_at": None}
    return goal.versions.filter(**waiting).prefetch_related("agreements").first()


def seats_still_empty(goal: Goal, version: GoalVersion, on: date) -> tuple[Seat, ...]:
    """Whose agreement to this version is still missing."""
    return empty_seats(seats_of(goal, on), version)


def may_write_goal_for(actor: Actor, person: Person) -> Verdict:
    """One writes for oneself and for those below one; specialist and HR partner in their care.

    A delegate writes for people below the manager stood in for, never for either of the two.
    """
    if not Employment.objects.on(actor.on).filter(person=person).exists():
        return DOES_NOT_WORK_HERE
    if person.pk in actor.own_ids:
        return NOT_FOR_THEM if actor.is_delegate else ALLOWED
    if _leads(actor, person.pk) or _has_in_care(actor, person, *WRITE_FOR_OTHERS):
        return ALLOWED
    return NOT_FOR_THEM


def may_save(actor: Actor, goal: Goal) -> Verdict:
    """The author writes on a draft until it is proposed."""
    if not _is_author(actor, goal):
        return NOT_THE_AUTHOR
    return ALLOWED if goal.state == GoalState.DRAFT else NOT_A_DRAFT


def may_discard(actor: Actor, goal: Goal) -> Verdict:
    """The author puts a draft away."""
    return may_save(actor, goal)


def may_bring_back(actor: Actor, goal: Goal) -> Verdict:
    """The author takes a discarded draft out again."""
    if not _is_author(actor, goal):
        return NOT_THE_AUTHOR
    return ALLOWED if goal.state == GoalState.DISCARDED else NOT_DISCARDED


def may_propose(actor: Actor, goal: Goal) -> Verdict:
    """The author proposes a draft, while they may still write goals for its owner."""
    return may_save(actor, goal) and may_write_goal_for(actor, goal.owner)


def may_change(actor: Actor, goal: Goal) -> Verdict:
    """Any side proposes another plan for a goal in force, one at a time."""
    verdict = _may_end(actor, goal)
    return CHANGE_WAITS if verdict and open_proposal(goal) is not None else verdict


def may_agree(actor: Actor, goal: Goal) -> Verdict:
    """Each side agrees once to what is proposed.

    When all who still had to agree have left since, any side agrees once more, so that it stands.
    """
    seats = seats_taken_by(actor, goal)
    if not seats:
        return NOT_A_SIDE
    version = open_proposal(goal)
    if version is None:
        return NOTHING_PROPOSED
    nobody_is_missing = not seats_still_empty(goal, version, actor.on)
    return ALLOWED if nobody_is_missing or seats_to_fill(actor, seats, version) else ALREADY_AGREED


def may_send_back(actor: Actor, goal: Goal) -> Verdict:
    """Any other side than the one who proposed asks for something else."""
    if not seats_taken_by(actor, goal):
        return NOT_A_SIDE
    version = open_proposal(goal)
    if version is None:
        return NOTHING_PROPOSED
    return OWN_PROPOSAL if version.proposed_by_id == actor.person_id else ALLOWED


def may_take_back(actor: Actor, goal: Goal) -> Verdict:
    """Who proposed takes it back, until all have agreed."""
    version = open_proposal(goal)
    if version is None:
        return NOTHING_PROPOSED
    own = version.proposed_by_id == actor.person_id and not _is_about_delegate(actor, goal)
    return ALLOWED if own else NOT_YOUR_PROPOSAL


def may_move_support(actor: Actor, goal: Goal) -> Verdict:
    """Any side says what a goal in force supports: that is no part of what was agreed."""
    return _may_end(actor, goal)


def may_open(actor: Actor, goal: Goal) -> Verdict:
    """Who owns a goal in force says who else reads it."""
    seats = seats_taken_by(actor, goal)
    if not any(seat.side == Side.OWNER for seat in seats):
        return NOT_AN_OWNER_YOURSELF
    return ALLOWED if goal.is_active else NOT_IN_FORCE


def may_close(actor: Actor, goal: Goal) -> Verdict:
    """Any side closes a goal in force."""
    return _may_end(actor, goal)


def may_drop(actor: Actor, goal: Goal) -> Verdict:
    """Any side drops a goal in force."""
    return _may_end(actor, goal)


def may_approve_drop(actor: Actor, goal: Goal) -> Verdict:
    """Somebody else, on another side than the one that dropped it, approves."""
    seats = seats_taken_by(actor, goal)
    if not seats:
        return NOT_A_SIDE
    if goal.state != GoalState.DROPPED:
        return NOT_DROPPED
    if goal.drop_is_approved:
        return DROP_IS_APPROVED
    drop = goal.endings.order_by("-at", "-pk").first()
    return ALLOWED if drop and _is_another_side(actor, seats, drop) else NOT_YOUR_OWN_DROP


def may_take_up(actor: Actor, goal: Goal) -> Verdict:
    """Any side takes a closed or dropped goal up again, where its owners have room for it."""
    if not seats_taken_by(actor, goal):
        return NOT_A_SIDE
    if goal.state not in {GoalState.CLOSED, GoalState.DROPPED}:
        return NOT_ENDED
    return room_for_one_more(owners_of(goal, actor.on), goal, on=actor.on)


def may_let_go(actor: Actor, goal: Goal, person: Person) -> Verdict:
    """A co-owner leaves a goal, or its manager side lets them go; who answers for it stays."""
    seats = seats_taken_by(actor, goal)
    leaves = person.pk == actor.person_id and not actor.is_delegate
    if not leaves and not any(seat.side == Side.MANAGER for seat in seats):
        return NOT_YOURS_TO_LET_GO
    if goal.state not in {GoalState.PROPOSED, GoalState.ACTIVE}:
        return NOT_IN_FORCE
    if person.pk == goal.owner_id:
        return ANSWERS_FOR_IT
    own = GoalOwner.objects.on(actor.on).filter(goal=goal, person=person)
    return ALLOWED if own.exists() else NOT_AN_OWNER


def may_weigh(actor: Actor, person: Person) -> Verdict:
    """One weighs one's own goals; a manager above one does, or a specialist."""
    if person.pk in actor.own_ids:
        return NOT_THEIR_WEIGHTS if actor.is_delegate else ALLOWED
    if _leads(actor, person.pk) or _is_specialist_of(actor, person):
        return ALLOWED
    return NOT_THEIR_WEIGHTS


def may_comment(actor: Actor, goal: Goal) -> Verdict:
    """Who reads what is written about a goal today may add to it, once it was proposed."""
    if goal.state in {GoalState.DRAFT, GoalState.DISCARDED}:
        return STILL_PRIVATE if _is_author(actor, goal) else NOT_IN_THE_CONVERSATION
    is_open = words_open_until(actor, goal) == FOREVER
    return ALLOWED if is_open else NOT_IN_THE_CONVERSATION


def may_check_in(actor: Actor, goal: Goal) -> Verdict:
    """Every side of a goal says how far it is while it is in force, and so do specialists."""
    if not seats_taken_by(actor, goal) and not _is_specialist_of_goal(actor, goal):
        return NOT_YOURS_TO_MEASURE
    return ALLOWED if goal.is_active else NOT_IN_FORCE


def may_set_rules(actor: Actor) -> Verdict:
    """The specialist decides how goals are kept here."""
    return ALLOWED if actor.holds_everywhere(Role.SPECIALIST) else NOT_THE_SPECIALIST


def seats_to_fill(actor: Actor, seats: tuple[Seat, ...], version: GoalVersion) -> tuple[Seat, ...]:
    """Those among the actor's seats from which they have not yet agreed."""
    mine = {one.side for one in version.agreements.all() if one.person_id == actor.person_id}
    return tuple(seat for seat in empty_seats(seats, version) if seat.side not in mine)


def _may_end(actor: Actor, goal: Goal) -> Verdict:
    if not seats_taken_by(actor, goal):
        return NOT_A_SIDE
    return ALLOWED if goal.is_active else NOT_IN_FORCE


def _is_another_side(actor: Actor, seats: tuple[Seat, ...], drop: GoalEnding) -> bool:
    """Who dropped it stood on one side only: as the manager, if they were also an owner."""
    dropped_as = drop.formula["side"], drop.formula["unit"]
    others = [seat for seat in seats if (seat.side, seat.unit_id) != dropped_as]
    return bool(others) and actor.person_id != drop.by_id


def _is_author(actor: Actor, goal: Goal) -> bool:
    return goal.author_id == actor.person_id and not _is_about_delegate(actor, goal)


def _is_about_delegate(actor: Actor, goal: Goal) -> bool:
    """Whether somebody acts for another in what is about themself or the other."""
    return actor.is_delegate and goal.owners.on(actor.on).filter(person__in=actor.own_ids).exists()


@looked_up_once
def _leads(actor: Actor, person_id: int) -> bool:
    chains = ManagementChain.objects.on(actor.on).filter(ancestor_id=actor.person_id)
    return chains.filter(descendant_id=person_id, depth__gte=1).exists()


def _is_specialist_of(actor: Actor, person: Person) -> bool:
    return _has_in_care(actor, person, Role.SPECIALIST)


def _has_in_care(actor: Actor, person: Person, *roles: Role) -> bool:
    if person.pk in actor.own_ids:
        return False
    if actor.holds_everywhere(*roles):
        return True
    tree = UnitTree.objects.filter(
        ancestor__in=actor.units_as(*roles),
        descendant__in=person.positions.filter(
            starts_on__lte=actor.on, ends_on__gt=actor.on
        ).values("unit"),
    )
    return tree.exists()


@looked_up_once
def _is_specialist_of_goal(actor: Actor, goal: Goal) -> bool:
    owns = goal.owners.filter(person__in=actor.own_ids).exists()
    return not owns and _is_specialist_of(actor, goal.owner)


def _is_among(goal: Goal, condition: Q) -> bool:
    return Goal.objects.filter(condition, pk=goal.pk).exists()
