"""A manager's people and how far their reviews are: states and dates, never words."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from django.db.models import Count, Q, QuerySet

from evenhand.cycles.kinds import CycleState
from evenhand.cycles.models import Cycle, Participation
from evenhand.kernel.acting import Actor
from evenhand.kernel.paging import Page, page_of
from evenhand.people.kinds import LineKind
from evenhand.people.models import ManagementChain, Person, Position, ReportingLine
from evenhand.people.searching import plain_words
from evenhand.reviews.kinds import ReviewKind, ReviewState, SignOffDecision
from evenhand.reviews.models import Review
from evenhand.reviews.policies import visible_reviews


class Reach(StrEnum):
    """Whom a manager looks at: who reports to them, or everyone below."""

    DIRECT = "direct"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one review is; `review_id` only when the reader may open it."""

    state: ReviewState
    author_id: int
    author: str
    review_id: int | None


@dataclass(frozen=True, slots=True)
class TeamRow:
    person_id: int
    name: str
    title: str
    unit: str
    is_matrix: bool
    takes_part: bool
    own: Progress | None
    manager: Progress | None
    is_released: bool
    decision: SignOffDecision | None


@dataclass(frozen=True, slots=True)
class TeamProgress:
    """How many of a manager's people are how far in a cycle."""

    people: int
    self_submitted: int
    manager_submitted: int
    released: int
    signed_off: int


def cycles_of_team() -> list[Cycle]:
    """The cycles a manager can look at, the running ones first."""
    known = Cycle.objects.filter(state__in=[CycleState.OPEN, CycleState.CLOSED])
    return sorted(known.order_by("-period_starts_on", "-pk")[:20], key=lambda c: not c.is_open)


def running_cycle() -> Cycle | None:
    """The latest cycle that runs now."""
    return Cycle.objects.filter(state=CycleState.OPEN).order_by("-period_starts_on", "-pk").first()


def team(
    actor: Actor,
    cycle: Cycle | None,
    *,
    words: str = "",
    reach: Reach = Reach.DIRECT,
    cursor: str = "",
) -> Page[TeamRow]:
    """The actor's people by name, with the state of their reviews in the cycle."""
    people = members(actor, cycle, reach)
    for word in plain_words(words):
        people = people.filter(search_text__contains=f" {word}")
    found = page_of(people, ("family_name", "given_name", "pk"), cursor=cursor)
    return found.shown_as(partial(_rows, actor, cycle))


def members(actor: Actor, cycle: Cycle | None, reach: Reach) -> QuerySet[Person]:
    """Who reports to the actor, and whom the actor reviews in the cycle."""
    chains = ManagementChain.objects.on(actor.on).filter(ancestor=actor.person_id, depth__gte=1)
    if reach == Reach.DIRECT:
        chains = chains.filter(depth=1)
    matrix = ReportingLine.objects.on(actor.on).filter(
        manager=actor.person_id, kind=LineKind.MATRIX
    )
    theirs = Review.objects.filter(author=actor.person_id, kind=ReviewKind.MANAGER, cycle=cycle)
    found = (
        chains.order_by()
        .values("descendant")
        .union(matrix.order_by().values("person"), theirs.order_by().values("subject"))
    )
    return Person.objects.filter(pk__in=found).exclude(pk__in=actor.own_ids)


def team_progress(actor: Actor, cycle: Cycle) -> TeamProgress:
    """One query over the participations of who reports to the actor."""
    parts = Participation.objects.filter(
        cycle=cycle,
        withdrawn_at=None,
        person__in=members(actor, cycle, Reach.DIRECT).order_by().values("pk"),
    )
    handed_in = Q(reviews__state=ReviewState.SUBMITTED)
    own, manager = (
        handed_in & Q(reviews__kind=kind) for kind in (ReviewKind.SELF, ReviewKind.MANAGER)
    )
    counts = parts.aggregate(
        people=Count("pk", distinct=True),
        self_submitted=Count("pk", filter=own, distinct=True),
        manager_submitted=Count("pk", filter=manager, distinct=True),
        released=Count("pk", filter=Q(released_at__isnull=False), distinct=True),
        signed_off=Count("sign_off", distinct=True),
    )
    return TeamProgress(**counts)


def _rows(actor: Actor, cycle: Cycle | None, people: Sequence[Person]) -> list[TeamRow]:
    """Five queries for all the people of a page together."""
    keys = [person.pk for person in people]
    places = Position.objects.on(actor.on).filter(person__in=keys).select_related("unit")
    positions = {position.person_id: position for position in places}
    lines = ReportingLine.objects.on(actor.on).filter(
        manager=actor.person_id, kind=LineKind.MATRIX, person__in=keys
    )
    matrix = set(lines.values_list("person_id", flat=True))
    parts = Participation.objects.filter(cycle=cycle, person__in=keys, withdrawn_at=None)
    taking_part = {part.person_id: part for part in parts.select_related("sign_off")}
    progress = _progress(actor, cycle, keys)
    return [
        _row(person, positions.get(person.pk), taking_part.get(person.pk), progress, matrix)
        for person in people
    ]


def _progress(
    actor: Actor, cycle: Cycle | None, keys: Sequence[int]
) -> dict[tuple[int, str], Progress]:
    reviews = Review.objects.filter(cycle=cycle, subject__in=keys, participation__withdrawn_at=None)
    readable = set(
        visible_reviews(actor).filter(cycle=cycle, subject__in=keys).values_list("pk", flat=True)
    )
    return {
        (review.subject_id, review.kind): Progress(
            state=ReviewState(review.state),
            author_id=review.author_id,
            author=review.author.name,
            review_id=review.pk if review.pk in readable else None,
        )
        for review in reviews.select_related("author")
    }


def _row(
    person: Person,
    position: Position | None,
    part: Participation | None,
    progress: dict[tuple[int, str], Progress],
    matrix: set[int],
) -> TeamRow:
    manager = progress.get((person.pk, ReviewKind.MANAGER))
    # The last word is for those who may read the review to which it is said.
    may_read = manager is not None and manager.review_id is not None
    # A reverse one-to-one raises when there is none.
    last_word = getattr(part, "sign_off", None) if may_read else None
    return TeamRow(
        person_id=person.pk,
        name=person.name,
        title=position.title if position else "",
        unit=position.unit.name if position else "",
        is_matrix=person.pk in matrix,
        takes_part=part is not None,
        own=progress.get((person.pk, ReviewKind.SELF)),
        manager=manager,
        is_released=part is not None and part.is_released,
        decision=SignOffDecision(last_word.decision) if last_word else None,
    )
