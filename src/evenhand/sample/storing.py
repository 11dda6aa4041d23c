"""Stores planned participations with their reviews, as the product would have left them behind."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain

from evenhand.cycles.models import Cycle, Participation
from evenhand.kernel.bulk import insert_rows
from evenhand.reviews.kinds import ReviewState, SignOffDecision
from evenhand.reviews.models import (
    Answer,
    AnswerVersion,
    Handover,
    Rating,
    Reopening,
    Review,
    SignOff,
)
from evenhand.sample.keeping import Deed
from evenhand.sample.planning import PlannedParticipation, PlannedReview
from evenhand.sample.questioning import Form
from evenhand.sample.staffing import Staff
from evenhand.sample.submitting import ANSWER, FORMER_ANSWER, RATING, Filed, Row

PARTICIPATION = (
    *("cycle", "person", "unit", "title", "grade", "country"),
    *("joined_at", "withdrawn_at", "withdrawn_because"),
)
REVIEW = (
    *("participation", "cycle", "subject", "unit"),
    *("kind", "author", "state", "submitted_at"),
)
HANDOVER = ("review", "former_author", "new_author", "by", "at", "reason")

Stored = list[tuple[int, PlannedParticipation, list[Filed]]]


@dataclass(slots=True)
class Archive:
    """Stores one round, some people at a time, and gathers what is to stand in the trail."""

    cycle: Cycle
    form: Form
    staff: Staff
    deeds: list[Deed] = field(default_factory=list)

    def store(self, parts: list[PlannedParticipation]) -> None:
        stored = self._file(parts)
        filed = [review for _key, _part, reviews in stored for review in reviews]
        handed_in = [f for f in filed if f.plan.state == ReviewState.SUBMITTED]
        each = chain.from_iterable
        insert_rows(Answer, ANSWER, each(f.answers(self.form) for f in filed))
        insert_rows(AnswerVersion, FORMER_ANSWER, each(f.former_answers(self.form) for f in filed))
        insert_rows(Rating, RATING, each(f.ratings(self.form) for f in handed_in))
        self._store_events(stored)
        for key, part, reviews in stored:
            self.deeds.extend(self._of_participation(key, part))
            for review in reviews:
                self.deeds.extend(self._of_review(review, part))

    def _file(self, parts: list[PlannedParticipation]) -> Stored:
        """Make the participations and the reviews, and learn their keys."""
        people, units = self.staff.known.people, self.staff.known.units
        insert_rows(Participation, PARTICIPATION, (self._participation(part) for part in parts))
        found = Participation.objects.filter(
            cycle=self.cycle, person__in=[people[part.person] for part in parts]
        )
        keys = dict(found.values_list("person", "pk"))
        rows = (
            (
                *(keys[people[part.person]], self.cycle.pk, people[part.person], units[part.unit]),
                *(review.kind, people[review.author], review.state, review.submitted_at),
            )
            for part in parts
            for review in (part.own, part.given)
        )
        insert_rows(Review, REVIEW, rows)
        made = Review.objects.filter(participation__in=keys.values())
        columns = ("pk", "participation_id", "kind")
        reviews = {(part, kind): pk for pk, part, kind in made.values_list(*columns)}
        return [
            (
                key := keys[people[part.person]],
                part,
                [
                    self._filed(reviews[key, review.kind], review, part)
                    for review in (part.own, part.given)
                ],
            )
            for part in parts
        ]

    def _participation(self, part: PlannedParticipation) -> Row:
        known = self.staff.known
        return (
            *(self.cycle.pk, known.people[part.person], known.units[part.unit]),
            *(part.title, str(part.grade), part.country),
            *(part.joined_at, part.withdrawn_at, part.withdrawn_because),
        )

    def _filed(self, key: int, review: PlannedReview, part: PlannedParticipation) -> Filed:
        name = f"{review.kind.label} of {self._name(part.person)}"
        return Filed(key, self.staff.known.people[review.author], review, name)

    def _store_events(self, stored: Stored) -> None:
        people = self.staff.known.people
        filed = [review for _key, _part, reviews in stored for review in reviews]
        reopened = [(f, f.plan.reopening) for f in filed]
        insert_rows(
            Reopening,
            ("review", "by", "at", "reason"),
            ((f.key, f.author, r.reopened_at, r.reason) for f, r in reopened if r),
        )
        insert_rows(
            Handover,
            HANDOVER,
            (
                (f.key, people[h.former_author], f.author, self._carer(part), h.at, h.reason)
                for _key, part, reviews in stored
                for f in reviews
                if (h := f.plan.handover)
            ),
        )
        insert_rows(
            SignOff,
            ("participation", "decision", "comment", "by", "at"),
            (
                (key, part.sign_off.decision, part.sign_off.comment, people[part.person], at)
                for key, part, _reviews in stored
                if part.sign_off and (at := part.sign_off.at)
            ),
        )

    def _of_participation(self, key: int, part: PlannedParticipation) -> Iterator[Deed]:
        what = ("cycles.participation", key, f"{self._name(part.person)} in {self.cycle.name}")
        if part.withdrawn_at:
            yield Deed(part.withdrawn_at, "participation.withdrawn", what, self._care(part))
        if part.sign_off:
            declined = part.sign_off.decision == SignOffDecision.DECLINED
            code = "review.declined" if declined else "review.signed"
            facts: dict[str, object] = {"has_comment": bool(part.sign_off.comment)}
            yield Deed(part.sign_off.at, code, what, self._who(part.person), facts)

    def _of_review(self, filed: Filed, part: PlannedParticipation) -> Iterator[Deed]:
        what, plan = ("reviews.review", filed.key, filed.name), filed.plan
        author, kind = self._who(plan.author), {"kind": plan.kind.value}
        if plan.handover:
            former = self.staff.known.people[plan.handover.former_author]
            facts = {"from": former, "to": filed.author, "answers_kept": 0}
            yield Deed(plan.handover.at, "review.handed_over", what, self._care(part), {**facts})
        if plan.reopening:
            kept = {"answers_kept": len(plan.answers)}
            yield Deed(plan.reopening.submitted_at, "review.submitted", what, author, {**kind})
            yield Deed(plan.reopening.reopened_at, "review.reopened", what, author, {**kept})
        if plan.submitted_at:
            yield Deed(plan.submitted_at, "review.submitted", what, author, {**kind})

    def _carer(self, part: PlannedParticipation) -> int:
        return self._care(part)[0]

    def _care(self, part: PlannedParticipation) -> tuple[int, str]:
        carer = self.staff.carer_of(part.unit, part.joined_at.date())
        return carer.person_id, carer.name

    def _who(self, person: int) -> tuple[int, str]:
        return self.staff.known.people[person], self._name(person)

    def _name(self, person: int) -> str:
        return self.staff.organization.people[person].name
