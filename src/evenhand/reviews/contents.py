"""A review as a whole: the questions put to its author, and what stands for each of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from evenhand.cycles.kinds import RATED_KINDS, AnsweredBy, QuestionKind
from evenhand.cycles.models import Question, ScaleLevel, Section
from evenhand.reviews.kinds import ReviewKind
from evenhand.reviews.models import Answer, Review


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

    @property
    def questions(self) -> Iterator[Question]:
        return (question for part in self.parts for question in part.questions)

    @property
    def rated(self) -> Iterator[Question]:
        """Whatever takes a level of the scale."""
        scaled = RATED_KINDS | {QuestionKind.OVERALL}
        return (question for question in self.questions if question.kind in scaled)

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
    version = review.cycle.version_id
    sections = Section.objects.filter(version=version).prefetch_related("questions")
    answers = Answer.objects.filter(review=review).select_related("author")
    return Contents(
        levels=tuple(ScaleLevel.objects.filter(version=version)),
        parts=tuple(parts_for(ReviewKind(review.kind), sections)),
        answers={answer.question_id: answer for answer in answers},
    )


def parts_for(kind: ReviewKind, sections: Iterable[Section]) -> Iterator[Part]:
    """The sections that ask this kind of author anything."""
    for section in sections:
        asked = tuple(q for q in section.questions.all() if is_asked(q, kind))
        if asked:
            yield Part(section, asked)


def is_asked(question: Question, kind: ReviewKind) -> bool:
    """Whether this kind of author answers the question."""
    return question.answered_by in {AnsweredBy.BOTH, kind.value}
