"""How far goals are, by objective and by unit, for those who lead them."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from evenhand.analytics.reaching import Untold, may_read_results, read_results, result_scopes
from evenhand.goals.scopes import GoalScope
from evenhand.people.models import Unit
from evenhand.web.http import PersonRequest, key

WHY_NOT = {
    Untold.NO_GOALS: _("No goals"),
    Untold.NOT_MEASURED: _("Not enough measured"),
    Untold.TOO_FEW: _("Hidden"),
}


@require_safe
def results(request: PersonRequest) -> HttpResponse:
    """The results of everybody, or of the units in one's care."""
    scopes = result_scopes(request.actor)
    scope = scopes[0] if scopes else None
    if asked := request.GET.get("unit", ""):
        scope = GoalScope(unit_id=key(asked))
        may_read_results(request.actor, scope).enforce()
    if scope is None:
        raise Http404
    found = read_results(scope, request.actor.on, timezone.now())
    names = Unit.objects.in_bulk([one.unit_id for one in scopes if one.unit_id])
    context = {
        "unit": names.get(scope.unit_id or 0),
        "units": names.values() if len(names) > 1 else (),
        "results": found,
        "tables": (
            ("objectives", _("By objective"), _("Objective"), found.by_objective),
            ("units", _("By unit"), _("Unit"), found.by_unit),
        ),
        "why_not": {reason.name: words for reason, words in WHY_NOT.items()},
    }
    return render(request, "alignment/results.html", context)
