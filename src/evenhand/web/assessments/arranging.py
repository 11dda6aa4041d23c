"""Opening assessments, choosing others, closing."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from evenhand.assessments.actions import (
    accept_proposal,
    ask_other,
    close_assessment,
    leave_out_proposal,
    open_assessment,
    open_for_team,
    propose_other,
)
from evenhand.assessments.kinds import TAKING_PART, PartState, Source
from evenhand.assessments.models import Assessment
from evenhand.assessments.opening import Opened, ask_to_open_unit
from evenhand.assessments.policies import may_lead, may_open_units, may_propose, people_led
from evenhand.people.models import Person
from evenhand.people.policies import visible_people
from evenhand.web.assessments.forms import DueForm, UnitForm
from evenhand.web.assessments.pages import crumbs
from evenhand.web.assessments.views import find_assessment
from evenhand.web.http import PersonRequest, go_to, key
from evenhand.web.people.forms import said
from evenhand.web.people.pickers import person_picker, unit_picker

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
def new_assessment(request: PersonRequest) -> HttpResponse:
    """Open an assessment of one person, found by name."""
    if not people_led(request.actor).exists():
        raise Http404
    form = DueForm(request.actor, said(request))
    if form.is_valid():
        person, due_on = _chosen(request), form.cleaned_data["due_on"]
        made = open_assessment(person, due_on, by=request.actor, at=timezone.now())
        messages.success(request, _("%(name)s is asked now.") % {"name": person.name})
        return go_to(request, "assessments:assessment", made.pk)
    context = {"form": form, "picker": person_picker(request), "crumbs": crumbs()}
    status = 422 if form.errors else 200
    return render(request, "assessments/new.html", context, status=status)


@require_POST
def team_opening(request: PersonRequest) -> HttpResponse:
    """Open an assessment for everyone who reports to the actor."""
    form = DueForm(request.actor, request.POST)
    due_on = form.cleaned_data["due_on"] if form.is_valid() else request.actor.on
    opened = open_for_team(due_on, by=request.actor, at=timezone.now())
    messages.success(request, _said_of(opened))
    return go_to(request, "assessments:team")


@get_or_post
def unit_opening(request: PersonRequest) -> HttpResponse:
    """Open assessments for everyone in a unit whose job has a model."""
    may_open_units(request.actor).enforce()
    form = UnitForm(request.actor, said(request))
    if form.is_valid():
        unit, due_on = form.cleaned_data["unit"], form.cleaned_data["due_on"]
        job = ask_to_open_unit(unit, due_on, by=request.actor, at=timezone.now())
        return go_to(request, "jobs:job", job.pk)
    context = {"form": form, "picker": unit_picker(request, None), "crumbs": crumbs()}
    status = 422 if form.errors else 200
    return render(request, "assessments/new.html", context, status=status)


@get_or_post
def others(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask others by name; the person assessed proposes them."""
    found = find_assessment(request, pk)
    if found.subject_id == request.actor.person_id:
        may_propose(request.actor, found).enforce()
        take_in, thanks = propose_other, _("Your proposal is with your manager.")
    else:
        may_lead(request.actor, found).enforce()
        take_in, thanks = ask_other, _("They are asked now.")
    if request.method == "POST":
        take_in(found, _chosen(request), by=request.actor, at=timezone.now())
        messages.success(request, thanks)
        return go_to(request, "assessments:others", pk)
    context = {
        "assessment": found,
        "is_own": found.subject_id == request.actor.person_id,
        "picker": person_picker(request),
        "crumbs": crumbs(),
        **_asked(found),
    }
    return render(request, "assessments/others.html", context)


@require_POST
def proposal(request: PersonRequest, pk: int, part_pk: int) -> HttpResponse:
    """Decide about somebody the person proposed."""
    found = find_assessment(request, pk)
    part = get_object_or_404(found.parts.filter(source=Source.OTHER), pk=part_pk)
    decide = accept_proposal if request.POST.get("decision") == "ask" else leave_out_proposal
    decide(part, by=request.actor, at=timezone.now())
    return go_to(request, "assessments:others", pk)


@require_POST
def closing(request: PersonRequest, pk: int) -> HttpResponse:
    found = find_assessment(request, pk)
    close_assessment(found, by=request.actor, at=timezone.now())
    messages.success(request, _("The assessment is closed. What came of it stands now."))
    return go_to(request, "assessments:assessment", pk)


def _asked(found: Assessment) -> dict[str, object]:
    """Who has been asked and who was proposed; who answered is for nobody to know."""
    parts = found.parts.filter(source=Source.OTHER).select_related("assessor")
    by_name = parts.order_by("assessor__search_text", "pk")
    return {
        "asked": [part.assessor for part in by_name.filter(state__in=TAKING_PART)],
        "proposed": by_name.filter(state=PartState.PROPOSED),
    }


def _chosen(request: PersonRequest) -> Person:
    number = request.POST.get("person", "")
    return get_object_or_404(visible_people(request.actor), pk=key(number))


def _said_of(opened: Opened) -> str:
    words = ngettext("One person is asked now.", "%(n)d people are asked now.", opened.opened)
    told = [words % {"n": opened.opened}]
    if opened.open_before:
        told.append(_("An assessment was open already: %(n)d.") % {"n": opened.open_before})
    if opened.without_model:
        told.append(_("No model fits the job: %(n)d.") % {"n": opened.without_model})
    return " ".join(told)
