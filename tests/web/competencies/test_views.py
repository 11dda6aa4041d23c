from datetime import timedelta

import pytest
from django.utils import timezone

from evenhand.competencies.models import Competency, CompetencyVersion
from tests.factories.competencies import (
    CompetencyFactory,
    CompetencyVersionFactory,
    ModelFactory,
)

pytestmark = pytest.mark.django_db


def text_of(answer):
    return " ".join(answer.content.decode().split())


def test_an_empty_library_teaches_and_begins_with_one_click(client, specialist):
    assert "Begin with the starter library" in text_of(client.get("/competencies/"))

    page = text_of(client.post("/competencies/starter/", follow=True))

    assert "in force from today" in page
    assert "Customer focus" in page


def test_somebody_without_a_role_reads_and_is_offered_no_pen(client, somebody):
    competency = CompetencyFactory(code="listening")

    library = text_of(client.get("/competencies/"))
    page = text_of(client.get(f"/competencies/{competency.pk}/", follow=True))

    assert "Listening" in library
    assert "New competency" not in library
    assert "Writes 3 notes of listening for meeting 1." in page
    assert "by watching somebody at work" in page
    assert "Write a new version" not in page


def test_what_is_in_writing_is_not_there_for_others(client, somebody):
    version = CompetencyVersionFactory(in_writing=True)

    assert client.get(f"/competencies/{version.competency_id}/").status_code == 404
    assert client.get(f"/competencies/versions/{version.pk}/").status_code == 404
    assert client.get(f"/competencies/versions/{version.pk}/words/").status_code == 404


def test_the_library_shows_the_version_that_counts_today(client, specialist):
    today = timezone.localdate()
    first = CompetencyFactory(code="hearing", ends_on=today + timedelta(days=9)).versions.get()
    CompetencyVersionFactory(
        competency=first.competency,
        number=2,
        name="Hearing out",
        starts_on=today + timedelta(days=9),
    )
    CompetencyVersionFactory(
        competency=first.competency, number=3, name="Hearing in", in_writing=True
    )

    page = text_of(client.get("/competencies/"))

    assert ">Hearing</a>" in page
    assert "Hearing out" not in page
    assert "New version in writing" in page


def test_the_library_is_found_by_words_and_kind(client, somebody):
    CompetencyFactory(code="listening")
    CompetencyFactory(code="leading", category="leadership")
    CompetencyFactory(code="old", retired_at=timezone.now())

    def shown(query):
        page = text_of(client.get(f"/competencies/?{query}"))
        return [name for name in ("Listening", "Leading", "Old") if f">{name}</a>" in page]

    assert shown("") == ["Listening", "Leading"]
    assert shown("q=lead") == ["Leading"]
    assert shown("category=leadership") == ["Leading"]
    assert shown("retired=on") == ["Old"]
    assert shown("category=nonsense") == ["Listening", "Leading"]


def test_a_long_library_comes_in_pages(client, somebody):
    for number in range(52):
        CompetencyFactory(code=f"skill-{number:02}", levels=())

    page = client.get("/competencies/")
    assert "Skill 49" in text_of(page)
    assert "Skill 50" not in text_of(page)
    further = client.get(f"/competencies/?cursor={page.context['page'].next_cursor}")

    assert "Skill 50" in text_of(further)


def test_two_versions_stand_side_by_side(client, somebody):
    first = CompetencyFactory(code="listening").versions.get()
    second = CompetencyVersionFactory(
        competency=first.competency,
        number=2,
        definition="Takes in what others say and lets it change the plan.",
        starts_on=timezone.localdate(),
    )

    page = client.get(f"/competencies/versions/{second.pk}/difference/")

    (change,) = [c for c in page.context["changes"] if c.place == "Definition"]
    assert [(piece.kind, piece.words) for piece in change.pieces] == [
        ("same", "Takes in what others say and lets it "),
        ("gone", "count."),
        ("new", "change the plan."),
    ]
    assert "change the plan.</ins>" in text_of(page)
    assert client.get(f"/competencies/versions/{first.pk}/difference/").status_code == 404


def test_a_version_can_be_compared_with_any_earlier_one(client, somebody):
    first = CompetencyFactory(code="listening").versions.get()
    for number in (2, 3):
        last = CompetencyVersionFactory(
            competency=first.competency, number=number, definition=f"Words {number}."
        )
    url = f"/competencies/versions/{last.pk}/difference/"

    assert client.get(url).context["before"].number == 2
    assert client.get(f"{url}?with=1").context["before"].number == 1
    assert client.get(f"{url}?with=3").status_code == 404


def test_a_competency_names_the_models_that_ask_for_it(client, somebody):
    model = ModelFactory(name="Engineers", requirements={"listening": (3, 100)})
    ModelFactory(name="Secret", requirements={"listening": (3, 100)}, in_writing=True)

    page = text_of(
        client.get(f"/competencies/{model.requirements.get().competency_id}/", follow=True)
    )

    assert "Engineers" in page
    assert "Secret" not in page


def test_a_page_costs_the_same_for_one_competency_and_for_three(
    client, somebody, django_assert_max_num_queries
):
    for _ in range(3):
        CompetencyFactory()

    with django_assert_max_num_queries(12):
        client.get("/competencies/")
    assert Competency.objects.count() == CompetencyVersion.objects.count() == 3
