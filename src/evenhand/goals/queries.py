from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, QuerySet

from evenhand.goals.kinds import AGREED, Ambition, GoalState, Pace
from evenhand.goals.limits import WHOLE, are_many
from evenhand.goals.models import Goal, GoalOwner, GoalVersion
from evenhand.goals.pace import standing
from evenhand.goals.policies import visible_goals
from evenhand.goals.rolling import counted_score, counts_with
from evenhand.goals.visibility import What, reads
from evenhand.goals.waiting import waiting_for_agreement
from evenhand.kernel.acting import Actor
from evenhand.kernel.paging import PAGE, Page, page_of
from evenhand.kernel.periods import DatedQuerySet
from evenhand.people.models import Person
from evenhand.people.queries import BY_NAME, people_reporting_to

NOT_ENDED = (GoalState.DRAFT, GoalState.PROPOSED, GoalState.ACTIVE)


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A goal in a list; `goal` comes with its owner and unit. The pace is of a goal in force.

    `weight` is what it weighs for the person whose list it is. `waits_for_me` says that the actor
    has to agree to the proposal that waits.
    """

    goal: Goal
    weight: int | None
    pace: Pace | None
    is_proposed: bool
    waits_for_me: bool

    @property
    def state(self) -> GoalState:
        return GoalState(self.goal.state)


@dataclass(frozen=True, slots=True)
class GoalList:
    """The goals of a person that are not ended, by state; and what they weigh together."""

    drafts: tuple[GoalRow, ...]
    proposed: tuple[GoalRow, ...]
    in_force: tuple[GoalRow, ...]
    weight: int
    needs_weighing: bool
    are_many: bool


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A person who reports to the actor, and how their goals stand, by state and by pace."""

    person: Person
    in_force: int
    proposed: int
    waiting_for_me: int
    closed: int
    on_track: int
    at_risk: int
    off_track: int
    no_data: int
    weight: int
    needs_weighing: bool

    @property
    def has_none(self) -> bool:
        return not self.in_force


@dataclass(frozen=True, slots=True)
class PeriodGoal:
    """An agreed goal of a person in a period, with what a review needs to know of it.

    `score` is the one that counts: 0 for a drop not approved, None for an approved one.
    """

    goal: Goal
    weight: int | None
    score: Decimal | None
    pace: Pace | None

    @property
    def ambition(self) -> Ambition:
        return Ambition(self.goal.ambition)


def my_goals(actor: Actor) -> GoalList:
    """One's own goals that are not ended, and the drafts one wrote for oneself.

    A delegate has none of their own here: they stand in for a manager, not for an owner.
    """
    return goals_of(actor, actor.person_id)


def goals_of(actor: Actor, person_id: int) -> GoalList:
    """The goals of somebody that the actor may see and that are not ended."""
    shares = (
        GoalOwner.objects.on(actor.on)
        .filter(person=person_id, goal__state__in=NOT_ENDED)
        .filter(goal__in=visible_goals(actor))
        .select_related("goal__owner", "goal__unit")
        .order_by("goal__due_on", "goal_id")
    )
    rows = _rows(actor, [(share.goal, share.weight) for share in shares])
    in_force = _of(rows, GoalState.ACTIVE)
    weights = [row.weight for row in in_force]
    return GoalList(
        drafts=_of(rows, GoalState.DRAFT),
        proposed=_of(rows, GoalState.PROPOSED),
        in_force=in_force,
        weight=sum(weight or 0 for weight in weights),
        needs_weighing=needs_weighing(weights),
        are_many=are_many(len(in_force)),
    )


def ended_goals_of(
    actor: Actor, person_id: int, *, year: int | None = None, cursor: str = "", limit: int = PAGE
) -> Page[GoalRow]:
    """The closed and dropped goals of somebody that the actor may see, the last due first.

    With a year, those that were due in it.
    """
    goals = (
        visible_goals(actor)
        .filter(owners__person=person_id, state__in=(GoalState.CLOSED, GoalState.DROPPED))
        .select_related("owner", "unit")
    )
    if year is not None:
        goals = goals.filter(due_on__year=year)
    page = page_of(goals, ("-due_on", "-id"), cursor=cursor, limit=limit)
    shares = GoalOwner.objects.filter(person=person_id, goal__in=[goal.pk for goal in page.rows])
    weights = dict(shares.values_list("goal_id", "weight"))
    # Whatever waited for agreement ended with the goal.
    return page.shown_as(
        lambda found: [
            GoalRow(goal, weights.get(goal.pk), None, is_proposed=False, waits_for_me=False)
            for goal in found
        ]
    )


def drafts_for_others(actor: Actor, *, limit: int = PAGE) -> list[Goal]:
    """What the actor has in writing for other people, the latest first."""
    own = visible_goals(actor).filter(author=actor.person_id, state=GoalState.DRAFT)
    drafts = own.exclude(owner=actor.person_id).select_related("owner")
    return list(drafts.order_by("-created_at", "-pk")[:limit])


def discarded_goals(actor: Actor, *, limit: int = PAGE) -> list[Goal]:
    """What the actor wrote and discarded, the latest first; each can be brought back."""
    own = visible_goals(actor).filter(author=actor.person_id, state=GoalState.DISCARDED)
    return list(own.select_related("owner").order_by("-created_at", "-pk")[:limit])


def team_goals(actor: Actor, *, cursor: str = "", limit: int = PAGE) -> Page[TeamRow]:
    """Who reports to the actor today, by name, with how their goals stand."""
    people = people_reporting_to(actor.person_id, on=actor.on).exclude(pk__in=actor.own_ids)
    page = page_of(people, BY_NAME, cursor=cursor, limit=limit)
    return page.shown_as(lambda found: _team_rows(actor, found))


def without_agreed_goals(
    people: QuerySet[Person], starts_on: date, ends_on: date
) -> QuerySet[Person]:
    """Who among these owns no agreed goal, in force or closed, in this period or a part of it.

    The period is half-open: `ends_on` is the day after its last one. What was dropped does not
    count.
    """
    shares = _shares_of_period(starts_on, ends_on).filter(
        person=OuterRef("pk"), goal__state__in=(GoalState.ACTIVE, GoalState.CLOSED)
    )
    return people.filter(~Exists(shares))


def goals_of_period(person_id: int, starts_on: date, ends_on: date) -> list[PeriodGoal]:
    """The agreed goals of a person that overlap a period, the first due first.

    The period is half-open; the pace of goals in force is as of its last day. Ask it only for whom
    the goals are open.
    """
    shares = (
        _shares_of_period(starts_on, ends_on)
        .filter(person=person_id)
        .select_related("goal__owner", "goal__unit")
        .order_by("goal__due_on", "goal_id")
    )
    last_day = ends_on - timedelta(days=1)
    return [
        PeriodGoal(
            goal=share.goal,
            weight=share.weight,
            score=score_that_counts(share.goal),
            pace=pace_of(share.goal, last_day),
        )
        for share in shares
    ]


def score_that_counts(goal: Goal) -> Decimal | None:
    """Its own score or what was rolled up, as it says; 0 once dropped, none once approved."""
    score = counted_score(goal.rolls_up_from, goal.score, goal.rolled_score)
    return counts_with(score, goal.state, drop_is_approved=goal.drop_is_approved)


def pace_of(goal: Goal, on: date) -> Pace | None:
    """Whether a goal in force is as far as its time on the day; None for any other."""
    if not goal.is_active:
        return None
    score = counted_score(goal.rolls_up_from, goal.score, goal.rolled_score)
    return standing(score, starts_on=goal.starts_on, due_on=goal.due_on, on=on).pace


def needs_weighing(weights: Sequence[int | None]) -> bool:
    """Whether goals in force were weighed once, and do not sum to 100 any more."""
    given = [weight for weight in weights if weight is not None]
    return bool(given) and (len(given) < len(weights) or sum(given) != WHOLE)


def _of(rows: Sequence[GoalRow], state: GoalState) -> tuple[GoalRow, ...]:
    return tuple(row for row in rows if row.goal.state == state)


def _rows(actor: Actor, goals: Sequence[tuple[Goal, int | None]]) -> list[GoalRow]:
    ids = [goal.pk for goal, _weight in goals]
    for_me = _waiting_for(actor, ids)
    proposed = GoalVersion.objects.filter(
        goal__in=ids, proposed_at__isnull=False, agreed_at=None, ended_at=None
    )
    # Who reads the plan alone does not learn that a change of it is talked about.
    open_words = Goal.objects.filter(reads(actor, What.WORDS, formerly=False), pk__in=ids)
    told = set(proposed.filter(goal__in=open_words).values_list("goal_id", flat=True))
    return [
        GoalRow(
            goal=goal,
            weight=weight,
            pace=pace_of(goal, actor.on),
            is_proposed=goal.pk in told,
            waits_for_me=goal.pk in for_me,
        )
        for goal, weight in goals
    ]


def _waiting_for(actor: Actor, goal_ids: Sequence[int]) -> set[int]:
    return set(waiting_for_agreement(actor, among=goal_ids).values_list("pk", flat=True))


def _team_rows(actor: Actor, people: Sequence[Person]) -> list[TeamRow]:
    shares = GoalOwner.objects.on(actor.on).filter(person__in=people)
    live = shares.filter(goal__state__in=(GoalState.PROPOSED, GoalState.ACTIVE))
    by_person: dict[int, list[GoalOwner]] = defaultdict(list)
    for share in live.select_related("goal").order_by("goal__due_on", "goal_id"):
        by_person[share.person_id].append(share)
    closed = shares.filter(goal__state=GoalState.CLOSED).order_by().values("person")
    closed_by = dict(closed.annotate(n=Count("pk")).values_list("person", "n"))
    ids = [share.goal_id for each in by_person.values() for share in each]
    for_me = _waiting_for(actor, ids)
    return [
        _team_row(person, by_person[person.pk], closed_by.get(person.pk, 0), for_me, actor.on)
        for person in people
    ]


def _team_row(
    person: Person, shares: Sequence[GoalOwner], closed: int, for_me: set[int], on: date
) -> TeamRow:
    in_force = [share for share in shares if share.goal.is_active]
    paces = Counter(pace_of(share.goal, on) for share in in_force)
    weights = [share.weight for share in in_force]
    return TeamRow(
        person=person,
        in_force=len(in_force),
        proposed=len(shares) - len(in_force),
        waiting_for_me=sum(share.goal_id in for_me for share in shares),
        closed=closed,
        on_track=paces[Pace.ON_TRACK],
        at_risk=paces[Pace.AT_RISK],
        off_track=paces[Pace.OFF_TRACK],
        no_data=paces[Pace.NO_DATA],
        weight=sum(weight or 0 for weight in weights),
        needs_weighing=needs_weighing(weights),
    )


def _shares_of_period(starts_on: date, ends_on: date) -> DatedQuerySet[GoalOwner]:
    return GoalOwner.objects.overlapping(starts_on, ends_on).filter(
        goal__state__in=AGREED, goal__starts_on__lt=ends_on, goal__due_on__gte=starts_on
    )
