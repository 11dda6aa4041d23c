from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from evenhand.kernel.paging import page_of
from evenhand.web.http import PersonRequest, key
from evenhand.web.workshops.pages import crumbs, moves, said_of, steps, why
from evenhand.workshops.kinds import Stage
from evenhand.workshops.models import Workshop
from evenhand.workshops.naming import competencies_of
from evenhand.workshops.policies import (
    may_lead,
    may_open,
    visible_incidents,
    visible_workshops,
)
from evenhand.workshops.queries import tasks_of, turnout_of, workshop_rows
from evenhand.workshops.results import results_of
from evenhand.workshops.visibility import participation_of

A_PAGE = 10


@require_safe
def workshops(request: PersonRequest) -> HttpResponse:
    """What waits for the person, and every workshop they may see."""
    rows = workshop_rows(request.actor)
    context = {
        "tasks": tasks_of(request.actor),
        "page": page_of(rows, ("-opened_at", "-id"), cursor=request.GET.get("cursor", "")),
        "may_open": may_open(request.actor),
    }
    return render(request, "workshops/workshops.html", context)


@require_safe
def workshop(request: PersonRequest, pk: int) -> HttpResponse:
    """One workshop: to lead it, or to see what one is asked for."""
    found = find_workshop(request, pk)
    leads = may_lead(request.actor, found)
    written = found.incidents.order_by().values_list("competency").annotate(n=Count("pk"))
    numbers = dict(written) if leads else {}
    named = [(row, numbers.get(row.id, 0)) for row in competencies_of(found)]
    context = {
        "workshop": found,
        "crumbs": crumbs(),
        "steps": steps(found),
        "competencies": named,
        "leads": leads,
        "own": participation_of(request.actor, found),
        "task": next((task for task in tasks_of(request.actor) if task.workshop_id == pk), None),
    }
    if leads:
        context |= _to_lead(found)
    return render(request, "workshops/workshop.html", context)


def _to_lead(found: Workshop) -> dict[str, object]:
    groups = found.participants.filter(left_at=None).order_by().values_list("group")
    return {
        "moves": moves(found),
        "turnout": said_of(turnout_of(found)) if found.is_voting else "",
        "groups": dict(groups.annotate(n=Count("pk"))),
        "may_change": found.stage == Stage.COLLECTING,
    }


@require_safe
def results(request: PersonRequest, pk: int) -> HttpResponse:
    """The incidents, and how the votes came out as far as it may be told."""
    found = find_workshop(request, pk)
    leads = may_lead(request.actor, found)
    if not leads and not found.tells_sorting:
        raise Http404
    competency = key(request.GET.get("competency", ""))
    rows = visible_incidents(request.actor).filter(workshop=found)
    if competency:
        rows = rows.filter(competency=competency)
    page = page_of(
        rows, ("competency_id", "id"), cursor=request.GET.get("cursor", ""), limit=A_PAGE
    )
    told = [(result, why(result)) for result in results_of(found, page.rows)]
    context = {
        "workshop": found,
        "crumbs": crumbs(found),
        "page": page,
        "results": told,
        "competencies": competencies_of(found),
        "competency": competency,
        "leads": leads,
        "may_remove": leads and found.stage == Stage.COLLECTING,
        "may_decide": leads and found.stage in (Stage.SORTED, Stage.SCALED),
        "may_anchor": leads and found.stage == Stage.SCALED,
    }
    return render(request, "workshops/results.html", context)


def find_workshop(request: PersonRequest, pk: int) -> Workshop:
    """A workshop the actor may see."""
    return get_object_or_404(visible_workshops(request.actor), pk=pk)
