"""Beginning former goals anew."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import ngettext

from evenhand.goals.actions.copying import copy_goals
from evenhand.goals.copying import goals_to_copy, years_until_now
from evenhand.goals.policies import may_write_goal_for
from evenhand.web.giving.forms import CopiesForm
from evenhand.web.giving.writing import form_view
from evenhand.web.goals.beginnings import owner_asked_for
from evenhand.web.http import PersonRequest, go_to
from evenhand.web.people.forms import said

MOST_SHOWN = 100


@form_view
def copies(request: PersonRequest) -> HttpResponse:
    """One's own former goals, or those of somebody below: chosen ones become drafts."""
    person = owner_asked_for(request)
    if not may_write_goal_for(request.actor, person):
        raise Http404
    former = list(goals_to_copy(request.actor, person.pk)[:MOST_SHOWN])
    years = years_until_now(former[0], request.actor.on) if former else 1
    form = CopiesForm(said(request), former, years)
    if form.is_valid():
        ids = [int(pk) for pk in form.cleaned_data["goals"]]
        made = copy_goals(
            person, ids, form.cleaned_data["years"], by=request.actor, at=timezone.now()
        )
        words = ngettext(
            "%(n)d draft is ready. Decide on its target.",
            "%(n)d drafts are ready. Decide on their targets.",
            len(made),
        )
        messages.success(request, words % {"n": len(made)})
        return go_to(request, "goals:person", person.pk)
    context = {"form": form, "person": person, "former": former}
    return render(request, "giving/copies.html", context, status=422 if form.is_bound else 200)
