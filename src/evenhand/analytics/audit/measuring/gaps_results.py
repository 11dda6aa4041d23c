"""What was found about groups of people: rates, means, gaps at equal circumstances, crossings."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from evenhand.analytics.audit.ratings import Refused
from ratingstats.groups.adjusted import AdjustedGap
from ratingstats.groups.comparing import AdverseComparison, Comparison
from ratingstats.groups.deciding import Decision
from ratingstats.groups.decomposition import Decomposition
from ratingstats.groups.means import StandardizedDifference
from ratingstats.groups.regression import Coefficient
from ratingstats.groups.strata import Pooled


class Event(StrEnum):
    """What may happen to a person: a rating that counts as good, or one that counts as low."""

    FAVOURABLE = "favourable"
    ADVERSE = "adverse"


class WhyNot(StrEnum):
    """Why nothing is said about an attribute, two of them, or anything."""

    ALL_ALIKE = "all rated alike"
    ONE_GROUP = "fewer than two groups shown"
    TELLS_WITH_EARLIER = "tells about few beside what was released"
    TELLS_WITH_TOTALS = "tells about few beside the totals"


@dataclass(frozen=True, slots=True)
class GapRow:
    """One group and one event, as machines read it.

    `ratio` is the impact ratio; of an adverse event that of being spared, as four-fifths asks.
    None where nothing was compared: the reference itself, or a group too small to stand alone.
    """

    event: str
    attribute: str
    group: str
    n: int
    rate: float
    reference: str
    ratio: float | None
    below_four_fifths: bool | None
    fisher_p: float | None
    holm_p: float | None
    bh_p: float | None
    decision: str


@dataclass(frozen=True, slots=True)
class Test:
    """A comparison that was made, and what is left of its p among the `m` of the audit.

    `comparison` counts how often the event is favourable or a person is spared; `adverse` holds
    both sides where the event is adverse. `visible` is the smallest difference of rates that could
    have been seen; `at_equal_unit` pools over units how often the event itself happens, None
    without units.
    """

    comparison: Comparison
    adverse: AdverseComparison | None
    visible: float
    at_equal_unit: Pooled | None
    holm_p: float
    bh_p: float
    decision: Decision


@dataclass(frozen=True, slots=True)
class GroupRate:
    """A group that may be shown: `happened` of `n` people.

    `test` is None for the reference and where a group is too small to stand alone.
    """

    label: str
    happened: int
    n: int
    test: Test | None
    is_reference: bool

    @property
    def rate(self) -> float:
        return self.happened / self.n


@dataclass(frozen=True, slots=True)
class EventRates:
    """All groups of an attribute (or cells of a crossing) that may be shown, for one event.

    `reference` is the label of the group with the best rate, empty where none may be compared with.
    """

    event: Event
    groups: tuple[GroupRate, ...]
    reference: str


@dataclass(frozen=True, slots=True)
class GroupPoints:
    """A group's ratings as numbers, in points of the scale, against the reference.

    `adjusted` is at equal controls without those that may be tainted, `with_tainted` with them;
    None where there are none. `ordinal` asks the same of levels, in logits.
    """

    label: str
    n: int
    mean: float
    is_reference: bool
    standardized: StandardizedDifference | None = None
    adjusted: AdjustedGap | None = None
    with_tainted: AdjustedGap | None = None
    ordinal: Coefficient | None = None
    decomposition: Decomposition | None = None

    @property
    def vanishes_only_with_tainted(self) -> bool:
        """Whether a gap off nought goes only when tainted controls are held equal too."""
        without, beside = self.adjusted, self.with_tainted
        return without is not None and beside is not None and is_off(without) and not is_off(beside)


@dataclass(frozen=True, slots=True)
class Equalized:
    """What was held equal: controls, columns repeated by others, people without a counterpart."""

    controls: tuple[str, ...]
    tainted: tuple[str, ...]
    n: int
    dropped: tuple[str, ...]
    set_aside: int
    unknown: int


@dataclass(frozen=True, slots=True)
class AttributeGaps:
    """All about one attribute, of the `persons` who said. `hidden` are groups not shown at all.

    Which of them are small and which protect a small one is not told: with the total it would say
    how many people the small ones have.
    """

    name: str
    persons: int
    reference: str
    rates: tuple[EventRates, ...]
    points: tuple[GroupPoints, ...]
    equalized: Equalized | None
    hidden: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CellPoints:
    """A cell's mean beside what its attributes add up to; see `ratingstats.groups.crossings`."""

    label: str
    n: int
    mean: float
    expected: float
    beyond: float
    interval: tuple[float, float]
    shrunken: float


@dataclass(frozen=True, slots=True)
class CrossedGaps:
    """Cells of two attributes. `hidden` counts those not shown, also where nobody is in them.

    What cells add up to is worked out from those that are shown.
    """

    name: str
    rates: tuple[EventRates, ...]
    points: tuple[CellPoints, ...]
    hidden: int


@dataclass(frozen=True, slots=True)
class GapAnswers:
    """Everything about groups; `m` tests were made, all counted in Holm's and the BH p-values.

    Every two groups are a test, also where neither is the best and so nothing is told of the two.
    `persons` are the people compared, each once, `several` those with more than one rating,
    `left_out` those left out to protect a few. `hidden` counts groups and cells not shown.
    `named` holds the levels that make an event.
    """

    named: Mapping[Event, tuple[str, ...]]
    persons: int
    several: int
    left_out: int
    m: int
    level: float
    k: int
    attributes: tuple[AttributeGaps, ...]
    crossings: tuple[CrossedGaps, ...]
    hidden: int
    refused: tuple[Refused, ...]

    @property
    def to_look_at(self) -> tuple[GapRow, ...]:
        """The comparisons that ask for a panel, then those that ask for a closer look."""
        asking = (Decision.REVIEW, Decision.LOOK)
        return tuple(row for wanted in asking for row in self.rows if row.decision == wanted)

    @property
    def rows(self) -> tuple[GapRow, ...]:
        """Every group and cell that may be shown, for every event."""
        named = [(a.name, a.rates) for a in self.attributes]
        named += [(c.name, c.rates) for c in self.crossings]
        return tuple(
            row_of(name, rates, group)
            for name, both in named
            for rates in both
            for group in rates.groups
        )


def row_of(attribute: str, rates: EventRates, group: GroupRate) -> GapRow:
    test = group.test
    untested = "reference" if group.is_reference else Decision.NOT_TESTED.value
    return GapRow(
        event=rates.event.value,
        attribute=attribute,
        group=group.label,
        n=group.n,
        rate=group.rate,
        reference=rates.reference,
        ratio=test.comparison.ratio if test else None,
        below_four_fifths=test.comparison.below_four_fifths if test else None,
        fisher_p=test.comparison.exact.two_sided if test else None,
        holm_p=test.holm_p if test else None,
        bh_p=test.bh_p if test else None,
        decision=test.decision.value if test else untested,
    )


def is_off(gap: AdjustedGap) -> bool:
    """Whether nought lies outside the interval; never where there is none."""
    low, high = gap.interval
    return low > 0 or high < 0
