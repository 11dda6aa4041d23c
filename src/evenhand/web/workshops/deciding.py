"""What becomes of incidents: decisions against the rule, and anchors."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evenhand.competencies.anchor_lint import advice_on
from evenhand.web.http import PersonRequest, go_to
from evenhand.web.workshops.collecting import find_incident
from evenhand.web.workshops.forms import AnchorForm, DecisionForm
from evenhand.web.workshops.pages import crumbs, why
from evenhand.web.workshops.views import find_workshop
from evenhand.workshops.actions.deciding import decide_incident, take_out_anchor, write_anchor
from evenhand.workshops.anchoring import anchors_of, newest_versions
from evenhand.workshops.models import Incident
from evenhand.workshops.policies import (
    may_decide,
    may_lead,
    may_write_anchor,
    visible_anchor_sources,
)
from evenhand.workshops.results import IncidentResult, result_of

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
def decision(request: PersonRequest, pk: int) -> HttpResponse:
    """Keep or leave out an incident whatever the rule says."""
    found = find_incident(request, pk)
    may_decide(request.actor, found).enforce()
    result = result_of(found)
    form = DecisionForm(
        request.POST or None, initial={"is_kept": "no" if result.is_kept else "yes"}
    )
    if request.method == "POST" and form.is_valid():
        decide_incident(
            found,
            is_kept=form.keeps,
            reason=form.cleaned_data["reason"],
            by=request.actor,
            at=timezone.now(),
        )
        messages.success(request, _("Your decision is kept with its reason."))
        return go_to(request, "workshop_results", found.workshop_id)
    context = _about(found, result) | {"form": form}
    return render(request, "workshops/decision.html", context, status=422 if form.errors else 200)


@get_or_post
def anchor(request: PersonRequest, pk: int) -> HttpResponse:
    """Make an anchor of an incident, at the level nearest to what the experts said."""
    found = find_incident(request, pk)
    may_write_anchor(request.actor, found).enforce()
    result = result_of(found)
    version = newest_versions([found.competency_id])[found.competency_id]
    levels = [(level.value, str(level)) for level in version.levels.all()]
    nearest = result.judged.nearest([value for value, _label in levels])
    initial = {"level": nearest, "behaviour": found.behaviour[:400]}
    form = AnchorForm(request.POST or None, initial=initial, levels=levels)
    if request.method == "POST" and form.is_valid():
        level, text = form.cleaned_data["level"], form.cleaned_data["behaviour"]
        write_anchor(found, level, text, by=request.actor, at=timezone.now())
        messages.success(request, _("The anchor stands in the version in writing."))
        return go_to(request, "workshop_anchors", found.workshop_id)
    words = form["behaviour"].value() or ""
    context = _about(found, result) | {
        "form": form,
        "nearest": nearest,
        "advice": advice_on(words),
        "made": list(found.anchors.order_by("level", "pk")),
    }
    return render(request, "workshops/anchor.html", context, status=422 if form.errors else 200)


@require_safe
def anchors(request: PersonRequest, pk: int) -> HttpResponse:
    """Which anchors there are by now, and which are missing."""
    found = find_workshop(request, pk)
    may_lead(request.actor, found).enforce()
    context = {
        "workshop": found,
        "crumbs": crumbs(found),
        "competencies": anchors_of(found),
    }
    return render(request, "workshops/anchors.html", context)


@require_POST
def anchor_removal(request: PersonRequest, pk: int) -> HttpResponse:
    source = get_object_or_404(visible_anchor_sources(request.actor), pk=pk)
    take_out_anchor(source, by=request.actor, at=timezone.now())
    messages.success(request, _("The anchor is taken out of the version in writing."))
    return go_to(request, "workshop_anchors", source.incident.workshop_id)


def _about(found: Incident, result: IncidentResult) -> dict[str, object]:
    return {
        "incident": found,
        "result": result,
        "why": why(result),
        "workshop": found.workshop,
        "crumbs": crumbs(found.workshop),
    }
