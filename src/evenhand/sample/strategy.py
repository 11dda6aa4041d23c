"""What the board of the sample wants to reach, and the goals one can start from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from evenhand.goals.actions.objectives import ObjectivePlan, write_objective
from evenhand.goals.actions.shelving import bring_goal_library
from evenhand.kernel.acting import Role
from evenhand.people.models import Person
from evenhand.sample.rounds import Round, workday
from evenhand.sample.staffing import Staff
from evenhand.sample.striving import LARGE
from evenhand.sample.vocabulary import strategy

THREE_YEARS = timedelta(days=3 * 365)


@dataclass(frozen=True, slots=True)
class Strategy:
    """The keys of the objectives in the order of the words, and the rounds that have goals."""

    objectives: tuple[int, ...]
    years: frozenset[str]
    seed: str


def set_strategy(staff: Staff, rounds: Sequence[Round]) -> Strategy:
    """Through the actions of the product, with the day on which it was."""
    count = 1 if len(staff.organization.people) >= LARGE else 2
    last = rounds[-count:]
    day = workday(last[0].period_starts_on - timedelta(days=20))
    at = datetime.combine(day, time(9, 20), tzinfo=UTC)
    by = staff.holder(Role.EXECUTIVE, day)
    owner = Person.objects.get(pk=by.person_id)
    bring_goal_library(by=staff.specialist(day), at=at)
    starts_on = last[0].period_starts_on
    meaning = {aim.title: aim.meaning for aim in staff.organization.company.aims}
    objectives = tuple(
        write_objective(
            ObjectivePlan(one.title, owner, starts_on, starts_on + THREE_YEARS, meaning[one.title]),
            None,
            by=by,
            at=at + timedelta(minutes=7 * place),
        ).pk
        for place, one in enumerate(strategy().objectives)
    )
    return Strategy(
        objectives, frozenset(round_.name for round_ in last), staff.organization.company.name
    )
