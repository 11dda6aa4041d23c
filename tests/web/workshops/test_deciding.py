import pytest

from evenhand.competencies.models import Anchor
from evenhand.workshops.kinds import Stage
from evenhand.workshops.models import AnchorSource
from tests.factories.workshops import WorkshopFactory, grade, place

pytestmark = pytest.mark.django_db
TEXT = "Reads the order back line by line."


def words(answer):
    return " ".join(answer.content.decode().split())


@pytest.fixture
def incident():
    workshop = WorkshopFactory(stage=Stage.SCALED, sorters=3, incidents=1)
    found = workshop.incidents.get()
    place(found, "AAA")
    grade(found, (4, 4, 5))
    return found


def test_a_decision_against_the_rule_stands_with_its_reason(specialist, incident):
    address = f"/workshops/incidents/{incident.pk}/decision/"
    assert "Keep or leave out" in words(specialist.get(address))
    said = {"is_kept": "no", "reason": "Too like another one."}
    seen = words(specialist.post(address, said, follow=True))

    assert "Left out" in seen
    assert "Too like another one." in seen
    assert specialist.post(address, {"is_kept": "no"}).status_code == 422


def test_an_anchor_is_offered_at_the_nearest_level_with_advice(specialist, incident):
    address = f"/workshops/incidents/{incident.pk}/anchor/"
    type(incident).objects.filter(pk=incident.pk).update(behaviour="Knows orders by heart.")
    seen = words(specialist.get(address))
    assert "The experts see level 4.333 (SD 0.577, n = 3); the nearest level is 4." in seen
    assert "cannot be seen" in seen

    specialist.post(address, {"level": "4", "behaviour": TEXT})
    assert Anchor.objects.filter(text=TEXT, level__value=4).exists()
    assert AnchorSource.objects.get().incident == incident


def test_the_page_of_anchors_says_what_is_missing_and_where_they_came_from(specialist, incident):
    incident.competency.versions.get().levels.get(value=3).anchors.all().delete()
    specialist.post(
        f"/workshops/incidents/{incident.pk}/anchor/", {"level": "4", "behaviour": TEXT}
    )
    address = f"/workshops/{incident.workshop_id}/anchors/"
    seen = words(specialist.get(address))
    assert "2 missing" in seen
    assert "2 more are needed" in seen
    assert f"from incident {incident.pk}" in seen

    source = AnchorSource.objects.get()
    specialist.post(f"/workshops/anchors/{source.pk}/removal/")
    assert TEXT not in words(specialist.get(address))
