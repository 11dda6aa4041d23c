"""How much of full time somebody works, from a day on."""

from datetime import date, datetime

from django.db import transaction

from evenhand.audit.actions import record
from evenhand.kernel.acting import Actor
from evenhand.kernel.locking import one_at_a_time
from evenhand.people.models import Person, WorkingTime
from evenhand.people.policies import may_change_people, may_work_so_much
from evenhand.people.records import PEOPLE


@transaction.atomic
def change_working_time(
    person: Person, percent: int, *, on: date, by: Actor, at: datetime
) -> WorkingTime:
    """From this day on the person works so many percent of full time; before, it was as it was."""
    may_change_people(by).enforce()
    one_at_a_time(PEOPLE)
    person = Person.objects.select_for_update().get(pk=person.pk)
    may_work_so_much(person, percent, on).enforce()
    WorkingTime.objects.filter(person=person, starts_on=on).delete()
    WorkingTime.objects.on(on).filter(person=person).update(ends_on=on)
    time = WorkingTime.objects.create(person=person, percent=percent, starts_on=on)
    record("person.working_time_changed", about=person, by=by, at=at, on=on, percent=percent)
    return time
