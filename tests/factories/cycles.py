from datetime import date, timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from evenhand.cycles.kinds import AnsweredBy, CycleState, QuestionKind, StageKind
from evenhand.cycles.models import (
    Cycle,
    GoalsExcuse,
    Participation,
    Question,
    ScaleLevel,
    Section,
    Selection,
    Stage,
    Template,
    TemplateVersion,
)

LEVELS = {
    1: ("Below", "Key duties were not met, also after support."),
    2: ("Partly", "Some duties were met; the gap is named and there is a plan."),
    3: ("Meets", "The full job, done dependably."),
    4: ("Above", "Often beyond the standard, with visible effect outside the own task."),
    5: ("Outstanding", "Rare and sustained; changes the results of others."),
}


class TemplateFactory(DjangoModelFactory):
    class Meta:
        model = Template

    name = factory.Sequence(lambda n: f"Annual review {n}")
    purpose = "Once a year, for everyone."


class ScaleLevelFactory(DjangoModelFactory):
    class Meta:
        model = ScaleLevel

    version = factory.SubFactory("tests.factories.cycles.BareVersionFactory")
    value = 3
    label = factory.LazyAttribute(lambda level: LEVELS[level.value][0])
    descriptor = factory.LazyAttribute(lambda level: LEVELS[level.value][1])


class SectionFactory(DjangoModelFactory):
    class Meta:
        model = Section

    version = factory.SubFactory("tests.factories.cycles.BareVersionFactory")
    place = factory.Sequence(lambda n: n % 1000 + 1)
    title = "Results"
    weight = 100


class QuestionFactory(DjangoModelFactory):
    """A rated question that both answer; say `kind=QuestionKind.TEXT` for words."""

    class Meta:
        model = Question

    section = factory.SubFactory(SectionFactory)
    place = factory.Sequence(lambda n: n % 1000 + 1)
    kind = QuestionKind.RATING
    text = "How well were the agreed results reached?"
    answered_by = AnsweredBy.BOTH


class BareVersionFactory(DjangoModelFactory):
    """A version in writing with nothing in it yet."""

    class Meta:
        model = TemplateVersion

    template = factory.SubFactory(TemplateFactory)
    number = 1


class TemplateVersionFactory(BareVersionFactory):
    """A version that can be used: five levels; Results 60 %, Ways of working 40 %, Ahead 0 %.

    Questions, in order: rating and words on results (both answer), a competency (both), words on
    what comes next (the person), a note of the manager (never shown). `holistic=True` adds an
    overall rating as a whole.
    """

    class Meta:
        model = TemplateVersion
        skip_postgeneration_save = True

    class Params:
        frozen = factory.Trait(frozen_at=factory.LazyFunction(timezone.now))

    @factory.post_generation
    def filled(self, create, extracted, **_):
        if create and extracted is not False:
            fill(self)

    @factory.post_generation
    def holistic(self, create, extracted, **_):
        if create and extracted:
            section = self.sections.get(title="Looking ahead")
            QuestionFactory(
                section=section,
                place=9,
                kind=QuestionKind.OVERALL,
                text="Taken as a whole, how was this year?",
                answered_by=AnsweredBy.MANAGER,
            )


def fill(version):
    for value in LEVELS:
        ScaleLevelFactory(version=version, value=value)
    results = SectionFactory(version=version, place=1, title="Results", weight=60)
    QuestionFactory(section=results, place=1)
    QuestionFactory(
        section=results, place=2, kind=QuestionKind.TEXT, text="What was achieved, and how?"
    )
    ways = SectionFactory(version=version, place=2, title="Ways of working", weight=40)
    QuestionFactory(
        section=ways,
        place=1,
        kind=QuestionKind.COMPETENCY,
        text="Works well with others",
        anchors={"1": "Keeps things back.", "3": "Shares early.", "5": "Makes others better."},
    )
    ahead = SectionFactory(version=version, place=3, title="Looking ahead", weight=0)
    QuestionFactory(
        section=ahead,
        place=1,
        kind=QuestionKind.TEXT,
        text="What do you want to learn next?",
        answered_by=AnsweredBy.SELF,
        is_required=False,
    )
    QuestionFactory(
        section=ahead,
        place=2,
        kind=QuestionKind.TEXT,
        text="What should HR know?",
        answered_by=AnsweredBy.MANAGER,
        shown_to_subject="never",
        is_required=False,
    )


class CycleFactory(DjangoModelFactory):
    """A running cycle in whose writing stages today lies; `draft=True` for one being prepared.

    `today` moves all dates. Without names, everyone employed is in.
    """

    class Meta:
        model = Cycle
        skip_postgeneration_save = True

    class Params:
        today = factory.LazyFunction(timezone.localdate)
        draft = factory.Trait(state=CycleState.DRAFT, launched_at=None)

    name = factory.Sequence(lambda n: f"Annual review, cycle {n}")
    version = factory.SubFactory(
        TemplateVersionFactory,
        frozen_at=factory.LazyAttribute(lambda version: version.factory_parent.launched_at),
    )
    period_starts_on = factory.LazyAttribute(lambda cycle: cycle.today - timedelta(days=330))
    period_ends_on = factory.LazyAttribute(lambda cycle: cycle.today + timedelta(days=35))
    state = CycleState.OPEN
    launched_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def stages(self, create, extracted, **_):
        if create and extracted is not False:
            add_stages(self, self.period_ends_on - timedelta(days=35))


def add_stages(cycle, today: date):
    days = {
        StageKind.SELF_REVIEW: (-10, 10),
        StageKind.MANAGER_REVIEW: (-5, 20),
        StageKind.RELEASE: (25, 30),
        StageKind.SIGN_OFF: (30, 45),
    }
    for kind, (opens, due) in days.items():
        StageFactory(
            cycle=cycle,
            kind=kind,
            opens_on=today + timedelta(days=opens),
            due_on=today + timedelta(days=due),
        )


class StageFactory(DjangoModelFactory):
    class Meta:
        model = Stage

    cycle = factory.SubFactory(CycleFactory, stages=False)
    kind = StageKind.SELF_REVIEW
    opens_on = factory.LazyFunction(timezone.localdate)
    due_on = factory.LazyAttribute(lambda stage: stage.opens_on + timedelta(days=20))


class SelectionFactory(DjangoModelFactory):
    class Meta:
        model = Selection

    cycle = factory.SubFactory(CycleFactory, draft=True)
    person = factory.SubFactory("tests.factories.people.PersonFactory")
    is_in = True
    reason = "By name"


class GoalsExcuseFactory(DjangoModelFactory):
    class Meta:
        model = GoalsExcuse

    cycle = factory.SubFactory(CycleFactory)
    person = factory.SubFactory("tests.factories.people.PersonFactory")
    by = factory.SubFactory("tests.factories.people.PersonFactory")
    reason = "Came back from leave last week."
    at = factory.LazyFunction(timezone.now)


class ParticipationFactory(DjangoModelFactory):
    class Meta:
        model = Participation

    cycle = factory.SubFactory(CycleFactory)
    person = factory.SubFactory("tests.factories.people.PersonFactory")
    unit = factory.SubFactory("tests.factories.people.UnitFactory")
    title = "Accountant"
    grade = "G4"
    country = "DE"
    joined_at = factory.LazyFunction(timezone.now)

    class Params:
        withdrawn = factory.Trait(
            withdrawn_at=factory.LazyFunction(timezone.now), withdrawn_because="Left the company"
        )
        released = factory.Trait(released_at=factory.LazyFunction(timezone.now))
