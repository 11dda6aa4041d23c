"""Files of values: brought, looked at, taken over as they were shown, or given up."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenhand.audit.actions import record
from evenhand.goals.actions.feeding import Delivery, bring_values, lock_source
from evenhand.goals.bringing import ValuesPlan, plan_values
from evenhand.goals.kinds import VALUES_FILE_TRANSITIONS, Origin, ValuesFileState
from evenhand.goals.models import DataSource, ValuesFile
from evenhand.goals.sources import may_keep_source
from evenhand.goals.value_tables import ReadValues, read_values
from evenhand.jobs.actions import ask_for
from evenhand.jobs.models import Job
from evenhand.kernel.acting import Actor
from evenhand.kernel.sealed_files import SealedFile, file_content, keep_file, remove_file
from evenhand.kernel.verdict import Ground, Refused, Verdict
from evenhand.spreadsheets.tables import Problem, Severity

FOLDER = "values"
LOOK, TAKE = "goals.look_at_values", "goals.take_values"
MOST_PROBLEMS = 500

OVER = Verdict(
    "values_file_over",
    gettext_lazy("This file was taken over or given up already. Bring it again if you need it."),
    Ground.WHEN,
)
CHANGED_SINCE = Verdict(
    "changed_since",
    gettext_lazy("Something has changed since this file was looked at. Look at it again first."),
    Ground.WHEN,
)
NOTHING_TO_TAKE = Verdict(
    "nothing_to_take",
    gettext_lazy("There is nothing new in this file. Correct what is wrong, and bring it again."),
    Ground.WHAT,
)


@dataclass(frozen=True, slots=True)
class ValuesUpload:
    """A file as somebody brought it, with how many rows it has."""

    name: str
    raw: bytes
    rows: int


@transaction.atomic
def bring_values_file(
    source: DataSource, upload: ValuesUpload, *, by: Actor, at: datetime
) -> ValuesFile:
    """Keep a file, sealed. No goal is changed by that."""
    source = lock_source(source)
    may_keep_source(by, source).enforce()
    sealed = keep_file(upload.raw, folder=FOLDER)
    brought = ValuesFile.objects.create(
        source=source,
        name=upload.name[:200],
        digest=hashlib.sha256(upload.raw).hexdigest(),
        rows=upload.rows,
        stored_as=sealed.name,
        key=sealed.key,
        by_id=by.person_id,
        at=at,
    )
    record("data_source.file_brought", about=source, by=by, at=at, digest=brought.digest)
    return brought


@transaction.atomic
def ask_for_look(brought: ValuesFile, url: str, *, by: Actor, at: datetime) -> Job:
    """Compare the file with what is kept, as a job that leads back to this page."""
    brought = _open(brought, by)
    if brought.state == ValuesFileState.WAITING:
        raise Refused(CHANGED_SINCE)
    title = _("Look at %(file)s") % {"file": brought}
    arguments = {"file": brought.pk, "url": url}
    brought.job = ask_for(LOOK, title, arguments=arguments, by=by, at=at)
    brought.state = ValuesFileState.LOOKING
    brought.save(update_fields=["job", "state"])
    return brought.job


@transaction.atomic
def ask_to_take(brought: ValuesFile, url: str, *, by: Actor, at: datetime) -> Job:
    """Take the file over as it was shown, leaving out what is wrong, as a job."""
    brought = _open(brought, by)
    if brought.state != ValuesFileState.LOOKED_AT:
        raise Refused(CHANGED_SINCE)
    if not brought.counts.get("new") and not brought.counts.get("corrected"):
        raise Refused(NOTHING_TO_TAKE)
    title = _("Take over %(file)s") % {"file": brought}
    arguments = {"file": brought.pk, "url": url}
    brought.job = ask_for(TAKE, title, arguments=arguments, by=by, at=at)
    brought.state = ValuesFileState.WAITING
    brought.save(update_fields=["job", "state"])
    return brought.job


@transaction.atomic
def give_up_values_file(brought: ValuesFile, *, by: Actor, at: datetime) -> None:
    """Take nothing over; the file is deleted."""
    brought = _open(brought, by)
    _end(brought, ValuesFileState.GIVEN_UP, at)
    record("data_source.file_given_up", about=brought.source, by=by, at=at, digest=brought.digest)


@transaction.atomic
def look_at_values_file(brought: ValuesFile, *, by: Actor, at: datetime) -> ValuesFile:
    """Keep what the file would change and what is wrong with it, for somebody to look at."""
    brought = _open(brought, by)
    read = read_of(brought)
    _keep_look(brought, read, plan_values(brought.source, read.rows, by), at)
    return brought


@transaction.atomic
def take_values_file(brought: ValuesFile, *, by: Actor, at: datetime) -> ValuesFile:
    """Take over what was shown. Where that is no longer so, show what it would be now.

    Asked for twice, it is done once.
    """
    brought = _locked(brought)
    if brought.state == ValuesFileState.TAKEN:
        return brought
    _refuse_if_over(brought, by)
    read = read_of(brought)
    delivery = Delivery(read.rows, Origin.FILE, leaves_out=True, shown=brought.plan_digest)
    done = bring_values(brought.source, delivery, by=by, at=at)
    if not done.is_kept:
        _keep_look(brought, read, done.plan, at)
        return brought
    brought.counts = _counts(read, done.plan)
    _end(brought, ValuesFileState.TAKEN, at)
    return brought


def read_of(brought: ValuesFile) -> ReadValues:
    """The rows of a file that still lies here."""
    return read_values(file_content(SealedFile(brought.stored_as, brought.key)))


def _keep_look(brought: ValuesFile, read: ReadValues, plan: ValuesPlan, at: datetime) -> None:
    of_rows = [
        Problem(p.row, "", p.key, p.verdict.code, str(p.verdict.reason), Severity.ERROR)
        for p in plan.problems
    ]
    problems = sorted([*read.problems, *of_rows], key=lambda problem: problem.row or 0)
    brought.counts, brought.plan_digest = _counts(read, plan), plan.digest()
    brought.problems = [problem.as_json() for problem in problems[:MOST_PROBLEMS]]
    _go_to(brought, ValuesFileState.LOOKED_AT)
    brought.save()


def _counts(read: ReadValues, plan: ValuesPlan) -> dict[str, int]:
    counts = plan.counts()
    return counts | {"problems": counts["problems"] + len(read.problems)}


def _end(brought: ValuesFile, state: ValuesFileState, at: datetime) -> None:
    _go_to(brought, state)
    name, brought.stored_as, brought.key, brought.ended_at = brought.stored_as, "", "", at
    brought.save()
    transaction.on_commit(lambda: remove_file(name))


def _go_to(brought: ValuesFile, state: ValuesFileState) -> None:
    now = ValuesFileState(brought.state)
    if state not in VALUES_FILE_TRANSITIONS[now] and state != now:
        message = f"A file of values does not go from {now} to {state}."
        raise ValueError(message)
    brought.state = state


def _open(brought: ValuesFile, by: Actor) -> ValuesFile:
    brought = _locked(brought)
    _refuse_if_over(brought, by)
    return brought


def _refuse_if_over(brought: ValuesFile, by: Actor) -> None:
    may_keep_source(by, brought.source).enforce()
    if not VALUES_FILE_TRANSITIONS[ValuesFileState(brought.state)]:
        raise Refused(OVER)


def _locked(brought: ValuesFile) -> ValuesFile:
    # The source first: whoever brings values holds it too.
    lock_source(brought.source)
    files = ValuesFile.objects.select_for_update(of=("self",)).select_related("source", "job")
    return files.get(pk=brought.pk)
