import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from evenhand.cycles.kinds import QuestionKind
from evenhand.cycles.models import Question, Section, Template, TemplateVersion
from evenhand.cycles.templates import write_template
from evenhand.kernel.acting import Role
from tests.factories.access import AccountFactory, RoleGrantFactory, acting
from tests.factories.cycles import CycleFactory, TemplateVersionFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def specialist(client):
    person = PersonFactory()
    RoleGrantFactory(person=person, role=Role.SPECIALIST)
    client.force_login(AccountFactory(person=person))
    return acting(person, on=timezone.localdate())


@pytest.fixture
def version(specialist):
    return write_template("Annual review", by=specialist, at=timezone.now())


def question_form(**changes):
    return {
        "text": "How was it?",
        "kind": "text",
        "answered_by": "both",
        "is_required": "on",
        "shown_to_subject": "after_release",
    } | changes


def test_an_empty_installation_gets_its_first_template_with_one_click(client, specialist):
    assert "Write the first one" in client.get("/templates/").content.decode()

    words = {"name": "Annual review", "begin_with": "starter"}
    page = client.post("/templates/new/", words, follow=True).content.decode()

    assert "A cycle can be launched with this version" in page


def test_a_template_begins_empty_or_as_a_copy(client, version):
    client.post("/templates/new/", {"name": "Empty", "begin_with": "empty"})
    client.post("/templates/new/", {"name": "Copy", "begin_with": str(version.pk)})

    empty, copy = (TemplateVersion.objects.get(template__name=n) for n in ("Empty", "Copy"))
    assert not empty.sections.exists()
    assert copy.sections.count() == version.sections.count()


def test_two_templates_do_not_share_a_name(client, version):
    page = client.post("/templates/new/", {"name": "annual REVIEW", "begin_with": "empty"})

    assert page.status_code == 422
    assert "Another template has this name" in page.content.decode()


def test_a_change_of_weight_is_answered_with_the_new_sum(client, version):
    section = version.sections.first()
    url = f"/templates/sections/{section.pk}/"

    part = client.post(url, {"title": "Results", "weight": 50, "guidance": ""}, **HTMX)

    text = part.content.decode()
    assert "<html" not in text
    assert "90 %" in text
    assert "they must sum to 100" in text


def test_without_scripts_the_page_comes_back(client, version):
    section = version.sections.first()

    answer = client.post(f"/templates/sections/{section.pk}/", {"title": "Goals", "weight": 60})

    assert answer["Location"] == f"/templates/versions/{version.pk}/"
    assert version.sections.first().title == "Goals"


def test_a_wrong_weight_is_told_where_it_was_typed(client, version):
    section = version.sections.first()

    page = client.post(f"/templates/sections/{section.pk}/", {"title": "Goals", "weight": 101})

    assert page.status_code == 422
    assert 'value="Goals"' in page.content.decode()
    assert version.sections.first().title == "Results"


def test_sections_are_added_moved_and_removed(client, version):
    client.post(f"/templates/versions/{version.pk}/sections/", {"title": "Extra", "weight": 0})
    extra = Section.objects.get(title="Extra")

    client.post(f"/templates/sections/{extra.pk}/place/", {"to": "up"})
    assert [s.title for s in version.sections.all()].index("Extra") == 2
    client.post(f"/templates/sections/{extra.pk}/removal/")
    assert not Section.objects.filter(title="Extra").exists()


def test_a_competency_keeps_its_anchors_and_a_choice_its_words(client, version):
    section = version.sections.first()
    url = f"/templates/sections/{section.pk}/questions/"

    client.post(url, question_form(kind="competency", text="Plans", anchor_1="No plan."))
    client.post(url, question_form(kind="choice", text="Next?", choices="Soon\n\nLater\nSoon"))
    few = client.post(url, question_form(kind="choice", text="Which?", choices="One"))

    assert Question.objects.get(text="Plans").anchors == {"1": "No plan."}
    assert Question.objects.get(text="Next?").choices == ["Soon", "Later"]
    assert "Give at least two choices" in few.content.decode()


def test_an_overall_rating_is_always_the_managers(client, version):
    section = version.sections.first()
    url = f"/templates/sections/{section.pk}/questions/"

    client.post(url, question_form(kind="overall", text="All in all"))

    assert Question.objects.get(kind=QuestionKind.OVERALL).answered_by == "manager"


def test_a_question_is_changed_moved_and_removed(client, version):
    first, second = list(Question.objects.filter(section=version.sections.first()))[:2]
    shown = client.get(f"/templates/questions/{first.pk}/").content.decode()
    assert first.text in shown

    client.post(f"/templates/questions/{first.pk}/", question_form(text="Anew?"))
    client.post(f"/templates/questions/{second.pk}/place/", {"to": "up"}, **HTMX)
    assert list(Question.objects.filter(section=first.section))[:2] == [second, first]
    client.post(f"/templates/questions/{first.pk}/removal/")
    assert not Question.objects.filter(text="Anew?").exists()


def test_levels_are_written_and_removed(client, version):
    url = f"/templates/versions/{version.pk}/levels/"

    client.post(url, {"value": 6, "label": "Beyond", "descriptor": "Never seen before."})
    level = version.levels.get(value=6)
    client.post(f"/templates/levels/{level.pk}/removal/")

    assert level.label == "Beyond"
    assert not version.levels.filter(value=6).exists()


def test_settings_are_kept(client, version):
    values = {"guidance": "Be fair.", "self_shown_to_manager": "when_both_submitted"}

    client.post(f"/templates/versions/{version.pk}/settings/", values)

    version.refresh_from_db()
    assert version.guidance == "Be fair."


def test_a_frozen_version_offers_a_new_one(client, specialist):
    frozen = CycleFactory().version

    page = client.get(f"/templates/versions/{frozen.pk}/").content.decode()
    refused = client.post(f"/templates/versions/{frozen.pk}/sections/", {"title": "x", "weight": 0})
    made = client.post(f"/templates/versions/{frozen.pk}/copy/")

    assert "Write a new version" in page
    assert refused.status_code == 409
    copy = TemplateVersion.objects.get(number=2)
    assert made["Location"] == f"/templates/versions/{copy.pk}/"


@pytest.mark.parametrize(
    ("reader", "asked", "not_asked"),
    [
        ("self", "What would you like to learn", "Is there anything HR should know"),
        ("manager", "Is there anything HR should know", "What would you like to learn"),
        ("subject", "What would you like to learn", "Is there anything HR should know"),
        ("nonsense", "What would you like to learn", "Is there anything HR should know"),
    ],
)
def test_each_reader_is_shown_what_they_will_see(client, version, reader, asked, not_asked):
    page = client.get(f"/templates/versions/{version.pk}/preview/?as={reader}").content.decode()

    assert asked in page
    assert not_asked not in page


def test_templates_are_renamed_retired_and_thrown_away(client, version):
    template = version.template
    client.post(f"/templates/{template.pk}/name/", {"name": "Yearly", "purpose": "For all."})
    client.post(f"/templates/{template.pk}/retirement/")
    template.refresh_from_db()
    assert template.name == "Yearly"
    assert template.retired_at is not None

    client.post(f"/templates/versions/{version.pk}/removal/")

    assert not Template.objects.exists()


@pytest.mark.parametrize("role", [None, Role.HR_PARTNER, Role.EXECUTIVE, Role.AUDITOR])
def test_nobody_else_finds_templates(client, role):
    version = TemplateVersionFactory()
    person = PersonFactory()
    if role:
        RoleGrantFactory(person=person, role=role)
    client.force_login(AccountFactory(person=person))

    for url in ("/templates/", "/templates/new/", f"/templates/versions/{version.pk}/"):
        assert client.get(url).status_code == 404
    section = version.sections.first()
    assert client.post(f"/templates/sections/{section.pk}/removal/").status_code == 404


def test_more_sections_ask_the_database_no_more_often(client, version):
    def count():
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/templates/versions/{version.pk}/")
        return len(queries)

    before = count()
    for title in ("One", "Two", "Three"):
        client.post(f"/templates/versions/{version.pk}/sections/", {"title": title, "weight": 0})

    assert count() == before <= 15
