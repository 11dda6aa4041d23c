"""What calibration did to ratings, where the rating before it is known."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from evenhand.analytics.audit.measuring.gaps_people import people_of
from evenhand.analytics.audit.ratings import NOT_SAID, Choices, Codes, Numbers, Ratings
from ratingstats.calibration import Effect, Session, calibration_effect
from ratingstats.disclosure.oneway import release_rates
from ratingstats.disclosure.rules import USUAL_K, Rules
from ratingstats.drift import Drift, Rates, drift
from ratingstats.groups.designs import Factor
from ratingstats.raters.comparing import SHOW_FROM, false_discovery
from ratingstats.status import Status

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class TeamRow:
    """The people of one rater: how many were changed, and by how many points on average."""

    rater: str
    n: int
    changed: int
    shift: float


@dataclass(frozen=True, slots=True)
class DriftRow:
    """A group beside everybody else, with what is left of each p among all tests of drift."""

    attribute: str
    group: str
    found: Drift
    down: Rates
    up: Rates
    shift_q: float
    down_q: float
    up_q: float

    def is_marked(self, level: float) -> bool:
        """Whether the group moved apart beyond chance: in points, down or up."""
        return min(self.shift_q, self.down_q, self.up_q) <= 1 - level


@dataclass(frozen=True, slots=True)
class CalibrationAnswers:
    """Ratings before and after: `effect` is None where too few people have both.

    `teams` begin with the most changed, `teams_hidden` are not shown. `drifts` hold the groups
    that may be shown, `tests` of them were made; `hidden` groups are not.
    """

    persons: int
    level: float
    effect: Effect | None
    teams: tuple[TeamRow, ...] = ()
    teams_hidden: int = 0
    drifts: tuple[DriftRow, ...] = ()
    tests: int = 0
    hidden: int = 0

    @property
    def marked(self) -> tuple[DriftRow, ...]:
        return tuple(row for row in self.drifts if row.is_marked(self.level))


def measure_calibration(ratings: Ratings, choices: Choices) -> CalibrationAnswers:
    """Compare ratings with those before; without enough people who have both, nothing is said."""
    if ratings.before is None:
        return CalibrationAnswers(0, choices.level, None)
    rows = np.flatnonzero(~np.isnan(ratings.before) & (ratings.person.codes != NOT_SAID))
    persons = len(np.unique(ratings.person.codes[rows]))
    answers = CalibrationAnswers(persons, choices.level, None)
    if persons < max(choices.k, USUAL_K):
        return answers
    rater = None if ratings.rater is None else ratings.rater.codes[rows]
    effect = calibration_effect(ratings.before[rows], ratings.value[rows], Session(rater))
    drifts, hidden = _drifts(ratings, rows, choices)
    teams, teams_hidden = _teams(ratings, rows, Rules(k=max(SHOW_FROM, choices.k)))
    return replace(
        answers,
        effect=effect,
        teams=teams,
        teams_hidden=teams_hidden,
        drifts=drifts,
        tests=3 * len(drifts),
        hidden=hidden,
    )


def _teams(ratings: Ratings, rows: Codes, rules: Rules) -> tuple[tuple[TeamRow, ...], int]:
    """The people of each rater who may be shown, the most changed first; and how many may not.

    How many were changed in all is told, so that one small team alone would not stay hidden.
    """
    if ratings.rater is None or ratings.before is None:
        return (), 0
    known = rows[ratings.rater.codes[rows] != NOT_SAID]
    present, team = np.unique(ratings.rater.codes[known], return_inverse=True)
    shift = ratings.value[known] - ratings.before[known]
    n, changed = np.bincount(team), np.bincount(team, shift != 0).astype(np.int64)
    total = np.bincount(team, shift)
    names = [ratings.rater.labels[code] for code in present]
    cleared = release_rates(names, changed.tolist(), n.tolist(), rules).groups if names else ()
    shown = [
        TeamRow(name, int(n[at]), int(changed[at]), float(total[at] / n[at]))
        for at, (name, rate) in enumerate(zip(names, cleared, strict=True))
        if rate.happened is not None
    ]
    shown.sort(key=lambda row: (-row.changed / row.n, row.rater))
    return tuple(shown), len(names) - len(shown)


def _drifts(ratings: Ratings, rows: Codes, choices: Choices) -> tuple[tuple[DriftRow, ...], int]:
    """Groups that may be shown of every attribute, tested together; and how many may not."""
    people = people_of(ratings)
    shift = _shift_of_people(ratings, rows)
    rules = Rules(k=max(choices.k, USUAL_K))
    found, hidden = list[DriftRow](), 0
    for group in people.groups.values():
        shown, kept_back = _shown(group, shift, rules)
        hidden += kept_back
        measured = drift(shift, group.codes, len(group.labels), seed=choices.seed)
        found += [
            _row(group, measured[number])
            for number in np.flatnonzero(shown)
            if measured[number].status is Status.MEASURED
        ]
    return _tested(found), hidden


def _shift_of_people(ratings: Ratings, rows: Codes) -> Numbers:
    """Each person's mean shift in points, in the order of `people_of`; NaN where not known."""
    assert ratings.before is not None  # noqa: S101  # asked by the caller; tells the type checker
    codes = ratings.person.codes
    present = np.unique(codes[codes != NOT_SAID])
    who = np.searchsorted(present, codes[rows])
    total = np.bincount(who, ratings.value[rows] - ratings.before[rows], len(present))
    n = np.bincount(who, minlength=len(present))
    shift: Numbers = np.divide(total, n, out=np.full(len(present), np.nan), where=n > 0)
    return shift


def _shown(group: Factor, shift: Numbers, rules: Rules) -> tuple[Mask, int]:
    """Groups of which both how many came down and how many went up may be shown."""
    known = ~np.isnan(shift) & group.known
    codes, size = group.codes[known], len(group.labels)
    n = np.bincount(codes, minlength=size)
    present = np.flatnonzero(n)
    labels = [group.labels[place] for place in present]
    hidden = np.zeros(len(present), dtype=bool)
    for happened in (shift[known] < 0, shift[known] > 0):
        x = np.bincount(codes[happened], minlength=size)[present]
        rates = release_rates(labels, x.tolist(), n[present].tolist(), rules)
        hidden |= np.array([rate.happened is None for rate in rates.groups], dtype=bool)
    shown = np.zeros(size, dtype=bool)
    shown[present[~hidden]] = True
    return shown, int(hidden.sum())


def _row(group: Factor, found: Drift) -> DriftRow:
    assert found.down is not None  # noqa: S101  # a measured drift has both
    assert found.up is not None  # noqa: S101
    label = group.labels[found.group]
    nothing = float("nan")
    return DriftRow(group.name, label, found, found.down, found.up, nothing, nothing, nothing)


def _tested(rows: list[DriftRow]) -> tuple[DriftRow, ...]:
    """All tests of drift are one family: three for each group shown."""
    q = false_discovery([p for row in rows for p in (row.found.p, row.down.p, row.up.p)])
    return tuple(
        replace(row, shift_q=q[3 * n], down_q=q[3 * n + 1], up_q=q[3 * n + 2])
        for n, row in enumerate(rows)
    )
