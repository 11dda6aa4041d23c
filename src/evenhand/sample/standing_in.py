"""One manager of the sample is on leave just now, and a colleague stands in."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta

from evenhand.sample.organization import InventedPerson, Organization, Spell

GONE_SINCE, BACK_IN = timedelta(days=9), timedelta(days=26)


@dataclass(frozen=True, slots=True)
class StandIn:
    """Who does whose work, and when; both by key."""

    principal: int
    delegate: int
    starts_on: date
    ends_on: date


def send_one_manager_away(organization: Organization) -> tuple[Organization, StandIn | None]:
    """The organization with a lead on leave beside the manager one can sign in as, if it has one.

    The manager stands in, so that there is something to do on somebody's behalf.
    """
    delegate = organization.sign_ins[1].person
    principal = _colleague(organization, organization.people[delegate])
    if principal is None:
        return organization, None
    today = organization.today
    away = Spell(today - GONE_SINCE, today + BACK_IN)
    resting = replace(principal, leaves=(*principal.leaves, away))
    people = tuple(resting if p is principal else p for p in organization.people)
    stand_in = StandIn(principal.key, delegate, away.starts_on, away.ends_on)
    return replace(organization, people=people), stand_in


def _colleague(organization: Organization, person: InventedPerson) -> InventedPerson | None:
    """Somebody with people of their own and the same manager."""
    today = organization.today
    teams = Counter(other.manager_on(today) for other in organization.present())
    known = {sign_in.person for sign_in in organization.sign_ins}
    found = (
        other
        for other in organization.present()
        if other.manager_on(today) == person.manager_on(today)
        and other.key not in known
        and teams[other.key]
        and not any(leave.ends_on > today - GONE_SINCE for leave in other.leaves)
        and other.hired_on < today - GONE_SINCE
    )
    return max(found, key=lambda other: (teams[other.key], -other.key), default=None)
