"""Every piece of the look on one page: nothing for axe to find, nothing wider than the screen."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.template import engines
from django.urls import include, path
from django.utils import timezone

from evenhand.kernel.acting import Actor, Grant, Role

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.web.ui.test_pieces"),
]

PAGE = Path(__file__).with_name("templates") / "pieces.html"


class CycleForm(forms.Form):
    name = forms.CharField(help_text="As people say it.")
    kind = forms.ChoiceField(choices=[("a", "Self"), ("b", "Manager")], widget=forms.RadioSelect)
    unit = forms.ChoiceField(choices=[("a", "Production")])
    opens_on = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    why = forms.CharField(widget=forms.Textarea, required=False)
    tell = forms.BooleanField(label="Send a message", required=False)


PEOPLE = [
    {"id": 1, "name": "Elijian Gray", "detail": "Technician I", "url": "#"},
    {"id": 2, "name": "Hans-Joachim von Hohenstein-Wallersberg", "detail": "Instandhaltungsleiter"},
]
STEPS = [
    {"label": "Self review", "detail": "1,151 of 1,204", "state": "done"},
    {"label": "Manager review", "detail": "812 of 1,204", "state": "current"},
    {"label": "Beurteilungsgesprächsvorbereitung", "detail": "15 December", "state": "later"},
]
JOB = {"title": "Opening", "state": "at work", "is_underway": True, "done": 4, "total": 12}


@login_not_required
def pieces(request):
    class Someone:
        pk = 7
        is_authenticated = True
        person = type("P", (), {"name": "Kissy Sullivan"})

    request.user = request.account = Someone()
    today = timezone.localdate()
    request.actor = Actor(7, "Kissy Sullivan", today, frozenset(Grant(role) for role in Role), 9)
    form = CycleForm({})
    form.is_valid()
    context = {"form": form, "people": PEOPLE, "steps": STEPS, "job": JOB, "today": today}
    page = engines["django"].from_string(PAGE.read_text())
    return HttpResponse(page.render(context, request))


@login_not_required
def job(_request):
    return HttpResponse(status=204)


urlpatterns = [
    path("pieces/", pieces),
    path("home/", pieces, name="home"),
    path("job/", job),
    path("acting/end/", job, name="acting_end"),
    path("", include("evenhand.web.urls")),
]


def found(page):
    violations = Axe().run(page).response["violations"]
    return {rule["id"]: [node["html"][:200] for node in rule["nodes"]] for rule in violations}


@pytest.fixture(params=["light", "dark"])
def theme(request):
    return request.param


def test_the_pieces_are_open_to_everybody(page, theme):
    page.emulate_media(color_scheme=theme)
    page.goto("/pieces/")

    assert found(page) == {}


def test_the_pieces_are_open_to_everybody_on_a_phone(phone, theme):
    phone.emulate_media(color_scheme=theme)
    phone.goto("/pieces/")
    phone.get_by_role("button", name="More").click()

    assert found(phone) == {}
    assert phone.evaluate("document.documentElement.scrollWidth") == 390


def test_the_browser_finds_nothing_against_the_content_policy(page):
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.goto("/pieces/")

    assert said == []
