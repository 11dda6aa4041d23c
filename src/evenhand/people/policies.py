from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from evenhand.kernel.acting import Actor, Role
from evenhand.kernel.verdict import ALLOWED, Verdict
from evenhand.people.models import Employment, Person
from evenhand.people.visibility import stands_below, works_within

NOT_THE_SPECIALIST = Verdict(
    "not_the_specialist",
    _("Only a performance management specialist can change this. Ask one to do it for you."),
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
