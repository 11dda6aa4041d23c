from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from evenhand.assessments.kinds import TAKING_PART, Source
from evenhand.assessments.models import Assessment
from evenhand.assessments.policies import (
    may_lead,
    may_open_units,
    may_propose,
    may_see_models,
    people_led,
    reads_by_role,
    visible_assessments,
)
from evenhand.assessments.queries import (
    FEWEST_PEOPLE,
    earlier_results,
    examples,
    job_standing,
    models_assessed,
    profile,
    team_standing,
    waiting_parts,
)
from evenhand.audit.actions import record
from evenhand.competencies.models import CompetencyModel
from evenhand.kernel.paging import page_of
from evenhand.web.assessments.forms import DueForm
from evenhand.web.assessments.pages import (
    crumbs,
    profile_row,
    team_columns,
    team_row,
    ticks,
)
from evenhand.web.http import PersonRequest
from evenhand.web.navigation import leads_people

MOST_WAITING = 50


@require_safe
def assessments(request: PersonRequest) -> HttpResponse:
    """What one is asked to write, and where one stands oneself."""
    actor = request.actor
    own = visible_assessments(actor).filter(subject=actor.person_id).select_related("model_version")
    context = {
        "waiting": waiting_parts(actor)[:MOST_WAITING],
        "page": page_of(own, ("-opened_at", "-pk"), cursor=request.GET.get("cursor", ""), limit=10),
        "leads": leads_people(actor),
        "may_open": people_led(actor).exists(),
        "may_see_models": may_see_models(actor),
        "may_open_units": may_open_units(actor),
    }
    return render(request, "assessments/assessments.html", context)


@require_safe
def assessment(request: PersonRequest, pk: int) -> HttpResponse:
    """Where a person stands: chart and table, examples, and former results."""
    found = find_assessment(request, pk)
    if reads_by_role(request.actor, found):
        record("assessment.read", about=found, by=request.actor, at=timezone.now())
    seen = profile(request.actor, found)
    told = examples(request.actor, found)
    may_manage = may_lead(request.actor, found)
    context: dict[str, Any] = {
        "assessment": found,
        "is_own": found.subject_id == request.actor.person_id,
        "profile": seen,
        "rows": [profile_row(line, told.get(line.asked.pk, ())) for line in seen.lines],
        "ticks": ticks(),
        "former": earlier_results(request.actor, found),
        "may_lead": may_manage,
        "may_propose": may_propose(request.actor, found),
        "crumbs": crumbs(),
    }
    if may_manage:
        context |= _answered(found)
    return render(request, "assessments/assessment.html", context)


@require_safe
def team(request: PersonRequest) -> HttpResponse:
    """Who reports to the actor, with the gaps of each by competency."""
    page = team_standing(request.actor, cursor=request.GET.get("cursor", ""))
    columns = team_columns(page.rows)
    context = {
        "page": page,
        "columns": columns,
        "rows": [team_row(row, list(columns)) for row in page.rows],
        "form": DueForm(request.actor, None),
        "crumbs": crumbs(),
    }
    return render(request, "assessments/team.html", context)


@require_safe
def jobs(request: PersonRequest) -> HttpResponse:
    """The models by which people in one's scope were assessed."""
    may_see_models(request.actor).enforce()
    models = models_assessed(request.actor)
    context = {
        "page": page_of(models, ("code",), cursor=request.GET.get("cursor", "")),
        "crumbs": crumbs(),
    }
    return render(request, "assessments/jobs.html", context)


@require_safe
def job(request: PersonRequest, pk: int) -> HttpResponse:
    """Where the people in one kind of job stand, as means from five people on."""
    may_see_models(request.actor).enforce()
    model = get_object_or_404(CompetencyModel.objects.prefetch_related("versions"), pk=pk)
    context = {
        "model": model,
        "lines": job_standing(request.actor, model),
        "fewest": FEWEST_PEOPLE,
        "crumbs": crumbs(),
    }
    return render(request, "assessments/job.html", context)


def find_assessment(request: PersonRequest, pk: int) -> Assessment:
    rows = visible_assessments(request.actor).select_related("subject", "model_version")
    return get_object_or_404(rows, pk=pk)


def _answered(found: Assessment) -> dict[str, object]:
    """How many have answered: numbers only, for who decides when to close."""
    parts = found.parts.filter(state__in=TAKING_PART).select_related("assessor")
    others = [part.is_submitted for part in parts if part.source == Source.OTHER]
    one_each = [part for part in parts if part.source != Source.OTHER]
    return {"one_each": one_each, "others_asked": len(others), "others_in": sum(others)}
