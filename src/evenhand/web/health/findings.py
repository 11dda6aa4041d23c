"""What is looked at to say whether everything runs. Each finding says what to do if it does not."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.humanize.templatetags.humanize import intcomma
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count, Min, Q
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from evenhand.audit.sealing import head, unsealed_entries
from evenhand.jobs.kinds import JobState
from evenhand.jobs.models import Job
from evenhand.jobs.pulse import TIMEKEEPER, WORKER, last_pulse
from evenhand.notices.models import Message

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

GOOD, WARN, BAD = "good", "warn", "bad"
MISSED_AFTER = timedelta(minutes=2)
A_WEEK = timedelta(days=7)
LOOK_BACK = 10_000
MANY_UNSEALED = 1_000
LITTLE_SPACE, NO_SPACE = 0.1, 0.02

STATES = {
    GOOD: gettext_lazy("In order"),
    WARN: gettext_lazy("Worth a look"),
    BAD: gettext_lazy("Not working"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    name: str
    state: str
    said: str

    @property
    def state_name(self) -> "StrOrPromise":
        return STATES[self.state]


def findings(at: datetime) -> list[Finding]:
    """Everything, in the order in which one would look."""
    looks: tuple[Callable[[datetime], Finding], ...] = (
        migrations,
        worker,
        timekeeper,
        waiting_jobs,
        audit_trail,
        messages,
        space,
    )
    return [look(at) for look in looks]


def migrations(_at: datetime) -> Finding:
    executor = MigrationExecutor(connection)
    number = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if number:
        said = ngettext(
            "%(n)d change of the database is still to be made: run “evenhand migrate”.",
            "%(n)d changes of the database are still to be made: run “evenhand migrate”.",
            number,
        )
        return Finding(_("Database"), BAD, said % {"n": number})
    return Finding(_("Database"), GOOD, _("%(name)s, up to date") % {"name": database_name()})


def worker(at: datetime) -> Finding:
    name, seen = _("Worker"), last_pulse(WORKER)
    if seen is None or at - seen > MISSED_AFTER:
        return Finding(name, BAD, _("Nobody performs long work. Start one with “evenhand work”."))
    return Finding(name, GOOD, _("Answers what is asked through the queue"))


def timekeeper(at: datetime) -> Finding:
    name, seen = _("Timekeeper"), last_pulse(TIMEKEEPER)
    if seen is None or at - seen > MISSED_AFTER:
        said = _("Nobody seals the audit trail and sends messages. “evenhand work” starts it.")
        return Finding(name, BAD, said)
    return Finding(name, GOOD, _("Looks at the clock"))


def waiting_jobs(at: datetime) -> Finding:
    name = _("Long work")
    is_waiting = Q(state=JobState.WAITING)
    failed_lately = Q(state=JobState.FAILED, ended_at__gt=at - A_WEEK)
    found = Job.objects.filter(is_waiting | failed_lately).aggregate(
        number=Count("pk", filter=is_waiting),
        oldest=Min("asked_at", filter=is_waiting),
        failed=Count("pk", filter=failed_lately),
    )
    number, oldest, failed = found["number"], found["oldest"], found["failed"]
    if oldest is not None and at - oldest > timedelta(minutes=10):
        said = _("%(n)s waiting, the oldest for more than ten minutes")
        return Finding(name, WARN, said % {"n": intcomma(number)})
    if failed:
        said = ngettext(
            "%(n)s piece of work did not finish in the last week.",
            "%(n)s pieces of work did not finish in the last week.",
            failed,
        )
        return Finding(name, WARN, said % {"n": intcomma(failed)})
    return Finding(name, GOOD, _("%(n)s waiting") % {"n": intcomma(number)})


def audit_trail(_at: datetime) -> Finding:
    last, unsealed = head(), unsealed_entries(LOOK_BACK).count()
    said = _("%(sealed)s entries sealed, %(unsealed)s of the newest not yet") % {
        "sealed": intcomma(last.position if last else 0),
        "unsealed": intcomma(unsealed),
    }
    return Finding(_("Audit trail"), WARN if unsealed > MANY_UNSEALED else GOOD, said)


def messages(at: datetime) -> Finding:
    is_late = Q(sent_at=None, given_up_at=None, send_after__lt=at - timedelta(minutes=10))
    is_lost = Q(given_up_because="not_accepted", given_up_at__gt=at - A_WEEK)
    found = Message.objects.filter(is_late | is_lost).aggregate(
        late=Count("pk", filter=is_late), lost=Count("pk", filter=is_lost)
    )
    late, lost = found["late"], found["lost"]
    way = _ways_to_send().get(settings.EMAIL_BACKEND.rsplit(".", 2)[-2], settings.EMAIL_BACKEND)
    if late or lost:
        said = _("%(late)s late, %(lost)s not accepted in the last week (%(way)s)")
        facts = {"late": intcomma(late), "lost": intcomma(lost), "way": way}
        return Finding(_("Messages"), WARN, said % facts)
    return Finding(_("Messages"), GOOD, _("None is late (%(way)s)") % {"way": way})


def _ways_to_send() -> dict[str, str]:
    return {
        "smtp": _("sent through a mail server"),
        "filebased": _("written to files, nothing leaves this machine"),
        "console": _("printed on the terminal, nothing leaves this machine"),
        "locmem": _("kept in memory, nothing leaves this machine"),
    }


def space(_at: datetime) -> Finding:
    usage = shutil.disk_usage(settings.VAR)
    share = usage.free / usage.total
    state = BAD if share < NO_SPACE else WARN if share < LITTLE_SPACE else GOOD
    said = _("%(free)s free of %(total)s") % {
        "free": filesizeformat(usage.free),
        "total": filesizeformat(usage.total),
    }
    return Finding(_("Disk"), state, said)


def database_name() -> str:
    version = ".".join(map(str, connection.get_database_version()))
    return f"{connection.display_name} {version}"
