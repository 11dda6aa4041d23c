from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from evenhand.goals.queries import drafts_for_others, team_goals
from evenhand.web.http import PersonRequest


@require_safe
def team(request: PersonRequest) -> HttpResponse:
    """Who reports to a manager, with how their goals stand, side by side."""
    context = {
        "page": team_goals(request.actor, cursor=request.GET.get("cursor", "")),
        "for_others": drafts_for_others(request.actor),
    }
    return render(request, "goals/team.html", context)
