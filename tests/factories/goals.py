"""Goals as they stand in the database, with their owners, versions and agreements.

GoalFactory(owner=ada)                 agreed and in force, a KPI from 0 to 100, this year
GoalFactory(draft=True), proposed=True, closed=True, dropped=True, discarded=True
GoalFactory(owner=ada, score=Decimal("0.4"), weight=30, co_owners=[ben])
"""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from evenhand.goals.drafts import GoalDraft, PartDraft, draft_of, plan_of, rows_of_parts
from evenhand.goals.kinds import GoalKind, GoalState, Metric, Openness
from evenhand.goals.models import (
    Goal,
    GoalOwner,
    GoalPart,
    GoalRules,
    GoalVersion,
)
from tests.factories.access import TODAY
from tests.factories.people import PersonFactory

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
YEAR = (date(2026, 1, 1), date(2026, 12, 31))
AGREED_AT = datetime(2026, 1, 15, 9, 0, tzinfo=UTC)
PLAN = {
    "outcome": "Orders leave the house within two days of coming in",
    "kind": GoalKind.KPI,
    "metric": Metric.LEVEL,
    "measure": "Share of orders that left within two days",
    "unit_of_measure": "%",
    "data_source": "Dispatch list",
    "baseline": Decimal(60),
    "target": Decimal(90),
    "starts_on": YEAR[0],
    "due_on": YEAR[1],
}


def draft_for(owner, **fields) -> GoalDraft:
    """A plan that can be agreed: what somebody would write down for this person."""
    return GoalDraft(**{**PLAN, "owner_id": owner.pk, **fields})


def key_results(*weights) -> tuple[PartDraft, ...]:
    """Key results from 0 to 10 with these weights."""
    return tuple(
        PartDraft(
            title=f"Key result {place}",
            weight=weight,
            metric=Metric.LEVEL,
            unit_of_measure="pieces",
            baseline=Decimal(0),
            target=Decimal(10),
        )
        for place, weight in enumerate(weights, start=1)
    )


class GoalRulesFactory(DjangoModelFactory):
    class Meta:
        model = GoalRules

    at = NOW


class GoalFactory(DjangoModelFactory):
    class Meta:
        model = Goal
        skip_postgeneration_save = True

    class Params:
        draft = factory.Trait(state=GoalState.DRAFT, agreed_at=None)
        proposed = factory.Trait(state=GoalState.PROPOSED, agreed_at=None)
        discarded = factory.Trait(state=GoalState.DISCARDED, agreed_at=None)
        closed = factory.Trait(state=GoalState.CLOSED, ended_at=NOW)
        dropped = factory.Trait(state=GoalState.DROPPED, ended_at=NOW)

    outcome = factory.Sequence(lambda n: f"Orders of kind {n} leave the house within two days")
    kind = PLAN["kind"]
    metric = PLAN["metric"]
    measure = PLAN["measure"]
    unit_of_measure = PLAN["unit_of_measure"]
    data_source = PLAN["data_source"]
    baseline = PLAN["baseline"]
    target = PLAN["target"]
    starts_on = PLAN["starts_on"]
    due_on = PLAN["due_on"]
    owner = factory.SubFactory(PersonFactory)
    author = factory.SelfAttribute("owner")
    unit = factory.LazyAttribute(
        lambda goal: getattr(goal.owner.positions.on(TODAY).first(), "unit", None)
    )
    state = GoalState.ACTIVE
    openness = Openness.LINE
    created_at = AGREED_AT - timedelta(days=7)
    agreed_at = AGREED_AT

    @factory.post_generation
    def weight(self, create, extracted, **_):
        share = {"goal": self, "starts_on": min(self.starts_on, self.created_at.date())}
        GoalOwner.objects.create(person=self.owner, weight=extracted, **share)

    @factory.post_generation
    def co_owners(self, create, extracted, **_):
        share = {"goal": self, "starts_on": min(self.starts_on, self.created_at.date())}
        for person in extracted or ():
            GoalOwner.objects.create(person=person, **share)

    @factory.post_generation
    def parts(self, create, extracted, **_):
        for place, part in enumerate(extracted or (), start=1):
            GoalPartFactory(goal=self, place=place, title=part.title, weight=part.weight)

    @factory.post_generation
    def version(self, create, extracted, **_):
        GoalVersionFactory(goal=self, was_proposed=self.state not in IN_WRITING)


IN_WRITING = (GoalState.DRAFT, GoalState.DISCARDED)


class GoalPartFactory(DjangoModelFactory):
    class Meta:
        model = GoalPart

    goal = factory.SubFactory(GoalFactory, kind=GoalKind.OKR)
    place = factory.Sequence(lambda n: n % 1000 + 1)
    title = factory.Sequence(lambda n: f"Key result {n}")
    metric = Metric.LEVEL
    unit_of_measure = "pieces"
    baseline = Decimal(0)
    target = Decimal(10)
    weight = 50


class GoalVersionFactory(DjangoModelFactory):
    """The next version of a goal, with the plan it has now; others by name (`target=...`)."""

    class Meta:
        model = GoalVersion

    goal = factory.SubFactory(GoalFactory)

    @classmethod
    def _create(cls, model_class, *args, goal, was_proposed=True, **fields):
        draft = draft_of(goal)
        when = {"written_at": goal.created_at}
        if was_proposed:
            when |= {"proposed_at": goal.created_at, "proposed_by": goal.author}
        if was_proposed and goal.agreed_at:
            when["agreed_at"] = goal.agreed_at
        values = {
            **plan_of(draft),
            "number": goal.versions.count() + 1,
            "parts": rows_of_parts(draft.parts),
            "author": goal.author,
            **when,
            **fields,
        }
        return super()._create(model_class, *args, goal=goal, **values)
