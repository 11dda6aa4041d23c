"""How far a cycle is, counted unit by unit from one index, whatever its size."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db.models import Case, Count, Q, QuerySet, Value, When
from django.utils import timezone

from evenhand.cycles.kinds import StageKind
from evenhand.cycles.models import Cycle, Participation
from evenhand.people.models import Unit, UnitTree
from evenhand.reviews.kinds import ReviewKind, ReviewState
from evenhand.reviews.models import Review
from evenhand.reviews.policies import WRITING_STAGE
from evenhand.reviews.scope import Scope


class UnitName(NamedTuple):
    """A unit in a list."""

    pk: int
    code: str
    name: str


class Tally(NamedTuple):
    """The counts of some units together. Those taken out of the cycle are not in it."""

    people: int = 0
    released: int = 0
    self_all: int = 0
    self_in: int = 0
    self_on_time: int = 0
    manager_all: int = 0
    manager_in: int = 0
    manager_on_time: int = 0
    self_over: int = 0
    """Self reviews that were not submitted before the release: nobody waits for them any more."""

    @property
    def reviews(self) -> int:
        return self.self_all + self.manager_all

    @property
    def submitted(self) -> int:
        return self.self_in + self.manager_in

    @property
    def on_time(self) -> int:
        return self.self_on_time + self.manager_on_time

    @property
    def unreviewed(self) -> int:
        """People without a manager review, where one is asked for anywhere."""
        return self.people - self.manager_all if self.manager_all else 0

    @property
    def ready(self) -> int:
        """Manager reviews that are submitted and wait for release."""
        return max(0, self.manager_in - self.released)

    def late(self, kinds: Iterable[ReviewKind]) -> int:
        """Reviews of these kinds, whose last day has passed, that are still to be submitted."""
        late = {
            ReviewKind.SELF: self.self_all - self.self_in - self.self_over,
            ReviewKind.MANAGER: self.manager_all - self.manager_in,
        }
        return sum(late[kind] for kind in kinds)


NOTHING = Tally()
STILL_OPEN = (ReviewState.NOT_STARTED, ReviewState.DRAFT)


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted in a scope, and when."""

    at: datetime
    by_unit: dict[int, Tally]
    whole: Tally
    signed: int


KEPT_FOR = timedelta(seconds=10)
WORTH_KEEPING = 10_000
MOST_KEPT = 50
_kept: dict[object, Counted] = {}


def total(tallies: Iterable[Tally]) -> Tally:
    """The tallies of several units together."""
    return Tally(*map(sum, zip(*tallies, strict=True))) if (tallies := list(tallies)) else NOTHING


def tallies_by_unit(cycle: Cycle, within: Q) -> dict[int, Tally]:
    """The tally of each unit on its own, all but the signatures. `within` narrows by `unit`."""
    counts: defaultdict[int, Counter[str]] = defaultdict(Counter)
    any_withdrawn = False
    for unit_id, people, withdrawn, released in _people(cycle, within):
        counts[unit_id].update(people=people - withdrawn, released=released)
        any_withdrawn = any_withdrawn or withdrawn > 0
    for kind in ReviewKind:
        _count(Review.objects.filter(within, cycle=cycle), cycle, kind, counts)
    if any(found["released"] for found in counts.values()):
        _count_over(Review.objects.filter(within, cycle=cycle), counts)
    if any_withdrawn:
        gone = Participation.objects.filter(within, cycle=cycle, withdrawn_at__isnull=False)
        _take_off(Review.objects.filter(participation__in=gone), cycle, counts)
    return {unit_id: Tally(**found) for unit_id, found in counts.items()}


def signed_in(cycle: Cycle, within: Q) -> int:
    """How many have signed, or declined to."""
    said = Participation.objects.filter(within, cycle=cycle, withdrawn_at=None)
    return said.filter(sign_off__isnull=False).count()


def counted_lately(cycle: Cycle, scope: Scope, at: datetime) -> Counted:
    """The counts of a scope. Those of very many people are kept for some seconds."""
    days = tuple((stage.kind, stage.due_on) for stage in cycle.stages.all())
    key = (cycle.pk, scope, days)
    kept = _kept.get(key)
    if kept is not None and timedelta() <= at - kept.at < KEPT_FOR:
        return kept
    by_unit = tallies_by_unit(cycle, scope.within())
    whole = total(by_unit.values())
    signed = signed_in(cycle, scope.within()) if whole.released else 0
    counted = Counted(at, by_unit, whole, signed)
    if whole.people >= WORTH_KEEPING:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[key] = counted
    return counted


def tallies_below(heads: QuerySet[Unit], by_unit: dict[int, Tally]) -> dict[UnitName, Tally]:
    """The tallies of units with everything below them."""
    found: defaultdict[UnitName, list[Tally]] = defaultdict(list)
    tree = UnitTree.objects.filter(ancestor__in=heads.order_by().values("pk")).order_by()
    for pk, code, name, below in tree.values_list(
        "ancestor_id", "ancestor__code", "ancestor__name", "descendant_id"
    ):
        found[UnitName(pk, code, name)].append(by_unit.get(below, NOTHING))
    return {name: total(tallies) for name, tallies in found.items()}


def late_kinds(cycle: Cycle, on: date) -> list[ReviewKind]:
    """The kinds of review whose last day has passed."""
    return [kind for kind, stage in WRITING_STAGE.items() if cycle.stage(stage).due_on < on]


def _count(
    reviews: QuerySet[Review], cycle: Cycle, kind: ReviewKind, counts: dict[int, Counter[str]]
) -> None:
    """Count the reviews of a kind, straight from the index that is there for it."""
    in_time = When(submitted_at__lt=_end_of(cycle, WRITING_STAGE[kind]), then=Value(1))
    counted = (
        reviews.filter(kind=kind)
        .order_by()
        .values("unit_id", "state")
        .annotate(n=Count("*"), in_time=Count(Case(in_time)))
        .values_list("unit_id", "state", "n", "in_time")
    )
    for unit_id, state, n, timely in counted:
        tally = counts[unit_id]
        tally[f"{kind.value}_all"] += n
        if state == ReviewState.SUBMITTED:
            tally[f"{kind.value}_in"] += n
            tally[f"{kind.value}_on_time"] += timely


def _count_over(reviews: QuerySet[Review], counts: dict[int, Counter[str]]) -> None:
    """Count the self reviews that nobody can write any more, as the results are released."""
    over = reviews.filter(
        kind=ReviewKind.SELF,
        state__in=STILL_OPEN,
        participation__released_at__isnull=False,
        participation__withdrawn_at=None,
    )
    counted = over.order_by().values("unit_id").annotate(n=Count("*"))
    for unit_id, n in counted.values_list("unit_id", "n"):
        counts[unit_id]["self_over"] += n


def _take_off(reviews: QuerySet[Review], cycle: Cycle, counts: dict[int, Counter[str]]) -> None:
    """Take the reviews of those who were taken out off again; they are few."""
    ends = {kind: _end_of(cycle, stage) for kind, stage in WRITING_STAGE.items()}
    for kind, unit_id, at in reviews.values_list("kind", "unit_id", "submitted_at"):
        tally = counts[unit_id]
        tally[f"{kind}_all"] -= 1
        if at is not None:
            tally[f"{kind}_in"] -= 1
            tally[f"{kind}_on_time"] -= at < ends[ReviewKind(kind)]


def _end_of(cycle: Cycle, stage: StageKind) -> datetime:
    day_after = cycle.stage(stage).due_on + timedelta(days=1)
    return timezone.make_aware(datetime.combine(day_after, time.min))


def _people(cycle: Cycle, within: Q) -> Iterable[tuple[int, int, int, int]]:
    parts = Participation.objects.filter(within, cycle=cycle).order_by().values("unit_id")
    counted = parts.annotate(
        n=Count("*"), withdrawn=Count("withdrawn_at"), released=Count("released_at")
    )
    return counted.values_list("unit_id", "n", "withdrawn", "released")
