"""Saving an answer, many times a minute, from as many tabs as an author has open.

Whoever saves says on which revision the words were based. If another save came between, nothing is
overwritten: the author is shown both, and the words that lost are kept. A save is one short
transaction with two statements when nothing unusual happens.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from evenhand.cycles.kinds import QuestionKind
from evenhand.cycles.models import Question, ScaleLevel
from evenhand.kernel.acting import Actor
from evenhand.kernel.verdict import ALLOWED, Ground, Refused, Verdict
from evenhand.reviews.contents import is_asked
from evenhand.reviews.kinds import KeptBecause, ReviewKind, ReviewState
from evenhand.reviews.models import Answer, AnswerVersion, Review
from evenhand.reviews.policies import may_write
from evenhand.reviews.words import Words

LONGEST = 20_000
LONGEST_TAB = 40
ALIKE_AMONG = 20

NOT_ASKED = Verdict("not_asked", _("This question is not part of this review."), Ground.WHAT)
TOO_LONG = Verdict(
    "too_long",
    _("This answer is longer than 20,000 characters. Shorten it a little and it is saved."),
    Ground.WHAT,
)
NOT_A_LEVEL = Verdict("not_a_level", _("The rating scale has no such level."), Ground.WHAT)
NOT_BOTH = Verdict(
    "not_both", _("An answer has either a rating or “cannot be rated”, not both."), Ground.WHAT
)
NOT_A_CHOICE = Verdict(
    "not_a_choice", _("This is not one of the answers to choose from."), Ground.WHAT
)
NOT_RATED_HERE = Verdict("not_rated_here", _("This question is not rated."), Ground.WHAT)


@dataclass(frozen=True, slots=True)
class Saved:
    revision: int
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody saved in between; `theirs` is what stands. What was sent is kept as a version."""

    revision: int
    theirs: Words
    by: str
    at: datetime


def save_answer(  # noqa: PLR0913  # the words, what they are based on, and where they come from
    review: Review,
    question: Question,
    *,
    words: Words,
    base: int,
    tab: str,
    by: Actor,
    at: datetime,
) -> Saved | Conflict:
    """Put these words for the question, if they are based on what stands. Both are named by key."""
    words = words.cleaned()
    with transaction.atomic():
        standing = _find_answer(review.pk, question.pk)
        if standing is None:
            review = lock_review(review.pk)
            standing = _find_answer(review.pk, question.pk)  # another save may have been quicker
        else:
            review = standing.review
        may_write(by, review).enforce()
        asked = standing.question if standing else _find_question(review, question.pk)
        former = Words.of(standing)
        if words != former:
            _fits(words, former, asked).enforce()
        new = Answer(
            review=review,
            question=asked,
            author_id=by.person_id,
            tab=tab[:LONGEST_TAB],
            saved_at=at,
            text=words.text,
            length=words.length,
            rating=words.rating,
            not_rated=words.not_rated,
            choice=words.choice,
        )
        return _begin(new) if standing is None else _continue(standing, new, base)


def save_answers(
    review: Review, said: Iterable[tuple[Question, Words, int]], *, by: Actor, at: datetime
) -> dict[int, Saved | Conflict | Verdict]:
    """Save the words for each question, based on a revision; by question, what came of it.

    An answer that is refused keeps no other from being saved. Only a stranger is refused as such.
    """
    outcomes: dict[int, Saved | Conflict | Verdict] = {}
    for question, words, base in said:
        try:
            outcomes[question.pk] = save_answer(
                review, question, words=words, base=base, tab="", by=by, at=at
            )
        except Refused as refusal:
            if refusal.verdict.ground == Ground.WHO:
                raise
            outcomes[question.pk] = refusal.verdict
    return outcomes


def _find_answer(review: int, question: int) -> Answer | None:
    """What stands, its question and its review, in one statement: most saves need no other.

    Only the review is locked, as everywhere, so that nobody waits crosswise. What stands may have
    changed while this waited for the lock; the revision tells.
    """
    return (
        Answer.objects.select_for_update(of=("review",), no_key=True)
        .select_related("review__participation", "review__cycle", "question")
        .filter(review=review, question=question)
        .first()
    )


def lock_review(pk: int) -> Review:
    """The review with what policies ask, so that it is not submitted or released meanwhile.

    A row is read anew after waiting only if it is locked itself: so the participation is, too.
    """
    return (
        Review.objects.select_for_update(of=("self", "participation"), no_key=True)
        .select_related("participation", "cycle")
        .get(pk=pk)
    )


def _begin(new: Answer) -> Saved:
    """The first words for a question. An empty field is not yet an answer."""
    if Words.of(new) == Words():
        return Saved(0, new.saved_at)
    new.save(force_insert=True)
    Review.objects.filter(pk=new.review_id, state=ReviewState.NOT_STARTED).update(
        state=ReviewState.DRAFT
    )
    return Saved(new.revision, new.saved_at)


def _continue(standing: Answer, new: Answer, base: int) -> Saved | Conflict:
    words, former = Words.of(new), Words.of(standing)
    if words == former:
        return Saved(standing.revision, standing.saved_at)
    if standing.revision != base or not _replace(standing, new):
        return _keep_apart(new, Answer.objects.select_related("author").get(pk=standing.pk))
    if not words.continues(former):
        keep_words(standing, standing.revision, KeptBecause.REPLACED)
    return Saved(standing.revision + 1, new.saved_at)


def _keep_apart(new: Answer, standing: Answer) -> Conflict:
    """The words that came too late are kept, and what stands is told."""
    keep_words(new, standing.revision, KeptBecause.CONFLICT)
    theirs = Words.of(standing)
    return Conflict(standing.revision, theirs, standing.author.name, standing.saved_at)


def _replace(standing: Answer, new: Answer) -> bool:
    """Raise the revision by one, unless it was raised meanwhile."""
    changed = Answer.objects.filter(pk=standing.pk, revision=standing.revision).update(
        revision=F("revision") + 1,
        text=new.text,
        length=new.length,
        rating=new.rating,
        not_rated=new.not_rated,
        choice=new.choice,
        author_id=new.author_id,
        tab=new.tab,
        saved_at=new.saved_at,
    )
    return changed == 1


def keep_words(answer: Answer, revision: int, because: KeptBecause) -> None:
    """Keep what the answer says as a version of its own, unless one of the latest says the same.

    Only the latest are looked at: somebody who rewrites much leaves very many.
    """
    words = Words.of(answer)
    alike = AnswerVersion.objects.filter(
        review=answer.review_id,
        question=answer.question_id,
        rating=words.rating,
        not_rated=words.not_rated,
        choice=words.choice,
    ).order_by("-pk")[:ALIKE_AMONG]
    if words == Words() or any(Words.of(version) == words for version in alike):
        return
    version_of(answer, revision, because).save(force_insert=True)


def version_of(answer: Answer, revision: int, because: KeptBecause) -> AnswerVersion:
    return AnswerVersion(
        review_id=answer.review_id,
        question_id=answer.question_id,
        revision=revision,
        kept_because=because,
        text=answer.text,
        rating=answer.rating,
        not_rated=answer.not_rated,
        choice=answer.choice,
        author_id=answer.author_id,
        saved_at=answer.saved_at,
    )


def _find_question(review: Review, question_id: int) -> Question:
    version = review.cycle.version_id
    question = Question.objects.filter(pk=question_id, section__version=version).first()
    if question is None or not is_asked(question, ReviewKind(review.kind)):
        raise Refused(NOT_ASKED)
    return question


def _fits(words: Words, former: Words, question: Question) -> Verdict:
    """Whether these words can be an answer to this question."""
    rates = question.kind not in {QuestionKind.TEXT, QuestionKind.CHOICE}
    if len(words.text) > LONGEST:
        return TOO_LONG
    if words.choice and words.choice not in question.choices:
        return NOT_A_CHOICE
    if not rates and (words.rating is not None or words.not_rated):
        return NOT_RATED_HERE
    if words.rating is not None and words.not_rated:
        return NOT_BOTH
    if words.rating in {None, former.rating} or _is_level(words.rating, question):
        return ALLOWED
    return NOT_A_LEVEL


def _is_level(rating: int | None, question: Question) -> bool:
    levels = ScaleLevel.objects.filter(version__sections=question.section_id)
    return rating in levels.values_list("value", flat=True)
