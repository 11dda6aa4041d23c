"""Writing the library: competencies, their versions, and when these begin."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from evenhand.competencies.actions import (
    change_version,
    discard_version,
    publish_version,
    retire_competency,
    write_competency,
    write_next_version,
)
from evenhand.competencies.policies import (
    may_change_version,
    may_write_library,
    visible_competencies,
)
from evenhand.web.competencies.forms import CompetencyForm, PublicationForm, advised, lines
from evenhand.web.competencies.pages import competency_page, readiness
from evenhand.web.competencies.views import find_version
from evenhand.web.http import PersonRequest, go_to

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
def new_competency(request: PersonRequest) -> HttpResponse:
    if not may_write_library(request.actor):
        raise Http404
    form = CompetencyForm(request.POST) if request.method == "POST" else CompetencyForm.empty()
    if request.method == "POST" and form.is_valid():
        made = write_competency(form.part, by=request.actor, at=timezone.now())
        messages.success(request, _("The competency is kept. Nobody else sees it yet."))
        return go_to(request, "competency_version", made.pk)
    return _writing(request, form, {})


@get_or_post
def version_writing(request: PersonRequest, pk: int) -> HttpResponse:
    """Change a version in writing."""
    found = find_version(request, pk)
    may_change_version(request.actor, found).enforce()
    form = CompetencyForm(request.POST) if request.method == "POST" else CompetencyForm.of(found)
    if request.method == "POST" and form.is_valid():
        change_version(found, form.part, seen_at=form.seen_at, by=request.actor, at=timezone.now())
        messages.success(request, _("Your changes are kept."))
        return go_to(request, "competency_version", pk)
    return _writing(request, form, {"version": found})


@require_POST
def anchor_advice(request: PersonRequest, level: int) -> HttpResponse:
    """What could be clearer about the anchors of a level, while they are being written."""
    if not may_write_library(request.actor):
        raise Http404
    advice = advised(lines(request.POST.get(f"anchors_{level}", ""))[:20])
    return render(request, "competencies/anchor_advice.html", {"advice": advice})


@require_POST
def next_version(request: PersonRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(visible_competencies(request.actor), pk=pk)
    made = write_next_version(found, by=request.actor, at=timezone.now())
    return go_to(request, "competency_version_writing", made.pk)


@require_POST
def publication(request: PersonRequest, pk: int) -> HttpResponse:
    """Publish a version from a day on."""
    found = find_version(request, pk)
    form = PublicationForm(request.POST)
    if form.is_valid():
        publish_version(found, form.beginning, by=request.actor, at=timezone.now())
        messages.success(request, _("The version is published."))
        return go_to(request, "competency_version", pk)
    context = competency_page(request.actor, found)
    context |= readiness(request.actor, found) | {"publication_form": form}
    return render(request, "competencies/competency.html", context, status=422)


@require_POST
def removal(request: PersonRequest, pk: int) -> HttpResponse:
    discard_version(find_version(request, pk), by=request.actor, at=timezone.now())
    messages.success(request, _("The version is gone."))
    return go_to(request, "competencies")


@require_POST
def retirement(request: PersonRequest, pk: int) -> HttpResponse:
    """Retire a competency, or bring it back."""
    found = get_object_or_404(visible_competencies(request.actor), pk=pk)
    is_retired = request.POST.get("to") == "retired"
    retire_competency(found, is_retired=is_retired, by=request.actor, at=timezone.now())
    return go_to(request, "competency", pk)


def _writing(
    request: PersonRequest, form: CompetencyForm, context: dict[str, object]
) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "competencies/writing.html", {"form": form, **context}, status=status)
