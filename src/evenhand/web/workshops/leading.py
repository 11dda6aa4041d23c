"""Opening a workshop, inviting people, and taking it from stage to stage."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evenhand.people.policies import visible_people
from evenhand.people.queries import find_people
from evenhand.web.http import PersonRequest, go_to, key
from evenhand.web.workshops.forms import PlanForm
from evenhand.web.workshops.pages import crumbs
from evenhand.web.workshops.views import find_workshop
from evenhand.workshops.actions.leading import (
    change_workshop,
    invite_person,
    open_workshop,
    take_out_person,
)
from evenhand.workshops.actions.moving import move_workshop
from evenhand.workshops.kinds import Group, Stage
from evenhand.workshops.policies import (
    OPEN_TO,
    may_change_workshop,
    may_lead,
    may_open,
    visible_participants,
)

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
def new_workshop(request: PersonRequest) -> HttpResponse:
    if not may_open(request.actor):
        raise Http404
    form = PlanForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = open_workshop(form.plan, by=request.actor, at=timezone.now())
        messages.success(request, _("The workshop is open. Now invite who knows the work."))
        return go_to(request, "workshop_people", made.pk)
    context = {"form": form, "crumbs": crumbs()}
    return render(request, "workshops/new.html", context, status=422 if form.errors else 200)


@get_or_post
def plan(request: PersonRequest, pk: int) -> HttpResponse:
    found = find_workshop(request, pk)
    may_change_workshop(request.actor, found).enforce()
    chosen = [str(pk) for pk in found.competencies.values_list("pk", flat=True)]
    form = PlanForm(request.POST or None, initial={"name": found.name, "competencies": chosen})
    if request.method == "POST" and form.is_valid():
        change_workshop(found, form.plan, by=request.actor, at=timezone.now())
        messages.success(request, _("It is changed."))
        return go_to(request, "workshop", pk)
    context = {"form": form, "workshop": found, "crumbs": crumbs(found)}
    return render(request, "workshops/plan.html", context, status=422 if form.errors else 200)


@require_POST
def stage(request: PersonRequest, pk: int) -> HttpResponse:
    """Take the workshop to the stage a button names."""
    found, to = find_workshop(request, pk), request.POST.get("to", "")
    if to not in Stage:
        raise Http404
    move_workshop(found, Stage(to), by=request.actor, at=timezone.now())
    return go_to(request, "workshop", pk)


@get_or_post
def people(request: PersonRequest, pk: int) -> HttpResponse:
    """Who takes part; and, sent, an invitation."""
    found = find_workshop(request, pk)
    may_lead(request.actor, found).enforce()
    if request.method == "POST":
        return _invite(request, pk)
    words = request.GET.get("q", "")[:100]
    there = visible_participants(request.actor).filter(workshop=found)
    taking_part = list(there.order_by("person__search_text", "pk"))
    context = {
        "workshop": found,
        "crumbs": crumbs(found),
        "groups": [(group, [one for one in taking_part if one.group == group]) for group in Group],
        "open_groups": [group for group in Group if found.stage in OPEN_TO[group]],
        "query": words,
        "people": find_people(request.actor, words, limit=10),
    }
    return render(request, "workshops/people.html", context)


def _invite(request: PersonRequest, pk: int) -> HttpResponse:
    found, group = find_workshop(request, pk), request.POST.get("group", "")
    number = key(request.POST.get("person", ""))
    if not number:
        messages.warning(request, _("Find somebody by name first, and choose them from the list."))
        return go_to(request, "workshop_people", pk)
    if group not in Group:
        raise Http404
    person = get_object_or_404(visible_people(request.actor), pk=number)
    invite_person(found, person, Group(group), by=request.actor, at=timezone.now())
    messages.success(request, _("%(name)s is invited.") % {"name": person.name})
    return go_to(request, "workshop_people", pk)


@require_safe
def found(request: PersonRequest, pk: int) -> HttpResponse:
    """People by name, for an invitation."""
    may_lead(request.actor, find_workshop(request, pk)).enforce()
    words = request.GET.get("q", "")[:100]
    context = {
        "people": find_people(request.actor, words, limit=10),
        "query": words,
        "form_id": "invitation",
        "name": "person",
    }
    return render(request, "ui/person_search.html#found", context)


@require_POST
def removal(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask somebody no longer."""
    one = get_object_or_404(visible_participants(request.actor), pk=pk)
    take_out_person(one, by=request.actor, at=timezone.now())
    name = one.person.name
    messages.success(request, _("%(name)s takes part no longer.") % {"name": name})
    return go_to(request, "workshop_people", one.workshop_id)
