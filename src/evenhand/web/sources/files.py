"""Files of values for a data source: brought, looked at, taken over."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evenhand.goals.actions.bringing_files import (
    ask_for_look,
    ask_to_take,
    bring_values_file,
    give_up_values_file,
)
from evenhand.goals.kinds import ValuesFileState
from evenhand.goals.models import ValuesFile
from evenhand.goals.sources import may_keep_source
from evenhand.jobs.models import Job
from evenhand.jobs.performing import perform_now
from evenhand.web.http import PersonRequest, go_to
from evenhand.web.sources.forms import ValuesFileForm
from evenhand.web.sources.pages import find_file, find_source, standing_of

# So few rows are looked at and taken over while somebody waits; for more there is a page to watch.
AT_ONCE = 500


@require_http_methods(["GET", "HEAD", "POST"])
def new_file(request: PersonRequest, pk: int) -> HttpResponse:
    """Bring a file and see what it would change."""
    source = find_source(request, pk)
    may_keep_source(request.actor, source).enforce()
    is_sent = request.method == "POST"
    form = ValuesFileForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    if not form.is_valid():
        context = {"source": source, "form": form}
        return render(request, "sources/new_file.html", context, status=422 if form.errors else 200)
    brought = bring_values_file(source, form.upload, by=request.actor, at=timezone.now())
    return _look(request, brought)


@require_safe
def file(request: PersonRequest, pk: int, file_pk: int) -> HttpResponse:
    """What a file would change, and what is wrong with it."""
    brought = find_file(request, pk, file_pk)
    counts = brought.counts
    context = {
        "source": brought.source,
        "brought": brought,
        "is_looked_at": brought.state == ValuesFileState.LOOKED_AT,
        "may_take": bool(counts.get("new") or counts.get("corrected")),
        "to_take": counts.get("new", 0) + counts.get("corrected", 0),
        **standing_of(brought, request.actor),
    }
    return render(request, "sources/file.html", context)


@require_POST
def look(request: PersonRequest, pk: int, file_pk: int) -> HttpResponse:
    """Look at the file again."""
    return _look(request, find_file(request, pk, file_pk))


@require_POST
def taking(request: PersonRequest, pk: int, file_pk: int) -> HttpResponse:
    """Take over what was shown, or nothing."""
    brought = find_file(request, pk, file_pk)
    job = ask_to_take(brought, _page(brought), by=request.actor, at=timezone.now())
    return _watch(request, brought, job)


@require_POST
def giving_up(request: PersonRequest, pk: int, file_pk: int) -> HttpResponse:
    brought = find_file(request, pk, file_pk)
    give_up_values_file(brought, by=request.actor, at=timezone.now())
    messages.success(request, _("Nothing was changed, and the file is deleted."))
    return go_to(request, "sources:source", pk)


def _look(request: PersonRequest, brought: ValuesFile) -> HttpResponse:
    job = ask_for_look(brought, _page(brought), by=request.actor, at=timezone.now())
    return _watch(request, brought, job)


def _watch(request: PersonRequest, brought: ValuesFile, job: Job) -> HttpResponse:
    if brought.rows <= AT_ONCE:
        perform_now(job.pk, timezone.now)
    return go_to(request, "sources:file", brought.source_id, brought.pk)


def _page(brought: ValuesFile) -> str:
    return reverse("sources:file", args=[brought.source_id, brought.pk])
