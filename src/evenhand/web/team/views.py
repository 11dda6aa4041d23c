from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from evenhand.cycles.models import Cycle
from evenhand.kernel.acting import Actor
from evenhand.reviews.teams import Reach, TeamProgress, cycles_of_team, team_progress
from evenhand.reviews.teams import team as team_of
from evenhand.web.http import PersonRequest


@require_safe
def team(request: PersonRequest) -> HttpResponse:
    """The people of a manager with the state of their reviews; searched for on the server."""
    asked = request.GET
    cycles = cycles_of_team()
    cycle = chosen(cycles, asked.get("cycle", ""))
    reach = Reach.ALL if asked.get("reach") == Reach.ALL else Reach.DIRECT
    words = asked.get("q", "")[:100]
    context = {
        "page": team_of(
            request.actor, cycle, words=words, reach=reach, cursor=asked.get("cursor", "")
        ),
        "progress": None if request.htmx else progress_of(request.actor, cycle, reach),
        "cycles": cycles,
        "cycle": cycle,
        "reach": reach,
        "query": words,
    }
    template = "team/team.html#people" if request.htmx else "team/team.html"
    return render(request, template, context)


def chosen(cycles: list[Cycle], key: str) -> Cycle | None:
    """The cycle asked for, or the first: a running one if there is any."""
    return next((cycle for cycle in cycles if str(cycle.pk) == key), next(iter(cycles), None))


def progress_of(actor: Actor, cycle: Cycle | None, reach: Reach) -> TeamProgress | None:
    """How far one's own people are. Everyone below, perhaps thousands, is for the cockpit."""
    return team_progress(actor, cycle) if cycle and reach == Reach.DIRECT else None
