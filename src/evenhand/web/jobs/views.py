from pathlib import PurePath

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from evenhand.jobs.actions import cancel_job, hand_out_file, retry_job
from evenhand.jobs.policies import sees_all_jobs, visible_jobs
from evenhand.kernel.paging import page_of
from evenhand.web.http import PersonRequest, go_to
from evenhand.web.jobs.pages import shown


@require_safe
def jobs(request: PersonRequest) -> HttpResponse:
    """What one asked for and how far it is; those in charge may look at everybody's."""
    found = visible_jobs(request.actor)
    sees_all = sees_all_jobs(request.actor)
    of_everybody = sees_all and request.GET.get("of") == "everybody"
    if not of_everybody:
        found = found.filter(asked_by_id=request.actor.person_id)
    page = page_of(found, ("-asked_at", "-id"), cursor=request.GET.get("cursor", ""))
    context = {"page": page, "sees_all": sees_all, "of_everybody": of_everybody}
    return render(request, "jobs/jobs.html", context)


@require_safe
def job(request: PersonRequest, pk: int) -> HttpResponse:
    job = get_object_or_404(visible_jobs(request.actor), pk=pk)
    context = {"asked": job, **shown(job, request.actor)}
    return render(request, "jobs/job.html", context)


@require_safe
def progress(request: PersonRequest, pk: int) -> HttpResponse:
    """The part of a page that says how far a job is, asked for again every second."""
    job = get_object_or_404(visible_jobs(request.actor), pk=pk)
    if not request.htmx:
        return go_to(request, "jobs:job", pk)
    return render(request, "ui/progress.html", shown(job, request.actor))


@require_POST
def cancellation(request: PersonRequest, pk: int) -> HttpResponse:
    job = get_object_or_404(visible_jobs(request.actor), pk=pk)
    cancel_job(job, by=request.actor, at=timezone.now())
    messages.success(request, _("It stops at the next step."))
    return go_to(request, "jobs:job", pk)


@require_POST
def retry(request: PersonRequest, pk: int) -> HttpResponse:
    job = get_object_or_404(visible_jobs(request.actor), pk=pk)
    retry_job(job, by=request.actor, at=timezone.now())
    messages.success(request, _("It is tried again."))
    return go_to(request, "jobs:job", pk)


@require_safe
def file(request: PersonRequest, pk: int) -> HttpResponse | FileResponse:
    """The file that the work has left, for who asked for it. Taking it is on record."""
    job = get_object_or_404(visible_jobs(request.actor), pk=pk)
    name = hand_out_file(job, by=request.actor, at=timezone.now())
    return FileResponse(
        default_storage.open(name), as_attachment=True, filename=PurePath(name).name
    )
