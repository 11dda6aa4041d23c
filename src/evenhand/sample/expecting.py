"""Stores a year of goals, as the product would have left it: agreed, weighed, measured, closed."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from evenhand.goals.aligning import rethread
from evenhand.goals.drafts import PartDraft, rows_of_parts
from evenhand.goals.kinds import (
    Ending,
    EvidenceKind,
    GoalKind,
    GoalState,
    Metric,
    Openness,
    Origin,
    Scope,
    Side,
)
from evenhand.goals.measuring import measure_goals
from evenhand.goals.models import (
    Agreement,
    CheckIn,
    Evidence,
    Goal,
    GoalEnding,
    GoalOwner,
    GoalPart,
    GoalVersion,
    Weighing,
)
from evenhand.goals.rolling import roll_up
from evenhand.kernel.bulk import insert_rows
from evenhand.sample.chances import happens
from evenhand.sample.keeping import Deed, keep
from evenhand.sample.measures import Value, values_on_the_way
from evenhand.sample.rounds import Round, workday
from evenhand.sample.staffing import Staff
from evenhand.sample.striving import LARGE, Aim
from evenhand.sample.vocabulary import strategy

AT_ONCE = 5_000
NOTED, MISSED, OPEN_TO_ALL = 35, 12, 15
MONTHS, QUARTERS = 30, 91
BEHIND = Decimal("0.4")
CHECK_IN = (
    *("goal", "part", "measured_on", "value", "numerator", "denominator"),
    *("confidence", "note", "origin", "author", "at"),
)
MINUTES = "https://intranet.lindenmoor.example/minutes/"


@dataclass(slots=True)
class Year:
    """The goals of a round, stored with all that happened to them until today."""

    round: Round
    staff: Staff
    objectives: Sequence[int]
    rng: Random
    goals: list[Goal] = field(default_factory=list)
    names: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        people = self.staff.known.people
        self.names = {people[p.key]: p.name for p in self.staff.organization.people}

    def store(self, aims: Sequence[Aim]) -> None:
        self._store_goals(aims)
        versions = self._store_versions(aims)
        self._store_agreements(aims, versions)
        self._store_shares(aims)
        self._store_progress(aims, self._store_parts(aims))
        rethread(goal.pk for goal in self.goals if goal.parent_id is None)
        measure_goals(self._keys)
        deeds = [self._deed("goal.agreed", goal, goal.agreed_at) for goal in self.goals]
        if not self.round.is_running:
            deeds += self._close()
        keep(deeds)

    def _store_goals(self, aims: Sequence[Aim]) -> None:
        """Those above first, since those below name them by key."""
        depths = _depths(aims)
        stored: dict[int, Goal] = {}
        for depth in range(1, max(depths, default=0) + 1):
            level = [place for place, at in enumerate(depths) if at == depth]
            made = [self._goal(aims[place], stored) for place in level]
            Goal.objects.bulk_create(made, batch_size=AT_ONCE)
            stored |= dict(zip(level, made, strict=True))
        self.goals = [stored[place] for place in range(len(aims))]

    def _goal(self, aim: Aim, stored: dict[int, Goal]) -> Goal:
        day = self.round.period_starts_on + timedelta(days=self.rng.randint(4, 40))
        written = _at(workday(day), self.rng)
        agreed = _at(workday(day + timedelta(days=self.rng.randint(1, 9))), self.rng)
        units, people = self.staff.known.units, self.staff.known.people
        is_open = aim.scope != Scope.PERSON or happens(OPEN_TO_ALL, self.rng)
        return Goal(
            **_plan(aim, self.round),
            owner_id=people[aim.owner],
            author_id=people[aim.owner],
            scope=aim.scope,
            unit_id=units[aim.unit],
            state=GoalState.ACTIVE,
            openness=Openness.ORGANIZATION if is_open else Openness.TEAM,
            created_at=written,
            agreed_at=agreed,
            parent=stored[aim.parent] if aim.parent is not None else None,
            objective_id=None if aim.objective is None else self.objectives[aim.objective],
            local_reason=aim.local_reason,
            library_code=aim.code,
        )

    def _store_versions(self, aims: Sequence[Aim]) -> list[GoalVersion]:
        versions = [
            GoalVersion(
                **_plan(aim, self.round),
                goal=goal,
                number=1,
                parts=rows_of_parts(PartDraft(**asdict(part)) for part in aim.figures.parts),
                author_id=goal.author_id,
                written_at=goal.created_at,
                proposed_at=goal.created_at,
                proposed_by_id=goal.author_id,
                agreed_at=goal.agreed_at,
            )
            for aim, goal in zip(aims, self.goals, strict=True)
        ]
        return GoalVersion.objects.bulk_create(versions, batch_size=AT_ONCE)

    def _store_agreements(self, aims: Sequence[Aim], versions: Sequence[GoalVersion]) -> None:
        def rows() -> Iterator[tuple[object, ...]]:
            talk = strategy().talk
            for aim, goal, version in zip(aims, self.goals, versions, strict=True):
                said = self.rng.choice(talk["agreed_by_owner"])
                yield version.pk, Side.OWNER, goal.owner_id, said, goal.created_at
                manager = self._manager_of(aim, goal)
                said = self.rng.choice(talk["agreed_by_manager"])
                yield version.pk, Side.MANAGER, manager, said, goal.agreed_at

        insert_rows(Agreement, ("version", "side", "person", "sentence", "at"), rows())

    def _store_shares(self, aims: Sequence[Aim]) -> None:
        shares = [
            GoalOwner(
                goal=goal,
                person_id=goal.owner_id,
                weight=aim.weight,
                starts_on=goal.created_at.date(),
            )
            for aim, goal in zip(aims, self.goals, strict=True)
        ]
        GoalOwner.objects.bulk_create(shares, batch_size=AT_ONCE)
        rows = (
            (share.pk, share.weight, share.person_id, share.goal.agreed_at, "")
            for share in shares
            if share.weight
        )
        insert_rows(Weighing, ("share", "weight", "by", "at", "reason"), rows)

    def _store_parts(self, aims: Sequence[Aim]) -> dict[int, list[GoalPart]]:
        parts = [
            GoalPart(goal=goal, place=place, **asdict(part))
            for aim, goal in zip(aims, self.goals, strict=True)
            for place, part in enumerate(aim.figures.parts, start=1)
        ]
        GoalPart.objects.bulk_create(parts, batch_size=AT_ONCE)
        kept: dict[int, list[GoalPart]] = {}
        for part in parts:
            kept.setdefault(part.goal_id, []).append(part)
        return kept

    def _store_progress(self, aims: Sequence[Aim], parts: dict[int, list[GoalPart]]) -> None:
        rows = (
            row
            for aim, goal in zip(aims, self.goals, strict=True)
            for row in self._check_ins(aim, goal, parts.get(goal.pk, []))
        )
        insert_rows(CheckIn, CHECK_IN, rows)
        reached = CheckIn.objects.filter(goal__in=self.goals, part__metric="", value=1)
        Evidence.objects.bulk_create(
            Evidence(check_in_id=pk, kind=EvidenceKind.LINK, name="Minutes", url=f"{MINUTES}{pk}")
            for pk in reached.order_by("pk").values_list("pk", flat=True)
        )

    def _check_ins(
        self, aim: Aim, goal: Goal, parts: list[GoalPart]
    ) -> Iterator[tuple[object, ...]]:
        moments = self._moments(goal)
        whole = (goal.due_on - goal.starts_on).days
        found = values_on_the_way(aim.draft, aim.figures, aim.is_well_on, moments, self.rng)
        for one in found:
            day = goal.starts_on + timedelta(days=round(one.elapsed * whole))
            part = None if one.part is None else parts[one.part].pk
            note, confidence = self._words(aim, one)
            yield (
                *(goal.pk, part, day, one.value, one.numerator, one.denominator),
                *(confidence, note, Origin.PERSON, goal.owner_id, _at(day, self.rng)),
            )

    def _moments(self, goal: Goal) -> list[float]:
        """The shares of the time at which somebody checked in, now and then with one left out."""
        step = QUARTERS if self._is_large else MONTHS
        whole = (goal.due_on - goal.starts_on).days
        until = min(goal.due_on, self.staff.organization.today - timedelta(days=1))
        days = range(step, (until - goal.starts_on).days + 1, step)
        return [day / whole for day in days if not happens(MISSED, self.rng)]

    def _words(self, aim: Aim, one: Value) -> tuple[str, int | None]:
        confidence = max(0, min(10, round(6 * aim.is_well_on + self.rng.gauss(1, 1.2))))
        if self._is_large or not happens(NOTED, self.rng):
            return "", confidence
        talk = strategy().talk
        lines = talk["on_the_way"] if aim.is_well_on > BEHIND else talk["off_the_way"]
        return self.rng.choice(lines), confidence

    def _close(self) -> list[Deed]:
        """A year later all were closed, with the score they had."""
        endings = [self._ending(goal) for goal in Goal.objects.filter(pk__in=self._keys)]
        columns = ("goal", "kind", "reason", "raw_score", "score", "formula", "by", "at")
        insert_rows(
            GoalEnding,
            columns,
            (
                (e.goal_id, e.kind, e.reason, e.raw_score, e.score, {}, e.by_id, e.at)
                for e in endings
            ),
        )
        for ending in endings:
            ending.goal.state, ending.goal.ended_at = GoalState.CLOSED, ending.at
        goals = [ending.goal for ending in endings]
        Goal.objects.bulk_update(goals, ["state", "ended_at"], batch_size=AT_ONCE)
        roll_up(self._keys)
        return [self._deed("goal.closed", ending.goal, ending.at) for ending in endings]

    def _ending(self, goal: Goal) -> GoalEnding:
        day = workday(goal.due_on + timedelta(days=self.rng.randint(1, 12)))
        return GoalEnding(
            goal=goal,
            kind=Ending.CLOSED,
            reason=self.rng.choice(strategy().talk["closing"]),
            raw_score=goal.raw_score,
            score=goal.score,
            by_id=goal.owner_id,
            at=_at(day, self.rng),
        )

    @property
    def _keys(self) -> list[int]:
        return [goal.pk for goal in self.goals]

    def _deed(self, code: str, goal: Goal, at: datetime | None) -> Deed:
        by = (goal.owner_id, self.names[goal.owner_id])
        return Deed(at or goal.created_at, code, ("goals.goal", goal.pk, str(goal)), by)

    def _manager_of(self, aim: Aim, goal: Goal) -> int:
        """Who led the owner when it was agreed; the specialist where there was nobody."""
        on = goal.created_at.date()
        manager = self.staff.organization.people[aim.owner].manager_on(on)
        if manager is None:
            return self.staff.specialist(on).person_id
        return self.staff.known.people[manager]

    @property
    def _is_large(self) -> bool:
        return len(self.staff.organization.people) >= LARGE


def _plan(aim: Aim, round_: Round) -> dict[str, object]:
    draft, figures = aim.draft, aim.figures
    metric = Metric.CUMULATIVE if draft.kind == GoalKind.LEARNING else draft.metric
    return {
        "outcome": draft.outcome,
        "kind": draft.kind,
        "metric": metric,
        "ambition": draft.ambition,
        "measure": draft.measure,
        "unit_of_measure": draft.unit_of_measure,
        "data_source": draft.data_source,
        "baseline": figures.baseline,
        "target": figures.target,
        "low": figures.low,
        "high": figures.high,
        "tolerance": figures.tolerance,
        "starts_on": round_.period_starts_on,
        "due_on": round_.period_ends_on,
        "cadence_days": draft.cadence_days,
    }


def _depths(aims: Sequence[Aim]) -> list[int]:
    """How many goals stand above each, itself counted; those above come first in the list."""
    depths: list[int] = []
    for aim in aims:
        depths.append(1 if aim.parent is None else depths[aim.parent] + 1)
    return depths


def _at(day: date, rng: Random) -> datetime:
    return datetime.combine(day, time(rng.randint(8, 16), rng.randint(0, 59)), tzinfo=UTC)
