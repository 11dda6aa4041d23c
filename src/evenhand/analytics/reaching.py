"""How far goals are, by objective and by unit: of groups of at least five people, for leaders.

    score    = sum of scores / goals that have one
    coverage = goals that have a score / goals

Every measurement counts once: a goal that takes its score from the goals below is left out, as
those count themselves. Committed and aspirational goals are never averaged into one figure. There
is no score under 60 % coverage, and nothing about fewer than five people or what would give them
away.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from django.core.cache import cache
from django.db.models import (
    Case,
    Count,
    DecimalField,
    F,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.utils.translation import gettext_lazy as _

from evenhand.goals.charting import units_below
from evenhand.goals.kinds import AGREED, Ambition, GoalState, RollUpFrom
from evenhand.goals.models import Goal, StrategicObjective
from evenhand.goals.rolling import LEAST_COVERAGE
from evenhand.goals.scopes import EVERYBODY, GoalScope
from evenhand.goals.scoring import stepped
from evenhand.kernel.acting import Actor, Role
from evenhand.kernel.verdict import ALLOWED, Verdict
from evenhand.people.models import Unit
from ratingstats.disclosure.oneway import release_means
from ratingstats.disclosure.rules import Rules

LEADERS_OF_GOALS = (Role.EXECUTIVE, Role.SPECIALIST, Role.HR_PARTNER)
RULES = Rules()
# All who look on the same day are told the same, so that no two answers differ by one person.
KEPT_FOR = 24 * 3600

NOT_A_LEADER = Verdict(
    "not_a_leader",
    _("Results of groups are for executives, HR partners and specialists."),
)


class Untold(Enum):
    """Why a figure is not told."""

    NO_GOALS = "no goals"
    NOT_MEASURED = "under 60 % measured"
    TOO_FEW = "too few people, or it would give a few away"


@dataclass(frozen=True, slots=True)
class Figure:
    """The score of a group, with the people, the goals and the coverage behind it, or why not."""

    score: Decimal | None = None
    people: int = 0
    goals: int = 0
    coverage: Decimal | None = None
    untold: Untold | None = None


@dataclass(frozen=True, slots=True)
class GroupResult:
    """What is told about one objective or one unit."""

    pk: int
    title: str
    committed: Figure
    aspirational: Figure
    is_itself: bool = False
    """Only what counts in the unit itself, without the units below it."""


@dataclass(frozen=True, slots=True)
class Results:
    """How far goals are: by objective, and by unit."""

    counted_at: datetime
    by_objective: tuple[GroupResult, ...]
    by_unit: tuple[GroupResult, ...]


class Sums(NamedTuple):
    """What the goals of a group of one ambition add up to."""

    goals: int = 0
    owners: int = 0
    scored: int = 0
    people: int = 0
    """Whose goals have a score."""
    score: Decimal | None = None


Key = tuple[int, str]


def result_scopes(actor: Actor) -> list[GoalScope]:
    """The groups whose results are open to somebody: everybody, or the units in their care."""
    if actor.is_delegate:
        return []
    if actor.holds_everywhere(*LEADERS_OF_GOALS):
        return [EVERYBODY]
    return [GoalScope(unit_id=pk) for pk in sorted(actor.units_as(*LEADERS_OF_GOALS))]


def may_read_results(actor: Actor, scope: GoalScope) -> Verdict:
    """Leaders read the results of the groups in their care as a whole, not of any part at will."""
    return ALLOWED if scope in result_scopes(actor) else NOT_A_LEADER


def read_results(scope: GoalScope, on: date, at: datetime) -> Results:
    """The results of a group, counted once a day."""
    key = f"analytics.reaching.{scope.unit_id}.{on}"
    kept = cache.get(key)
    if isinstance(kept, Results):
        return kept
    results = Results(at, _by_objective(scope, on), _by_unit(scope, on))
    cache.set(key, results, KEPT_FOR)
    return results


def told(sums: Sequence[Sums]) -> list[Figure]:
    """The figures of groups side by side, with what is too small or gives that away held back."""
    # Groups without anybody protect nobody, so they are no part of what is weighed against others.
    known = [place for place, one in enumerate(sums) if one.score is not None]
    means = [float((sums[place].score or 0) / sums[place].scored) for place in known]
    people = [sums[place].people for place in known]
    released = release_means([str(place) for place in known], means, people, RULES, (0.0, 1.0))
    hidden = {place for place, row in zip(known, released.groups, strict=True) if row.n is None}
    return [_figure(one, is_hidden=place in hidden) for place, one in enumerate(sums)]


def _figure(sums: Sums, *, is_hidden: bool) -> Figure:
    if not sums.goals:
        return Figure(untold=Untold.NO_GOALS)
    # That nothing is measured would tell about a few as well.
    if is_hidden or sums.owners < RULES.k:
        return Figure(untold=Untold.TOO_FEW)
    if sums.score is None or sums.scored < LEAST_COVERAGE * sums.goals:
        return Figure(untold=Untold.NOT_MEASURED)
    return Figure(
        score=stepped(sums.score / sums.scored),
        people=sums.people,
        goals=sums.goals,
        coverage=stepped(Decimal(sums.scored) / sums.goals),
    )


def _by_objective(scope: GoalScope, on: date) -> tuple[GroupResult, ...]:
    objectives = StrategicObjective.objects.live(on).order_by("title", "pk")
    titles = {objective.pk: objective.title for objective in objectives}
    return _results(titles, _sums(_counting(scope, on), "top_objective_id"))


def _by_unit(scope: GoalScope, on: date) -> tuple[GroupResult, ...]:
    """The units right below, each with all below it, and the goals of the unit itself."""
    goals = _counting(scope, on)
    head, parts = _parts(scope, on)
    below = goals.filter(unit__tree_above__ancestor__in=[unit.pk for unit in parts])
    sums = _sums(below, "unit__tree_above__ancestor_id")
    titles = {unit.pk: unit.name for unit in parts}
    if head is not None:
        sums |= _sums(goals.filter(unit=head), "unit_id")
        titles[head.pk] = head.name
    rows = _results(titles, sums)
    return tuple(replace(row, is_itself=head is not None and row.pk == head.pk) for row in rows)


def _parts(scope: GoalScope, on: date) -> tuple[Unit | None, list[Unit]]:
    """The units that are compared, and the one they stand in if they do.

    A company with one unit at the top is compared by the units below that.
    """
    if scope.unit_id is None:
        tops = list(units_below(None, on))
        if len(tops) != 1:
            return None, tops
        head = tops[0]
    else:
        head = Unit.objects.get(pk=scope.unit_id)
    return head, list(units_below(head.pk, on))


def _counting(scope: GoalScope, on: date) -> QuerySet[Goal]:
    """The agreed goals that lead to an objective that holds, each measurement once."""
    live = StrategicObjective.objects.live(on).order_by().values("pk")
    goals = scope.goals(on).filter(state__in=AGREED, drop_is_approved=False)
    return goals.filter(top_objective__in=live).exclude(rolls_up_from=RollUpFrom.CHILDREN)


def _sums(goals: QuerySet[Goal], group: str) -> dict[Key, Sums]:
    # What was dropped and is not approved counts nothing, whatever it had reached.
    nothing = Value(Decimal(0), output_field=DecimalField(max_digits=7, decimal_places=6))
    counted = Case(When(state=GoalState.DROPPED, then=nothing), default=F("score"))
    has_score = Q(counted__isnull=False)
    rows = goals.order_by().annotate(counted=counted).values_list(group, "ambition")
    summed = rows.annotate(
        n=Count("pk"),
        owned_by=Count("owner", distinct=True),
        scored=Count("pk", filter=has_score),
        people=Count("owner", filter=has_score, distinct=True),
        summed=Sum("counted"),
    )
    return {(pk, ambition): Sums(*figures) for pk, ambition, *figures in summed.order_by()}


def _results(titles: Mapping[int, str], sums: Mapping[Key, Sums]) -> tuple[GroupResult, ...]:
    nothing = Sums()
    figures = {
        ambition: told([sums.get((pk, ambition), nothing) for pk in titles])
        for ambition in Ambition
    }
    return tuple(
        GroupResult(pk, title, committed, aspirational)
        for (pk, title), committed, aspirational in zip(
            titles.items(),
            figures[Ambition.COMMITTED],
            figures[Ambition.ASPIRATIONAL],
            strict=True,
        )
    )
