import pytest

from evenhand.competencies.models import Anchor, Level
from evenhand.kernel.acting import Role
from evenhand.workshops.actions.deciding import write_anchor
from evenhand.workshops.anchoring import anchors_of
from evenhand.workshops.kinds import Stage
from tests.factories.access import with_role
from tests.factories.workshops import WorkshopFactory, grade, place
from tests.workshops.actions import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop():
    made = WorkshopFactory(stage=Stage.SCALED, sorters=3, incidents=1)
    incident = made.incidents.get()
    place(incident, "AAA")
    grade(incident, (3, 3, 3))
    return made


def of_incident(workshop):
    own = workshop.incidents.get().competency_id
    return next(row for row in anchors_of(workshop) if row.id == own)


def test_two_anchors_are_asked_for_at_levels_1_3_and_5(workshop):
    Anchor.objects.all().delete()
    row = of_incident(workshop)

    assert {level.value: level.missing for level in row.levels} == {1: 2, 2: 0, 3: 2, 4: 0, 5: 2}
    assert row.missing == 6


def test_a_level_that_is_not_there_is_missing_too(workshop):
    Level.objects.filter(value=5).delete()

    assert of_incident(workshop).levels[-1].missing == 2


def test_an_anchor_knows_the_incident_it_came_from(workshop):
    incident, by = workshop.incidents.get(), with_role(Role.SPECIALIST)
    assert not of_incident(workshop).is_in_writing
    made = write_anchor(incident, 3, "Reads the order back line by line.", by=by, at=AT)

    row = of_incident(workshop)
    assert row.is_in_writing
    sources = [anchor.source for level in row.levels for anchor in level.anchors if anchor.source]
    assert sources == [made]
