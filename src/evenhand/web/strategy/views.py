"""Strategic objectives: what holds, what is coming, what has passed, and how each has changed."""

from dataclasses import replace

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from evenhand.goals.actions.objectives import (
    bring_back_objective,
    change_objective,
    withdraw_objective,
    write_objective,
)
from evenhand.goals.charting import ON_THE_MAP, first_goal
from evenhand.goals.kinds import GoalState
from evenhand.goals.models import StrategicObjective
from evenhand.goals.policies import visible_goals
from evenhand.goals.strategy import (
    NOT_A_KEEPER,
    keeps_objectives,
    may_bring_back_objective,
    may_change_objective,
    visible_objectives,
)
from evenhand.kernel.acting import Actor
from evenhand.kernel.paging import page_of
from evenhand.people.models import Person
from evenhand.people.queries import rows_of
from evenhand.web.http import PersonRequest, go_to
from evenhand.web.people.forms import said
from evenhand.web.people.pickers import Picker, found_rows, person_picker, unit_picker
from evenhand.web.strategy.forms import ChangeForm, NewObjectiveForm, ReasonForm

LISTS = {
    "now": gettext_lazy("Now"),
    "coming": gettext_lazy("Coming"),
    "past": gettext_lazy("Past"),
    "withdrawn": gettext_lazy("Withdrawn"),
}
MOST_GOALS = 20
ORDER = ("title", "pk")

form_view = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def strategy(request: PersonRequest) -> HttpResponse:
    """The objectives, those that hold first."""
    shown = request.GET.get("list", "")
    shown = shown if shown in LISTS else "now"
    context = {
        "shown": shown,
        "lists": LISTS.items(),
        "page": page_of(_listed(request.actor, shown), ORDER, cursor=request.GET.get("cursor", "")),
        "may_write": keeps_objectives(request.actor),
    }
    return render(request, "strategy/strategy.html", context)


@require_safe
def objective(request: PersonRequest, pk: int) -> HttpResponse:
    """What an objective says, the goals that lead to it directly, and how it has changed."""
    found = _find(request, pk)
    goals = visible_goals(request.actor).filter(objective=found, state=GoalState.ACTIVE)
    supporting = goals.select_related("owner", "unit").order_by("due_on", "pk")[: MOST_GOALS + 1]
    context = {
        "objective": found,
        "is_live": found.is_live(request.actor.on),
        "goals": supporting[:MOST_GOALS],
        "are_more": len(supporting) > MOST_GOALS,
        "versions": found.versions.select_related("owner", "author").order_by("-number")[:50],
        "may_change": may_change_objective(request.actor, found),
        "may_bring_back": may_bring_back_objective(request.actor, found),
    }
    return render(request, "strategy/objective.html", context)


@form_view
def new_objective(request: PersonRequest) -> HttpResponse:
    """Set an objective for the organization, or for one unit."""
    if not keeps_objectives(request.actor):
        NOT_A_KEEPER.enforce()
    form = NewObjectiveForm(request.actor, said(request))
    if not form.is_valid():
        context = {
            "form": form,
            "owner_picker": person_picker(request),
            "unit_picker": unit_picker(request, None),
        }
        status = 422 if form.errors else 200
        return render(request, "strategy/new_objective.html", context, status=status)
    unit = form.cleaned_data["unit"]
    made = write_objective(form.plan, unit, by=request.actor, at=timezone.now())
    messages.success(request, _("The objective is set. Goals can lead to it from now on."))
    return go_to(request, "strategy:objective", made.pk)


@form_view
def change(request: PersonRequest, pk: int) -> HttpResponse:
    """Change an objective, with the reason."""
    found = _find(request, pk)
    may_change_objective(request.actor, found).enforce()
    form = ChangeForm(request.actor, said(request), objective=found)
    if not form.is_valid():
        context = {"form": form, "objective": found, "picker": _owner(request, found.owner)}
        status = 422 if form.errors else 200
        return render(request, "strategy/change.html", context, status=status)
    change_objective(found, form.change, by=request.actor, at=timezone.now())
    return _done(request, found, _("The objective is changed. What it said before is kept."))


@form_view
def withdrawal(request: PersonRequest, pk: int) -> HttpResponse:
    """Give an objective up, with the reason."""
    found = _find(request, pk)
    may_change_objective(request.actor, found).enforce()
    form = ReasonForm(said(request))
    if not form.is_valid():
        return _ask_why(request, found, form)
    withdraw_objective(found, form.cleaned_data["reason"], by=request.actor, at=timezone.now())
    return _done(request, found, _("The objective is withdrawn. It can be brought back."))


@form_view
def return_(request: PersonRequest, pk: int) -> HttpResponse:
    """Bring a withdrawn objective back, with the reason."""
    found = _find(request, pk)
    may_bring_back_objective(request.actor, found).enforce()
    form = ReasonForm(said(request))
    if not form.is_valid():
        return _ask_why(request, found, form)
    bring_back_objective(found, form.cleaned_data["reason"], by=request.actor, at=timezone.now())
    return _done(request, found, _("The objective holds again."))


def _listed(actor: Actor, shown: str) -> QuerySet[StrategicObjective]:
    lists = {
        "now": Q(withdrawn_at=None, starts_on__lte=actor.on, ends_on__gt=actor.on),
        "coming": Q(withdrawn_at=None, starts_on__gt=actor.on),
        "past": Q(withdrawn_at=None, ends_on__lte=actor.on),
        "withdrawn": Q(withdrawn_at__isnull=False),
    }
    rows = (
        visible_objectives(actor).filter(lists[shown]).annotate(first_goal=first_goal(*ON_THE_MAP))
    )
    return rows.select_related("owner", "unit")


def _find(request: PersonRequest, pk: int) -> StrategicObjective:
    rows = visible_objectives(request.actor).select_related("owner", "unit")
    return get_object_or_404(rows, pk=pk)


def _owner(request: PersonRequest, present: Person) -> Picker:
    """The present owner is chosen to begin with."""
    picker = person_picker(request)
    if picker.found or picker.query:
        return picker
    rows = found_rows(rows_of([present], on=request.actor.on))
    return replace(picker, found=rows, chosen=present.pk)


def _ask_why(
    request: PersonRequest, objective: StrategicObjective, form: ReasonForm
) -> HttpResponse:
    context = {"form": form, "objective": objective}
    status = 422 if form.errors else 200
    return render(request, "strategy/reason.html", context, status=status)


def _done(request: PersonRequest, objective: StrategicObjective, words: str) -> HttpResponse:
    messages.success(request, words)
    return go_to(request, "strategy:objective", objective.pk)
