"""The rows that one planned review leaves behind: what stands, what stood before, what it rates."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from evenhand.reviews.kinds import KeptBecause, RatingOrigin
from evenhand.sample.form import RATED, Ask
from evenhand.sample.planning import PlannedAnswer, PlannedReview
from evenhand.sample.questioning import Form

Row = tuple[object, ...]

ANSWER = (
    *("review", "question", "revision", "text", "length"),
    *("rating", "not_rated", "choice", "author", "saved_at", "tab"),
)
FORMER_ANSWER = (
    *("review", "question", "revision", "kept_because", "text"),
    *("rating", "not_rated", "choice", "author", "saved_at"),
)
RATING = (
    *("review", "question", "origin", "number", "value"),
    *("formula", "reason", "author", "given_at"),
)
REWRITTEN = Ask.RESULTS


@dataclass(frozen=True, slots=True)
class Filed:
    """A planned review with its own key, its author's, and what it is called in the trail."""

    key: int
    author: int
    plan: PlannedReview
    name: str

    def answers(self, form: Form) -> Iterator[Row]:
        for answer in self.plan.answers:
            question, length = form.questions[answer.ask].pk, len(answer.text.strip())
            revision, saved_at = self._revised(answer)
            said = (answer.text, length, answer.rating, answer.not_rated, answer.choice)
            yield (self.key, question, revision, *said, self.author, saved_at, "")

    def former_answers(self, form: Form) -> Iterator[Row]:
        """What had been handed in before the review was opened again."""
        again = self.plan.reopening
        if again is None:
            return
        for answer in self.plan.answers:
            text = again.former_text if answer.ask == REWRITTEN else answer.text
            question, because = form.questions[answer.ask].pk, KeptBecause.REOPENED
            said = (text, answer.rating, answer.not_rated, answer.choice)
            yield (self.key, question, 1, because, *said, self.author, self._first_saved(answer))

    def ratings(self, form: Form) -> Iterator[Row]:
        """Every rating as often as it was handed in, and the overall rating with its formula."""
        given = {a.ask: a.rating for a in self.plan.answers if a.ask in (*RATED, Ask.WHOLE)}
        weighted, formula = form.result(self.plan.kind, tuple(given.get(ask) for ask in RATED))
        overall = self.plan.overall
        whole, reason = given.get(Ask.WHOLE), overall.reason if overall else ""
        value = weighted if whole is None else whole
        for number, at in enumerate(self._handed_in(), start=1):
            version = (RatingOrigin.GIVEN, number)
            for ask, rating in given.items():
                question = form.questions[ask].pk
                yield (self.key, question, *version, rating, {}, "", self.author, at)
            yield (self.key, None, *version, value, formula, reason, self.author, at)

    def _handed_in(self) -> Iterator[datetime]:
        if self.plan.reopening:
            yield self.plan.reopening.submitted_at
        if self.plan.submitted_at:
            yield self.plan.submitted_at

    def _revised(self, answer: PlannedAnswer) -> tuple[int, datetime]:
        again, handed_in = self.plan.reopening, self.plan.submitted_at
        if again is None or handed_in is None:
            return 1, answer.saved_at
        if answer.ask != REWRITTEN:
            return 1, self._first_saved(answer)
        return 2, max(answer.saved_at, again.reopened_at + (handed_in - again.reopened_at) / 2)

    def _first_saved(self, answer: PlannedAnswer) -> datetime:
        """The answers that did not change are as old as the first version of the review."""
        again, handed_in = self.plan.reopening, self.plan.submitted_at
        assert again is not None  # noqa: S101  # asked of reopened reviews only
        assert handed_in is not None  # noqa: S101
        return answer.saved_at - (handed_in - again.submitted_at)
