"""The map of goals, walked as a tree: from objectives or units down to the goals of people."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from evenhand.analytics.reaching import result_scopes
from evenhand.goals.charting import (
    Kind,
    Node,
    Place,
    look_at,
    node_at,
    nodes_below,
    place_named,
    top_of_strategy,
    top_units,
)
from evenhand.goals.scopes import scopes_of
from evenhand.kernel.paging import Page
from evenhand.web.alignment.pages import Branch, branch, crumbs, heap, heaps, leaf
from evenhand.web.http import PersonRequest

WAYS = {"objective": _("By objective"), "unit": _("By unit")}


@require_safe
def alignment(request: PersonRequest) -> HttpResponse:
    """The map from the top, or from one place on it down."""
    place = _place(request)
    if place is None:
        return _from_the_top(request)
    seen = look_at(request.actor, place)
    if seen is None:
        raise Http404
    node, way = seen
    page = nodes_below(request.actor, place, request.GET.get("cursor", ""))
    context = {
        "here": leaf(node),
        "place": place,
        "crumbs": crumbs(way),
        "branch": branch(page, place),
    }
    return render(request, "alignment/place.html", context)


@require_safe
def below(request: PersonRequest) -> HttpResponse:
    """What stands right below a place, as a part of the tree."""
    place = _place(request)
    if place is None or node_at(request.actor, place) is None:
        raise Http404
    page = nodes_below(request.actor, place, request.GET.get("cursor", ""))
    context = {"branch": branch(page, place), "is_part": True}
    return render(request, "alignment/branch.html", context)


def _from_the_top(request: PersonRequest) -> HttpResponse:
    by = request.GET.get("by", "")
    by = by if by in WAYS else "objective"
    page = _top(request, by)
    context = {
        "by": by,
        "ways": WAYS.items(),
        "mine": Branch([leaf(heap(Kind.MINE))]),
        "branch": branch(page, None, by=by),
        "heaps": Branch(heaps()),
        "may_measure": scopes_of(request.actor),
        "may_read_results": result_scopes(request.actor),
    }
    return render(request, "alignment/map.html", context)


def _top(request: PersonRequest, by: str) -> Page[Node]:
    if by == "unit":
        return Page(top_units(request.actor))
    return top_of_strategy(request.actor, request.GET.get("cursor", ""))


def _place(request: PersonRequest) -> Place | None:
    """The place the address asks for; an objective also by its number alone."""
    key = request.GET.get("at") or ""
    if not key and (number := request.GET.get("objective", "")):
        key = f"{Kind.OBJECTIVE}{number}"
    if not key:
        return None
    place = place_named(key)
    if place is None:
        raise Http404
    return place
