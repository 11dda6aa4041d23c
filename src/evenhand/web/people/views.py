from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from evenhand.people.policies import may_change_people, visible_people
from evenhand.people.queries import directory as directory_of
from evenhand.people.queries import find_people
from evenhand.web.http import PersonRequest
from evenhand.web.people.pages import among, person_page
from evenhand.web.people.pickers import found_rows

MOST_FOUND = 12


@require_safe
def directory(request: PersonRequest) -> HttpResponse:
    """The people one may see, found by words, in a unit or with a manager."""
    asked = request.GET
    words = asked.get("q", "")[:100]
    where = among(request.actor, asked)
    context = {
        "page": directory_of(
            request.actor, words, after=asked.get("cursor", ""), among=where.among
        ),
        "query": words,
        "where": where,
        "may_change": may_change_people(request.actor),
    }
    template = "people/people.html#people" if request.htmx else "people/people.html"
    return render(request, template, context)


@require_safe
def search(request: PersonRequest) -> HttpResponse:
    """A few people found by words: to go to, or to choose one for the form that asks."""
    words = request.GET.get("q", "")[:100]
    found = find_people(request.actor, words, limit=MOST_FOUND + 1)
    context = {
        "query": words,
        "people": found_rows(found[:MOST_FOUND]),
        "are_more": len(found) > MOST_FOUND,
        "form_id": request.GET.get("form", ""),
        "name": request.GET.get("name", "person"),
    }
    return render(request, "ui/person_search.html#found", context)


@require_safe
def person(request: PersonRequest, pk: int) -> HttpResponse:
    """Who somebody is here; to those who may read it, since when and what was before."""
    shown = get_object_or_404(visible_people(request.actor), pk=pk)
    return render(request, "people/person.html", person_page(request.actor, shown))
