"""Launching a cycle: what it would make, the steps that make it, and taking it back.

Each step can be repeated, so that a launch whose process was killed simply begins again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.audit.actions import record
from evenhand.cycles.actions import go_on_to
from evenhand.cycles.eligibility import eligible, who_is_left_out, without_manager
from evenhand.cycles.kinds import CycleState, GoalsNeeded, LeftOut
from evenhand.cycles.models import Cycle, Participation, TemplateVersion
from evenhand.cycles.policies import may_launch, may_take_back_launch
from evenhand.cycles.problems import problems_of, problems_of_dates
from evenhand.cycles.templates import freeze_version
from evenhand.jobs.actions import ask_for, cancel_job
from evenhand.jobs.models import Job
from evenhand.jobs.performing import Cancelled, Running
from evenhand.kernel.acting import Actor
from evenhand.kernel.events import announce
from evenhand.kernel.verdict import Ground, Refused, Verdict
from evenhand.reviews.awaiting_goals import people_without_goals
from evenhand.reviews.events import CycleLaunched
from evenhand.reviews.kinds import ReviewKind
from evenhand.reviews.making import make_participations, make_reviews, who_is_asked
from evenhand.reviews.models import Review

LAUNCH = "cycles.launch"
BATCH = 20_000


class NoLongerLaunching(Exception):
    """The launch was taken back while a step of it was under way."""


@dataclass(frozen=True, slots=True)
class LaunchPlan:
    """Exactly what a launch would make on a day, and what stands in its way."""

    on: date
    people: int
    self_reviews: int
    manager_reviews: int
    without_manager: int
    without_goals: int
    left_out: tuple[tuple[LeftOut, int], ...]
    problems: tuple[str, ...]

    @property
    def people_left_out(self) -> int:
        return sum(count for _reason, count in self.left_out)


def dry_run(cycle: Cycle, on: date) -> LaunchPlan:
    """What launching the cycle on this day would make."""
    people = eligible(cycle, on).count()
    alone = without_manager(cycle, on).count()
    asked = who_is_asked(cycle)
    lacking = _lacking_goals(cycle, on)
    return LaunchPlan(
        on=on,
        people=people,
        self_reviews=people if ReviewKind.SELF in asked else 0,
        manager_reviews=people - alone if ReviewKind.MANAGER in asked else 0,
        without_manager=alone,
        without_goals=lacking,
        left_out=_counted(cycle, on),
        problems=tuple(_problems(cycle, people, lacking)),
    )


@transaction.atomic
def ask_for_launch(cycle: Cycle, *, by: Actor, at: datetime) -> Job:
    """Launch a cycle as it stands today, as a job."""
    cycle = _locked(cycle)
    may_launch(by, cycle).enforce()
    # Whoever changes the template holds its version; what they leave is what is launched.
    TemplateVersion.objects.select_for_update().get(pk=cycle.version_id)
    lacking = _lacking_goals(cycle, by.on)
    for problem in _problems(cycle, eligible(cycle, by.on).count(), lacking):
        raise Refused(Verdict("not_ready", problem, Ground.WHAT))

    go_on_to(cycle, CycleState.LAUNCHING)
    record("cycle.launch_asked", about=cycle, by=by, at=at, on=by.on)
    title = _("Launch of %(cycle)s") % {"cycle": cycle}
    arguments = {"cycle_id": cycle.pk, "on": by.on.isoformat()}
    return ask_for(LAUNCH, title, arguments=arguments, by=by, at=at)


def launch_of(cycle: Cycle) -> Job | None:
    """The job that launches or launched the cycle; the last one, when there were several."""
    jobs = Job.objects.filter(kind=LAUNCH, arguments__cycle_id=cycle.pk)
    return jobs.order_by("-pk").first()


def perform_launch(running: Running) -> None:
    """The job: a batch of people at a time, then open the cycle."""
    cycle = Cycle.objects.get(pk=running.arguments["cycle_id"])
    on = date.fromisoformat(running.arguments["on"])
    people = list(eligible(cycle, on).order_by("pk").values_list("pk", flat=True))
    try:
        for start in range(0, len(people), BATCH):
            running.advance(start, len(people))
            batch = people[start : start + BATCH]
            _launch_batch(cycle, on, (batch[0], batch[-1]), running.clock())
        running.advance(len(people), len(people))
        _open(cycle, by=running.asked_by, at=running.clock())
    except Cancelled:
        _undo(cycle, by=running.asked_by, at=running.clock())
        raise
    running.finish({"cycle_id": cycle.pk, "people": len(people)})


@transaction.atomic
def take_back_launch(cycle: Cycle, *, by: Actor, at: datetime) -> None:
    """Stop a launch and remove what it made. A job under way does so at its next step."""
    cycle = _locked(cycle)
    may_take_back_launch(by, cycle).enforce()
    job = launch_of(cycle)
    if job is not None and job.is_under_way:
        job = cancel_job(job, by=by, at=at)
    if job is None or not job.is_under_way:
        _undo(cycle, by=by, at=at)


@transaction.atomic
def _launch_batch(cycle: Cycle, on: date, ids: tuple[int, int], at: datetime) -> None:
    # Whoever takes the launch back waits for this step, and the next step sees that it is over.
    if _locked(cycle).state != CycleState.LAUNCHING:
        raise NoLongerLaunching
    make_participations(cycle, on, ids, at)
    make_reviews(cycle, on, ids)


@transaction.atomic
def _open(cycle: Cycle, *, by: Actor, at: datetime) -> None:
    cycle = _locked(cycle)
    if cycle.state != CycleState.LAUNCHING:
        return  # A process that was killed right after this had opened it.
    freeze_version(cycle.version, by=by, at=at)
    cycle.launched_at = at
    go_on_to(cycle, CycleState.OPEN, "launched_at")
    counts = {
        "people": Participation.objects.filter(cycle=cycle).count(),
        "reviews": Review.objects.filter(cycle=cycle).count(),
    }
    record("cycle.launched", about=cycle, by=by, at=at, **counts)
    announce(CycleLaunched(cycle.pk))


@transaction.atomic
def _undo(cycle: Cycle, *, by: Actor, at: datetime) -> None:
    cycle = _locked(cycle)
    if cycle.state != CycleState.LAUNCHING:
        return
    # Nobody could write or read yet, so nothing hangs on these rows that would have to be found.
    Review.objects.filter(cycle=cycle)._raw_delete(DEFAULT_DB_ALIAS)  # noqa: SLF001
    removed = Participation.objects.filter(cycle=cycle)._raw_delete(DEFAULT_DB_ALIAS)  # noqa: SLF001
    go_on_to(cycle, CycleState.DRAFT)
    record("cycle.launch_taken_back", about=cycle, by=by, at=at, people=removed)


def _locked(cycle: Cycle) -> Cycle:
    return Cycle.objects.select_for_update().get(pk=cycle.pk)


def _lacking_goals(cycle: Cycle, on: date) -> int:
    """How many people have no agreed goals, where the cycle asks for them."""
    if cycle.goals_needed == GoalsNeeded.NOTHING_WAITS:
        return 0
    return people_without_goals(cycle, on).count()


def _problems(cycle: Cycle, people: int, lacking_goals: int) -> Iterator[str]:
    """What stands in the way of a launch."""
    yield from problems_of(cycle.version)
    yield from problems_of_dates(cycle)
    if not people:
        yield _("Nobody is in this cycle yet.")
    if lacking_goals and cycle.goals_needed == GoalsNeeded.LAUNCH_WAITS:
        yield ngettext(
            "%(n)d person has no agreed goals for the period yet.",
            "%(n)d people have no agreed goals for the period yet.",
            lacking_goals,
        ) % {"n": lacking_goals}


def _counted(cycle: Cycle, on: date) -> tuple[tuple[LeftOut, int], ...]:
    counted = who_is_left_out(cycle, on).order_by().values("why").annotate(n=Count("pk"))
    counts = dict(counted.values_list("why", "n"))
    return tuple((reason, counts[reason]) for reason in LeftOut if reason in counts)
