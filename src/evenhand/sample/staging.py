"""What those one can sign in as find in the running cycle, whatever chance would have given them.

The employee is in the middle of the self review. The manager has written two reviews, begun one
and left the others; the manager's own self review is late, and so is one from the team.
"""

from datetime import date

from evenhand.reviews.kinds import ReviewKind, ReviewState
from evenhand.sample.organization import InventedPerson, Organization

WRITTEN = 2
Staged = dict[tuple[int, ReviewKind], ReviewState]


def staged(organization: Organization, hired_before: date) -> Staged:
    employee, manager, second_level = (sign_in.person for sign_in in organization.sign_ins[:3])
    team = _team(organization, manager, employee, hired_before)
    states: Staged = {(person.key, ReviewKind.SELF): ReviewState.SUBMITTED for person in team}
    for place, person in enumerate(team):
        states[person.key, ReviewKind.MANAGER] = _begun(place)
    if team:
        states[team[-1].key, ReviewKind.SELF] = ReviewState.NOT_STARTED
    states[employee, ReviewKind.SELF] = ReviewState.DRAFT
    states[employee, ReviewKind.MANAGER] = ReviewState.NOT_STARTED
    states[manager, ReviewKind.SELF] = ReviewState.DRAFT
    states[second_level, ReviewKind.SELF] = ReviewState.SUBMITTED
    return states


def _team(
    organization: Organization, manager: int, employee: int, hired_before: date
) -> list[InventedPerson]:
    """Those who report to the manager all the while, besides the employee."""
    return [
        person
        for person in organization.reports_of(manager, organization.today)
        if person.key != employee
        and person.hired_on < hired_before
        and not person.is_away_on(organization.today)
    ]


def _begun(place: int) -> ReviewState:
    if place < WRITTEN:
        return ReviewState.SUBMITTED
    return ReviewState.DRAFT if place == WRITTEN else ReviewState.NOT_STARTED
