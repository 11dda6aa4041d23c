"""Preparing a cycle: its plan, who is in and who is not, and its launch."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evenhand.cycles.actions import (
    add_unit,
    change_cycle,
    choose_reviewer,
    create_cycle,
    discard_cycle,
    drop_selection,
    include_person,
    leave_out_person,
    remove_unit,
)
from evenhand.cycles.eligibility import eligible, who_is_left_out, without_manager
from evenhand.cycles.models import Cycle, Selection
from evenhand.cycles.policies import may_change_cycle, may_prepare_cycles, visible_cycles
from evenhand.kernel.paging import page_of
from evenhand.people.models import Person, Unit
from evenhand.people.policies import visible_people, visible_units
from evenhand.people.queries import PersonRow, find_people
from evenhand.people.searching import plain_words
from evenhand.reviews.launching import ask_for_launch, take_back_launch
from evenhand.web.cycles.forms import CycleForm, StagesForm
from evenhand.web.cycles.pages import LISTS, crumbs
from evenhand.web.cycles.views import find_cycle
from evenhand.web.http import PersonRequest, go_to, key

MOST_UNITS = 20
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
def new_cycle(request: PersonRequest) -> HttpResponse:
    """Begin a cycle with its plan and the days of its stages."""
    if not may_prepare_cycles(request.actor):
        raise Http404
    form, stages = _usual(request.actor.on)
    if request.method == "POST":
        form, stages = CycleForm(request.POST), StagesForm(request.POST)
        if form.is_valid() and stages.is_valid():
            made = create_cycle(form.plan, stages.days, by=request.actor, at=timezone.now())
            messages.success(request, _("The cycle is in preparation. Nobody is asked yet."))
            return go_to(request, "cycle", made.pk)
    has_versions = form.fields["version"].queryset.exists()  # type: ignore[attr-defined]
    context = {"form": form, "stages": stages, "crumbs": crumbs(), "has_versions": has_versions}
    status = 422 if form.errors or stages.errors else 200
    return render(request, "cycles/new_cycle.html", context, status=status)


@get_or_post
def plan(request: PersonRequest, pk: int) -> HttpResponse:
    """Change the plan of a cycle in preparation."""
    found = find_cycle(request, pk)
    may_change_cycle(request.actor, found).enforce()
    form = CycleForm.of(found)
    if request.method == "POST":
        form = CycleForm(request.POST, cycle=found)
        if form.is_valid():
            change_cycle(found, form.plan, by=request.actor, at=timezone.now())
            messages.success(request, _("The plan is changed."))
            return go_to(request, "cycle", pk)
    context = {"form": form, "cycle": found, "crumbs": crumbs(found)}
    return render(request, "cycles/plan.html", context, status=422 if form.errors else 200)


@require_safe
def people(request: PersonRequest, pk: int) -> HttpResponse:
    """Who is in, who is not and why, who has nobody to review them."""
    found = find_cycle(request, pk)
    may_change_cycle(request.actor, found).enforce()
    shown = request.GET.get("list", "")
    shown = shown if shown in LISTS else "in"
    words = request.GET.get("q", "")[:100]
    listed = _listed(found, shown, request)
    for word in plain_words(words):
        listed = listed.filter(search_text__contains=f" {word}")
    selections = found.selections.select_related("person").order_by("-pk")
    context = {
        "cycle": found,
        "crumbs": crumbs(found),
        "shown": shown,
        "lists": LISTS.items(),
        "query": words,
        "page": page_of(listed, ("search_text", "id"), cursor=request.GET.get("cursor", "")),
        "selections": selections[:100],
        "units": list(found.units.order_by("name", "pk")),
        "unit_words": request.GET.get("unit_q", ""),
        "found_units": _units(request),
        "people": _people(request),
        "person_words": request.GET.get("person_q", ""),
    }
    return render(request, "cycles/people.html", context)


@require_safe
def found(request: PersonRequest, pk: int) -> HttpResponse:
    """People by name, for a choice."""
    find_cycle(request, pk)
    words = request.GET.get("q") or request.GET.get("person_q") or ""
    context = {
        "people": find_people(request.actor, words, limit=10),
        "query": words,
        "form_id": request.GET.get("form", "chosen"),
        "name": "person",
    }
    return render(request, "ui/person_search.html#found", context)


@require_POST
def units(request: PersonRequest, pk: int) -> HttpResponse:
    chosen = request.POST.get("unit", "")
    seen = visible_units(request.actor)
    unit = get_object_or_404(seen, pk=key(chosen))
    add_unit(find_cycle(request, pk), unit, by=request.actor, at=timezone.now())
    return go_to(request, "cycle_people", pk)


@require_POST
def unit_removal(request: PersonRequest, pk: int, unit_pk: int) -> HttpResponse:
    unit = get_object_or_404(Unit, pk=unit_pk)
    remove_unit(find_cycle(request, pk), unit, by=request.actor, at=timezone.now())
    return go_to(request, "cycle_people", pk)


@require_POST
def selections(request: PersonRequest, pk: int) -> HttpResponse:
    """Take somebody in, or leave them out, by name."""
    found, person = find_cycle(request, pk), chosen_person(request)
    choose = include_person if request.POST.get("is_in") == "yes" else leave_out_person
    reason = request.POST.get("reason", "")[:200]
    choose(found, person, reason=reason, by=request.actor, at=timezone.now())
    messages.success(request, _("Your choice is kept."))
    return go_to(request, "cycle_people", pk)


@require_POST
def selection_removal(request: PersonRequest, pk: int) -> HttpResponse:
    seen = Selection.objects.select_related("cycle")
    selection = get_object_or_404(seen, pk=pk, cycle__in=visible_cycles(request.actor))
    drop_selection(selection, by=request.actor, at=timezone.now())
    return go_to(request, "cycle_people", selection.cycle_id)


@get_or_post
def reviewer(request: PersonRequest, pk: int, person_pk: int) -> HttpResponse:
    """Choose who reviews somebody in place of the manager."""
    found = find_cycle(request, pk)
    may_change_cycle(request.actor, found).enforce()
    person = get_object_or_404(visible_people(request.actor), pk=person_pk)
    if request.method == "POST":
        chosen = None if request.POST.get("nobody") else chosen_person(request)
        choose_reviewer(found, person, chosen, by=request.actor, at=timezone.now())
        messages.success(request, _("Your choice is kept."))
        return go_to(request, "cycle_people", pk)
    words = request.GET.get("q", "")
    before = found.chosen_reviewers.filter(person=person).select_related("reviewer").first()
    context = {
        "cycle": found,
        "crumbs": crumbs(found),
        "person": person,
        "chosen": before,
        "query": words,
        "people": find_people(request.actor, words),
    }
    return render(request, "cycles/reviewer.html", context)


@require_POST
def launch(request: PersonRequest, pk: int) -> HttpResponse:
    ask_for_launch(find_cycle(request, pk), by=request.actor, at=timezone.now())
    return go_to(request, "cycle", pk)


@require_POST
def launch_removal(request: PersonRequest, pk: int) -> HttpResponse:
    found = find_cycle(request, pk)
    take_back_launch(found, by=request.actor, at=timezone.now())
    found.refresh_from_db()
    if found.is_draft:
        messages.success(request, _("The launch is taken back, and what it made is removed."))
    else:
        messages.info(request, _("The launch is being taken back. What it made is removed soon."))
    return go_to(request, "cycle", pk)


@require_POST
def removal(request: PersonRequest, pk: int) -> HttpResponse:
    discard_cycle(find_cycle(request, pk), by=request.actor, at=timezone.now())
    messages.success(request, _("The cycle is gone. Nobody had been asked."))
    return go_to(request, "cycles")


def chosen_person(request: PersonRequest) -> Person:
    """The person chosen in a form."""
    number = request.POST.get("person", "")
    seen = visible_people(request.actor)
    return get_object_or_404(seen, pk=key(number))


def _usual(today: date) -> tuple[CycleForm, StagesForm]:
    """The calendar year, as a beginning."""
    ends_on = today.replace(month=12, day=31)
    period = {
        "name": _("Annual review %(year)s") % {"year": today.year},
        "period_starts_on": today.replace(month=1, day=1),
        "period_ends_on": ends_on,
    }
    return CycleForm(initial=period), StagesForm.usual(ends_on)


def _listed(cycle: Cycle, shown: str, request: PersonRequest) -> QuerySet[Any, Any]:
    listers = {"in": eligible, "out": who_is_left_out, "alone": without_manager}
    return listers[shown](cycle, request.actor.on)


def _units(request: PersonRequest) -> list[Unit]:
    words = request.GET.get("unit_q", "").strip()
    if not words:
        return []
    named = Q(name__icontains=words) | Q(code__iexact=words)
    return list(visible_units(request.actor).filter(named).order_by("name", "pk")[:MOST_UNITS])


def _people(request: PersonRequest) -> list[PersonRow]:
    return find_people(request.actor, request.GET.get("person_q", ""), limit=10)
