import re

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.template import engines
from django.urls import include, path
from playwright.sync_api import expect

from evenhand.kernel.verdict import Ground, Refused, Verdict

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.web.ui.test_page"),
]

PAGE = """
{% extends "ui/page.html" %}
{% block title %}Page{% endblock %}
{% block heading %}Page{% endblock %}
{% block content %}
<form method="post" action="/done/" data-confirm="Delete it?"
  data-confirm-text="It cannot come back." data-confirm-yes="Delete" data-confirm-danger>
  {% csrf_token %}<button>Delete</button></form>
<button hx-post="/refused/" hx-target="#part">Release</button>
<button hx-get="/done/" hx-target="#part">Look</button>
<button hx-get="/broken/" hx-target="#part">Break</button>
<div id="part">Part</div>
{% include "ui/person_search.html" with label="Manager" url="/found/" form_id="choice" query="" %}
<form method="post" id="choice" action="/done/">{% csrf_token %}<button>Choose</button></form>
{% endblock %}
"""
seen = {}


@login_not_required
def a_page(request):
    return HttpResponse(engines["django"].from_string(PAGE).render({}, request))


@login_not_required
def done(request):
    seen.update(request.POST.dict())
    return HttpResponse("<!doctype html><html><title>x</title><p>Done</p></html>")


@login_not_required
def refused(_request):
    raise Refused(Verdict("too_early", "The manager review is still open.", Ground.WHEN))


@login_not_required
def broken(_request):
    return HttpResponse(status=500)


@login_not_required
def found(request):
    people = [{"id": 5, "name": "Ketsia Liebig", "detail": "Production manager"}]
    context = {"people": people, "form_id": "choice", "name": "person", "query": request.GET["q"]}
    template = engines["django"].get_template("ui/person_search.html#found")
    return HttpResponse(template.render(context, request))


urlpatterns = [
    path("page/", a_page),
    path("done/", done),
    path("refused/", refused),
    path("broken/", broken),
    path("found/", found),
    path("", include("evenhand.web.urls")),
]


@pytest.fixture
def opened(page):
    seen.clear()
    page.goto("/page/")
    return page


def test_a_consequence_is_asked_about_first_and_may_be_cancelled(opened):
    opened.get_by_role("button", name="Delete").click()
    dialog = opened.get_by_role("dialog", name="Delete it?")
    expect(dialog).to_contain_text("It cannot come back.")
    dialog.get_by_role("button", name="Cancel").click()

    expect(dialog).to_be_hidden()
    assert seen == {}


def test_once_confirmed_it_is_done(opened):
    opened.get_by_role("button", name="Delete").click()
    opened.get_by_role("dialog").get_by_role("button", name="Delete").click()

    expect(opened.get_by_text("Done")).to_be_visible()


def test_a_refusal_is_told_at_the_top_and_the_part_stays(opened):
    opened.get_by_role("button", name="Release").click()

    expect(opened.get_by_role("alert")).to_have_text("The manager review is still open.")
    expect(opened.locator("#part")).to_have_text("Part")


def test_a_failure_is_told_at_the_top(opened):
    opened.get_by_role("button", name="Break").click()

    expect(opened.locator("#notice")).to_contain_text("Something broke on our side.")


def test_a_whole_page_in_place_of_a_part_is_opened_as_a_page(opened):
    opened.get_by_role("button", name="Look").click()

    expect(opened).to_have_url(re.compile("/done/$"))


def test_a_person_is_found_by_typing_and_chosen_for_a_form(opened):
    opened.get_by_label("Manager").press_sequentially("lieb")
    opened.get_by_role("radio", name="Ketsia Liebig").check()
    opened.get_by_role("button", name="Choose").click()

    expect(opened.get_by_text("Done")).to_be_visible()
    assert seen["person"] == "5"


def test_a_refusal_without_scripts_is_a_page_of_its_own(page):
    answer = page.goto("/refused/")

    assert answer.status == 409
    expect(page.get_by_role("alert")).to_have_text("The manager review is still open.")


@pytest.mark.parametrize("code", [400, 403, 404, 500])
def test_error_pages_are_kind_and_lead_home(code):
    html = engines["django"].get_template(f"{code}.html").render({})

    assert 'href="/"' in html
    assert "!" not in html.split("<body")[1].split("<script")[0].replace("<!--", "")
