"""The library as everybody reads it."""

from typing import TypeVar

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from evenhand.competencies.differences import differences_of_competencies
from evenhand.competencies.listing import library
from evenhand.competencies.models import CompetencyVersion, ModelVersion
from evenhand.competencies.policies import (
    may_see_jobs,
    may_write_library,
    visible_competencies,
    visible_versions,
)
from evenhand.competencies.reading import competency_part
from evenhand.web.competencies.forms import FilterForm
from evenhand.web.competencies.pages import (
    competency_page,
    own_model,
    readiness,
    version_that_counts,
    with_levels,
)
from evenhand.web.http import PersonRequest, go_to, key

V = TypeVar("V", CompetencyVersion, ModelVersion)


@require_safe
def competencies(request: PersonRequest) -> HttpResponse:
    """The library, one row for each competency."""
    form = FilterForm(request.GET or None)
    wanted = form.wanted
    page = library(request.actor, wanted, cursor=request.GET.get("cursor", ""))
    context = {
        "page": page,
        "form": form,
        "wanted": wanted,
        "may_write": may_write_library(request.actor),
        "may_see_jobs": may_see_jobs(request.actor),
        "own_model": own_model(request.actor),
        "is_empty": not page.rows and not visible_competencies(request.actor).exists(),
    }
    return render(request, "competencies/library.html", context)


@require_safe
def competency(request: PersonRequest, pk: int) -> HttpResponse:
    """A competency in the version that counts today."""
    found = get_object_or_404(visible_competencies(request.actor), pk=pk)
    return go_to(request, "competency_version", version_that_counts(request.actor, found).pk)


@require_safe
def version(request: PersonRequest, pk: int) -> HttpResponse:
    """One version of a competency, with its levels and anchors."""
    found = find_version(request, pk)
    context = competency_page(request.actor, found)
    if context["may_change"]:
        context |= readiness(request.actor, found)
    return render(request, "competencies/competency.html", context)


@require_safe
def difference(request: PersonRequest, pk: int) -> HttpResponse:
    """What a version says otherwise than the one before it."""
    found = find_version(request, pk)
    earlier = with_levels(visible_versions(request.actor)).filter(
        competency=found.competency_id, number__lt=found.number
    )
    before = chosen_before(request, earlier)
    changes = differences_of_competencies(competency_part(before), competency_part(found))
    context = {
        "version": found,
        "before": before,
        "earlier": earlier.order_by("number").values_list("number", flat=True),
        "changes": changes,
        "version_url": reverse("competency_version", args=[pk]),
        "list_url": reverse("competencies"),
        "list_name": _("Competencies"),
    }
    return render(request, "competencies/difference.html", context)


def chosen_before(request: PersonRequest, earlier: QuerySet[V]) -> V:
    """The version to compare with: the one whose number is asked for, else the last."""
    number = request.GET.get("with", "")
    chosen = earlier.filter(number=key(number)) if number else earlier
    return get_object_or_404(chosen.order_by("-number")[:1])


def find_version(request: PersonRequest, pk: int) -> CompetencyVersion:
    return get_object_or_404(with_levels(visible_versions(request.actor)), pk=pk)
