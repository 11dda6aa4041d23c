"""Competencies of the library, added to a section as questions."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from evenhand.competencies.models import ModelVersion
from evenhand.competencies.policies import visible_model_versions
from evenhand.competencies.queries import (
    CompetencyQuestion,
    competency_questions,
    library_questions,
    versions_in_force,
)
from evenhand.cycles.from_library import add_competencies, asked_already
from evenhand.cycles.models import Section
from evenhand.cycles.policies import may_change_version
from evenhand.kernel.acting import Actor
from evenhand.web.http import PersonRequest, go_to, key
from evenhand.web.review_templates.views import find_section

MOST_MODELS = 300
MOST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Offer:
    """A competency that can be added, and whether the template asks for it already."""

    question: CompetencyQuestion
    is_asked: bool


@require_http_methods(["GET", "HEAD", "POST"])
def section_competencies(request: PersonRequest, pk: int) -> HttpResponse:
    """Choose competencies, one by one or those of a model with their expected levels."""
    section = find_section(request, pk)
    may_change_version(request.actor, section.version).enforce()
    model = _model(request)
    if request.method == "POST":
        return _add(request, section, model)
    words = request.GET.get("q", "").strip()[:100]
    questions = _offered(request.actor, model, words)
    standing = asked_already(section.version)
    context = {
        "section": section,
        "version": section.version,
        "models": _models(request.actor)[:MOST_MODELS],
        "model": model,
        "words": words,
        "offers": [Offer(q, q.text in standing) for q in questions[:MOST_SHOWN]],
        "are_more": len(questions) > MOST_SHOWN,
    }
    return render(request, "review_templates/competencies.html", context)


def _add(request: PersonRequest, section: Section, model: ModelVersion | None) -> HttpResponse:
    chosen = {key(text) for text in request.POST.getlist("competency")}
    on = request.actor.on
    questions = competency_questions(model, on) if model else library_questions(chosen, on)
    wanted = [question for question in questions if question.competency_id in chosen]
    added = add_competencies(section, wanted, by=request.actor, at=timezone.now())
    said = ngettext("%(n)d competency was added.", "%(n)d competencies were added.", len(added))
    messages.success(request, said % {"n": len(added)})
    return go_to(request, "version", section.version_id)


def _model(request: PersonRequest) -> ModelVersion | None:
    said = request.POST if request.method == "POST" else request.GET
    chosen = said.get("model", "")
    return get_object_or_404(_models(request.actor), pk=key(chosen)) if chosen else None


def _models(actor: Actor) -> QuerySet[ModelVersion]:
    in_force = ModelVersion.objects.in_force(actor.on).filter(model__retired_at=None)
    rows = visible_model_versions(actor).filter(pk__in=in_force.values("pk"))
    return rows.order_by("name", "pk")


def _offered(actor: Actor, model: ModelVersion | None, words: str) -> Sequence[CompetencyQuestion]:
    if model is not None:
        return competency_questions(model, actor.on)
    versions = versions_in_force(actor.on).filter(competency__retired_at=None)
    found = versions.filter(name__icontains=words) if words else versions
    ids = list(found.values_list("competency", flat=True)[: MOST_SHOWN + 1])
    return library_questions(ids, actor.on)
