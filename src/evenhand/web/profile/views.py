from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evenhand.access.actions import (
    DelegationPlan,
    TokenPlan,
    create_token,
    delegate_work,
    end_delegation,
    revoke_token,
)
from evenhand.access.policies import may_delegate, visible_delegations, visible_tokens
from evenhand.access.queries import delegations_held
from evenhand.people.models import Person
from evenhand.people.policies import visible_people
from evenhand.people.queries import find_people
from evenhand.web.http import PersonRequest, go_to, key
from evenhand.web.middleware import DELEGATION_KEY
from evenhand.web.profile.forms import DelegationForm, TokenForm


@require_safe
def profile(request: PersonRequest) -> HttpResponse:
    """Who one is here, how one signs in, and for whom one stands in."""
    own = request.account.person
    context = {
        "person": own,
        "grants": own.role_grants.on(request.actor.on).select_related("unit"),
        "held": delegations_held(own.pk, on=request.actor.on),
        "may_delegate": may_delegate(request.actor, own),
    }
    return render(request, "profile/profile.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: PersonRequest) -> HttpResponse:
    """One's own tokens, and a form for another. A new secret is shown once, on this answer."""
    form = TokenForm(request.actor, request.POST if request.method == "POST" else None)
    secret = ""
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        plan = TokenPlan(form.cleaned_data["name"], form.cleaned_data["role"], now + form.lifetime)
        _token, secret = create_token(request.account.person, plan, by=request.actor, at=now)
        form = TokenForm(request.actor)
    rows = visible_tokens(request.actor).select_related("person").order_by("-created_at", "-id")
    context = {"form": form, "tokens": rows[:200], "secret": secret}
    status = 422 if form.errors else 200
    return render(request, "profile/tokens.html", context, status=status)


@require_POST
def revocation(request: PersonRequest, pk: int) -> HttpResponse:
    token = get_object_or_404(visible_tokens(request.actor), pk=pk)
    revoke_token(token, by=request.actor, at=timezone.now())
    messages.success(request, _("The token no longer opens anything."))
    return go_to(request, "tokens")


@require_http_methods(["GET", "HEAD", "POST"])
def delegations(request: PersonRequest, person_pk: int | None = None) -> HttpResponse:
    """Who stands in for whom, and a form to ask somebody, for oneself or as the specialist."""
    form = DelegationForm(request.POST if request.method == "POST" else None)
    principal = request.account.person
    if person_pk is not None:
        principal = get_object_or_404(visible_people(request.actor), pk=person_pk)
        if not may_delegate(request.actor, principal):
            raise Http404
    chosen = _chosen(request, "person")
    if request.method == "POST" and chosen is None:
        form.add_error(None, _("Choose the person who stands in."))
    elif request.method == "POST" and chosen is not None and form.is_valid():
        return _delegated(request, form, principal, chosen)
    words = request.GET.get("q", "")
    context = {
        "form": form,
        "principal": principal,
        "is_own": principal.pk == request.account.person_id,
        "chosen": chosen,
        "query": words,
        "people": find_people(request.actor, words) if words else (),
        "delegations": visible_delegations(request.actor)
        .select_related("principal", "delegate")
        .order_by("-starts_on", "-id")[:200],
        "may_delegate": may_delegate(request.actor, principal),
    }
    return render(request, "profile/delegations.html", context, status=422 if form.errors else 200)


@require_POST
def delegation_end(request: PersonRequest, pk: int) -> HttpResponse:
    delegation = get_object_or_404(visible_delegations(request.actor), pk=pk)
    end_delegation(delegation, on=request.actor.on, by=request.actor, at=timezone.now())
    messages.success(request, _("From today nobody stands in any more."))
    return go_to(request, "delegations")


@require_POST
def acting(request: PersonRequest) -> HttpResponse:
    """From here on one acts for the person one stands in for."""
    held = delegations_held(request.account.person_id, on=request.actor.on)
    number = request.POST.get("delegation", "")
    delegation = get_object_or_404(held, pk=key(number))
    request.session[DELEGATION_KEY] = delegation.pk
    return go_to(request, "team")


@require_POST
def acting_end(request: PersonRequest) -> HttpResponse:
    request.session.pop(DELEGATION_KEY, None)
    return go_to(request, "home")


def _delegated(
    request: PersonRequest, form: DelegationForm, principal: Person, delegate: Person
) -> HttpResponse:
    plan = DelegationPlan(
        principal=principal,
        delegate=delegate,
        starts_on=form.cleaned_data["starts_on"],
        ends_on=form.cleaned_data["last_on"] + timedelta(days=1),
        reason=form.cleaned_data["reason"],
    )
    delegate_work(plan, by=request.actor, at=timezone.now())
    messages.success(
        request,
        _("%(name)s can do the reviews of %(principal)s in this time.")
        % {"name": delegate.name, "principal": principal.name},
    )
    return go_to(request, "delegations")


def _chosen(request: PersonRequest, name: str) -> Person | None:
    number = request.POST.get(name) or request.GET.get(name, "")
    return visible_people(request.actor).filter(pk=key(number)).first()
