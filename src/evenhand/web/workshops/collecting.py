"""Writing incidents, one's own."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from evenhand.competencies.anchor_lint import advice_on
from evenhand.kernel.paging import page_of
from evenhand.web.http import PersonRequest, go_to
from evenhand.web.workshops.forms import IncidentForm
from evenhand.web.workshops.pages import crumbs
from evenhand.web.workshops.views import find_workshop
from evenhand.workshops.actions.collecting import (
    change_incident,
    remove_incident,
    write_incident,
)
from evenhand.workshops.models import Incident
from evenhand.workshops.naming import competencies_of
from evenhand.workshops.policies import (
    may_change_incident,
    may_write_incidents,
    visible_incidents,
)

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
A_PAGE = 10
LONGEST_ASKED = 2000


@get_or_post
def incidents(request: PersonRequest, pk: int) -> HttpResponse:
    """What one has written so far, and a form for the next."""
    found = find_workshop(request, pk)
    may_write_incidents(request.actor, found).enforce()
    competencies = competencies_of(found)
    form = IncidentForm(request.POST or None, competencies=competencies)
    if request.method == "POST" and form.is_valid():
        write_incident(found, form.part, by=request.actor, at=timezone.now())
        messages.success(request, _("Thank you, that is kept. Do you remember another one?"))
        return go_to(request, "workshop_incidents", pk)
    own = visible_incidents(request.actor).filter(
        workshop=found, collector__person=request.actor.person_id, collector__left_at=None
    )
    page = page_of(own, ("-id",), cursor=request.GET.get("cursor", ""), limit=A_PAGE)
    names = {row.id: row.name for row in competencies}
    context = {
        "workshop": found,
        "crumbs": crumbs(found),
        "form": form,
        "page": page,
        "written": [
            (one, names.get(one.competency_id, ""), advice_on(one.behaviour)) for one in page.rows
        ],
        "number": own.count(),
    }
    status = 422 if form.errors else 200
    return render(request, "workshops/incidents.html", context, status=status)


@get_or_post
def incident(request: PersonRequest, pk: int) -> HttpResponse:
    """Write an incident anew."""
    found = find_incident(request, pk)
    may_change_incident(request.actor, found).enforce()
    names = ("situation", "behaviour", "outcome")
    initial = {name: getattr(found, name) for name in names} | {"competency": found.competency_id}
    form = IncidentForm(
        request.POST or None, initial=initial, competencies=competencies_of(found.workshop)
    )
    if request.method == "POST" and form.is_valid():
        change_incident(found, form.part, by=request.actor, at=timezone.now())
        messages.success(request, _("It is changed."))
        return go_to(request, "workshop_incidents", found.workshop_id)
    context = {
        "form": form,
        "incident": found,
        "workshop": found.workshop,
        "crumbs": crumbs(found.workshop),
        "advice": advice_on(found.behaviour),
    }
    return render(request, "workshops/incident.html", context, status=422 if form.errors else 200)


@require_POST
def removal(request: PersonRequest, pk: int) -> HttpResponse:
    """Take an incident out; back to the list it was taken out of."""
    found = find_incident(request, pk)
    is_own = found.collector.person_id == request.actor.person_id
    remove_incident(found, by=request.actor, at=timezone.now())
    messages.success(request, _("The incident is taken out."))
    page = "workshop_incidents" if is_own else "workshop_results"
    return go_to(request, page, found.workshop_id)


@require_POST
def advice(request: PersonRequest) -> HttpResponse:
    """What stands out in the words somebody is writing; nothing of them is kept."""
    words = request.POST.get("behaviour", "")[:LONGEST_ASKED]
    return render(request, "workshops/advice.html", {"advice": advice_on(words)})


def find_incident(request: PersonRequest, pk: int) -> Incident:
    """An incident the actor may see, with its competency."""
    return get_object_or_404(visible_incidents(request.actor), pk=pk)
