import pytest
from django.utils import timezone

from evenhand.competencies.models import ModelVersion
from evenhand.competencies.reading import model_part
from tests.factories.competencies import (
    THREE,
    CompetencyFactory,
    ModelFactory,
    ModelVersionFactory,
)
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def text_of(answer):
    return " ".join(answer.content.decode().split())


def words(**changes):
    said = {"name": "Engineer", "job_family": "Engineering", "grades": "G4, G5, G4"}
    for place, (code, (level, weight)) in enumerate(THREE.items(), start=1):
        said |= {
            f"competency_{place}": code,
            f"level_{place}": level,
            f"weight_{place}": weight,
        }
    return said | changes


@pytest.fixture
def competencies():
    return [CompetencyFactory(code=code) for code in THREE]


@pytest.fixture
def written(client, specialist, competencies):
    client.post("/competencies/models/new/", words())
    return ModelVersion.objects.get()


def test_an_empty_list_of_models_teaches(client, specialist):
    assert "Write the first one" in text_of(client.get("/competencies/models/"))


def test_a_model_is_written_line_by_line(written):
    part = model_part(written)

    assert part.grades == ("G4", "G5")
    assert [(r.code, r.level, r.weight) for r in part.requirements] == [
        ("listening", 3, 40),
        ("writing", 2, 30),
        ("planning", 4, 30),
    ]


def test_a_line_twice_or_without_weight_is_sent_back(client, specialist, competencies):
    page = client.post("/competencies/models/new/", words(competency_2="listening", weight_3=""))

    assert page.status_code == 422
    assert "It stands in another line already" in text_of(page)
    assert "How much does it count?" in text_of(page)


def test_a_model_that_is_not_ready_says_what_is_missing(client, written):
    url = f"/competencies/models/versions/{written.pk}/"
    client.post(f"{url}words/", words(weight_1=39))

    page = text_of(client.get(url))

    assert "The weights sum to 99; they must sum to 100." in page


def test_a_model_is_published_and_read_with_anchors_of_the_expected_level(client, written):
    url = f"/competencies/models/versions/{written.pk}/"
    client.post(f"{url}publication/", {"starts_on": timezone.localdate().isoformat()})

    page = text_of(client.get(url))

    assert "Writes 3 notes of listening for meeting 1." in page
    assert "Writes 2 notes of listening for meeting 1." not in page
    assert "Weights sum to 100 %" in page


def test_what_somebody_else_changed_meanwhile_is_not_written_over(client, written):
    url = f"/competencies/models/versions/{written.pk}/words/"
    seen = written.written_at.isoformat()
    client.post(url, words(name="Theirs", seen=seen))

    assert client.post(url, words(name="Mine", seen=seen)).status_code == 409


def test_two_versions_of_a_model_stand_side_by_side(client, somebody):
    first = ModelFactory()
    second = ModelFactory(
        model=first.model,
        number=2,
        requirements={"listening": (4, 70), "planning": (4, 30)},
    )

    page = client.get(f"/competencies/models/versions/{second.pk}/difference/")

    places = [change.place for change in page.context["changes"]]
    assert places == ["Listening", "Writing"]


def test_jobs_without_a_model_come_first(client, specialist):
    ModelVersionFactory(name="For engineers", job_family="Engineering")
    PersonFactory(job_family="Engineering", title="Engineer")
    PersonFactory(job_family="Sales", title="Seller")

    page = text_of(client.get("/competencies/models/jobs/"))
    only = text_of(client.get("/competencies/models/jobs/?without=1"))

    assert page.index("Seller") < page.index("For engineers")
    assert "1 kind of job has no model; 1 of 4 people hold it." in page
    assert "Seller" in only
    assert "For engineers" not in only


def test_who_has_which_model_is_for_those_who_look_after_programmes(client, somebody):
    assert client.get("/competencies/models/jobs/").status_code == 404


def test_a_retired_model_is_found_among_the_retired_and_brought_back(client, specialist):
    version = ModelVersionFactory(name="Former")
    url = f"/competencies/models/{version.model_id}/retirement/"

    client.post(url, {"to": "retired"})
    assert "Former" not in text_of(client.get("/competencies/models/"))
    assert "Former" in text_of(client.get("/competencies/models/?retired=on"))

    client.post(url, {"to": "use"})
    assert "Former" in text_of(client.get("/competencies/models/"))


def test_a_version_in_writing_is_thrown_away(client, written):
    client.post(f"/competencies/models/versions/{written.pk}/removal/")

    assert not ModelVersion.objects.exists()


def test_a_new_version_begins_as_the_one_before(client, specialist):
    first = ModelFactory()

    client.post(f"/competencies/models/{first.model_id}/next-version/")

    assert model_part(ModelVersion.objects.get(number=2)) == model_part(first)


def test_everybody_is_told_what_their_own_job_asks_for(client, somebody):
    version = ModelVersionFactory(name="For engineers", job_family="Engineering")

    for page in ("/competencies/", "/competencies/models/"):
        assert client.get(page).context["own_model"] == version
        assert "Your job asks for:" in text_of(client.get(page))
