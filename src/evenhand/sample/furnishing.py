"""Puts the invented organization into the database, its past included.

What is rare goes through the actions of the product, with the time at which it happened; what is
many is written in bulk, as these actions would have left it. Call it in a transaction.
From 2,500 people on most reviews keep only the first sentence of every text; those around the
people one can sign in as, and one in 25 of the others, are kept in full.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from itertools import pairwise
from random import Random

from evenhand.kernel.bulk import batches
from evenhand.sample.awaiting import leave_to_agree
from evenhand.sample.brevity import Brevity
from evenhand.sample.cycling import begin_launch, end_launch, go_through, prepare
from evenhand.sample.expecting import Year
from evenhand.sample.growing import grow
from evenhand.sample.guests import Guest, guests_of
from evenhand.sample.informing import inform
from evenhand.sample.inventing import invent
from evenhand.sample.looking_back import look_back
from evenhand.sample.open_ends import leave_open
from evenhand.sample.organization import Organization
from evenhand.sample.peopling import Known, Span, bring_in, import_days
from evenhand.sample.questioning import Form, write_form
from evenhand.sample.reviewing import Reviewing
from evenhand.sample.rounds import Round, plan_rounds
from evenhand.sample.staffing import Staff, founder, give_roles, let_stand_in, open_accounts
from evenhand.sample.standing_in import send_one_manager_away
from evenhand.sample.storing import Archive
from evenhand.sample.strategy import Strategy, set_strategy
from evenhand.sample.striving import Striving
from evenhand.sample.tempers import Tempers

AT_ONCE = 500

Progress = Callable[[str], None]


def furnish(*, people: int, seed: int, today: date, progress: Progress) -> tuple[Guest, ...]:
    """Everything from the first HR file to what was written yesterday; says who to sign in as."""
    rng = Random(seed)  # noqa: S311  # the same every time is what is wanted
    organization, stand_in = send_one_manager_away(invent(people, rng=rng, today=today))
    rounds = plan_rounds(today)
    days = import_days(rounds[0], today)
    staff = _bring_people(organization, days, progress)
    give_roles(staff, at=_at(days[0], 9, 40))
    open_accounts(staff, begins_on=days[0])
    if stand_in is not None:
        let_stand_in(staff, stand_in)
    inform(staff, begins_on=days[0], rng=rng)
    form = write_form(by=staff.specialist(days[0]), at=_at(days[0], 13, 15))
    tempers = Tempers.draw(organization, rng)
    strategy = set_strategy(staff, rounds)
    for round_ in rounds:
        _strive(round_, strategy, staff, tempers, progress)
        progress(f"{round_.name}: reviews, ratings and the trail they leave.")
        _hold(Reviewing(organization, round_, tempers, rng), form, staff)
    progress("What good work looks like, and how some people grow.")
    grow(staff, since=days[1], rng=Random(seed))  # noqa: S311  # the same every time is wanted
    leave_to_agree(staff)
    return guests_of(organization)


def _bring_people(organization: Organization, days: list[date], progress: Progress) -> Staff:
    here = sum(1 for _person in organization.present())
    progress(f"{here} people in {len(organization.units)} units, and those who have left.")
    first = days[0]
    bring_in(organization, Span(date.min, first), by=founder(first), at=_at(first, 7, 12))
    specialist = Staff(organization, Known.read(organization)).specialist
    for before, day in pairwise(days):
        until = organization.today if day == days[-1] else day
        bring_in(organization, Span(before, until), by=specialist(day), at=_at(day, 7, 12))
    return Staff(organization, Known.read(organization))


def _strive(
    round_: Round, strategy: Strategy, staff: Staff, tempers: Tempers, progress: Progress
) -> None:
    """The goals of the year a round looks back on; in large organizations of the last one only."""
    organization = staff.organization
    if round_.name not in strategy.years:
        return
    progress(f"{round_.name}: goals, what they support, and how far they are.")
    rng = Random(f"{strategy.seed} {round_.name}")  # noqa: S311  # the same every time is wanted
    aims = Striving(organization, round_, tempers.talent, rng).invent()
    Year(round_, staff, strategy.objectives, rng).store(aims)


def _hold(reviewing: Reviewing, form: Form, staff: Staff) -> None:
    """One round from its preparation to its end, or to today."""
    round_, brevity = reviewing.round, Brevity.fit(reviewing.organization)
    cycle = prepare(round_, form, staff)
    job = begin_launch(cycle, round_, staff)
    archive = Archive(cycle, form, staff)
    organization = reviewing.organization
    parts_of_all = (leave_open(p, round_, organization) for p in reviewing.participations())
    planned = map(brevity.shorten, parts_of_all)
    for parts in batches(planned, AT_ONCE):
        archive.store(parts)
    end_launch(cycle, job, round_, staff)
    go_through(archive, round_, reviewing.released_at, organization.today)
    look_back(cycle, round_, staff, _at(organization.today, 0, 0))


def _at(day: date, hour: int, minute: int) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=UTC)
