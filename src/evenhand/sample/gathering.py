"""A workshop of the sample in which job experts make behavioural anchors, waiting for one vote."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random

from evenhand.competencies.models import Competency
from evenhand.kernel.acting import Actor
from evenhand.people.models import Person
from evenhand.sample.organization import InventedPerson
from evenhand.sample.rounds import workday
from evenhand.sample.staffing import Staff
from evenhand.sample.vocabulary import growing
from evenhand.workshops.actions.collecting import IncidentPart, write_incident
from evenhand.workshops.actions.leading import WorkshopPlan, invite_person, open_workshop
from evenhand.workshops.actions.moving import move_workshop
from evenhand.workshops.actions.voting import hand_in, scale_incident, sort_incident
from evenhand.workshops.kinds import Group, Stage
from evenhand.workshops.models import Incident, Workshop

COLLECTORS, SORTERS = 2, 4
SLIP = 0.08


def hold_workshop(staff: Staff, day: date, rng: Random) -> None:
    """Collected, sorted anew, and scaled by all but the employee one can sign in as."""
    words = growing()["workshop"]
    lead = staff.specialist(day)
    about = list(Competency.objects.filter(code__in=words["competencies"]))
    workshop = open_workshop(WorkshopPlan(words["name"], about), by=lead, at=_at(day, 9))
    guest = next(s.person for s in staff.organization.sign_ins if s.label == "Employee")
    experts = _experts(staff, guest, day)
    collectors, sorters = experts[:COLLECTORS], [guest, *experts[COLLECTORS:]]
    for group, keys in ((Group.COLLECTORS, collectors), (Group.SORTERS, sorters)):
        for key in keys:
            person = Person.objects.get(pk=staff.known.people[key])
            invite_person(workshop, person, group, by=lead, at=_at(day, 10))
    _collect(staff, workshop, collectors, workday(day + timedelta(days=3)))
    _sort(staff, workshop, sorters, workday(day + timedelta(days=10)), rng)
    _scale(staff, workshop, sorters[1:], workday(day + timedelta(days=17)), rng)


def _collect(staff: Staff, workshop: Workshop, keys: list[int], day: date) -> None:
    codes = {one.code: one for one in workshop.competencies.all()}
    for place, row in enumerate(growing()["workshop"]["incidents"]):
        part = IncidentPart(
            row["situation"], row["behaviour"], row["outcome"], codes[row["competency"]]
        )
        by = _actor(staff, keys[place % len(keys)], day)
        write_incident(workshop, part, by=by, at=_at(day, 11) + timedelta(minutes=9 * place))


def _sort(staff: Staff, workshop: Workshop, keys: list[int], day: date, rng: Random) -> None:
    move_workshop(workshop, Stage.SORTING, by=staff.specialist(day), at=_at(day, 9))
    choices = list(workshop.competencies.order_by("code"))
    for key in keys:
        by = _actor(staff, key, day)
        for incident in Incident.objects.filter(workshop=workshop).order_by("pk"):
            placed = rng.choice(choices) if rng.random() < SLIP else incident.competency
            sort_incident(incident, placed, by=by, at=_at(day, 13))
        hand_in(workshop, Stage.SORTING, by=by, at=_at(day, 14))


def _scale(staff: Staff, workshop: Workshop, keys: list[int], day: date, rng: Random) -> None:
    workshop.refresh_from_db()
    move_workshop(workshop, Stage.SCALING, by=staff.specialist(day), at=_at(day, 9))
    levels = {row["situation"]: row["level"] for row in growing()["workshop"]["incidents"]}
    kept = Incident.objects.filter(workshop=workshop, is_scaled=True).order_by("pk")
    for key in keys:
        by = _actor(staff, key, day)
        for incident in kept:
            level = levels[incident.situation] + rng.choice((0, 0, 0, 1))
            scale_incident(incident, min(5, level), by=by, at=_at(day, 13))
        hand_in(workshop, Stage.SCALING, by=by, at=_at(day, 14))


def _experts(staff: Staff, guest: int, day: date) -> list[int]:
    """Experienced people who are not those one signs in as."""
    taken = {sign_in.person for sign_in in staff.organization.sign_ins}
    fit = (p for p in staff.organization.present() if p.key not in taken and _is_fit(p, day))
    return [person.key for person in fit if person.key != guest][: COLLECTORS + SORTERS]


def _is_fit(person: InventedPerson, day: date) -> bool:
    return person.works_on(day) and not person.is_away_on(day)


def _actor(staff: Staff, key: int, on: date) -> Actor:
    return Actor(staff.known.people[key], staff.organization.people[key].name, on)


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour, 5), tzinfo=UTC)
