"""In a very large organization most reviews are short, so that the sample is soon ready."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from evenhand.sample.organization import Organization
from evenhand.sample.planning import PlannedParticipation, PlannedReview

LARGE = 2_500
ONE_IN = 25
_FIRST_SENTENCE = re.compile(r".+?[.!?](?= |$)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Brevity:
    """Whose reviews are kept in full: those around the people one can sign in as, and a sample."""

    in_full: frozenset[int] | None

    @classmethod
    def fit(cls, organization: Organization) -> "Brevity":
        if len(organization.people) < LARGE:
            return cls(None)
        return cls(frozenset(_around_sign_ins(organization)))

    def shorten(self, part: PlannedParticipation) -> PlannedParticipation:
        if self.in_full is None or part.person in self.in_full or part.person % ONE_IN == 0:
            return part
        return replace(part, own=_shortened(part.own), given=_shortened(part.given))


def _around_sign_ins(organization: Organization) -> Iterator[int]:
    """They, those who share their manager, and those below them down to the second level."""
    today = organization.today
    managers = {person.key: person.manager_on(today) for person in organization.people}
    keys = {sign_in.person for sign_in in organization.sign_ins}
    circle = keys | {managers[key] for key in keys}
    for key, manager in managers.items():
        above = None if manager is None else managers[manager]
        if key in keys or manager in circle or above in keys:
            yield key


def _shortened(review: PlannedReview) -> PlannedReview:
    answers = tuple(
        replace(answer, text=first_sentence(answer.text)) if answer.text else answer
        for answer in review.answers
    )
    return replace(review, answers=answers)


def first_sentence(text: str) -> str:
    found = _FIRST_SENTENCE.match(text)
    return found[0] if found else text
