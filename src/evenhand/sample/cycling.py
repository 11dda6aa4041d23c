"""Runs the rounds of the sample: prepared, launched, released and closed by the specialist."""

from datetime import UTC, date, datetime, time, timedelta

from django.db.models import DateField, DateTimeField, Value

from evenhand.audit.actions import record
from evenhand.cycles.actions import (
    CyclePlan,
    close_cycle,
    create_cycle,
    go_on_to,
    leave_out_person,
)
from evenhand.cycles.kinds import CycleState
from evenhand.cycles.models import Cycle, Participation
from evenhand.cycles.templates import freeze_version
from evenhand.jobs.kinds import JobState
from evenhand.jobs.models import Job
from evenhand.kernel.bulk import insert_select
from evenhand.people.models import Person
from evenhand.reviews.kinds import ReviewKind, ReviewState
from evenhand.reviews.launching import LAUNCH
from evenhand.reviews.models import Reminder, Review
from evenhand.reviews.releasing import not_ready_for_release, ready_for_release
from evenhand.sample.keeping import keep
from evenhand.sample.questioning import Form
from evenhand.sample.rounds import Round, workday
from evenhand.sample.staffing import Staff
from evenhand.sample.storing import Archive

PREPARED_BEFORE = timedelta(days=16)
TAKES = timedelta(seconds=40)
WHY_NOT_THE_CHIEF = "Is reviewed by the supervisory board."
CHIEF = 0


def prepare(round_: Round, form: Form, staff: Staff) -> Cycle:
    on = workday(round_.launched_on - PREPARED_BEFORE)
    by, at = staff.specialist(on), _at(on, 9, 20)
    plan = CyclePlan(
        name=round_.name,
        version=form.version,
        period_starts_on=round_.period_starts_on,
        period_ends_on=round_.period_ends_on,
        hired_before=round_.hired_before,
    )
    stages = {stage.kind: (stage.opens_on, stage.due_on) for stage in round_.stages}
    cycle = create_cycle(plan, stages, by=by, at=at)
    chief = Person.objects.get(pk=staff.known.people[CHIEF])
    later = at + timedelta(minutes=6)
    leave_out_person(cycle, chief, reason=WHY_NOT_THE_CHIEF, by=by, at=later)
    return cycle


def begin_launch(cycle: Cycle, round_: Round, staff: Staff) -> Job:
    """As the specialist asks for it, except that nobody has to wait for the job."""
    on, at = round_.launched_on, round_.launched_at - TAKES
    by = staff.specialist(on)
    go_on_to(cycle, CycleState.LAUNCHING)
    record("cycle.launch_asked", about=cycle, by=by, at=at, on=on)
    job = Job.objects.create(
        kind=LAUNCH,
        title=f"Launch of {cycle}",
        arguments={"cycle_id": cycle.pk, "on": on.isoformat()},
        state=JobState.RUNNING,
        asked_by_id=by.person_id,
        asked_by_name=by.name,
        asked_at=at,
        started_at=at,
        heard_from_at=round_.launched_at,
        attempt=1,
    )
    record("job.asked", about=job, by=by, at=at, kind=LAUNCH)
    return job


def end_launch(cycle: Cycle, job: Job, round_: Round, staff: Staff) -> None:
    """Open the cycle for those who were let in."""
    at, by = round_.launched_at, staff.specialist(round_.launched_on)
    freeze_version(cycle.version, by=by, at=at)
    cycle.launched_at = at
    go_on_to(cycle, CycleState.OPEN, "launched_at")
    people = Participation.objects.filter(cycle=cycle).count()
    reviews = Review.objects.filter(cycle=cycle).count()
    record("cycle.launched", about=cycle, by=by, at=at, people=people, reviews=reviews)
    job.state, job.done, job.total, job.ended_at = JobState.DONE, people, people, at
    job.result = {"cycle_id": cycle.pk, "people": people}
    job.save()


def go_through(archive: Archive, round_: Round, released_at: datetime | None, today: date) -> None:
    """What happened after the launch, in its order, with the release and the end in their place."""
    cycle, staff = archive.cycle, archive.staff
    if released_at is None or round_.closed_at is None:
        keep(archive.deeds)
        _remind(cycle, staff, today)
        return
    keep(deed for deed in archive.deeds if deed.at < released_at)
    _release(cycle, staff, released_at)
    keep(deed for deed in archive.deeds if deed.at >= released_at)
    close_cycle(cycle, by=staff.specialist(round_.closed_at.date()), at=round_.closed_at)


def _release(cycle: Cycle, staff: Staff, at: datetime) -> None:
    """As the product does it, except that nobody is told of what happened long ago."""
    waiting = not_ready_for_release(cycle).count()
    released = ready_for_release(cycle).update(released_at=at)
    facts = {"units": None, "released": released, "not_ready": waiting}
    record("cycle.results_released", about=cycle, by=staff.specialist(at.date()), at=at, **facts)


def _remind(cycle: Cycle, staff: Staff, today: date) -> None:
    """Yesterday those late with their self reviews were reminded."""
    on = workday(today - timedelta(days=1))
    by, at = staff.specialist(on), _at(on, 8, 30)
    late = Review.objects.filter(
        cycle=cycle, kind=ReviewKind.SELF, participation__withdrawn_at=None
    ).exclude(state=ReviewState.SUBMITTED)
    rows = late.order_by().values_list(
        "pk",
        Value(on, output_field=DateField()),
        Value(by.person_id),
        Value(at, output_field=DateTimeField()),
    )
    reminded = insert_select(Reminder, ("review", "on", "by_id", "at"), rows)
    record("cycle.reminded", about=cycle, by=by, at=at, reviews=reminded)


def _at(day: date, hour: int, minute: int) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=UTC)
