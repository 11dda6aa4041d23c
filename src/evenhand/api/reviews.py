from datetime import datetime
from decimal import Decimal

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Query, Router, Status

from evenhand.api.problems import REFUSALS, Problem
from evenhand.api.schemas import ApiRequest, Id, PageOf, PageQuery, Strict
from evenhand.cycles.models import Question
from evenhand.kernel.acting import Actor
from evenhand.kernel.paging import page_of
from evenhand.reviews.actions import record_reading, submit_review
from evenhand.reviews.answering import Conflict, save_answer
from evenhand.reviews.kinds import ReviewKind, ReviewState
from evenhand.reviews.models import Review
from evenhand.reviews.reading import OverallSheet, ReviewSheet, read_review, reviews_to_read
from evenhand.reviews.words import Words

router = Router()
LONGEST_SENT = 100_000


class PersonNamed(Strict):
    id: int
    name: str


class ReviewOut(Strict):
    id: int
    cycle_id: int
    kind: ReviewKind
    state: ReviewState
    subject: PersonNamed
    author: PersonNamed
    submitted_at: datetime | None
    released_at: datetime | None


class AnswerOut(Strict):
    question_id: int
    section: str
    weight: int
    kind: str
    question: str
    is_required: bool
    revision: int
    text: str
    rating: int | None
    not_rated: bool
    choice: str


class OverallOut(Strict):
    """The overall rating with the way it came about; `value` is null when too little is rated."""

    value: Decimal | None
    label: str
    formula: str


class ReviewInFull(ReviewOut):
    answers: list[AnswerOut]
    overall: OverallOut | None


class AnswerIn(Strict):
    """What to put for a question. `base` is the revision it was based on, 0 for the first."""

    base: int = Field(ge=0, le=2**31 - 1)
    text: str = Field("", max_length=LONGEST_SENT)
    rating: int | None = Field(None, ge=0, le=32767)
    not_rated: bool = False
    choice: str = Field("", max_length=200)


class SavedOut(Strict):
    revision: int
    saved_at: datetime


class Standing(Strict):
    """What stands instead: somebody saved in between. What was sent is kept as a version."""

    code: str = "conflict"
    revision: int
    text: str
    rating: int | None
    not_rated: bool
    choice: str
    by: str
    saved_at: datetime


class ReviewQuery(PageQuery):
    cycle: Id | None = None
    kind: ReviewKind | None = None
    state: ReviewState | None = None


@router.get("", response={200: PageOf[ReviewOut], **REFUSALS}, summary="Reviews")
def reviews(request: ApiRequest, query: Query[ReviewQuery]) -> PageOf[ReviewOut]:
    """The reviews that may be read, oldest first."""
    page = page_of(_filtered(request.auth, query), ["id"], cursor=query.cursor, limit=query.limit)
    return PageOf(items=[shown(review) for review in page.rows], next_cursor=page.next_cursor)


@router.get("{review_id}", response={200: ReviewInFull, **REFUSALS}, summary="One review")
def review(request: ApiRequest, review_id: Id) -> ReviewInFull:
    """A review with the answers and ratings its reader may see. Reading by role is recorded."""
    review = get_object_or_404(reviews_to_read(request.auth), pk=review_id)
    record_reading(review, by=request.auth, at=timezone.now())
    return shown_in_full(read_review(request.auth, review))


@router.put(
    "{review_id}/answers/{question_id}",
    response={**REFUSALS, 200: SavedOut, 409: Standing | Problem},
    summary="Save an answer",
)
def answer(
    request: ApiRequest, review_id: Id, question_id: Id, sent: AnswerIn
) -> Status[SavedOut | Standing]:
    """Save what the author says to one question. Nothing is overwritten: see `base`."""
    review = get_object_or_404(reviews_to_read(request.auth), pk=review_id)
    saved = save_answer(
        review,
        Question(pk=question_id),
        words=Words(sent.text, sent.rating, sent.not_rated, sent.choice),
        base=sent.base,
        tab="api",
        by=request.auth,
        at=timezone.now(),
    )
    if isinstance(saved, Conflict):
        return Status(409, _standing(saved))
    return Status(200, SavedOut(revision=saved.revision, saved_at=saved.saved_at))


@router.post(
    "{review_id}/submission", response={200: ReviewOut, **REFUSALS}, summary="Submit a review"
)
def submission(request: ApiRequest, review_id: Id) -> ReviewOut:
    """Hand a finished review in. From here on its words no longer change."""
    review = get_object_or_404(reviews_to_read(request.auth), pk=review_id)
    submit_review(review, by=request.auth, at=timezone.now())
    return shown(get_object_or_404(reviews_to_read(request.auth), pk=review_id))


def shown(review: Review) -> ReviewOut:
    return ReviewOut(
        id=review.pk,
        cycle_id=review.cycle_id,
        kind=ReviewKind(review.kind),
        state=ReviewState(review.state),
        subject=PersonNamed(id=review.subject_id, name=review.subject.name),
        author=PersonNamed(id=review.author_id, name=review.author.name),
        submitted_at=review.submitted_at,
        released_at=review.participation.released_at,
    )


def shown_in_full(sheet: ReviewSheet) -> ReviewInFull:
    answers = [
        AnswerOut(
            question_id=question.pk,
            section=section.title,
            weight=section.weight,
            kind=question.kind,
            question=question.text,
            is_required=question.is_required,
            revision=question.answer.revision,
            text=question.answer.text,
            rating=question.answer.rating,
            not_rated=question.answer.not_rated,
            choice=question.answer.choice,
        )
        for section in sheet.sections
        for question in section.questions
    ]
    basics = shown(sheet.review).model_dump()
    return ReviewInFull(**basics, answers=answers, overall=_overall(sheet.overall))


def _overall(overall: OverallSheet | None) -> OverallOut | None:
    if overall is None:
        return None
    return OverallOut(value=overall.value, label=overall.label, formula=overall.formula)


def _filtered(actor: Actor, query: ReviewQuery) -> QuerySet[Review]:
    rows = reviews_to_read(actor)
    wanted = {"cycle": query.cycle, "kind": query.kind, "state": query.state}
    return rows.filter(**{name: value for name, value in wanted.items() if value is not None})


def _standing(conflict: Conflict) -> Standing:
    return Standing(
        revision=conflict.revision,
        text=conflict.theirs.text,
        rating=conflict.theirs.rating,
        not_rated=conflict.theirs.not_rated,
        choice=conflict.theirs.choice,
        by=conflict.by,
        saved_at=conflict.at,
    )
