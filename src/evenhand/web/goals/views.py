"""One's own goals, those of somebody else, and a goal by itself."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from evenhand.goals.models import GoalVersion
from evenhand.goals.policies import (
    WRITE_FOR_OTHERS,
    may_set_rules,
    may_weigh,
    may_write_goal_for,
    visible_versions,
    words_open_until,
)
from evenhand.goals.queries import (
    discarded_goals,
    drafts_for_others,
    ended_goals_of,
    goals_of,
    my_goals,
)
from evenhand.kernel.paging import page_of
from evenhand.people.policies import visible_people
from evenhand.web.goals.lists import listed
from evenhand.web.goals.looking import page_view
from evenhand.web.goals.pages import goal_page
from evenhand.web.goals.plan_facts import Difference, Fact, differences, facts_of_version
from evenhand.web.goals.writing import find_goal
from evenhand.web.http import PersonRequest, go_to
from evenhand.web.navigation import leads_people

EDITIONS, YEARS = 20, 8


@page_view
def goals(request: PersonRequest) -> HttpResponse:
    """One's own goals: how far, how heavy, at which pace, and what needs one."""
    actor = request.actor
    if actor.is_delegate:
        return go_to(request, "goals:team")
    person = request.account.person
    context = {
        "person": person,
        "is_own": True,
        "goals": listed(my_goals(actor)),
        **ended(request, actor.person_id),
        "for_others": drafts_for_others(actor),
        "may_write": may_write_goal_for(actor, person),
        "may_weigh": may_weigh(actor, person),
        "may_set_rules": may_set_rules(actor),
        "leads": (leads := leads_people(actor)),
        "may_give": leads or actor.holds(*WRITE_FOR_OTHERS),
    }
    return render(request, "goals/goals.html", context)


@page_view
def person(request: PersonRequest, pk: int) -> HttpResponse:
    """The goals of somebody, as far as one may see them."""
    if pk == request.actor.person_id and not request.actor.is_delegate:
        return go_to(request, "goals")
    found = get_object_or_404(visible_people(request.actor), pk=pk)
    context = {
        "person": found,
        "is_own": False,
        "goals": listed(goals_of(request.actor, pk)),
        **ended(request, pk),
        "may_write": may_write_goal_for(request.actor, found),
        "may_weigh": may_weigh(request.actor, found),
    }
    return render(request, "goals/goals.html", context)


def ended(request: PersonRequest, person_id: int) -> dict[str, Any]:
    """The goals of somebody that have ended, of one year or of all of them."""
    asked, this_year = request.GET.get("year", ""), request.actor.on.year
    years = [str(this_year - ago) for ago in range(YEARS)]
    year = int(asked) if asked in years else None
    cursor = request.GET.get("cursor", "")
    found = ended_goals_of(request.actor, person_id, year=year, cursor=cursor)
    return {"ended": found, "years": years, "year": asked if year else ""}


@page_view
def discarded(request: PersonRequest) -> HttpResponse:
    """The drafts one has put away, to bring one back."""
    context = {"discarded": discarded_goals(request.actor)}
    return render(request, "goals/discarded.html", context)


@page_view
def goal(request: PersonRequest, pk: int) -> HttpResponse:
    """A goal: its plan, how far it is, and what was said and agreed about it."""
    found = find_goal(request, pk)
    return render(request, "goals/goal.html", goal_page(request.actor, found))


@page_view
def versions(request: PersonRequest, pk: int) -> HttpResponse:
    """Every edition of the plan one may read, each with what it changed."""
    found = find_goal(request, pk)
    readable = visible_versions(request.actor, found).select_related("author")
    cursor = request.GET.get("cursor", "")
    page = page_of(readable, ("-number", "-pk"), cursor=cursor, limit=EDITIONS)
    before = readable.filter(number__lt=page.rows[-1].number).last() if page.rows else None
    context = {
        "goal": found,
        "person": found.owner,
        "editions": editions(page.rows, before),
        "reads_words": words_open_until(request.actor, found) is not None,
        "page": page,
    }
    return render(request, "goals/versions.html", context)


def editions(
    versions: Sequence[GoalVersion], before: GoalVersion | None
) -> list[tuple[GoalVersion, list[Fact], list[Difference]]]:
    """Versions, the latest first: each as facts, and with what it changed of the one before."""
    facts = [facts_of_version(version) for version in versions]
    former = [*facts[1:], facts_of_version(before) if before else []]
    return [
        (version, said, differences(earlier, said) if earlier else [])
        for version, said, earlier in zip(versions, facts, former, strict=True)
    ]
