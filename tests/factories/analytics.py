"""Audits of ratings as they stand in the database, and a cycle whose ratings can be audited.

RatingAuditFactory()                        an audit that only specialists read
RatingAuditFactory(audience="leaders")      its summary is published for leaders
rated_cycle(managers=6, each=8)             everybody is rated by the manager, women a little higher
"""

import json
from datetime import date

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from evenhand.analytics.kinds import Audience
from evenhand.analytics.models import AuditPublication, RatingAudit, ReleasedSet
from evenhand.analytics.storing import report_to_text
from evenhand.analytics.summarizing import summary_of_numbers, summary_of_report
from evenhand.demographics.models import ProtectedFacts
from evenhand.jobs.kinds import JobState
from tests.factories.cycles import CycleFactory, ParticipationFactory
from tests.factories.jobs import JobFactory
from tests.factories.people import PersonFactory, UnitFactory
from tests.factories.reports import RATERS, make_report
from tests.factories.reviews import ManagerReviewFactory, RatingFactory

NUMBERS = {
    "version": 1,
    "ratings": 311,
    "persons": 311,
    "raters": 21,
    "share_rater": 0.17,
    "raters_detail": [{"rater": RATERS[0][0], "n": 17, "severity": 0.61}],
    "groups": [{"event": "favourable", "group": "F", "n": 177}],
    "suppressed": 3,
    "refused": [{"what": "Halo", "why": "No items.", "remedy": ""}],
}


class RatingAuditFactory(DjangoModelFactory):
    class Meta:
        model = RatingAudit
        skip_postgeneration_save = True

    cycle = factory.SubFactory(CycleFactory)
    job = factory.SubFactory(
        JobFactory, kind="analytics.audit", state=JobState.DONE, ended_at=timezone.now()
    )
    asked_by = factory.SubFactory(PersonFactory)
    made_at = factory.LazyFunction(timezone.now)
    choices = factory.LazyFunction(lambda: {"k": 5})
    ratings = 311
    persons = 311
    numbers = json.dumps(NUMBERS)
    report = factory.LazyFunction(lambda: report_to_text(make_report()))
    summary_numbers = json.dumps(summary_of_numbers(NUMBERS))
    summary_report = factory.LazyFunction(
        lambda: report_to_text(summary_of_report(make_report(), [name for name, *_ in RATERS]))
    )

    @factory.post_generation
    def audience(self, create, extracted, **_):
        if create and extracted:
            AuditPublicationFactory(audit=self, audience=Audience(extracted), by=self.asked_by)


class AuditPublicationFactory(DjangoModelFactory):
    class Meta:
        model = AuditPublication

    audit = factory.SubFactory(RatingAuditFactory)
    audience = Audience.LEADERS
    by = factory.SelfAttribute("audit.asked_by")
    at = factory.LazyFunction(timezone.now)


class ReleasedSetFactory(DjangoModelFactory):
    class Meta:
        model = ReleasedSet

    audit = factory.SubFactory(RatingAuditFactory)
    cycle = factory.SelfAttribute("audit.cycle")
    measure = "ratings by group"
    digest = factory.Sequence(lambda n: f"{n:032x}")
    people = 5
    members = "sealed"


def rated_cycle(managers=6, each=8, **about):
    """A running cycle in which each manager has rated as many people, from 1 to 5."""
    cycle = CycleFactory(**about)
    for team in range(managers):
        unit = UnitFactory(name=f"Team {team // 2}")
        manager = PersonFactory(given_name="Manager", family_name=f"Number {team}", unit=unit)
        for place in range(each):
            add_rated(cycle, manager, 1 + (team + 3 * place + place // 3) % 5, place, unit=unit)
    return cycle


def add_rated(cycle, manager, value, place, *, unit):
    """One more person with a submitted manager review and protected facts."""
    person = PersonFactory(unit=unit, grade=f"G{place % 2}", given_name="Person")
    part = ParticipationFactory(cycle=cycle, person=person, unit=unit, grade=f"G{place % 2}")
    review = ManagerReviewFactory(participation=part, author=manager, submitted=True)
    RatingFactory(review=review, value=value)
    ProtectedFacts.objects.create(
        person=person,
        sex="Woman" if place % 2 else "Man",
        race="",
        birth_on=str(date(1990 if place % 3 else 1970, 5, 1)),
        disability="yes" if place % 4 == 0 else "no",
    )
    return review
