"""What calibration did to ratings, where the rating before it is known."""

from dataclasses import dataclass, replace

import numpy as np

from evenhand.analytics.audit.measuring.calibrating_shown import (
    Allowed,
    Gate,
    Moved,
    allowed_by,
    moved_people,
    shown_groups,
)
from evenhand.analytics.audit.measuring.gaps_results import GapAnswers
from evenhand.analytics.audit.ratings import NOT_SAID, Choices, Codes, Ratings
from ratingstats.calibration import Effect, Session, calibration_effect
from ratingstats.disclosure.ledger import Ledger, Released
from ratingstats.disclosure.oneway import release_rates
from ratingstats.disclosure.rules import Rules
from ratingstats.drift import Drift, Rates, drift
from ratingstats.groups.designs import Factor
from ratingstats.raters.comparing import SHOW_FROM, false_discovery
from ratingstats.status import Status


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

    `tells_with_earlier`: or because beside an earlier audit it would tell about a few people.

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
    tells_with_earlier: bool = False

    @property
    def marked(self) -> tuple[DriftRow, ...]:
        return tuple(row for row in self.drifts if row.is_marked(self.level))


def measure_calibration(
    ratings: Ratings,
    choices: Choices,
    gaps: GapAnswers | None = None,
    ledger: Ledger | None = None,
) -> CalibrationAnswers:
    """Compare ratings with those before; without enough people who have both, nothing is said.

    Groups that `gaps` hide are hidden here too. The `ledger` knows what was told before.
    """
    if ratings.before is None:
        return CalibrationAnswers(0, choices.level, None)
    k = choices.smallest_group
    moved = moved_people(ratings, ratings.before, 2 * k)
    answers = CalibrationAnswers(moved.people.n, choices.level, None)
    if moved.people.n < 2 * k:
        return answers
    gate = Gate.of(moved, Released() if ledger is None else ledger, k)
    if not gate.lets_all_through():
        return replace(answers, tells_with_earlier=True)
    rows = moved.rows
    rater = None if ratings.rater is None else ratings.rater.codes[rows]
    teams, teams_hidden = _teams(ratings, rows, Rules(k=max(SHOW_FROM, choices.k)))
    drifts, hidden = _drifts(moved, gate, None if gaps is None else allowed_by(gaps), choices.seed)
    return replace(
        answers,
        effect=calibration_effect(ratings.before[rows], ratings.value[rows], Session(rater)),
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


def _drifts(
    moved: Moved, gate: Gate, allowed: Allowed | None, seed: int
) -> tuple[tuple[DriftRow, ...], int]:
    """Groups that may be shown of every attribute, tested together; and how many may not."""
    groups = moved.people.groups
    named = {name: group.labels for name, group in groups.items()} if allowed is None else allowed
    asked = [(one, shown_groups(one, named.get(one.name, ()), gate.k)) for one in groups.values()]
    told = gate.lets_through(asked)
    found = list[DriftRow]()
    for group, shown in told:
        measured = drift(moved.shift, group.codes, len(group.labels), seed=seed)
        found += [
            _row(group, measured[number])
            for number in np.flatnonzero(shown)
            if measured[number].status is Status.MEASURED
        ]
    present = sum(len(np.unique(group.codes[group.known])) for group in groups.values())
    return _tested(found), present - sum(int(shown.sum()) for _group, shown in told)


def _row(group: Factor, found: Drift) -> DriftRow:
    assert found.down is not None  # noqa: S101  # a measured drift has both
    assert found.up is not None  # noqa: S101  # as above
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
