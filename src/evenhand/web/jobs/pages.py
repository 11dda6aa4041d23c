"""How a job is shown: on its own page, and wherever a page waits for one."""

from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from evenhand.jobs.kinds import JobState
from evenhand.jobs.models import Job
from evenhand.jobs.policies import may_cancel, may_download, may_retry
from evenhand.kernel.acting import Actor


@dataclass(frozen=True, slots=True)
class ShownJob:
    """What `ui/progress.html` says about a job."""

    title: str
    state: str
    done: int
    total: int
    detail: str
    problem: str
    is_underway: bool
    is_done: bool
    is_failed: bool
    may_retry: bool


def shown(job: Job, actor: Actor) -> dict[str, Any]:
    """Everything `ui/progress.html` needs: include it with what this returns."""
    urls = {
        name: reverse(f"jobs:{page}", args=[job.pk])
        for name, page in (("url", "progress"), ("cancel_url", "cancellation"))
    }
    result_url, result = _result(job, actor)
    return {
        "job": ShownJob(
            title=job.title,
            state=job.get_state_display(),
            done=job.done,
            total=job.total,
            detail=job.note,
            problem=job.problem,
            is_underway=job.is_under_way,
            is_done=job.state == JobState.DONE,
            is_failed=job.state == JobState.FAILED,
            may_retry=bool(may_retry(actor, job)),
        ),
        "url": urls["url"],
        "cancel_url": urls["cancel_url"] if may_cancel(actor, job) else "",
        "retry_url": reverse("jobs:retry", args=[job.pk]),
        "result_url": result_url,
        "result": result,
    }


def _result(job: Job, actor: Actor) -> tuple[str, str]:
    """Where the work leads when it is done: a file to take, or a page of ours to go on with."""
    if may_download(actor, job):
        name = PurePath(job.result_file).name
        return reverse("jobs:file", args=[job.pk]), _("Download %(name)s") % {"name": name}
    if "audit_id" in job.result:
        return reverse("rating_audit", args=[job.result["audit_id"]]), _("Read what was found")
    page = str(job.result.get("url", ""))
    if page.startswith("/") and url_has_allowed_host_and_scheme(page, allowed_hosts=None):
        return page, _("See what came of it")
    return "", ""
