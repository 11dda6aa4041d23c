"""Strategic objectives, and chains of goals below them.

ObjectiveFactory()                         holds throughout 2026, for the whole organization
ObjectiveFactory(unit=sales, withdrawn=True)
agreed(objective=growth)                   an agreed goal that supports it
agreed(parent=goal, score="0.7", share=40) one below another goal
"""

from datetime import UTC, date, datetime
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from evenhand.goals.aligning import rethread
from evenhand.goals.kinds import AGREED, GoalState
from evenhand.goals.models import Goal, GoalOwner, ObjectiveVersion, StrategicObjective
from tests.factories.people import PersonFactory

AT = datetime(2026, 2, 1, 9, tzinfo=UTC)
YEAR = {"starts_on": date(2026, 1, 1), "due_on": date(2026, 12, 31)}


class ObjectiveFactory(DjangoModelFactory):
    class Meta:
        model = StrategicObjective
        skip_postgeneration_save = True

    class Params:
        withdrawn = factory.Trait(withdrawn_at=AT)

    title = factory.Sequence(lambda n: f"Objective {n}")
    owner = factory.SubFactory(PersonFactory)
    starts_on = date(2026, 1, 1)
    ends_on = date(2027, 1, 1)

    @factory.post_generation
    def first_version(self, create, extracted, **kwargs):
        if create:
            ObjectiveVersion.objects.create(
                objective=self,
                number=1,
                title=self.title,
                purpose=self.purpose,
                owner=self.owner,
                starts_on=self.starts_on,
                ends_on=self.ends_on,
                author=self.owner,
                written_at=AT,
            )


def agreed(*, owner=None, state=GoalState.ACTIVE, share=1, score=None, **columns):
    """A goal as it stands in the database, threaded to what it supports."""
    owner = owner or PersonFactory()
    goal = Goal.objects.create(
        **YEAR
        | {
            "owner": owner,
            "author": owner,
            "outcome": "Answer customers sooner",
            "state": state,
            "created_at": AT,
            "agreed_at": AT if state in AGREED else None,
            "share_of_parent": share,
            "score": None if score is None else Decimal(score),
        }
        | columns
    )
    GoalOwner.objects.create(goal=goal, person=owner, starts_on=goal.starts_on)
    rethread([goal.pk])
    goal.refresh_from_db()
    return goal
