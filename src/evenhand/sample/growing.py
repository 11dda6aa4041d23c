"""What good work looks like at the sample company, and how some people grow: all by its actions.

Nobody is told of it: it happened before anybody looked.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from evenhand.assessments.actions import (
    Said,
    ask_other,
    close_assessment,
    open_for_team,
    save_observations,
    submit_part,
)
from evenhand.assessments.kinds import Source
from evenhand.assessments.models import Assessment, AssessmentPart
from evenhand.competencies.starter import bring_starter_library
from evenhand.development.actions import agree_to_plan, begin_plan, propose_plan, write_note
from evenhand.development.contents import ActionPart, PlanContents
from evenhand.kernel.acting import Actor
from evenhand.kernel.events import hushed
from evenhand.people.models import Person
from evenhand.sample.chances import happens
from evenhand.sample.gathering import hold_workshop
from evenhand.sample.organization import InventedPerson, SignIn
from evenhand.sample.rounds import workday
from evenhand.sample.staffing import Staff
from evenhand.sample.vocabulary import growing

LAST_YEAR, THIS_YEAR = 400, 45
LASTS = timedelta(days=21)
OTHERS, CANNOT_SAY, STILL_OPEN = 4, 8, 2


def grow(staff: Staff, *, since: date, rng: Random) -> None:
    """The library, two assessments of the team one can sign in to, a plan, and a workshop."""
    today = staff.organization.today
    with hushed():
        at = _at(since, 10)
        bring_starter_library(by=staff.specialist(since), at=at, starts_on=since)
        for days, is_last in ((LAST_YEAR, False), (THIS_YEAR, True)):
            _assess_team(staff, workday(today - timedelta(days=days)), rng, leaves_open=is_last)
        _plan(staff, workday(today - timedelta(days=12)))
        hold_workshop(staff, workday(today - timedelta(days=30)), rng)


def _assess_team(staff: Staff, day: date, rng: Random, *, leaves_open: bool) -> None:
    manager = _sign_in(staff, "Manager")
    team = staff.organization.reports_of(manager.person, day)
    if not team:
        return
    by, due_on = _actor(staff, manager.person, day), day + LASTS
    open_for_team(due_on, by=by, at=_at(day, 9))
    for place, person in enumerate(sorted(team, key=lambda p: p.key)):
        found = Assessment.objects.filter(
            subject=staff.known.people[person.key], opened_on=day
        ).first()
        if found is None:
            continue
        is_open = leaves_open and len(team) - place <= STILL_OPEN
        _assess(staff, found, _others(team, person, rng), rng)
        if not is_open:
            closed = workday(due_on + timedelta(days=2))
            close_assessment(found, by=_actor(staff, manager.person, closed), at=_at(closed, 11))


def _assess(
    staff: Staff, assessment: Assessment, others: Sequence[InventedPerson], rng: Random
) -> None:
    manager = _sign_in(staff, "Manager")
    day = assessment.opened_on
    by = _actor(staff, manager.person, day)
    for other in others:
        colleague = Person.objects.get(pk=staff.known.people[other.key])
        ask_other(assessment, colleague, by=by, at=_at(day, 10))
    for part in AssessmentPart.objects.filter(assessment=assessment).order_by("pk"):
        _answer(staff, part, rng)


def _answer(staff: Staff, part: AssessmentPart, rng: Random) -> None:
    day = workday(part.assessment.opened_on + timedelta(days=rng.randint(3, 18)))
    keys = {key: place for place, key in enumerate(staff.known.people)}
    by = _actor(staff, keys[part.assessor_id], day)
    said = {
        row.pk: _said(row.expected_level, part.source, rng)
        for row in part.assessment.competencies.order_by("place")
    }
    saved = save_observations(part, said, seen=part.revision, by=by, at=_at(day, 14))
    submit_part(saved, by=by, at=_at(day, 15))


def _said(expected: int, source: str, rng: Random) -> Said:
    if source == Source.OTHER and happens(CANNOT_SAY, rng):
        return Said(cannot_say=True)
    shift = rng.choices((-1, 0, 1), (30, 50, 20))[0]
    level = max(1, min(5, expected + shift))
    return Said(level=level, example=rng.choice(growing()["assessment"]["examples"]))


def _plan(staff: Staff, day: date) -> None:
    """The employee one can sign in as has a plan, and looked at it with the manager last week."""
    employee, manager = _sign_in(staff, "Employee"), _sign_in(staff, "Manager")
    words = growing()["plan"]
    person = Person.objects.get(pk=staff.known.people[employee.person])
    by, lead = _actor(staff, employee.person, day), _actor(staff, manager.person, day)
    contents = PlanContents(
        starts_on=day,
        due_on=day + timedelta(days=180),
        strengths=words["strengths"],
        needs=words["needs"],
        actions=tuple(
            ActionPart(
                one["what"],
                one["support"],
                one["support_words"],
                day + timedelta(days=60 * place),
            )
            for place, one in enumerate(words["actions"], start=1)
        ),
    )
    plan = begin_plan(person, contents, by=by, at=_at(day, 9))
    plan = propose_plan(plan, words["by_person"], by=by, at=_at(day, 10))
    number = plan.versions.latest("number").number
    plan = agree_to_plan(plan, words["by_manager"], seen=number, by=lead, at=_at(day, 15))
    later = workday(day + timedelta(days=7))
    lead = _actor(staff, manager.person, later)
    write_note(plan, words["note"], on=later, by=lead, at=_at(later, 16))


def _others(
    team: Sequence[InventedPerson], person: InventedPerson, rng: Random
) -> list[InventedPerson]:
    colleagues = [one for one in team if one.key != person.key]
    return rng.sample(colleagues, min(OTHERS, len(colleagues)))


def _sign_in(staff: Staff, label: str) -> SignIn:
    return next(one for one in staff.organization.sign_ins if one.label == label)


def _actor(staff: Staff, key: int, on: date) -> Actor:
    return Actor(staff.known.people[key], staff.organization.people[key].name, on)


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour, 20), tzinfo=UTC)
