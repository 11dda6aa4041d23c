from dataclasses import dataclass
from datetime import date

from django.db.models import Case, DateField, OuterRef, Q, QuerySet, Subquery, Value, When

from evenhand.cycles.kinds import CycleState, StageKind
from evenhand.cycles.models import Participation, Stage
from evenhand.kernel.acting import Actor
from evenhand.kernel.paging import Page, page_of
from evenhand.kernel.periods import FOREVER
from evenhand.reviews.kinds import ReviewKind, ReviewState, SignOffDecision
from evenhand.reviews.models import Review
from evenhand.reviews.policies import WRITING_STAGE

SHOWN_ON_HOME = 20


@dataclass(frozen=True, slots=True)
class ToWrite:
    """A review that waits for its author."""

    review_id: int
    kind: ReviewKind
    state: ReviewState
    person: str
    cycle: str
    opens_on: date
    due_on: date
    is_late: bool

    @property
    def is_self(self) -> bool:
        return self.kind == ReviewKind.SELF

    @property
    def is_begun(self) -> bool:
        return self.state != ReviewState.NOT_STARTED


@dataclass(frozen=True, slots=True)
class ToSign:
    """A released review that waits for the last word of the person reviewed."""

    participation_id: int
    review_id: int
    cycle: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for somebody now, and what is still to come."""

    to_write: tuple[ToWrite, ...]
    to_sign: tuple[ToSign, ...]
    to_come: tuple[ToWrite, ...]
    are_more: bool


@dataclass(frozen=True, slots=True)
class OwnReview:
    """One cycle in which somebody was or is reviewed."""

    participation_id: int
    cycle: str
    period_starts_on: date
    period_ends_on: date
    is_running: bool
    is_withdrawn: bool
    is_released: bool
    self_id: int | None
    self_state: ReviewState | None
    manager_id: int | None
    decision: SignOffDecision | None


@dataclass(frozen=True, slots=True)
class WrittenReview:
    """A manager review that somebody writes or wrote."""

    review_id: int
    person: str
    cycle: str
    state: ReviewState
    is_released: bool


def waiting_for(actor: Actor) -> Waiting:
    """Two queries, whatever waits."""
    rows = [_to_write(review, actor.on) for review in _unfinished(actor)[: SHOWN_ON_HOME + 1]]
    shown = rows[:SHOWN_ON_HOME]
    return Waiting(
        to_write=tuple(row for row in shown if row.opens_on <= actor.on),
        to_sign=() if actor.is_delegate else tuple(_to_sign(actor)),
        to_come=tuple(row for row in shown if row.opens_on > actor.on),
        are_more=len(rows) > SHOWN_ON_HOME,
    )


def _unfinished(actor: Actor) -> QuerySet[Review]:
    reviews = Review.objects.filter(
        author=actor.person_id,
        cycle__state=CycleState.OPEN,
        participation__withdrawn_at=None,
        participation__released_at=None,
    ).exclude(state=ReviewState.SUBMITTED)
    if actor.is_delegate:
        reviews = reviews.filter(kind=ReviewKind.MANAGER).exclude(subject__in=actor.own_ids)
    return (
        reviews.select_related("subject", "cycle")
        .annotate(opens_on=_of_the_stage("opens_on"), due_on=_of_the_stage("due_on"))
        .order_by("due_on", "-kind", "subject__search_text", "pk")
    )


def _of_the_stage(day: str) -> Case:
    """A day of the stage in which a kind of review is written."""
    return Case(
        *(
            When(
                kind=kind,
                then=Subquery(
                    Stage.objects.filter(cycle=OuterRef("cycle"), kind=stage).values(day)[:1]
                ),
            )
            for kind, stage in WRITING_STAGE.items()
        ),
        default=Value(FOREVER),
        output_field=DateField(),
    )


def _to_write(review: Review, today: date) -> ToWrite:
    # `opens_on` and `due_on` are annotated above.
    opens_on: date = getattr(review, "opens_on")  # noqa: B009
    due_on: date = getattr(review, "due_on")  # noqa: B009
    return ToWrite(
        review_id=review.pk,
        kind=ReviewKind(review.kind),
        state=ReviewState(review.state),
        person=review.subject.name,
        cycle=review.cycle.name,
        opens_on=opens_on,
        due_on=due_on,
        is_late=due_on < today,
    )


def _to_sign(actor: Actor) -> list[ToSign]:
    due = Stage.objects.filter(cycle=OuterRef("cycle"), kind=StageKind.SIGN_OFF)
    waiting = (
        Review.objects.filter(
            subject=actor.person_id,
            kind=ReviewKind.MANAGER,
            state=ReviewState.SUBMITTED,
            participation__released_at__isnull=False,
            participation__withdrawn_at=None,
            participation__sign_off=None,
        )
        .annotate(due_on=Subquery(due.values("due_on")[:1]))
        .order_by("-participation__released_at", "pk")
        .values_list("participation_id", "pk", "cycle__name", "due_on")
    )
    return [ToSign(*row) for row in waiting]


def my_reviews(actor: Actor) -> list[OwnReview]:
    """Every cycle in which the person took part, the latest first."""
    reviews = Review.objects.filter(participation=OuterRef("pk"))
    own, managers = (reviews.filter(kind=kind) for kind in (ReviewKind.SELF, ReviewKind.MANAGER))
    parts = (
        Participation.objects.filter(person=actor.person_id)
        .exclude(cycle__state=CycleState.LAUNCHING)
        .select_related("cycle", "sign_off")
        .annotate(
            self_id=Subquery(own.values("pk")[:1]),
            self_state=Subquery(own.values("state")[:1]),
            manager_id=Subquery(managers.filter(state=ReviewState.SUBMITTED).values("pk")[:1]),
        )
        .order_by("-cycle__period_starts_on", "-pk")
    )
    return [
        OwnReview(
            participation_id=part.pk,
            cycle=part.cycle.name,
            period_starts_on=part.cycle.period_starts_on,
            period_ends_on=part.cycle.period_ends_on,
            is_running=part.cycle.is_open,
            is_withdrawn=part.withdrawn_at is not None,
            is_released=part.is_released,
            self_id=part.self_id,
            self_state=part.self_state and ReviewState(part.self_state),
            manager_id=part.manager_id if part.is_released else None,
            decision=_decision(part),
        )
        for part in parts
    ]


def _decision(part: Participation) -> SignOffDecision | None:
    # A reverse one-to-one raises when there is none.
    last_word = getattr(part, "sign_off", None)
    return SignOffDecision(last_word.decision) if last_word else None


def written_reviews(actor: Actor, *, cursor: str = "", limit: int = 25) -> Page[WrittenReview]:
    """The manager reviews this person writes or wrote, the latest cycle first."""
    about_others = ~Q(subject__in=actor.own_ids)
    reviews = Review.objects.filter(
        about_others, author=actor.person_id, kind=ReviewKind.MANAGER
    ).select_related("subject", "cycle", "participation")
    order = ("-cycle__period_starts_on", "-cycle_id", "subject__search_text", "pk")
    found = page_of(reviews, order, cursor=cursor, limit=limit)
    return found.shown_as(
        lambda rows: [
            WrittenReview(
                review_id=review.pk,
                person=review.subject.name,
                cycle=review.cycle.name,
                state=ReviewState(review.state),
                is_released=review.participation.is_released,
            )
            for review in rows
        ]
    )
