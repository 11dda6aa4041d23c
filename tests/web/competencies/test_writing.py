from datetime import timedelta

import pytest
from django.utils import timezone

from evenhand.competencies.models import CompetencyVersion
from evenhand.competencies.reading import competency_part
from tests.factories.competencies import CompetencyFactory, CompetencyVersionFactory

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


def text_of(answer):
    return " ".join(answer.content.decode().split())


def words(**changes):
    said = {"name": "Listening", "category": "core", "nature": "skill"}
    said |= {"definition": "Takes in what others say.", "questions": "When?\n\nWhere?\n"}
    for value in (1, 2, 3, 4):
        said |= {
            f"label_{value}": f"Level {value}",
            f"descriptor_{value}": "",
            f"anchors_{value}": f"Writes {value} notes in a meeting.\nSends notes to the team.",
        }
    return said | changes


@pytest.fixture
def written(client, specialist):
    client.post("/competencies/new/", words())
    return CompetencyVersion.objects.get()


def test_a_competency_is_written_line_by_line(written):
    part = competency_part(written)

    assert part.questions == ("When?", "Where?")
    assert [level.value for level in part.levels] == [1, 2, 3, 4]
    assert part.levels[0].anchors == ("Writes 1 notes in a meeting.", "Sends notes to the team.")


def test_a_competency_without_a_name_is_asked_for_one(client, specialist):
    page = client.post("/competencies/new/", words(name=""))

    assert page.status_code == 422
    assert "Please look at this again" in text_of(page)
    assert "Writes 3 notes in a meeting." in text_of(page)


def test_advice_on_anchors_comes_while_one_writes(client, specialist):
    part = text_of(
        client.post("/competencies/advice/3/", {"anchors_3": "Is usually friendly"}, **HTMX)
    )

    assert "<html" not in part
    assert "“friendly” says what somebody is like" in part
    assert "“usually” alone" in part
    assert client.post("/competencies/advice/3/", {"anchors_3": ""}).content.strip() == b""


def test_without_scripts_the_advice_stands_beside_what_was_kept(client, specialist):
    client.post("/competencies/new/", words(anchors_2="Is usually friendly"))
    version = CompetencyVersion.objects.get()

    page = text_of(client.get(f"/competencies/versions/{version.pk}/words/"))
    summary = text_of(client.get(f"/competencies/versions/{version.pk}/"))

    assert "“friendly” says what somebody is like" in page
    assert "1 anchor might be read in more than one way" in summary


def test_what_somebody_else_changed_meanwhile_is_not_written_over(client, written):
    url = f"/competencies/versions/{written.pk}/words/"
    seen = written.written_at.isoformat()
    client.post(url, words(name="Hearing", seen=seen))

    page = client.post(url, words(name="Mine", seen=seen))

    assert page.status_code == 409
    assert "Somebody else has changed this" in text_of(page)
    written.refresh_from_db()
    assert written.name == "Hearing"


def test_a_version_is_published_from_a_day_on_and_then_followed_by_another(client, written):
    today = timezone.localdate()
    url = f"/competencies/versions/{written.pk}/publication/"

    client.post(url, {"starts_on": today.isoformat(), "reason": "First words"})

    written.refresh_from_db()
    assert written.starts_on == today
    client.post(f"/competencies/{written.competency_id}/next-version/")
    second = CompetencyVersion.objects.get(number=2)
    assert competency_part(second) == competency_part(written)


def test_a_publication_without_a_day_asks_for_it(client, written):
    page = client.post(f"/competencies/versions/{written.pk}/publication/", {"starts_on": ""})

    assert page.status_code == 422
    assert "This field is required" in text_of(page)


def test_a_day_in_the_past_is_refused_where_people_work_with_a_version(client, specialist):
    first = CompetencyFactory().versions.get()
    second = CompetencyVersionFactory(competency=first.competency, number=2, in_writing=True)
    yesterday = timezone.localdate() - timedelta(days=1)

    page = client.post(
        f"/competencies/versions/{second.pk}/publication/", {"starts_on": yesterday.isoformat()}
    )

    assert page.status_code == 422
    assert "today at the earliest" in text_of(page)


def test_a_version_in_writing_is_thrown_away(client, written):
    client.post(f"/competencies/versions/{written.pk}/removal/")

    assert not CompetencyVersion.objects.exists()


def test_a_competency_is_retired_and_brought_back(client, specialist):
    competency = CompetencyFactory()
    url = f"/competencies/{competency.pk}/retirement/"

    client.post(url, {"to": "retired"})
    competency.refresh_from_db()
    assert competency.retired_at is not None
    client.post(url, {"to": "use"})

    competency.refresh_from_db()
    assert competency.retired_at is None


def test_somebody_without_the_role_writes_nothing(client, somebody):
    version = CompetencyFactory().versions.get()

    assert client.get("/competencies/new/").status_code == 404
    assert client.post("/competencies/starter/").status_code == 404
    assert client.post(f"/competencies/versions/{version.pk}/removal/").status_code == 403
    assert client.post(f"/competencies/{version.competency_id}/next-version/").status_code == 403
