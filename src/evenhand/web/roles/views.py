from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evenhand.access.actions import end_role, give_role, invite_person
from evenhand.access.policies import may_give_roles, roles_to_give, visible_accounts, visible_roles
from evenhand.access.queries import without_account
from evenhand.jobs.actions import ask_for
from evenhand.people.policies import visible_people
from evenhand.people.queries import find_people
from evenhand.web.http import PersonRequest, go_to, key
from evenhand.web.roles.forms import RoleForm
from evenhand.web.roles.inviting import KIND

MOST_SHOWN = 200


@require_safe
def roles(request: PersonRequest) -> HttpResponse:
    """Who holds which role today or will, to those who give roles."""
    if not may_give_roles(request.actor):
        raise Http404
    held = visible_roles(request.actor).filter(ends_on__gt=request.actor.on)
    context = {
        "grants": held.select_related("person", "unit").order_by(
            "role", "person__family_name", "person__given_name", "id"
        )[:MOST_SHOWN],
        "roles_to_give": roles_to_give(request.actor),
        "missing": without_account(request.actor.on).count(),
        "accounts": visible_accounts(request.actor).count(),
    }
    return render(request, "roles/roles.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_role(request: PersonRequest) -> HttpResponse:
    """Find a person, choose the role and where it holds."""
    if not may_give_roles(request.actor):
        raise Http404
    said = request.POST if request.method == "POST" else None
    form = RoleForm(request.actor, said, initial={"starts_on": request.actor.on})
    number = request.POST.get("person") or request.GET.get("person") or ""
    chosen = visible_people(request.actor).filter(pk=key(number)).first()
    if request.method == "POST" and chosen is None:
        form.add_error(None, _("Choose the person first."))
    elif request.method == "POST" and chosen is not None and form.is_valid():
        give_role(chosen, form.plan, by=request.actor, at=timezone.now())
        messages.success(request, _("%(name)s has the role.") % {"name": chosen.name})
        return go_to(request, "roles")
    words = request.GET.get("q", "")
    context = {
        "form": form,
        "chosen": chosen,
        "query": words,
        "people": find_people(request.actor, words) if words else (),
    }
    return render(request, "roles/new_role.html", context, status=422 if form.errors else 200)


@require_POST
def role_end(request: PersonRequest, pk: int) -> HttpResponse:
    grant = get_object_or_404(visible_roles(request.actor), pk=pk)
    end_role(grant, on=request.actor.on, by=request.actor, at=timezone.now())
    messages.success(request, _("The role has ended."))
    return go_to(request, "roles")


@require_http_methods(["GET", "HEAD", "POST"])
def invitations(request: PersonRequest) -> HttpResponse:
    """Who works here and cannot sign in yet; invite one, or everyone as a job."""
    if not may_give_roles(request.actor):
        raise Http404
    found = without_account(request.actor.on).order_by("family_name", "given_name", "id")
    if request.method == "POST":
        job = ask_for(KIND, _("Invitations"), arguments={}, by=request.actor, at=timezone.now())
        return go_to(request, "jobs:job", job.pk)
    context = {"people": found[:MOST_SHOWN], "count": found.count()}
    return render(request, "roles/invitations.html", context)


@require_POST
def invitation(request: PersonRequest, person_pk: int) -> HttpResponse:
    person = get_object_or_404(visible_people(request.actor), pk=person_pk)
    invite_person(person, by=request.actor, at=timezone.now())
    messages.success(request, _("An invitation goes to %(email)s.") % {"email": person.email})
    return go_to(request, "invitations")
