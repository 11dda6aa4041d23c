"""The annual reviews of the sample: two finished ones and one that is running today."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from evenhand.cycles.kinds import CycleState, StageKind
from evenhand.sample.happenings import Period

FINISHED = 2
NEW_FOR = timedelta(days=90)
WEEKS = 52
LAST_WORKDAY = 4
# Days from today: opens, due.
STAGES = {
    StageKind.SELF_REVIEW: (-35, -4),
    StageKind.MANAGER_REVIEW: (-21, 5),
    StageKind.RELEASE: (19, 23),
    StageKind.SIGN_OFF: (24, 33),
}


@dataclass(frozen=True, slots=True)
class PlannedStage:
    kind: StageKind
    opens_on: date
    due_on: date


@dataclass(frozen=True, slots=True)
class Round:
    """A cycle with its stages. Who was hired on or after `hired_before` is too new for it."""

    name: str
    period_starts_on: date
    period_ends_on: date
    hired_before: date
    stages: tuple[PlannedStage, ...]
    state: CycleState
    launched_at: datetime
    closed_at: datetime | None

    @property
    def is_running(self) -> bool:
        return self.state == CycleState.OPEN

    @property
    def launched_on(self) -> date:
        return self.launched_at.date()

    def stage(self, kind: StageKind) -> PlannedStage:
        return next(stage for stage in self.stages if stage.kind == kind)

    @property
    def written_about(self) -> Period:
        """What reviews can speak of: from the first day to the opening of the self review."""
        opens_on = self.stage(StageKind.SELF_REVIEW).opens_on
        talked_on = self.stage(StageKind.RELEASE).due_on + timedelta(days=3)
        return Period(self.period_starts_on, opens_on, workday(talked_on))


def plan_rounds(today: date) -> tuple[Round, ...]:
    """From the oldest to the running one."""
    return tuple(_round(today, years_ago) for years_ago in range(FINISHED, -1, -1))


def _round(today: date, years_ago: int) -> Round:
    day = today - timedelta(weeks=WEEKS * years_ago)
    ends_on = _end_of_next_month(today, years_ago)
    starts_on = _day_after(ends_on.replace(year=ends_on.year - 1, day=1))
    stages = tuple(
        PlannedStage(
            kind,
            workday(day + timedelta(days=opens)),
            workday(day + timedelta(days=due)),
        )
        for kind, (opens, due) in STAGES.items()
    )
    closed_on = stages[-1].due_on + timedelta(days=7)
    return Round(
        name=f"{(starts_on + timedelta(days=183)).year} annual review",
        period_starts_on=starts_on,
        period_ends_on=ends_on,
        hired_before=ends_on - NEW_FOR,
        stages=stages,
        state=CycleState.CLOSED if years_ago else CycleState.OPEN,
        launched_at=datetime.combine(stages[0].opens_on, time(6), UTC),
        closed_at=datetime.combine(closed_on, time(10), UTC) if years_ago else None,
    )


def _end_of_next_month(today: date, years_ago: int) -> date:
    first = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    year = first.year - years_ago
    return date(year, first.month, monthrange(year, first.month)[1])


def _day_after(first_of_month: date) -> date:
    return (first_of_month + timedelta(days=32)).replace(day=1)


def workday(day: date) -> date:
    """The day, or the Friday before."""
    return day - timedelta(days=max(0, day.weekday() - LAST_WORKDAY))
