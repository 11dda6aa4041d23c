"""Who is in a cycle, who is not, and why: the same conditions asked from both sides.

Units, countries and the day of hiring choose; a selection by name outweighs them. Nobody is in a
cycle without working here, in a unit, on the day.
"""

from datetime import date
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Subquery, Value, When

from evenhand.cycles.kinds import LeftOut
from evenhand.cycles.models import ChosenReviewer, Cycle, Selection
from evenhand.people.kinds import LineKind
from evenhand.people.models import Employment, Person, Position, ReportingLine
from evenhand.people.visibility import unit_within

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations


class Reason(TypedDict):
    """What is said beside somebody who is left out."""

    why: str
    said_because: str | None
    title: str | None
    unit_name: str | None
    country: str | None


def eligible(cycle: Cycle, on: date) -> QuerySet[Person]:
    """Everyone who is in the cycle on a day."""
    return Person.objects.filter(pk__in=positions_of_eligible(cycle, on).values("person"))


def positions_of_eligible(cycle: Cycle, on: date) -> QuerySet[Position]:
    """The positions that those in the cycle hold on a day: unit, title, grade and country."""
    chosen = _named(cycle, is_in=True).values("person")
    left_out = _named(cycle, is_in=False).values("person")
    return (
        Position.objects.on(on)
        .filter(Exists(_employed(on).filter(person=OuterRef("person"))))
        .filter(_by_rule(cycle, on) | Q(person__in=chosen))
        .exclude(person__in=left_out)
    )


def who_is_left_out(cycle: Cycle, on: date) -> "QuerySet[WithAnnotations[Person, Reason]]":
    """Who works here and is not in the cycle, with `why` and, when by name, `said_because`.

    Those chosen by name who do not work here on the day are among them.
    """
    position = Position.objects.on(on).filter(person=OuterRef("pk")).order_by("pk")
    selection = Selection.objects.filter(cycle=cycle, person=OuterRef("pk"))
    works_here = Exists(_employed(on).filter(person=OuterRef("pk")))
    named = Exists(selection.filter(is_in=True))
    return (
        Person.objects.filter(works_here | Q(named))
        .exclude(pk__in=positions_of_eligible(cycle, on).values("person"))
        .annotate(
            why=_why(cycle, on),
            said_because=Subquery(selection.values("reason")[:1]),
            title=Subquery(position.values("title")[:1]),
            unit_name=Subquery(position.values("unit__name")[:1]),
            country=Subquery(position.values("country")[:1]),
        )
    )


def without_manager(cycle: Cycle, on: date) -> QuerySet[Person]:
    """Who is in the cycle and has neither a manager on the day nor a reviewer chosen for them."""
    return eligible(cycle, on).exclude(
        Exists(managers_on(on).filter(person=OuterRef("pk")))
        | Exists(chosen_reviewers_on(cycle, on).filter(person=OuterRef("pk")))
    )


def managers_on(on: date) -> QuerySet[ReportingLine]:
    """The lines to those who review on a day: primary managers who work here themselves."""
    return ReportingLine.objects.on(on).filter(
        Exists(_employed(on).filter(person=OuterRef("manager"))), kind=LineKind.PRIMARY
    )


def chosen_reviewers_on(cycle: Cycle, on: date) -> QuerySet[ChosenReviewer]:
    """The reviewers chosen by name who work here on a day; one who has left reviews nobody."""
    return ChosenReviewer.objects.filter(
        Exists(_employed(on).filter(person=OuterRef("reviewer"))), cycle=cycle
    )


def _employed(on: date) -> QuerySet[Employment]:
    return Employment.objects.on(on)


def _named(cycle: Cycle, *, is_in: bool) -> QuerySet[Selection]:
    return Selection.objects.filter(cycle=cycle, is_in=is_in)


def _by_rule(cycle: Cycle, on: date) -> Q:
    """The condition on a position that units, countries and the day of hiring ask for."""
    condition = Q()
    units = list(cycle.units.values_list("pk", flat=True))
    if units:
        condition &= Q(unit_within(units))
    if cycle.countries:
        condition &= Q(country__in=cycle.countries)
    if cycle.hired_before is not None:
        hired = _employed(on).filter(starts_on__lt=cycle.hired_before)
        condition &= Q(Exists(hired.filter(person=OuterRef("person"))))
    # An empty condition would vanish beside an "or"; every position has a unit.
    return condition or Q(unit__isnull=False)


def _why(cycle: Cycle, on: date) -> Case:
    position = Position.objects.on(on).filter(person=OuterRef("pk"))
    named_out = _named(cycle, is_in=False).filter(person=OuterRef("pk"))
    units = list(cycle.units.values_list("pk", flat=True))
    cases = [
        When(
            ~Exists(_employed(on).filter(person=OuterRef("pk"))), then=Value(LeftOut.NOT_EMPLOYED)
        ),
        When(Exists(named_out), then=Value(LeftOut.BY_NAME)),
        When(~Exists(position), then=Value(LeftOut.NO_POSITION)),
    ]
    if units:
        outside = ~Exists(position.filter(unit_within(units)))
        cases.append(When(outside, then=Value(LeftOut.OTHER_UNIT)))
    if cycle.countries:
        elsewhere = ~Exists(position.filter(country__in=cycle.countries))
        cases.append(When(elsewhere, then=Value(LeftOut.OTHER_COUNTRY)))
    return Case(*cases, default=Value(LeftOut.HIRED_LATER), output_field=CharField())
