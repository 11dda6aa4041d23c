"""Whom a goal is given to, and what became of it."""

from dataclasses import asdict

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from evenhand.goals.actions.giving import (
    choose_for_batch,
    discard_batch,
    give_goals,
    go_on_giving,
    take_back_batch,
)
from evenhand.goals.giving import Chosen, may_give_goals, visible_batches
from evenhand.goals.models import GoalBatch
from evenhand.kernel.paging import page_of
from evenhand.web.giving.forms import GivingForm
from evenhand.web.giving.pages import choices, outcome, preparation
from evenhand.web.http import PersonRequest, go_to, key

NUMBERS = ("people", "teams", "units")


@require_safe
def batches(request: PersonRequest) -> HttpResponse:
    """What one prepared and gave, the latest first."""
    may_give = may_give_goals(request.actor)
    rows = visible_batches(request.actor)
    if not may_give and not rows.exists():
        raise Http404
    page = page_of(rows, ("-at", "-id"), cursor=request.GET.get("cursor", ""))
    return render(request, "giving/batches.html", {"page": page, "may_give": may_give})


@require_safe
def batch(request: PersonRequest, pk: int) -> HttpResponse:
    """Before it is given: who gets it and who does not. Afterwards: how far it is."""
    return _page(request, _find(request, pk))


@require_POST
def people(request: PersonRequest, pk: int) -> HttpResponse:
    """Mean somebody more, or somebody less."""
    found = _find(request, pk)
    chosen = _changed(Chosen.of(found), request)
    choose_for_batch(found, chosen, by=request.actor, at=timezone.now())
    return go_to(request, "goals:given", pk)


@require_POST
def proposal(request: PersonRequest, pk: int) -> HttpResponse:
    """Give it."""
    found, form = _find(request, pk), GivingForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    job = give_goals(found, form.cleaned_data["sentence"], by=request.actor, at=timezone.now())
    said = _("It is on its way.") if job else _("It is given. Each of them still agrees.")
    messages.success(request, said)
    return go_to(request, "goals:given", pk)


@require_POST
def continuation(request: PersonRequest, pk: int) -> HttpResponse:
    """Go on where giving was interrupted."""
    go_on_giving(_find(request, pk), by=request.actor, at=timezone.now())
    return go_to(request, "goals:given", pk)


@require_POST
def withdrawal(request: PersonRequest, pk: int) -> HttpResponse:
    """Take it back from all who have not agreed."""
    take_back_batch(_find(request, pk), by=request.actor, at=timezone.now())
    messages.success(request, _("It is taken back from everybody who had not agreed yet."))
    return go_to(request, "goals:given", pk)


@require_POST
def removal(request: PersonRequest, pk: int) -> HttpResponse:
    """Put it away before it is given."""
    discard_batch(_find(request, pk), by=request.actor, at=timezone.now())
    messages.success(request, _("It is put away."))
    return go_to(request, "goals:giving")


def _find(request: PersonRequest, pk: int) -> GoalBatch:
    return get_object_or_404(visible_batches(request.actor), pk=pk)


def _page(request: PersonRequest, found: GoalBatch, form: GivingForm | None = None) -> HttpResponse:
    context: dict[str, object] = {"batch": found}
    if found.given_at:
        context |= outcome(request.actor, found, request.GET.get("cursor", ""))
        return render(request, "giving/given.html", context)
    asked = (request.GET.get("person_q", "")[:100], request.GET.get("unit_q", "")[:100])
    context |= preparation(request.actor, found) | choices(request.actor, found, *asked)
    context["form"] = form or GivingForm()
    return render(request, "giving/preparation.html", context, status=422 if form else 200)


def _changed(chosen: Chosen, request: PersonRequest) -> Chosen:
    """With what was added (`people=7`) or without what was removed (`remove=people:7`)."""
    kept = {name: list(values) for name, values in asdict(chosen).items()}
    name, _colon, value = request.POST.get("remove", "").partition(":")
    kept[name] = [one for one in kept.get(name, []) if str(one) != value]
    for name in asdict(chosen):
        for value in request.POST.getlist(name):
            one = key(value) if name in NUMBERS else value.strip()[:200]
            if one and one not in kept[name]:
                kept[name].append(one)
    return Chosen(**{name: tuple(kept[name]) for name in asdict(chosen)})
