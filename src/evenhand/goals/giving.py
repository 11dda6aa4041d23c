"""One goal for many people: whom one can give it to, and who of those chosen gets it.

A manager gives to the people below them; specialists and HR partners to those in their care.
Nobody gives a goal to themself, and nobody is given what they already have.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.db import models
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from evenhand.goals.drafts import GoalDraft
from evenhand.goals.kinds import GoalState, Scope
from evenhand.goals.limits import rules_in_force
from evenhand.goals.models import Goal, GoalBatch, GoalOwner
from evenhand.goals.policies import WRITE_FOR_OTHERS
from evenhand.goals.wording import likeness
from evenhand.jobs.models import Job
from evenhand.kernel.acting import Actor
from evenhand.kernel.verdict import ALLOWED, Ground, Verdict
from evenhand.people.kinds import LineKind
from evenhand.people.models import Employment, ManagementChain, Person, Position, ReportingLine
from evenhand.people.queries import BY_NAME
from evenhand.people.visibility import stands_below, works_within

MOST_RECIPIENTS = 10_000
AT_ONCE = 20
GIVE, TAKE_BACK = "goals.giving", "goals.taking_back"

NOBODY_TO_GIVE_TO = Verdict(
    "nobody_to_give_to",
    _("You can give goals to people below you or in your care, and there is nobody."),
)
NOT_YOUR_BATCH = Verdict("not_your_batch", _("Only who prepared this can go on with it."))
GIVEN_ALREADY = Verdict(
    "given_already",
    _("This goal was given already. Prepare another one, or take this one back."),
    Ground.WHEN,
)
NOT_GIVEN = Verdict(
    "not_given", _("This goal was not given yet, so there is nothing to take back."), Ground.WHEN
)
BATCH_TAKEN_BACK = Verdict(
    "batch_taken_back", _("This was taken back already. Prepare another one."), Ground.WHEN
)
FOR_ONE_PERSON_EACH = Verdict(
    "for_one_person_each",
    _("Only a goal of one person can be given to many: each of them gets their own."),
    Ground.WHAT,
)


class Why(models.TextChoices):
    """Why somebody who was chosen does not get a goal."""

    NOT_EMPLOYED = "not_employed", _("Does not work here today")
    ONESELF = "oneself", _("You write your own goals yourself")
    NOT_IN_REACH = "not_in_reach", _("Neither below you nor in your care")
    FULL = "full", _("Has as many goals in force as the rules allow")
    HAS_IT = "has_it", _("Has a goal in these words already")


@dataclass(frozen=True, slots=True)
class Chosen:
    """Whom a goal is meant for: by name, whole teams by their managers, units with all below, jobs.

    A person is meant who is in any of them.
    """

    people: tuple[int, ...] = ()
    teams: tuple[int, ...] = ()
    units: tuple[int, ...] = ()
    families: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.people or self.teams or self.units or self.families or self.titles)

    @classmethod
    def of(cls, batch: GoalBatch) -> "Chosen":
        return cls(**{name: tuple(values) for name, values in batch.chosen.items()})


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody who was chosen and does not get the goal, and why."""

    person: Person
    why: Why


@dataclass(frozen=True, slots=True)
class GivingPlan:
    """Who gets a goal and who does not, by name."""

    gets: tuple[Person, ...]
    left_out: tuple[LeftOut, ...]
    are_too_many: bool = False


def may_give_goals(actor: Actor) -> Verdict:
    """Who has people below them or in their care."""
    if actor.holds(*WRITE_FOR_OTHERS):
        return ALLOWED
    below = ManagementChain.objects.on(actor.on).filter(ancestor=actor.person_id, depth__gte=1)
    return ALLOWED if below.exists() else NOBODY_TO_GIVE_TO


def may_prepare(actor: Actor, batch: GoalBatch) -> Verdict:
    """Who prepares a batch changes it until it is given."""
    if batch.by_id != actor.person_id:
        return NOT_YOUR_BATCH
    return may_give_goals(actor) and (GIVEN_ALREADY if batch.given_at else ALLOWED)


def may_go_on(actor: Actor, batch: GoalBatch) -> Verdict:
    """Who gave a goal goes on where giving it was interrupted."""
    if batch.by_id != actor.person_id:
        return NOT_YOUR_BATCH
    if not batch.given_at:
        return NOT_GIVEN
    return BATCH_TAKEN_BACK if batch.taken_back_at else ALLOWED


def may_take_back_batch(actor: Actor, batch: GoalBatch) -> Verdict:
    """Who gave a goal takes it back from all who have not agreed yet."""
    if batch.by_id != actor.person_id:
        return NOT_YOUR_BATCH
    return ALLOWED if batch.given_at else NOT_GIVEN


def may_be_given(draft: GoalDraft) -> Verdict:
    """Each gets a goal of their own."""
    is_own = draft.scope == Scope.PERSON and not draft.co_owner_ids and not draft.shared_with
    return ALLOWED if is_own else FOR_ONE_PERSON_EACH


def visible_batches(actor: Actor) -> QuerySet[GoalBatch]:
    """What one prepared or gave oneself. Each goal in it is seen like any other."""
    return GoalBatch.objects.filter(by=actor.person_id)


def people_in_reach(actor: Actor) -> QuerySet[Person]:
    """To whom one can give goals."""
    reach = Q(stands_below(actor.person_id, on=actor.on))
    if actor.holds_everywhere(*WRITE_FOR_OTHERS):
        reach = Q()
    elif units := actor.units_as(*WRITE_FOR_OTHERS):
        reach |= Q(works_within(units, on=actor.on))
    employed = Employment.objects.on(actor.on).values("person")
    return Person.objects.filter(reach, pk__in=employed).exclude(pk__in=actor.own_ids)


def plan_of_giving(
    actor: Actor, draft: GoalDraft, chosen: Chosen, batch: GoalBatch | None = None
) -> GivingPlan:
    """Who of those chosen gets the goal today. Who has it from this very batch gets it no more."""
    rows = _meant(actor, chosen).order_by(*BY_NAME)[: MOST_RECIPIENTS + 1]
    people = list(rows)
    are_too_many, people = len(people) > MOST_RECIPIENTS, people[:MOST_RECIPIENTS]
    reasons = _reasons(actor, draft, [person.pk for person in people], batch)
    return GivingPlan(
        gets=tuple(person for person in people if person.pk not in reasons),
        left_out=tuple(
            LeftOut(person, reasons[person.pk]) for person in people if person.pk in reasons
        ),
        are_too_many=are_too_many,
    )


def job_families(actor: Actor) -> list[str]:
    """The job families held by people one can give goals to."""
    return _held(actor, "job_family")


def job_titles(actor: Actor) -> list[str]:
    """The titles held by people one can give goals to."""
    return _held(actor, "title")


def goals_of_batch(batch: GoalBatch) -> QuerySet[Goal]:
    return Goal.objects.filter(batch=batch)


def work_on(batch: GoalBatch) -> Job | None:
    """The last job that gives the goal to people or takes it back, if there was any."""
    jobs = Job.objects.filter(kind__in=(GIVE, TAKE_BACK), arguments__batch_id=batch.pk)
    return jobs.order_by("-pk").first()


def still_to_come(batch: GoalBatch) -> list[int]:
    """Who was to get the goal and neither has it nor was left out."""
    known = set(goals_of_batch(batch).values_list("owner", flat=True))
    known |= {person_id for person_id, _why in batch.left_out}
    return [person_id for person_id in batch.recipients if person_id not in known]


def _held(actor: Actor, column: str) -> list[str]:
    held = Position.objects.on(actor.on).filter(person__in=people_in_reach(actor))
    words = held.exclude(**{column: ""}).order_by(column).values_list(column, flat=True)
    return list(words.distinct()[:500])


def _meant(actor: Actor, chosen: Chosen) -> QuerySet[Person]:
    """Those named, and of teams, units and jobs those in reach."""
    among = Q()
    if chosen.teams:
        lines = ReportingLine.objects.on(actor.on).filter(kind=LineKind.PRIMARY)
        among |= Q(pk__in=lines.filter(manager__in=chosen.teams).values("person"))
    if chosen.units:
        among |= Q(works_within(chosen.units, on=actor.on))
    held = Position.objects.on(actor.on)
    if chosen.families:
        among |= Q(pk__in=held.filter(job_family__in=chosen.families).values("person"))
    if chosen.titles:
        among |= Q(pk__in=held.filter(title__in=chosen.titles).values("person"))
    named = Q(pk__in=chosen.people)
    if not among:
        return Person.objects.filter(named)
    reached = people_in_reach(actor).filter(among).values("pk")
    return Person.objects.filter(named | Q(pk__in=reached))


def _reasons(
    actor: Actor, draft: GoalDraft, ids: Collection[int], batch: GoalBatch | None
) -> dict[int, Why]:
    """Why each of these does not get it; the most telling reason where there are several."""
    employed = Employment.objects.on(actor.on).filter(person__in=ids)
    works_here = set(employed.values_list("person", flat=True))
    reach = set(people_in_reach(actor).filter(pk__in=ids).values_list("pk", flat=True))
    found: dict[int, Why] = {}
    for person_id in _with_the_same_words(draft, ids, batch, actor):
        found[person_id] = Why.HAS_IT
    for person_id in _full(ids, actor):
        found[person_id] = Why.FULL
    for person_id in ids:
        if person_id not in works_here:
            found[person_id] = Why.NOT_EMPLOYED
        elif person_id in actor.own_ids:
            found[person_id] = Why.ONESELF
        elif person_id not in reach:
            found[person_id] = Why.NOT_IN_REACH
    return found


def _full(ids: Iterable[int], actor: Actor) -> list[int]:
    shares = GoalOwner.objects.on(actor.on).filter(person__in=ids, goal__state=GoalState.ACTIVE)
    counted = shares.order_by().values("person").annotate(n=Count("pk"))
    most = rules_in_force().most_goals
    return list(counted.filter(n__gte=most).values_list("person", flat=True))


def _with_the_same_words(
    draft: GoalDraft, ids: Iterable[int], batch: GoalBatch | None, actor: Actor
) -> Iterator[int]:
    """Who owns a goal of the same time, proposed or in force, in nearly the same words."""
    shares = GoalOwner.objects.on(actor.on).filter(
        person__in=ids,
        goal__state__in=(GoalState.PROPOSED, GoalState.ACTIVE),
        goal__starts_on__lte=draft.due_on,
        goal__due_on__gte=draft.starts_on,
    )
    rows = shares.values_list("person", "goal__outcome", "goal__batch")
    for person_id, outcome, batch_id in rows.order_by("pk"):
        is_from_here = batch is not None and batch_id == batch.pk
        if is_from_here or likeness(draft.outcome, outcome).is_near_copy:
            yield person_id
