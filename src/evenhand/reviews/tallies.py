"""How far a cycle is, counted unit by unit from one index, whatever its size."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, fields
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


class UnitName(NamedTuple):
    """A unit in a list."""

    pk: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Tally:
    """The counts of some units together. Those taken out of the cycle are not in it."""

    people: int = 0
    released: int = 0
    self_all: int = 0
    self_in: int = 0
    self_on_time: int = 0
    manager_all: int = 0
    manager_in: int = 0
    manager_on_time: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

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
        """Reviews of these kinds, whose last day has passed, that are not submitted."""
        late = {
            ReviewKind.SELF: self.self_all - self.self_in,
            ReviewKind.MANAGER: self.manager_all - self.manager_in,
        }
        return sum(late[kind] for kind in kinds)


NOTHING = Tally()


def tallies_by_unit(cycle: Cycle, within: Q) -> dict[int, Tally]:
    """The tally of each unit on its own, all but the signatures. `within` narrows by `unit`."""
    counts: defaultdict[int, Counter[str]] = defaultdict(Counter)
    any_withdrawn = False
    for unit_id, people, withdrawn, released in _people(cycle, within):
        counts[unit_id].update(people=people - withdrawn, released=released)
        any_withdrawn = any_withdrawn or withdrawn > 0
    reviews = Review.objects.filter(within, cycle=cycle, kind__in=ReviewKind.values)
    _count(reviews, cycle, counts, 1)
    if any_withdrawn:
        gone = Participation.objects.filter(within, cycle=cycle, withdrawn_at__isnull=False)
        _count(Review.objects.filter(participation__in=gone), cycle, counts, -1)
    return {unit_id: Tally(**found) for unit_id, found in counts.items()}


def signed_in(cycle: Cycle, within: Q) -> int:
    """How many have signed, or declined to."""
    said = Participation.objects.filter(within, cycle=cycle, withdrawn_at=None)
    return said.filter(sign_off__isnull=False).count()


def tallies_below(heads: QuerySet[Unit], by_unit: dict[int, Tally]) -> dict[UnitName, Tally]:
    """The tallies of units with everything below them."""
    sums: dict[UnitName, Tally] = {}
    tree = UnitTree.objects.filter(ancestor__in=heads.order_by().values("pk")).order_by()
    for pk, code, name, below in tree.values_list(
        "ancestor_id", "ancestor__code", "ancestor__name", "descendant_id"
    ):
        head = UnitName(pk, code, name)
        sums[head] = sums.get(head, NOTHING) + by_unit.get(below, NOTHING)
    return sums


def late_kinds(cycle: Cycle, on: date) -> list[ReviewKind]:
    """The kinds of review whose last day has passed."""
    return [kind for kind, stage in WRITING_STAGE.items() if cycle.stage(stage).due_on < on]


def _count(
    reviews: QuerySet[Review], cycle: Cycle, counts: dict[int, Counter[str]], sign: int
) -> None:
    in_time = Q()
    for written, stage in WRITING_STAGE.items():
        in_time |= Q(kind=written, submitted_at__lt=_end_of(cycle, stage))
    counted = (
        reviews.order_by()
        .values("unit_id", "kind", "state")
        .annotate(n=Count("*"), in_time=Count(Case(When(in_time, then=Value(1)))))
        .values_list("unit_id", "kind", "state", "n", "in_time")
    )
    for unit_id, kind, state, n, timely in counted:
        tally = counts[unit_id]
        tally[f"{kind}_all"] += sign * n
        if state == ReviewState.SUBMITTED:
            tally[f"{kind}_in"] += sign * n
            tally[f"{kind}_on_time"] += sign * timely


def _end_of(cycle: Cycle, stage: StageKind) -> datetime:
    day_after = cycle.stage(stage).due_on + timedelta(days=1)
    return timezone.make_aware(datetime.combine(day_after, time.min))


def _people(cycle: Cycle, within: Q) -> Iterable[tuple[int, int, int, int]]:
    parts = Participation.objects.filter(within, cycle=cycle).order_by().values("unit_id")
    counted = parts.annotate(
        n=Count("*"), withdrawn=Count("withdrawn_at"), released=Count("released_at")
    )
    return counted.values_list("unit_id", "n", "withdrawn", "released")
