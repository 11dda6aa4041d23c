import pytest

from evenhand.workshops.models import Incident
from tests.factories.workshops import IncidentFactory, ParticipantFactory, first_competency

pytestmark = pytest.mark.django_db
WORDS = {
    "situation": "A customer waited on the phone.",
    "behaviour": "Knows the answer.",
    "outcome": "The customer called again.",
}


def words(answer):
    return " ".join(answer.content.decode().split())


def test_a_collector_writes_and_is_given_advice_beside_it(browser_of):
    one = ParticipantFactory()
    client, address = browser_of(one.person), f"/workshops/{one.workshop_id}/incidents/"
    assert "no names" in words(client.get(address))
    said = WORDS | {"competency": first_competency(one.workshop).pk}
    seen = words(client.post(address, said, follow=True))

    assert Incident.objects.get().situation == WORDS["situation"]
    assert "1 written" in seen
    assert "“Knows” cannot be seen." in seen


def test_what_is_missing_is_said_and_what_was_typed_stays(browser_of):
    one = ParticipantFactory()
    answer = browser_of(one.person).post(f"/workshops/{one.workshop_id}/incidents/", WORDS)

    assert answer.status_code == 422
    assert WORDS["situation"] in words(answer)


def test_advice_comes_while_one_writes_and_keeps_nothing(browser_of):
    one = ParticipantFactory()
    client = browser_of(one.person)

    assert "cannot be seen" in words(client.post("/workshops/advice/", {"behaviour": "Knows it."}))
    good = {"behaviour": "Reads the order back line by line."}
    assert words(client.post("/workshops/advice/", good)) == ""
    assert not Incident.objects.exists()


def test_an_incident_is_changed_and_taken_out(browser_of):
    incident = IncidentFactory()
    client = browser_of(incident.collector.person)
    address = f"/workshops/incidents/{incident.pk}/"
    assert incident.situation in words(client.get(address))
    client.post(address, WORDS | {"competency": incident.competency_id})
    assert Incident.objects.get().outcome == WORDS["outcome"]

    answer = client.post(f"{address}removal/")
    assert answer.url == f"/workshops/{incident.workshop_id}/incidents/"
    assert not Incident.objects.exists()


def test_nobody_reads_what_another_collector_wrote(browser_of):
    incident = IncidentFactory()
    other = ParticipantFactory(workshop=incident.workshop)
    client = browser_of(other.person)

    assert client.get(f"/workshops/incidents/{incident.pk}/").status_code == 404
    assert incident.situation not in words(
        client.get(f"/workshops/{incident.workshop_id}/incidents/")
    )
