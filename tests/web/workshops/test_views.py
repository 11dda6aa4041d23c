import pytest
from django.utils import timezone

from evenhand.workshops.kinds import Group, Stage
from tests.factories.competencies import CompetencyFactory
from tests.factories.people import PersonFactory
from tests.factories.workshops import (
    IncidentFactory,
    ParticipantFactory,
    WorkshopFactory,
    grade,
    place,
    sorters_of,
)

pytestmark = pytest.mark.django_db


def page(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


def test_an_empty_page_says_what_a_workshop_is(specialist, browser_of):
    assert "Open the first one" in page(specialist, "/workshops/")
    assert "Nothing for you here" in page(browser_of(PersonFactory()), "/workshops/")


def test_who_is_invited_finds_the_task_here_and_at_home(browser_of):
    workshop = WorkshopFactory(name="Calls", stage=Stage.SORTING, incidents=2)
    sorter = ParticipantFactory(workshop=workshop, group=Group.SORTERS)
    client = browser_of(sorter.person)
    for address in ("/", "/workshops/", f"/workshops/{workshop.pk}/"):
        seen = page(client, address)
        assert "Sort incidents" in seen
        assert "0 of 2 sorted" in seen
        assert f"/workshops/{workshop.pk}/votes/" in seen


def test_a_sorter_waits_without_seeing_anything_while_others_collect(browser_of):
    incident = IncidentFactory()
    sorter = ParticipantFactory(workshop=incident.workshop, group=Group.SORTERS)
    seen = page(browser_of(sorter.person), f"/workshops/{incident.workshop_id}/")

    assert "you see nothing of it" in seen
    assert incident.situation not in seen


def test_who_leads_sees_how_many_are_missing_and_never_who(specialist):
    workshop = WorkshopFactory(stage=Stage.SORTING, sorters=4, incidents=1)
    one = sorters_of(workshop)[0]
    type(one).objects.filter(pk=one.pk).update(sorted_at=timezone.now())
    seen = page(specialist, f"/workshops/{workshop.pk}/")

    assert "1 of 4 have handed in. 3 are missing." in seen
    assert one.person.family_name not in seen
    assert "Fewer than three sorters have handed in." in seen


def test_votes_are_not_on_any_page_before_the_round_is_closed(specialist):
    workshop = WorkshopFactory(stage=Stage.SORTING, sorters=3, incidents=1)
    place(workshop.incidents.get(), "AAA")
    seen = page(specialist, f"/workshops/{workshop.pk}/results/")

    assert workshop.incidents.get().situation in seen
    assert "Votes" not in seen
    assert "as its collector" not in seen


def test_results_show_share_mean_and_spread_with_their_n(specialist):
    workshop = WorkshopFactory(stage=Stage.SCALED, sorters=4, incidents=1)
    place(workshop.incidents.get(), "AAAB")
    grade(workshop.incidents.get(), (3, 4, 4, 3))
    seen = page(specialist, f"/workshops/{workshop.pk}/results/")

    assert "3 / 4 = 75.0 %" in seen
    assert "3.500 ± 0.577 (n = 4)" in seen
    assert "3: 2\N{MULTIPLICATION SIGN}, 4: 2\N{MULTIPLICATION SIGN}, 5: 0" in seen
    assert "Kept" in seen
    assert "Share = votes for the collector" in seen


def test_results_name_nobody_who_voted_or_wrote(specialist):
    workshop = WorkshopFactory(stage=Stage.SORTED, sorters=3, incidents=1)
    place(workshop.incidents.get(), "AA-")
    seen = page(specialist, f"/workshops/{workshop.pk}/results/")

    assert "None of these" in seen
    for one in workshop.participants.all():
        assert one.person.name not in seen


def test_results_are_shown_by_competency(specialist):
    incident = IncidentFactory()
    other = incident.workshop.competencies.order_by("pk").last()
    IncidentFactory(collector=incident.collector, competency=other, situation="Somewhere else.")
    seen = page(specialist, f"/workshops/{incident.workshop_id}/results/?competency={other.pk}")

    assert "Somewhere else." in seen
    assert incident.situation not in seen


def test_a_collector_who_is_not_leading_finds_no_results_before_they_are_told(browser_of):
    incident = IncidentFactory()

    page(
        browser_of(incident.collector.person),
        f"/workshops/{incident.workshop_id}/results/",
        status=404,
    )


@pytest.mark.parametrize("number", [1, 3])
def test_results_cost_the_same_for_one_and_for_three(
    specialist, django_assert_max_num_queries, number
):
    workshop = WorkshopFactory(
        stage=Stage.SCALED,
        sorters=3,
        incidents=number,
        competencies=CompetencyFactory.create_batch(2),
    )
    for incident in workshop.incidents.all():
        place(incident, "AAB")
        grade(incident, (1, 2, 3))

    with django_assert_max_num_queries(15):
        page(specialist, f"/workshops/{workshop.pk}/results/")
