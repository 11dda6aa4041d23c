"""Goals to start from: everybody reads them, the specialist keeps them."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evenhand.goals.actions.shelving import (
    bring_goal_library,
    change_library_goal,
    mark_of,
    retire_library_goal,
    write_library_goal,
)
from evenhand.goals.giving import may_give_goals
from evenhand.goals.library import (
    draft_of_library_goal,
    families_of,
    goals_that_come_along,
    library_page,
    may_change_library_goal,
    may_keep_library,
    visible_library_goals,
)
from evenhand.goals.models import LibraryGoal
from evenhand.web.goal_library.forms import FilterForm, forms_of
from evenhand.web.http import PersonRequest, go_to
from evenhand.web.people.forms import said

form_view = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def library(request: PersonRequest) -> HttpResponse:
    """What one can start from, with what is for one's own job first."""
    families = families_of(request.actor)
    form = FilterForm(request.GET, families)
    page = library_page(request.actor, form.wanted, cursor=request.GET.get("cursor", ""))
    visible = visible_library_goals(request.actor)
    context = {
        "page": page,
        "form": form,
        "may_keep": may_keep_library(request.actor),
        "is_empty": not page.rows and not visible.exists(),
        "comes_along": len(goals_that_come_along()),
    }
    return render(request, "goal_library/library.html", context)


@require_POST
def beginning(request: PersonRequest) -> HttpResponse:
    """Bring in what comes along."""
    brought = bring_goal_library(by=request.actor, at=timezone.now())
    words = ngettext(
        "%(n)d goal is in the library now.", "%(n)d goals are in the library now.", brought
    )
    messages.success(request, words % {"n": brought})
    return go_to(request, "goals:library")


@require_safe
def library_goal(request: PersonRequest, pk: int) -> HttpResponse:
    found = _find(request, pk)
    draft = draft_of_library_goal(found)
    context = {
        "found": found,
        "draft": draft,
        "may_keep": may_keep_library(request.actor),
        "may_change": may_change_library_goal(request.actor, found),
        "may_give": may_give_goals(request.actor),
    }
    return render(request, "goal_library/goal.html", context)


@form_view
def new_library_goal(request: PersonRequest) -> HttpResponse:
    if not may_keep_library(request.actor):
        raise Http404
    form, parts = forms_of(said(request))
    if form.is_valid() and parts.is_valid():
        written = write_library_goal(form.draft(parts), by=request.actor, at=timezone.now())
        messages.success(request, _("The goal is in the library."))
        return go_to(request, "goals:library_goal", written.pk)
    context = {"form": form, "parts": parts}
    status = 422 if form.is_bound else 200
    return render(request, "goal_library/writing.html", context, status=status)


@form_view
def change(request: PersonRequest, pk: int) -> HttpResponse:
    found = _find(request, pk)
    may_change_library_goal(request.actor, found).enforce()
    form, parts = forms_of(said(request), draft_of_library_goal(found), mark_of(found))
    if form.is_valid() and parts.is_valid():
        draft, seen = form.draft(parts), form.cleaned_data["seen"]
        change_library_goal(found, draft, by=request.actor, at=timezone.now(), seen=seen)
        messages.success(request, _("The change is saved."))
        return go_to(request, "goals:library_goal", pk)
    context = {"form": form, "parts": parts, "found": found}
    status = 422 if form.is_bound else 200
    return render(request, "goal_library/writing.html", context, status=status)


@require_POST
def retirement(request: PersonRequest, pk: int) -> HttpResponse:
    """Offer a goal no longer, or again."""
    found = _find(request, pk)
    is_retired = request.POST.get("again") != "yes"
    retire_library_goal(found, is_retired=is_retired, by=request.actor, at=timezone.now())
    done = _("It is no longer offered.") if is_retired else _("It is offered again.")
    messages.success(request, done)
    return go_to(request, "goals:library_goal", pk)


def _find(request: PersonRequest, pk: int) -> LibraryGoal:
    return get_object_or_404(visible_library_goals(request.actor), pk=pk)
