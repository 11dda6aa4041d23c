"""Writing competency models: their versions, and when these begin."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from evenhand.competencies.modelling import (
    change_model_version,
    discard_model_version,
    publish_model_version,
    retire_model,
    write_model,
    write_next_model_version,
)
from evenhand.competencies.policies import (
    may_change_version,
    may_write_library,
    visible_models,
)
from evenhand.competencies.reading import model_part
from evenhand.competencies.starter import bring_starter_library
from evenhand.web.competencies.forms import PublicationForm
from evenhand.web.competencies.model_forms import ModelForm
from evenhand.web.competencies.model_pages import (
    model_page,
    model_readiness,
    offered,
    suggestions,
)
from evenhand.web.competencies.model_views import find_model_version
from evenhand.web.http import PersonRequest, go_to

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
def new_model(request: PersonRequest) -> HttpResponse:
    if not may_write_library(request.actor):
        raise Http404
    form = ModelForm(offered(), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = write_model(form.part, by=request.actor, at=timezone.now())
        messages.success(request, _("The model is kept. Nobody else sees it yet."))
        return go_to(request, "model_version", made.pk)
    return _writing(request, form, {})


@get_or_post
def model_version_writing(request: PersonRequest, pk: int) -> HttpResponse:
    """Change a version of a model in writing."""
    found = find_model_version(request, pk)
    may_change_version(request.actor, found).enforce()
    choices = offered(model_part(found))
    form = ModelForm(choices, request.POST) if request.POST else ModelForm.of(choices, found)
    if request.method == "POST" and form.is_valid():
        change_model_version(
            found, form.part, seen_at=form.seen_at, by=request.actor, at=timezone.now()
        )
        messages.success(request, _("Your changes are kept."))
        return go_to(request, "model_version", pk)
    return _writing(request, form, {"version": found})


@require_POST
def model_next_version(request: PersonRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(visible_models(request.actor), pk=pk)
    made = write_next_model_version(found, by=request.actor, at=timezone.now())
    return go_to(request, "model_version_writing", made.pk)


@require_POST
def model_publication(request: PersonRequest, pk: int) -> HttpResponse:
    """Publish a version of a model from a day on."""
    found = find_model_version(request, pk)
    form = PublicationForm(request.POST)
    if form.is_valid():
        publish_model_version(found, form.beginning, by=request.actor, at=timezone.now())
        messages.success(request, _("The version is published."))
        return go_to(request, "model_version", pk)
    context = model_page(request.actor, found)
    context |= model_readiness(request.actor, found) | {"publication_form": form}
    return render(request, "competencies/model.html", context, status=422)


@require_POST
def model_removal(request: PersonRequest, pk: int) -> HttpResponse:
    found = find_model_version(request, pk)
    discard_model_version(found, by=request.actor, at=timezone.now())
    messages.success(request, _("The version is gone."))
    return go_to(request, "competency_models")


@require_POST
def model_retirement(request: PersonRequest, pk: int) -> HttpResponse:
    """Retire a model, or put it to use again."""
    found = get_object_or_404(visible_models(request.actor), pk=pk)
    is_retired = request.POST.get("to") == "retired"
    retire_model(found, is_retired=is_retired, by=request.actor, at=timezone.now())
    return go_to(request, "competency_model", pk)


@require_POST
def starter_library(request: PersonRequest) -> HttpResponse:
    """Begin with competencies and models of ours."""
    if not may_write_library(request.actor):
        raise Http404
    actor, now = request.actor, timezone.now()
    brought = bring_starter_library(by=actor, at=now, starts_on=actor.on)
    said = _("%(competencies)d competencies and %(models)d models are in force from today.")
    counts = {"competencies": brought.competencies, "models": brought.models}
    messages.success(request, said % counts)
    return go_to(request, "competencies")


def _writing(request: PersonRequest, form: ModelForm, context: dict[str, object]) -> HttpResponse:
    status = 422 if form.errors else 200
    context |= {"form": form, **suggestions(request.actor)}
    return render(request, "competencies/model_writing.html", context, status=status)
