from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from evenhand.access.queries import delegations_held
from evenhand.assessments.queries import waiting_parts
from evenhand.compliance.queries import notice_waiting_for
from evenhand.reviews.queries import waiting_for
from evenhand.reviews.teams import running_cycle, team_progress
from evenhand.web.fairness.pages import opened_to_everybody
from evenhand.web.goals.home import goals_at_home
from evenhand.web.http import PersonRequest
from evenhand.workshops.queries import tasks_of

NOON, EVENING = 12, 18
MOST_PARTS = 10


@require_safe
def home(request: PersonRequest) -> HttpResponse:
    """What needs the person now, what is still to come, and how far their team is."""
    cycle = running_cycle()
    context = {
        "greeting": greeting(timezone.localtime()),
        "today": request.actor.on,
        "waiting": waiting_for(request.actor),
        "workshop_tasks": tasks_of(request.actor),
        "assessment_parts": waiting_parts(request.actor)[:MOST_PARTS],
        "goals": goals_at_home(request.actor),
        "cycle": cycle,
        "progress": team_progress(request.actor, cycle) if cycle else None,
        "notice": notice_waiting_for(request.actor),
        "audit": opened_to_everybody(request.actor),
        "held": delegations_held(request.account.person_id, on=request.actor.on),
    }
    return render(request, "home/home.html", context)


def greeting(now: datetime) -> str:
    """What one says at this hour."""
    if now.hour < NOON:
        return _("Good morning")
    return _("Good afternoon") if now.hour < EVENING else _("Good evening")
