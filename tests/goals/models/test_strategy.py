from datetime import date

import pytest
from django.db import IntegrityError, transaction

from evenhand.goals.models import ObjectiveVersion, StrategicObjective
from tests.factories.strategy import AT, ObjectiveFactory

pytestmark = pytest.mark.django_db

IN_IT, AFTER = date(2026, 6, 1), date(2027, 1, 1)


def test_an_objective_is_live_in_its_period_until_it_is_withdrawn():
    live, withdrawn = ObjectiveFactory(), ObjectiveFactory(withdrawn=True)

    assert list(StrategicObjective.objects.live(IN_IT)) == [live]
    assert not StrategicObjective.objects.live(AFTER).exists()
    assert (live.is_live(IN_IT), live.is_live(AFTER), withdrawn.is_live(IN_IT)) == (
        True,
        False,
        False,
    )


def test_an_objective_ends_after_it_starts():
    with pytest.raises(IntegrityError), transaction.atomic():
        ObjectiveFactory(ends_on=date(2026, 1, 1))


def test_what_stood_for_an_objective_is_never_changed():
    version = ObjectiveFactory(title="Be quick").versions.get()
    version.title = "Be first"

    assert str(version) == "Be first, version 1"
    with pytest.raises(IntegrityError), transaction.atomic():
        version.save()


def test_a_change_of_an_objective_has_a_reason():
    objective = ObjectiveFactory()
    second = {
        "objective": objective,
        "number": 2,
        "title": str(objective),
        "owner": objective.owner,
        "starts_on": objective.starts_on,
        "ends_on": objective.ends_on,
        "author": objective.owner,
        "written_at": AT,
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        ObjectiveVersion.objects.create(**second)
    ObjectiveVersion.objects.create(**second, reason="Half a year more.")
