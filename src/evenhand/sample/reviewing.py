"""Who reviewed whom in a round, what they wrote, when they handed it in, and how it ended."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from random import Random

from evenhand.cycles.kinds import StageKind
from evenhand.reviews.kinds import ReviewKind, ReviewState, SignOffDecision
from evenhand.sample.answering import Material, answers, overall, with_whole
from evenhand.sample.chances import happens
from evenhand.sample.form import Ask
from evenhand.sample.happenings import Circle, happenings
from evenhand.sample.moments import minutes_before, moment, moment_between
from evenhand.sample.organization import InventedPerson, Organization, on
from evenhand.sample.planning import (
    PlannedHandover,
    PlannedParticipation,
    PlannedReopening,
    PlannedReview,
    PlannedSignOff,
)
from evenhand.sample.rounds import Round
from evenhand.sample.staging import Staged, staged
from evenhand.sample.tempers import Tempers
from evenhand.sample.writing import MANAGER, Writer, state

DRAFT, SUBMITTED = ReviewState.DRAFT, ReviewState.SUBMITTED
LOW = 3
AWAY_LONG = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class _Case:
    """One person in one round: who writes about them, and from what."""

    person: InventedPerson
    manager: InventedPerson
    facts: Mapping[str, str]
    own: Mapping[Ask, int]
    given: Mapping[Ask, int]
    was_away: bool
    gone_on: date | None


class Reviewing:
    """The reviews of one round, drawn one participation after the other."""

    def __init__(
        self, organization: Organization, round_: Round, tempers: Tempers, rng: Random
    ) -> None:
        self.organization = organization
        self.round = round_
        self.tempers = tempers
        self.rng = rng
        self.now = organization.today if round_.is_running else round_.stages[-1].due_on
        self.released_at = self._release()

    def participations(self) -> Iterator[PlannedParticipation]:
        for person in self.organization.people:
            if self.takes_part(person):
                yield self._participation(person)

    def takes_part(self, person: InventedPerson) -> bool:
        """The rule of the cycle, asked on the day of the launch. The chief has no manager."""
        day = self.round.launched_on
        employment = on(person.employments, day)
        return (
            employment is not None
            and employment.starts_on < self.round.hired_before
            and person.manager_on(day) is not None
        )

    def _release(self) -> datetime | None:
        if self.round.is_running:
            return None
        return moment(self.round.stage(StageKind.RELEASE).opens_on, self.rng)

    @cached_property
    def _staged(self) -> Staged:
        if not self.round.is_running:
            return {}
        return staged(self.organization, self.round.hired_before)

    @cached_property
    def _colleagues(self) -> Mapping[int, list[InventedPerson]]:
        teams: dict[int, list[InventedPerson]] = {}
        for person in self.organization.people:
            if person.works_on(self.round.launched_on):
                teams.setdefault(person.posts[-1].unit, []).append(person)
        return teams

    def _participation(self, person: InventedPerson) -> PlannedParticipation:
        case = self._case(person)
        post = person.post_on(self.round.launched_on)
        assert post is not None  # noqa: S101  # whoever takes part has one
        given = self._given(case)
        part = PlannedParticipation(
            person=person.key,
            unit=post.unit,
            title=post.title,
            grade=post.grade,
            country=post.country,
            joined_at=self.round.launched_at,
            own=self._own(case),
            given=given,
        )
        if case.gone_on is not None:
            because = state("moved_on", case.facts, person.pronouns, self.rng)
            return replace(
                part, withdrawn_at=moment(case.gone_on, self.rng), withdrawn_because=because
            )
        if self.released_at is None or given.state != SUBMITTED:
            return part
        return replace(part, released_at=self.released_at, sign_off=self._sign_off(case, given))

    def _case(self, person: InventedPerson) -> _Case:
        launched = self.round.launched_on
        first = person.manager_on(launched)
        manager = person.manager_on(self._written_on)
        assert first is not None  # noqa: S101  # whoever takes part has one
        author = self.organization.people[first if manager is None else manager]
        own, given = self.tempers.both_ratings(person, author.key, self.rng)
        circle = Circle(_called(author), self._peer(person, author))
        left = person.left_on
        before = self.released_at.date() if self.released_at else self.now
        return _Case(
            person=person,
            manager=author,
            facts=happenings(person, circle, self.round.written_about, self.rng),
            own=own,
            given=given,
            was_away=any(
                leave.ends_on - leave.starts_on > AWAY_LONG
                and leave.starts_on < launched
                and leave.ends_on > self.round.period_starts_on
                for leave in person.leaves
            ),
            gone_on=left if left is not None and launched < left <= before else None,
        )

    @property
    def _written_on(self) -> date:
        """The day by which a manager review is written, as far as one can know today."""
        return min(self.round.stage(StageKind.MANAGER_REVIEW).due_on, self.now)

    def _peer(self, person: InventedPerson, author: InventedPerson) -> str:
        team = self._colleagues.get(person.posts[-1].unit, [])
        others = [p for p in team if p.key not in {person.key, author.key}]
        return _called(self.rng.choice(others or self.organization.people))

    def _own(self, case: _Case) -> PlannedReview:
        stage = self.round.stage(StageKind.SELF_REVIEW)
        key, pronouns = case.person.key, case.person.pronouns
        how = self._staged.get((key, ReviewKind.SELF)) or self._own_state(case)
        at = self._handed_in(stage.opens_on, stage.due_on, late=9)
        material = Material(case.facts, pronouns, case.own, at)
        return PlannedReview(
            kind=ReviewKind.SELF,
            author=key,
            state=how,
            answers=answers(ReviewKind.SELF, how, material, self.rng),
            submitted_at=at if how == SUBMITTED else None,
        )

    def _own_state(self, case: _Case) -> ReviewState:
        if case.gone_on is not None or case.person.is_away_on(self.round.launched_on):
            return ReviewState.NOT_STARTED
        if happens(86 if self.round.is_running else 96, self.rng):
            return SUBMITTED
        return DRAFT if happens(62, self.rng) else ReviewState.NOT_STARTED

    def _given(self, case: _Case) -> PlannedReview:
        stage = self.round.stage(StageKind.MANAGER_REVIEW)
        how = self._staged.get((case.person.key, ReviewKind.MANAGER)) or self._given_state(case)
        handover = self._handover(case)
        opens_on = max(stage.opens_on, handover.at.date()) if handover else stage.opens_on
        at = self._handed_in(opens_on, stage.due_on, late=6)
        material = Material(case.facts, case.person.pronouns, case.given, at, case.was_away)
        review = PlannedReview(
            kind=ReviewKind.MANAGER,
            author=case.manager.key,
            state=how,
            answers=answers(ReviewKind.MANAGER, how, material, self.rng),
            handover=handover,
        )
        return self._finished(review, material) if how == SUBMITTED else review

    def _finished(self, review: PlannedReview, material: Material) -> PlannedReview:
        given = overall(material, review.answers, self.rng)
        at = minutes_before(material.saved_at, 60, self.rng)
        return replace(
            review,
            answers=with_whole(review.answers, given, at),
            submitted_at=material.saved_at,
            overall=given,
            reopening=self._reopening(material),
        )

    def _given_state(self, case: _Case) -> ReviewState:
        if case.gone_on is not None:
            return ReviewState.NOT_STARTED
        if not self.round.is_running:
            return SUBMITTED if happens(99, self.rng) else DRAFT
        if case.manager.is_away_on(self.now):
            return ReviewState.NOT_STARTED
        if happens(90 * self.tempers.diligence[case.manager.key], self.rng):
            return SUBMITTED
        return DRAFT if happens(45, self.rng) else ReviewState.NOT_STARTED

    def _handed_in(self, opens_on: date, due_on: date, *, late: float) -> datetime:
        """Between opening and the due day, now and then some days after; never in the future."""
        yesterday = self.now - timedelta(days=1)
        if happens(late, self.rng) and due_on < yesterday:
            days = self.rng.randint(1, min(9, (yesterday - due_on).days))
            return moment(due_on + timedelta(days=days), self.rng)
        return moment_between(opens_on, min(due_on, yesterday), self.rng)

    def _reopening(self, material: Material) -> PlannedReopening | None:
        """That some hand in too early, and say why they open the review again."""
        if not happens(2.5, self.rng):
            return None
        before = material.saved_at - timedelta(hours=self.rng.randint(3, 60))
        writer = Writer(MANAGER, material.facts, material.pronouns, self.rng)
        return PlannedReopening(
            submitted_at=minutes_before(before, 600, self.rng),
            reopened_at=before,
            reason=state("reopened", material.facts, material.pronouns, self.rng),
            former_text=writer.on("results", material.ratings[Ask.RESULTS_RATING]),
        )

    def _handover(self, case: _Case) -> PlannedHandover | None:
        """A review follows its subject to a new manager while the cycle runs."""
        first = case.person.manager_on(self.round.launched_on)
        if first is None or first == case.manager.key:
            return None
        line = on(case.person.managers, self._written_on)
        assert line is not None  # noqa: S101  # the new manager has one
        former = self.organization.people[first]
        left = former.left_on is not None and former.left_on <= self._written_on
        kind = "reviewer_left" if left else "handed_over"
        reason = state(kind, case.facts, case.person.pronouns, self.rng)
        return PlannedHandover(first, moment(line.starts_on, self.rng), reason)

    def _sign_off(self, case: _Case, given: PlannedReview) -> PlannedSignOff | None:
        if case.person.left_on is not None and case.person.left_on <= self.now:
            return None
        rating = given.overall.value if given.overall else LOW
        stage = self.round.stage(StageKind.SIGN_OFF)
        decision, comment = SignOffDecision.SIGNED, ""
        if happens(9 if rating < LOW else 0.7, self.rng):
            decision = SignOffDecision.DECLINED
            comment = state("declined", case.facts, case.person.pronouns, self.rng)
        elif happens(9, self.rng):
            return None
        elif happens(42, self.rng):
            comment = state("signed", case.facts, case.person.pronouns, self.rng)
        return PlannedSignOff(
            decision, comment, moment_between(stage.opens_on, stage.due_on, self.rng)
        )


def _called(person: InventedPerson) -> str:
    return person.given_name.split(" ")[0]
