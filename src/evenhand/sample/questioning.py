"""The review form as it stands in the database, and what its ratings come to."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from typing import Any

from evenhand.cycles.models import Question, TemplateVersion
from evenhand.cycles.templates import write_template
from evenhand.kernel.acting import Actor
from evenhand.reviews.contents import Contents, Part, is_asked
from evenhand.reviews.kinds import ReviewKind
from evenhand.reviews.models import Answer
from evenhand.reviews.overall import formula_of
from evenhand.sample.form import ANNUAL_REVIEW, NAME, PURPOSE, RATED, Ask

Ratings = tuple[int | None, ...]
Result = tuple[Decimal | None, dict[str, Any]]
"""An overall rating, and the formula behind it as it is kept."""


@dataclass(slots=True)
class Form:
    """A version of a template whose questions are known by what they ask."""

    version: TemplateVersion
    questions: dict[Ask, Question]
    parts: dict[ReviewKind, tuple[Part, ...]]
    _results: dict[tuple[ReviewKind, Ratings], Result] = field(default_factory=dict)

    @classmethod
    def read(cls, version: TemplateVersion) -> "Form":
        order = ("section__place", "section_id", "place", "pk")
        asked = Question.objects.filter(section__version=version).select_related("section")
        questions = list(asked.order_by(*order))
        return cls(
            version=version,
            questions=dict(zip(Ask, questions, strict=True)),
            parts={kind: tuple(_parts(kind, questions)) for kind in ReviewKind},
        )

    def result(self, kind: ReviewKind, ratings: Ratings) -> Result:
        """What the ratings, in the order of RATED, come to. There are only so many combinations."""
        key = kind, ratings
        if key not in self._results:
            formula = formula_of(self._contents(kind, ratings))
            self._results[key] = formula.value, formula.as_json()
        return self._results[key]

    def _contents(self, kind: ReviewKind, ratings: Sequence[int | None]) -> Contents:
        asked = (self.questions[ask].pk for ask in RATED)
        answers = {key: Answer(rating=rating) for key, rating in zip(asked, ratings, strict=True)}
        return Contents(levels=(), parts=self.parts[kind], answers=answers, handed_in=None)


def _parts(kind: ReviewKind, questions: Iterable[Question]) -> Iterator[Part]:
    asked = (question for question in questions if is_asked(question, kind))
    for section, found in groupby(asked, key=attrgetter("section")):
        yield Part(section, tuple(found))


def write_form(*, by: Actor, at: datetime) -> Form:
    version = write_template(NAME, purpose=PURPOSE, parts=ANNUAL_REVIEW, by=by, at=at)
    return Form.read(version)
