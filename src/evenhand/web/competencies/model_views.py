"""Competency models as everybody reads them, and which jobs have which."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from evenhand.competencies.differences import differences_of_models
from evenhand.competencies.listing import jobs, models
from evenhand.competencies.models import ModelVersion
from evenhand.competencies.policies import (
    may_see_jobs,
    may_write_library,
    visible_model_versions,
    visible_models,
)
from evenhand.competencies.reading import model_part
from evenhand.kernel.paging import PAGE
from evenhand.web.competencies.forms import FilterForm
from evenhand.web.competencies.model_pages import (
    model_page,
    model_readiness,
    model_that_counts,
    names_of,
    with_requirements,
)
from evenhand.web.competencies.pages import own_model
from evenhand.web.competencies.views import chosen_before
from evenhand.web.http import PersonRequest, go_to


@require_safe
def competency_models(request: PersonRequest) -> HttpResponse:
    """One row for each model."""
    form = FilterForm(request.GET or None)
    page = models(request.actor, form.wanted, cursor=request.GET.get("cursor", ""))
    context = {
        "page": page,
        "form": form,
        "may_write": may_write_library(request.actor),
        "may_see_jobs": may_see_jobs(request.actor),
        "own_model": own_model(request.actor),
        "is_empty": not page.rows and not visible_models(request.actor).exists(),
    }
    return render(request, "competencies/models.html", context)


@require_safe
def competency_model(request: PersonRequest, pk: int) -> HttpResponse:
    """A model in the version that counts today."""
    found = get_object_or_404(visible_models(request.actor), pk=pk)
    return go_to(request, "model_version", model_that_counts(request.actor, found).pk)


@require_safe
def model_version(request: PersonRequest, pk: int) -> HttpResponse:
    """One version of a model, with what it expects."""
    found = find_model_version(request, pk)
    context = model_page(request.actor, found)
    if context["may_change"]:
        context |= model_readiness(request.actor, found)
    return render(request, "competencies/model.html", context)


@require_safe
def model_difference(request: PersonRequest, pk: int) -> HttpResponse:
    """What a version expects otherwise than the one before it."""
    found = find_model_version(request, pk)
    earlier = with_requirements(visible_model_versions(request.actor)).filter(
        model=found.model_id, number__lt=found.number
    )
    before = chosen_before(request, earlier)
    old, new = model_part(before), model_part(found)
    names = names_of(r.code for part in (old, new) for r in part.requirements)
    context = {
        "version": found,
        "before": before,
        "earlier": earlier.order_by("number").values_list("number", flat=True),
        "changes": differences_of_models(old, new, names),
        "version_url": reverse("model_version", args=[pk]),
        "list_url": reverse("competency_models"),
        "list_name": _("Models"),
    }
    return render(request, "competencies/difference.html", context)


@require_safe
def competency_jobs(request: PersonRequest) -> HttpResponse:
    """Every kind of job that people hold, with its model; those without one first."""
    if not may_see_jobs(request.actor):
        raise Http404
    rows = jobs(request.actor.on)
    without = [row for row in rows if row.model is None]
    only_without = request.GET.get("without") == "1"
    shown = Paginator(without if only_without else rows, PAGE)
    context = {
        "page": shown.get_page(request.GET.get("page")),
        "jobs": len(rows),
        "people": sum(row.people for row in rows),
        "jobs_without": len(without),
        "people_without": sum(row.people for row in without),
        "only_without": only_without,
        "may_write": may_write_library(request.actor),
        "may_see_jobs": True,
    }
    return render(request, "competencies/jobs.html", context)


def find_model_version(request: PersonRequest, pk: int) -> ModelVersion:
    return get_object_or_404(with_requirements(visible_model_versions(request.actor)), pk=pk)
