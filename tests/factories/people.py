"""Units and people as they stand in the database, with their closures woven.

PersonFactory()                            works here since 2020, in the unit "Company"
PersonFactory(manager=ada, unit=sales)     with a reporting line and a position of their own
PersonFactory(left_on=date(2024, 5, 1), title="Nurse", country="Kenya")
PersonFactory(unit=None, hired_on=None)    a name only: no position, no employment
PersonFactory.create_batch(5, manager=ada)
"""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from evenhand.kernel.periods import FOREVER
from evenhand.people.kinds import LineKind
from evenhand.people.models import (
    Employment,
    Leave,
    Person,
    Position,
    ReportingLine,
    Unit,
    UnitPlacement,
)
from evenhand.people.weaving import reweave_chains, reweave_units

SINCE = date(2020, 1, 1)
POSITION = ("title", "job_family", "grade", "country", "location")


class UnitFactory(DjangoModelFactory):
    """A unit; with `parent=` it stands below that one."""

    class Meta:
        model = Unit
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"U{n:05}")
    name = factory.Sequence(lambda n: f"Unit {n}")
    starts_on = SINCE
    ends_on = FOREVER

    @factory.post_generation
    def parent(self, create, parent, **kwargs):
        if create and parent:
            days = {"starts_on": self.starts_on, "ends_on": self.ends_on}
            UnitPlacement.objects.create(unit=self, parent=parent, **days)
        if create:
            reweave_units()


def company():
    """The one unit in which people work when a test does not care where."""
    unit = Unit.objects.filter(code="company").first()
    return unit or UnitFactory(code="company", name="Company")


class PersonFactory(DjangoModelFactory):
    """Someone who works here since `hired_on` and, if given, no longer since `left_on`."""

    class Meta:
        model = Person

    number = factory.Sequence(lambda n: f"P{n:06}")
    given_name = factory.Faker("first_name")
    family_name = factory.Faker("last_name")
    email = factory.LazyAttribute(lambda person: f"{person.number.lower()}@example.org")

    hired_on = SINCE
    left_on = FOREVER
    manager = None
    unit = factory.LazyFunction(company)
    title = "Engineer"
    job_family = "Engineering"
    grade = "G5"
    country = "Germany"
    location = "Berlin"

    @classmethod
    def _create(cls, model_class, *args, hired_on, left_on, manager, unit, **kwargs):
        position = {name: kwargs.pop(name) for name in POSITION}
        person = model_class(**kwargs)
        person.make_searchable()
        person.save()
        days = {"person": person, "starts_on": hired_on, "ends_on": left_on}
        if hired_on:
            Employment.objects.create(**days)
        if hired_on and unit:
            Position.objects.create(**days, unit=unit, **position)
        if hired_on and manager:
            ReportingLine.objects.create(**days, manager=manager)
        reweave_chains([person.pk])
        return person


class EmploymentFactory(DjangoModelFactory):
    """A further employment, for somebody who was away."""

    class Meta:
        model = Employment

    person = factory.SubFactory(PersonFactory, hired_on=None)
    starts_on = SINCE
    ends_on = FOREVER


class PositionFactory(DjangoModelFactory):
    class Meta:
        model = Position

    person = factory.SubFactory(PersonFactory, unit=None)
    unit = factory.LazyFunction(company)
    title = "Engineer"
    starts_on = SINCE
    ends_on = FOREVER


class LeaveFactory(DjangoModelFactory):
    class Meta:
        model = Leave

    person = factory.SubFactory(PersonFactory)
    starts_on = date(2026, 1, 1)
    ends_on = FOREVER


class ReportingLineFactory(DjangoModelFactory):
    """Who reports to whom; the chains of everyone concerned are woven anew."""

    class Meta:
        model = ReportingLine

    person = factory.SubFactory(PersonFactory)
    manager = factory.SubFactory(PersonFactory)
    kind = LineKind.PRIMARY
    starts_on = SINCE
    ends_on = FOREVER

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        line = super()._create(model_class, *args, **kwargs)
        reweave_chains([line.person_id])
        return line
