from datetime import date
from types import SimpleNamespace

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import path

from evenhand.kernel.acting import Actor, Grant, Role
from evenhand.web.navigation import GROUPS, navigation, page

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.ui.test_navigation")]

TODAY = date(2026, 11, 22)
OWN = ("My goals", "My reviews", "My development")
PROGRAMME = (
    *("Strategy", "Alignment", "Competencies", "Assessments", "Workshops", "Data sources"),
)
NAMES = [place.name for _, places in GROUPS for place in places]


def nowhere(_request):
    return HttpResponse()


urlpatterns = [path("" if name == "home" else f"{name}/", nowhere, name=name) for name in NAMES]


def request_by(*roles, delegate_id=None, where="/"):
    request = RequestFactory().get(where)
    request.actor = Actor(1, "Kissy", TODAY, frozenset(map(Grant, roles)), delegate_id)
    return request


def labels(request):
    return [item.label for group in navigation(request) for item in group.items]


@pytest.mark.parametrize(
    ("role", "places"),
    [
        (None, []),
        (Role.HR_PARTNER, ["Cycles", "People", "Fairness"]),
        (Role.EXECUTIVE, ["Cycles", "People", "Fairness"]),
        (
            Role.SPECIALIST,
            ["Cycles", "Templates", "People", "Units", "Imports", "Fairness", "Roles"],
        ),
        (Role.AUDITOR, ["Fairness", "Audit trail"]),
        (Role.IT_ADMINISTRATOR, ["Roles", "Settings and health"]),
    ],
)
def test_each_role_finds_its_places(role, places):
    request = request_by(*([role] if role else []))

    assert labels(request) == ["Home", *OWN, *PROGRAMME, *places]


def test_who_stands_in_for_somebody_finds_nothing_of_their_own():
    found = labels(request_by(delegate_id=2))

    assert found == ["Home", "Strategy", "Alignment", "Competencies", "Workshops"]


def test_before_signing_in_there_is_nowhere_to_go():
    assert list(navigation(RequestFactory().get("/"))) == []


@pytest.mark.parametrize(
    ("where", "current"),
    [("/", ["Home"]), ("/cycles/", ["Cycles"]), ("/cycles/3/", ["Cycles"]), ("/else/", [])],
)
def test_the_navigation_says_where_one_is(where, current):
    request = request_by(Role.SPECIALIST, where=where)
    items = [item for group in navigation(request) for item in group.items]

    assert [item.label for item in items if item.is_current] == current


def test_a_phone_keeps_four_places_at_the_thumb():
    context = page(request_by(Role.SPECIALIST))

    assert [item.label for item in context["shortcuts"]] == [
        "Home",
        "My goals",
        "My reviews",
        "My development",
    ]


@pytest.mark.parametrize(("cookie", "theme"), [("dark", "dark"), ('x" onload="', ""), (None, "")])
def test_only_known_themes_reach_the_page(cookie, theme):
    request = RequestFactory().get("/")
    request.COOKIES = SimpleNamespace(get=lambda _: cookie)

    assert page(request)["theme"] == theme
