from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from evenhand.jobs.kinds import JobState
from evenhand.jobs.models import Job
from evenhand.kernel.acting import Actor, Role
from evenhand.kernel.verdict import ALLOWED, Ground, Verdict

NOT_YOUR_JOB = Verdict("not_your_job", _("Only the person who asked for this can do that."))
NOTHING_TO_CANCEL = Verdict(
    "nothing_to_cancel", _("This has already ended, so there is nothing to cancel."), Ground.WHEN
)
NOTHING_TO_RETRY = Verdict(
    "nothing_to_retry", _("Only work that did not finish can be tried again."), Ground.WHEN
)
NO_FILE = Verdict("no_file", _("This work has left no file, or it is no longer kept."), Ground.WHEN)

NOT_THE_IT_ADMINISTRATOR = Verdict(
    "not_the_it_administrator", _("Only an IT administrator can do this.")
)


def may_look_after_machines(actor: Actor) -> Verdict:
    """The IT administrator sees whether everything runs, and repairs it; no one else needs to."""
    if actor.is_delegate or not actor.holds_everywhere(Role.IT_ADMINISTRATOR):
        return NOT_THE_IT_ADMINISTRATOR
    return ALLOWED


def visible_jobs(actor: Actor) -> QuerySet[Job]:
    """Everyone sees what they asked for; specialists and IT administrators see all work."""
    return Job.objects.all() if sees_all_jobs(actor) else Job.objects.filter(_own(actor))


def sees_all_jobs(actor: Actor) -> bool:
    """Specialists and IT administrators follow everybody's work, but get nobody's files."""
    roles = (Role.SPECIALIST, Role.IT_ADMINISTRATOR)
    return actor.holds_everywhere(*roles) and not actor.is_delegate


def may_cancel(actor: Actor, job: Job) -> Verdict:
    """Who asked for the work may stop it, and so may the IT administrator."""
    if not (is_own(actor, job) or actor.holds_everywhere(Role.IT_ADMINISTRATOR)):
        return NOT_YOUR_JOB
    if job.state not in {JobState.WAITING, JobState.RUNNING}:
        return NOTHING_TO_CANCEL
    return ALLOWED


def may_retry(actor: Actor, job: Job) -> Verdict:
    """Only who asked for the work may ask again, since it is done in their name."""
    if not is_own(actor, job):
        return NOT_YOUR_JOB
    if job.state not in {JobState.FAILED, JobState.CANCELLED}:
        return NOTHING_TO_RETRY
    return ALLOWED


def may_download(actor: Actor, job: Job) -> Verdict:
    """The file that work has left is for the person who asked for it, and nobody else."""
    if not is_own(actor, job):
        return NOT_YOUR_JOB
    if not job.result_file:
        return NO_FILE
    return ALLOWED


def is_own(actor: Actor, job: Job) -> bool:
    """Whether the actor asked for it. A delegate owns only what they themself asked for."""
    if actor.is_delegate and job.delegate_id != actor.delegate_id:
        return False
    return job.asked_by_id == actor.person_id


def _own(actor: Actor) -> Q:
    own = Q(asked_by_id=actor.person_id)
    return own & Q(delegate_id=actor.delegate_id) if actor.is_delegate else own
