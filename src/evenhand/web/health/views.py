from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from evenhand.jobs.actions import ask_for
from evenhand.jobs.policies import may_look_after_machines
from evenhand.kernel.rotation import COUNT, ROTATION
from evenhand.web.health.findings import BAD, WARN, findings
from evenhand.web.health.pages import keys_shown, settings_shown, versions
from evenhand.web.http import PersonRequest, go_to


@require_safe
def health(request: PersonRequest) -> HttpResponse:
    """Whether everything runs, what it runs on, and how it is set up."""
    _only_it_administrators(request)
    found = findings(timezone.now())
    context = {
        "findings": found,
        "bad": [finding for finding in found if finding.state == BAD],
        "warn": [finding for finding in found if finding.state == WARN],
        "versions": versions(),
        "settings": settings_shown(),
        **keys_shown(),
    }
    return render(request, "health/health.html", context)


@require_POST
def key_count(request: PersonRequest) -> HttpResponse:
    """Count how many texts each key seals: a job, since every text is read."""
    _only_it_administrators(request)
    title = _("Count the texts each key seals")
    job = ask_for(COUNT, title, arguments={}, by=request.actor, at=timezone.now())
    return go_to(request, "jobs:job", job.pk)


@require_POST
def key_rotation(request: PersonRequest) -> HttpResponse:
    """Seal every text with the newest key."""
    _only_it_administrators(request)
    title = _("Seal every text with the newest key")
    job = ask_for(ROTATION, title, arguments={}, by=request.actor, at=timezone.now())
    return go_to(request, "jobs:job", job.pk)


@login_not_required
@never_cache
@require_safe
def liveness(_request: HttpRequest) -> HttpResponse:
    """For machines that watch: alive, or not. Nothing else is told."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("unavailable\n", content_type="text/plain", status=503)
    return HttpResponse("ok\n", content_type="text/plain")


def _only_it_administrators(request: PersonRequest) -> None:
    if not may_look_after_machines(request.actor):
        raise Http404
