"""A review as a whole: the questions put to its author, and what stands for each of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from evenhand.cycles.kinds import RATED_KINDS, AnsweredBy, QuestionKind
from evenhand.cycles.models import Question, ScaleLevel, Section
from evenhand.reviews.kinds import RatingOrigin, ReviewKind
from evenhand.reviews.models import Answer, Rating, Review


@dataclass(frozen=True, slots=True)
class Part:
    """A section with the questions in it that this author answers."""

    section: Section
    questions: tuple[Question, ...]

    @property
    def rated(self) -> tuple[Question, ...]:
        return tuple(q for q in self.questions if q.kind in RATED_KINDS)


@dataclass(frozen=True, slots=True)
class Contents:
    levels: tuple[ScaleLevel, ...]
    parts: tuple[Part, ...]
    answers: dict[int, Answer]
    handed_in: Rating | None
    """The overall rating as it was frozen, while the review is submitted."""

    @property
    def questions(self) -> Iterator[Question]:
        return (question for part in self.parts for question in part.questions)

    @property
    def rated(self) -> Iterator[Question]:
        """Whatever takes a level of the scale."""
        scaled = RATED_KINDS | {QuestionKind.OVERALL}
        return (question for question in self.questions if question.kind in scaled)

    @property
    def shows_goals(self) -> bool:
        """Whether the person's goals stand beside any section of the form."""
        return any(part.section.shows_goals for part in self.parts)

    @property
    def holistic(self) -> Answer | None:
        """The overall rating given as a whole, if the template asks for one and it was given."""
        question = self.asks_as_a_whole
        return self.answers.get(question.pk) if question else None

    @property
    def asks_as_a_whole(self) -> Question | None:
        return next((q for q in self.questions if q.kind == QuestionKind.OVERALL), None)

    @property
    def missing(self) -> tuple[Question, ...]:
        """The required questions that are not answered yet."""
        return tuple(
            q for q in self.questions if q.is_required and not is_answered(q, self.answers)
        )


def is_answered(question: Question, answers: dict[int, Answer]) -> bool:
    answer = answers.get(question.pk)
    if answer is None:
        return False
    if question.kind == QuestionKind.TEXT:
        return answer.length > 0
    if question.kind == QuestionKind.CHOICE:
        return bool(answer.choice)
    return answer.rating is not None or answer.not_rated


def contents_of(review: Review) -> Contents:
    """Four queries, however long the review is."""
    return contents_of_each([review])[review.pk]


def contents_of_each(reviews: Sequence[Review]) -> dict[int, Contents]:
    """The contents of reviews of one cycle by their keys, in four queries for all together."""
    version = reviews[0].cycle.version_id
    questions = questions_of(version)
    levels = tuple(ScaleLevel.objects.filter(version=version))
    answers: dict[int, dict[int, Answer]] = {review.pk: {} for review in reviews}
    for answer in Answer.objects.filter(review__in=reviews).select_related("author"):
        answers[answer.review_id][answer.question_id] = answer
    given = Rating.objects.filter(review__in=reviews, question=None, origin=RatingOrigin.GIVEN)
    overall = {rating.review_id: rating for rating in given.order_by("number")}
    return {
        review.pk: Contents(
            levels=levels,
            parts=tuple(parts_for(ReviewKind(review.kind), questions)),
            answers=answers[review.pk],
            handed_in=overall.get(review.pk) if review.is_submitted else None,
        )
        for review in reviews
    }


def questions_of(version: int) -> list[Question]:
    """The questions of a template version with their sections, in the order of the form."""
    asked = Question.objects.filter(section__version=version).select_related("section")
    return list(asked.order_by("section__place", "section_id", "place", "pk"))


def parts_for(kind: ReviewKind, questions: Iterable[Question]) -> Iterator[Part]:
    """The sections that ask this kind of author anything, from questions in their order."""
    asked = (question for question in questions if is_asked(question, kind))
    for section, found in groupby(asked, key=attrgetter("section")):
        yield Part(section, tuple(found))


def is_asked(question: Question, kind: ReviewKind) -> bool:
    """Whether this kind of author answers the question."""
    return question.answered_by in {AnsweredBy.BOTH, kind.value}
