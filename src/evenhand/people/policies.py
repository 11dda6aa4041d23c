from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from evenhand.kernel.acting import Actor, Role
from evenhand.kernel.verdict import ALLOWED, Ground, Verdict
from evenhand.people.changes import PersonDetails
from evenhand.people.models import (
    Employment,
    Leave,
    ManagementChain,
    Person,
    Position,
    Unit,
    UnitPlacement,
    UnitTree,
)
from evenhand.people.visibility import stands_below, works_within

FULL_TIME = 100

NOT_THE_SPECIALIST = Verdict(
    "not_the_specialist",
    _("Only a performance management specialist can change this. Ask one to do it for you."),
)
NUMBER_TAKEN = Verdict(
    "number_taken", _("Somebody else has this number. Numbers are given only once."), Ground.WHAT
)
EMAIL_TAKEN = Verdict(
    "email_taken", _("Somebody else has this e-mail address already."), Ground.WHAT
)
NAME_MISSING = Verdict("name_missing", _("A family name is needed."), Ground.WHAT)
NOT_EMPLOYED = Verdict(
    "not_employed", _("This person does not work here on that day."), Ground.WHEN
)
ALREADY_EMPLOYED = Verdict(
    "already_employed", _("This person works here on that day or later already."), Ground.WHEN
)
OWN_MANAGER = Verdict("own_manager", _("Nobody can be their own manager."), Ground.WHAT)
MANAGER_NOT_EMPLOYED = Verdict(
    "manager_not_employed",
    _("The manager you chose does not work here on that day. Choose another one or another day."),
    Ground.WHAT,
)
MANAGER_STANDS_BELOW = Verdict(
    "manager_stands_below",
    _("The manager you chose reports to this person, directly or through others."),
    Ground.WHAT,
)
LATER_CHANGE = Verdict(
    "later_change",
    _("A change is already noted for a later day. Choose that day or a day after it."),
    Ground.WHEN,
)
NOTHING_NEW = Verdict("nothing_new", _("This is already so on that day."), Ground.WHAT)
ALREADY_AWAY = Verdict(
    "already_away", _("Some of these days are part of another leave."), Ground.WHEN
)
NOT_AWAY = Verdict("not_away", _("This leave does not last until that day."), Ground.WHEN)
ENDS_BEFORE_IT_STARTS = Verdict(
    "ends_before_it_starts", _("The last day lies before the first day."), Ground.WHAT
)
NOT_A_WORKING_TIME = Verdict(
    "not_a_working_time", _("Working time lies between 1 and 100 percent."), Ground.WHAT
)
CODE_TAKEN = Verdict("code_taken", _("Another unit has this code already."), Ground.WHAT)
UNIT_CLOSED = Verdict(
    "unit_closed", _("This unit does not exist on that day. Choose another one."), Ground.WHAT
)
UNIT_STANDS_BELOW = Verdict(
    "unit_stands_below", _("A unit cannot stand in itself or in a unit below it."), Ground.WHAT
)
UNIT_MOVES_TODAY = Verdict(
    "unit_moves_today",
    _("A unit moves today or on a day in the past. Come back when the day has come."),
    Ground.WHAT,
)
UNIT_IN_USE = Verdict(
    "unit_in_use",
    _("People or other units are still in this unit then. Move them first."),
    Ground.WHEN,
)


def visible_people(actor: Actor) -> QuerySet[Person]:
    """Everyone sees who works here today; the specialist also sees who left."""
    if actor.holds_everywhere(Role.SPECIALIST) and not actor.is_delegate:
        return Person.objects.all()
    employed = Employment.objects.on(actor.on).filter(person=OuterRef("pk"))
    return Person.objects.filter(Exists(employed))


def people_with_open_records(actor: Actor) -> QuerySet[Person]:
    """Whose dates and former positions one may read: one's own, those below one, in one's care."""
    if actor.holds_everywhere(Role.SPECIALIST, Role.HR_PARTNER):
        return visible_people(actor)
    open_records = Q(stands_below(actor.person_id, on=actor.on))
    if not actor.is_delegate:
        open_records |= Q(pk=actor.person_id)
    units = actor.units_as(Role.HR_PARTNER, Role.SPECIALIST)
    if units:
        open_records |= Q(works_within(units, on=actor.on))
    return visible_people(actor).filter(open_records)


def may_change_people(actor: Actor) -> Verdict:
    """Only the specialist changes people, units, positions and reporting lines."""
    if not actor.holds_everywhere(Role.SPECIALIST):
        return NOT_THE_SPECIALIST
    return ALLOWED


def may_be_called(details: PersonDetails, *, besides: Person) -> Verdict:
    """Everyone has a family name; a number or an e-mail address belongs to one person."""
    others = Person.objects.exclude(pk=besides.pk)
    if not details.family_name:
        return NAME_MISSING
    if others.filter(number=details.number).exists():
        return NUMBER_TAKEN
    if details.email and others.filter(email=details.email).exists():
        return EMAIL_TAKEN
    return ALLOWED


def may_be_employed_from(person: Person, on: date) -> Verdict:
    """Someone who returns does so after the last employment has ended."""
    if person.employments.filter(ends_on__gt=on).exists():
        return ALREADY_EMPLOYED
    return ALLOWED


def may_leave(person: Person, on: date) -> Verdict:
    """Someone leaves who works here, after at least a day."""
    if not person.employments.filter(starts_on__lt=on, ends_on__gt=on).exists():
        return NOT_EMPLOYED
    return ALLOWED


def may_work_in(unit: Unit, on: date) -> Verdict:
    """People and units are put only into units that exist on the day."""
    return ALLOWED if unit.holds_on(on) else UNIT_CLOSED


def may_lead(person: Person, manager: Person, on: date) -> Verdict:
    """Whoever leads somebody's work is somebody else and works here that day."""
    if person.pk == manager.pk:
        return OWN_MANAGER
    if not Employment.objects.on(on).filter(person=manager).exists():
        return MANAGER_NOT_EMPLOYED
    return ALLOWED


def may_report_to(person: Person, manager: Person, on: date) -> Verdict:
    """The manager may lead this person, and stands below them neither that day nor later."""
    below = ManagementChain.objects.filter(
        ancestor=person, descendant=manager, depth__gte=1, ends_on__gt=on
    )
    if below.exists():
        return MANAGER_STANDS_BELOW
    return may_lead(person, manager, on)


def may_be_away(person: Person, starts_on: date, ends_on: date) -> Verdict:
    """A leave begins while one works here and does not overlap another."""
    if ends_on <= starts_on:
        return ENDS_BEFORE_IT_STARTS
    if not Employment.objects.on(starts_on).filter(person=person).exists():
        return NOT_EMPLOYED
    if person.leaves.filter(starts_on__lt=ends_on, ends_on__gt=starts_on).exists():
        return ALREADY_AWAY
    return ALLOWED


def may_work_so_much(person: Person, percent: int, on: date) -> Verdict:
    """Somebody who works here works between 1 and 100 percent, and no later change is noted."""
    if not 1 <= percent <= FULL_TIME:
        return NOT_A_WORKING_TIME
    if not Employment.objects.on(on).filter(person=person).exists():
        return NOT_EMPLOYED
    times = person.working_times.all()
    if times.filter(starts_on__gt=on).exists():
        return LATER_CHANGE
    now = times.filter(starts_on__lte=on, ends_on__gt=on).values_list("percent", flat=True).first()
    return NOTHING_NEW if percent == (now or FULL_TIME) else ALLOWED


def may_come_back(leave: Leave, on: date) -> Verdict:
    """A leave ends after its first day and not later than was said."""
    return ALLOWED if leave.starts_on < on <= leave.ends_on else NOT_AWAY


def may_be_coded(code: str) -> Verdict:
    """A code belongs to one unit."""
    return CODE_TAKEN if Unit.objects.filter(code=code).exists() else ALLOWED


def may_move(unit: Unit, parent: Unit | None, *, on: date, today: date) -> Verdict:
    """A unit moves today at the latest, into one that exists and is neither itself nor below it."""
    if on > today:
        return UNIT_MOVES_TODAY
    if not unit.holds_on(on):
        return UNIT_CLOSED
    if unit.placements.filter(starts_on__gt=on).exists():
        return LATER_CHANGE
    if parent is None:
        return ALLOWED
    if UnitTree.objects.filter(ancestor=unit, descendant=parent).exists():
        return UNIT_STANDS_BELOW
    return may_work_in(parent, on)


def may_close(unit: Unit, on: date) -> Verdict:
    """A unit is closed once nobody works in it and no unit stands in it from that day on."""
    if not unit.holds_on(on) or unit.starts_on == on:
        return UNIT_CLOSED
    has_people = Position.objects.filter(unit=unit, ends_on__gt=on).exists()
    if has_people or UnitPlacement.objects.filter(parent=unit, ends_on__gt=on).exists():
        return UNIT_IN_USE
    return ALLOWED


def visible_units(actor: Actor) -> QuerySet[Unit]:
    """Everyone sees the units there are today; the specialist also those that were closed."""
    if actor.holds_everywhere(Role.SPECIALIST):
        return Unit.objects.all()
    return Unit.objects.on(actor.on)
