"""Where things stand in a picture, as shares of its width, so that it fits every screen.

A place is a percentage that a template writes into the drawing as it is. Numbers that are none,
or beyond all bounds, stay within the picture: the words beside them say what is known.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.formats import number_format

from evenhand.analytics.report import Bar, BarChart, IntervalChart, Mark, Tone

FIRST, MOST = 24, 200
SHORT = 12
ROOM = 0.04
STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
WANTED_TICKS = 4
MARKED = {Tone.LOOK, Tone.BAD}
MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True, slots=True)
class Axis:
    """A stretch of numbers, laid out from 0 % to 100 %."""

    low: float
    high: float

    def share(self, value: float) -> float:
        if math.isnan(value) or self.high <= self.low:
            return 0.0
        return min(1.0, max(0.0, (value - self.low) / (self.high - self.low)))

    def place(self, value: float) -> str:
        return percent(self.share(value))


@dataclass(frozen=True, slots=True)
class Tick:
    at: str
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Line:
    """One estimate: its interval from `low` to `high`, its point at `middle` where known."""

    mark: Mark
    low: str
    high: str
    middle: str | None

    @property
    def is_marked(self) -> bool:
        """Whether its point is filled: colour is never the only sign."""
        return self.mark.tone in MARKED


@dataclass(frozen=True, slots=True)
class DrawnIntervals:
    chart: IntervalChart
    first: tuple[Line, ...]
    rest: tuple[Line, ...]
    left_out: int
    reference: str
    ticks: tuple[Tick, ...]

    @property
    def is_terse(self) -> bool:
        """Whether what is said beside each line is short, so that the lines may be longer."""
        return are_short(mark.text for mark in self.chart.marks)

    @property
    def has_marked(self) -> bool:
        return any(line.is_marked for line in (*self.first, *self.rest))


@dataclass(frozen=True, slots=True)
class Stripe:
    """A bar with its length; as a part of a whole, also where it begins."""

    bar: Bar
    number: int
    start: str
    length: str


@dataclass(frozen=True, slots=True)
class DrawnBars:
    chart: BarChart
    first: tuple[Stripe, ...]
    rest: tuple[Stripe, ...]
    left_out: int

    @property
    def is_terse(self) -> bool:
        return are_short(bar.text for bar in self.chart.bars)


def draw_intervals(chart: IntervalChart) -> DrawnIntervals:
    axis = axis_of(chart.marks, chart.reference)
    lines = [_line(mark, axis) for mark in chart.marks[:MOST]]
    return DrawnIntervals(
        chart=chart,
        first=tuple(lines[:FIRST]),
        rest=tuple(lines[FIRST:]),
        left_out=max(0, len(chart.marks) - MOST),
        reference=axis.place(chart.reference),
        ticks=ticks(axis, is_signed=chart.reference == 0),
    )


def draw_bars(chart: BarChart) -> DrawnBars:
    """Bars side by side; parts of one whole also follow one another in a strip."""
    axis = Axis(0.0, chart.whole)
    stripes, begun = [], 0.0
    for number, bar in enumerate(chart.bars[:MOST], start=1):
        start = axis.place(begun) if chart.is_split else percent(0.0)
        stripes.append(Stripe(bar, number, start, axis.place(bar.value)))
        begun += bar.value if math.isfinite(bar.value) else 0.0
    left_out = max(0, len(chart.bars) - MOST)
    return DrawnBars(chart, tuple(stripes[:FIRST]), tuple(stripes[FIRST:]), left_out)


def are_short(texts: Iterable[str]) -> bool:
    return max(map(len, texts), default=0) <= SHORT


def axis_of(marks: Sequence[Mark], reference: float) -> Axis:
    """From the lowest to the highest number in the picture, with a little room at both ends."""
    numbers = list(_finite(marks)) + ([reference] if math.isfinite(reference) else [])
    low, high = (min(numbers), max(numbers)) if numbers else (0.0, 1.0)
    if low == high:
        low, high = low - 1.0, high + 1.0
    room = (high - low) * ROOM
    return Axis(low - room, high + room)


def ticks(axis: Axis, *, is_signed: bool = False) -> tuple[Tick, ...]:
    """Round numbers along the axis, some three to six of them."""
    step = step_of((axis.high - axis.low) / WANTED_TICKS)
    if not math.isfinite(step) or step <= 0:
        return ()
    first, last = math.ceil(axis.low / step), math.floor(axis.high / step)
    return tuple(
        _tick(axis, number * step, step, is_signed=is_signed) for number in range(first, last + 1)
    )


def step_of(rough: float) -> float:
    """The next round step: 1, 2, 2.5 or 5, times a power of ten."""
    if not math.isfinite(rough) or rough <= 0:
        return 0.0
    power = 10.0 ** math.floor(math.log10(rough))
    return next(step * power for step in STEPS if step * power >= rough * (1 - 1e-9))


def percent(share: float) -> str:
    """A share as drawings want it, with a point, whatever the reader's language."""
    return f"{share * 100:.2f}".rstrip("0").rstrip(".") + "%"


def said(value: float, step: float, *, is_signed: bool) -> str:
    """The number at a tick with as many decimals as its step has."""
    decimals = next((d for d in range(8) if math.isclose(step * 10**d, round(step * 10**d))), 8)
    if round(value, decimals) == 0:
        return "0"
    rounded = f"{abs(value):.{decimals}f}"
    text = str(number_format(rounded, decimals, use_l10n=True, force_grouping=True))
    return f"{MINUS if value < 0 else '+' if is_signed else ''}{text}"


def _tick(axis: Axis, value: float, step: float, *, is_signed: bool) -> Tick:
    share = axis.share(value)
    anchor = "start" if share < ROOM else "end" if share > 1 - ROOM else "middle"
    return Tick(percent(share), said(value, step, is_signed=is_signed), anchor)


def _line(mark: Mark, axis: Axis) -> Line:
    if math.isnan(mark.middle):
        return Line(mark, percent(0.0), percent(0.0), None)
    low = mark.middle if math.isnan(mark.low) else mark.low
    high = mark.middle if math.isnan(mark.high) else mark.high
    return Line(mark, axis.place(low), axis.place(high), axis.place(mark.middle))


def _finite(marks: Iterable[Mark]) -> Iterable[float]:
    for mark in marks:
        yield from filter(math.isfinite, (mark.low, mark.middle, mark.high))
