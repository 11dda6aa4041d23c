"""A review as one reader may see it: the same for the page, the preview, the PDF and the API."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from django.db.models import QuerySet

from evenhand.cycles.kinds import RATED_KINDS, QuestionKind, ShownToSubject
from evenhand.cycles.models import Question, ScaleLevel
from evenhand.kernel.acting import Actor
from evenhand.reviews.contents import Contents, contents_of, contents_of_each
from evenhand.reviews.goals_beside import GoalsBeside, goals_beside
from evenhand.reviews.models import Answer, Rating, Review
from evenhand.reviews.overall import Formula, formula_of, needs_a_reason
from evenhand.reviews.policies import visible_reviews


@dataclass(frozen=True, slots=True)
class LevelSheet:
    value: int
    label: str
    descriptor: str


@dataclass(frozen=True, slots=True)
class AnswerSheet:
    """What stands for a question; revision 0 when nothing does."""

    revision: int = 0
    text: str = ""
    rating: int | None = None
    rating_label: str = ""
    rating_means: str = ""
    not_rated: bool = False
    choice: str = ""
    by: str = ""
    saved_at: datetime | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.text or self.choice or self.not_rated) and self.rating is None


@dataclass(frozen=True, slots=True)
class QuestionSheet:
    pk: int
    kind: QuestionKind
    text: str
    guidance: str
    is_required: bool
    is_shown_to_subject: bool
    choices: tuple[str, ...]
    levels: tuple[LevelSheet, ...]
    expected: LevelSheet | None
    answer: AnswerSheet

    @property
    def is_rated(self) -> bool:
        return bool(self.levels)

    @property
    def is_choice(self) -> bool:
        return self.kind == QuestionKind.CHOICE

    @property
    def is_overall(self) -> bool:
        return self.kind == QuestionKind.OVERALL


@dataclass(frozen=True, slots=True)
class SectionSheet:
    title: str
    guidance: str
    weight: int
    shows_goals: bool
    questions: tuple[QuestionSheet, ...]


@dataclass(frozen=True, slots=True)
class OverallSheet:
    """The overall rating. Without a value, too little is rated to say one."""

    value: Decimal | None
    label: str
    formula: str
    percent_rated: Decimal
    is_given_as_a_whole: bool = False
    reason: str = ""
    needs_a_reason: bool = False


@dataclass(frozen=True, slots=True)
class ReviewSheet:
    review: Review
    as_subject: bool
    guidance: str
    highest_level: int
    sections: tuple[SectionSheet, ...]
    overall: OverallSheet | None
    goals: GoalsBeside | None

    @property
    def questions(self) -> tuple[QuestionSheet, ...]:
        return tuple(question for section in self.sections for question in section.questions)

    @property
    def saved_at(self) -> datetime | None:
        """When anything in it was saved last."""
        return max((q.answer.saved_at for q in self.questions if q.answer.saved_at), default=None)

    @property
    def period(self) -> tuple[date, date]:
        return self.review.cycle.period_starts_on, self.review.cycle.period_ends_on


@dataclass(frozen=True, slots=True)
class Pair:
    review: Review
    contents: Contents
    sheet: ReviewSheet
    other: ReviewSheet | None

    @property
    def reviews(self) -> tuple[Review, ...]:
        """Those whose words are shown."""
        return (self.review, self.other.review) if self.other else (self.review,)


def reviews_to_read(actor: Actor) -> QuerySet[Review]:
    """What the actor may read, with whatever a sheet shows of it beside its answers."""
    return (
        visible_reviews(actor)
        .select_related("participation__sign_off", "cycle__version", "subject", "author", "unit")
        .prefetch_related("cycle__stages")
    )


def read_review(
    actor: Actor, review: Review, *, as_subject: bool = False, contents: Contents | None = None
) -> ReviewSheet:
    """The review as this reader sees it, or as its subject will. Found among `reviews_to_read`.

    What is never shown to the person reviewed is left out for them, and so is any overall rating
    from which it could be worked out.
    """
    contents = contents or contents_of(review)
    as_subject = not review.is_self and (as_subject or review.subject_id in actor.own_ids)
    sections = (
        SectionSheet(
            title=part.section.title,
            guidance=part.section.guidance,
            weight=part.section.weight,
            shows_goals=part.section.shows_goals,
            questions=tuple(
                _question(question, contents)
                for question in part.questions
                if not (as_subject and _is_hidden(question))
            ),
        )
        for part in contents.parts
    )
    return ReviewSheet(
        review=review,
        as_subject=as_subject,
        guidance=review.cycle.version.guidance,
        highest_level=max((level.value for level in contents.levels), default=0),
        sections=tuple(section for section in sections if section.questions),
        overall=_overall(contents, as_subject=as_subject),
        goals=goals_beside(review) if contents.shows_goals else None,
    )


def read_both(actor: Actor, pk: int, *, as_subject: bool = False) -> Pair | None:
    """A review and, where it may be read too, the other one of the same person beside it."""
    both = {
        review.pk: review for review in reviews_to_read(actor).filter(participation__reviews=pk)
    }
    if pk not in both:
        return None
    contents = contents_of_each(list(both.values()))
    sheets = {
        key: read_review(actor, review, as_subject=as_subject, contents=contents[key])
        for key, review in both.items()
    }
    return Pair(
        review=both[pk],
        contents=contents[pk],
        sheet=sheets.pop(pk),
        other=next(iter(sheets.values()), None),
    )


def overall_of(contents: Contents) -> OverallSheet:
    """The overall rating as it stands in the answers now, before anything is handed in."""
    formula, holistic = formula_of(contents), contents.holistic
    given = holistic is not None and (holistic.rating is not None or holistic.not_rated)
    value = formula.value
    if given and holistic is not None:
        value = None if holistic.rating is None else Decimal(holistic.rating)
    return OverallSheet(
        value=value,
        label=_label(value, contents.levels),
        formula=str(formula),
        percent_rated=formula.percent_rated,
        is_given_as_a_whole=given,
        reason=holistic.text if given and holistic is not None else "",
        needs_a_reason=needs_a_reason(contents),
    )


def _overall(contents: Contents, *, as_subject: bool) -> OverallSheet | None:
    if not any(part.section.weight and part.rated for part in contents.parts) and not (
        contents.asks_as_a_whole
    ):
        return None
    sheet = overall_of(contents)
    if contents.handed_in is not None:
        sheet = _as_handed_in(sheet, contents.handed_in, contents)
    return _as_the_subject_sees(sheet, contents) if as_subject else sheet


def _as_handed_in(sheet: OverallSheet, rating: Rating, contents: Contents) -> OverallSheet:
    """What was frozen, whatever the answers say later."""
    formula = Formula.from_json(rating.formula)
    return replace(
        sheet,
        value=rating.value,
        label=_label(rating.value, contents.levels),
        formula=str(formula),
        percent_rated=formula.percent_rated,
        reason=rating.reason,
    )


def _as_the_subject_sees(sheet: OverallSheet, contents: Contents) -> OverallSheet | None:
    whole = contents.asks_as_a_whole
    if whole is not None and _is_hidden(whole):
        return None
    counts = (q for part in contents.parts if part.section.weight for q in part.rated)
    if not any(_is_hidden(question) for question in counts):
        return sheet
    if not sheet.is_given_as_a_whole:
        return None
    return replace(sheet, formula="", percent_rated=Decimal(100))


def _is_hidden(question: Question) -> bool:
    return question.shown_to_subject == ShownToSubject.NEVER


def _question(question: Question, contents: Contents) -> QuestionSheet:
    kind = QuestionKind(question.kind)
    takes_levels = kind in RATED_KINDS or kind == QuestionKind.OVERALL
    levels = tuple(_level(level, question.anchors) for level in contents.levels)
    expected = (level for level in levels if level.value == question.expected_level)
    return QuestionSheet(
        pk=question.pk,
        kind=kind,
        text=question.text,
        guidance=question.guidance,
        is_required=question.is_required,
        is_shown_to_subject=not _is_hidden(question),
        choices=tuple(question.choices) if kind == QuestionKind.CHOICE else (),
        levels=levels if takes_levels else (),
        expected=next(expected, None) if takes_levels else None,
        answer=_answer(contents.answers.get(question.pk), levels),
    )


def _level(level: ScaleLevel, anchors: Mapping[str, str]) -> LevelSheet:
    """A level in the words of the competency, or of the scale where the competency has none."""
    descriptor = anchors.get(str(level.value)) or level.descriptor
    return LevelSheet(level.value, level.label, descriptor)


def _answer(answer: Answer | None, levels: tuple[LevelSheet, ...]) -> AnswerSheet:
    if answer is None:
        return AnswerSheet()
    level = next((level for level in levels if level.value == answer.rating), None)
    return AnswerSheet(
        revision=answer.revision,
        text=answer.text,
        rating=answer.rating,
        rating_label=level.label if level else "",
        rating_means=level.descriptor if level else "",
        not_rated=answer.not_rated,
        choice=answer.choice,
        by=answer.author.name,
        saved_at=answer.saved_at,
    )


def _label(value: Decimal | None, levels: tuple[ScaleLevel, ...]) -> str:
    """The words of a level; a value between two levels has none."""
    return next((level.label for level in levels if level.value == value), "")
