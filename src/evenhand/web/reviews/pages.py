"""What the pages of a review show, worked out before the templates show it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render

from evenhand.cycles.kinds import StageKind
from evenhand.kernel.acting import Actor
from evenhand.kernel.verdict import Verdict
from evenhand.people.models import Person
from evenhand.reviews.kinds import ReviewKind
from evenhand.reviews.models import AnswerVersion, Handover, Review, SignOff
from evenhand.reviews.policies import (
    WRITING_STAGE,
    may_hand_over,
    may_reopen,
    may_sign_off,
    may_submit,
    may_write,
)
from evenhand.reviews.reading import Pair, QuestionSheet, ReviewSheet, SectionSheet, read_both
from evenhand.reviews.words import Words
from evenhand.web.http import PersonRequest


@dataclass(frozen=True, slots=True)
class Unsaved:
    """What was written to a question, on which revision it was based, why it is not saved."""

    words: Words
    base: int
    why: Verdict

    def in_place_of(self, question: QuestionSheet) -> QuestionSheet:
        """The question as its author left it, not as it stands."""
        words = self.words
        written = replace(
            question.answer,
            revision=self.base,
            text=words.text,
            rating=words.rating,
            not_rated=words.not_rated,
            choice=words.choice,
        )
        return replace(question, answer=written)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of saving a form: how many answers had changed elsewhere, and what is not saved."""

    lost: int = 0
    unsaved: Mapping[int, Unsaved] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        return not (self.lost or self.unsaved)


ALL_SAVED = Outcome()


@dataclass(frozen=True, slots=True)
class Sided:
    """A question with what both reviews say to it, as far as they may be read."""

    question: QuestionSheet
    sides: tuple[tuple[Review, QuestionSheet], ...]
    unsaved: Unsaved | None = None


def find_both(actor: Actor, pk: int, *, as_subject: bool = False) -> Pair:
    pair = read_both(actor, pk, as_subject=as_subject)
    if pair is None:
        raise Http404
    return pair


def due_on(review: Review) -> date:
    return review.cycle.stage(WRITING_STAGE[ReviewKind(review.kind)]).due_on


def writing_page(
    request: PersonRequest,
    pair: Pair,
    *,
    refused: Verdict | None = None,
    outcome: Outcome = ALL_SAVED,
) -> HttpResponse:
    """The form of the author, with the other review beside it and what is not saved kept in it."""
    parts = written_in(sided(pair.sheet, pair.other), outcome.unsaved)
    context = {
        "review": pair.review,
        "sheet": pair.sheet,
        "other": pair.other,
        "parts": parts,
        "due_on": due_on(pair.review),
        "missing": pair.contents.missing,
        "reopening": pair.review.reopenings.select_related("by").order_by("at", "pk").last(),
        "handover": handover_to(request.actor, pair.review),
        "may_submit": may_submit(request.actor, pair.review, pair.contents),
        "refused": refused,
        "lost": outcome.lost,
        "unsaved": [row.question for _section, rows in parts for row in rows if row.unsaved],
    }
    reasons = [unsaved.why for unsaved in outcome.unsaved.values()]
    status = max(
        (why.ground for why in reasons), default=200 if refused is None else refused.ground
    )
    return render(request, "reviews/writing.html", context, status=status)


def handover_to(actor: Actor, review: Review) -> Handover | None:
    """How the review came to its author, if it was somebody else's before."""
    given = review.handovers.filter(new_author=actor.person_id)
    return given.select_related("former_author").order_by("at", "pk").last()


def reading_page(request: PersonRequest, pair: Pair) -> HttpResponse:
    """A review to read, with the other one beside it question by question."""
    actor, review = request.actor, pair.review
    context = {
        "review": review,
        "sheet": pair.sheet,
        "other": pair.other,
        "parts": sided(pair.sheet, pair.other),
        "last_word": last_word(pair),
        "why_not_writing": may_write(actor, review),
        "is_author": review.author_id == actor.person_id,
        "may_reopen": may_reopen(actor, review),
        "may_hand_over": may_hand_over(actor, review),
        "may_sign_off": not review.is_self and may_sign_off(actor, review.participation),
        "sign_off_due_on": review.cycle.stage(StageKind.SIGN_OFF).due_on,
    }
    return render(request, "reviews/reading.html", context)


def last_word(pair: Pair) -> SignOff | None:
    """What the person reviewed said in the end, for those who may read what it is said to."""
    if pair.review.is_self and (pair.other is None or pair.other.review.is_self):
        return None
    # A reverse one-to-one raises when there is none.
    return getattr(pair.review.participation, "sign_off", None)


def sided(sheet: ReviewSheet, other: ReviewSheet | None) -> list[tuple[SectionSheet, list[Sided]]]:
    """The sections of a review, each question with the answers of both authors side by side."""
    there = {question.pk: question for question in other.questions} if other else {}
    return [
        (
            section,
            [
                Sided(question, _sides(sheet, question, other, there.get(question.pk)))
                for question in section.questions
            ],
        )
        for section in sheet.sections
    ]


def written_in(
    parts: list[tuple[SectionSheet, list[Sided]]], unsaved: Mapping[int, Unsaved]
) -> list[tuple[SectionSheet, list[Sided]]]:
    """The same sections, with what could not be saved in the place of what stands."""

    def written(row: Sided) -> Sided:
        left = unsaved.get(row.question.pk)
        if left is None:
            return row
        return replace(row, question=left.in_place_of(row.question), unsaved=left)

    return [(section, [written(row) for row in rows]) for section, rows in parts]


def _sides(
    sheet: ReviewSheet, own: QuestionSheet, other: ReviewSheet | None, theirs: QuestionSheet | None
) -> tuple[tuple[Review, QuestionSheet], ...]:
    sides = ((sheet.review, own),)
    if other is None or theirs is None or theirs.answer.is_empty:
        return sides
    return (*sides, (other.review, theirs))


def versions_of(review: Review) -> QuerySet[AnswerVersion]:
    """What was written before, the latest first."""
    people = Prefetch("author", Person.objects.all())
    found = AnswerVersion.objects.filter(review=review).select_related("question__section")
    return found.prefetch_related(people).order_by("-saved_at", "-pk")
