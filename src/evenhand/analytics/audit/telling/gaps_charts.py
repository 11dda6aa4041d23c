"""All groups at a glance: how much more or less often than the reference, with intervals."""

from django.utils.translation import gettext as _

from evenhand.analytics.audit.measuring.gaps_results import Event, GapAnswers, GroupRate, Test
from evenhand.analytics.audit.telling.figures import between, count, signed
from evenhand.analytics.audit.telling.gaps_tables import levels_of
from evenhand.analytics.audit.telling.gaps_tags import tag
from evenhand.analytics.report import Cell, Column, IntervalChart, Mark, Table
from ratingstats.groups.counts import SMALLEST_BENCHMARK, SMALLEST_SHARE

Tested = tuple[str, str, GroupRate, Test]


def difference_charts(answers: GapAnswers) -> tuple[IntervalChart, ...]:
    """One chart per event, with every group of every attribute that was tested."""
    charts = []
    for event in Event:
        tested = _tested(answers, event)
        if tested:
            charts.append(_chart(answers, event, tested))
    return tuple(charts)


def _tested(answers: GapAnswers, event: Event) -> list[Tested]:
    return [
        (attribute.name, rates.reference, group, group.test)
        for attribute in answers.attributes
        for rates in attribute.rates
        if rates.event is event
        for group in rates.groups
        if group.test is not None
    ]


def _chart(answers: GapAnswers, event: Event, tested: list[Tested]) -> IntervalChart:
    title = _("Rated “%(levels)s”: difference from the reference, in percentage points")
    return IntervalChart(
        title=title % {"levels": levels_of(answers, event)},
        marks=tuple(_mark(name, group, test) for name, _reference, group, test in tested),
        reference=0.0,
        low_label=_("less often"),
        reference_label=_("as the reference"),
        high_label=_("more often"),
        note=_(
            "The reference is the group with the best rate among those with at least %(fewest)s"
            " people and %(share)s%% of all. Intervals by Newcombe's method, not corrected for the"
            " number of comparisons."
        )
        % {"fewest": count(SMALLEST_BENCHMARK), "share": count(int(100 * SMALLEST_SHARE))},
        table=_table(tested),
    )


def _mark(name: str, group: GroupRate, test: Test) -> Mark:
    low, middle, high = _points(test)
    return Mark(
        label=f"{name}: {group.label}",
        detail=_people(group),
        low=low,
        middle=middle,
        high=high,
        text=f"{signed(middle, 1)} ({between(low, high, 1)})",
        tone=tag(group).tone,
    )


def _points(test: Test) -> tuple[float, float, float]:
    """The difference of rates of the event itself and its interval, in percentage points."""
    seen = test.adverse.struck if test.adverse else test.comparison
    low, high = seen.difference_interval
    return 100 * low, 100 * seen.difference, 100 * high


def _people(group: GroupRate) -> str:
    return _("%(n)s people") % {"n": count(group.n)}


def _table(tested: list[Tested]) -> Table:
    rows = []
    for name, reference, group, test in tested:
        low, middle, high = _points(test)
        rows.append(
            (
                Cell(name),
                Cell(group.label),
                Cell(count(group.n), group.n),
                Cell(reference),
                Cell(signed(middle, 1), middle),
                Cell(signed(low, 1), low),
                Cell(signed(high, 1), high),
                tag(group),
            )
        )
    return Table(
        title=_("Differences from the reference"),
        columns=(
            Column(_("Attribute")),
            Column(_("Group")),
            Column(_("People"), is_number=True),
            Column(_("Against")),
            Column(_("Difference"), is_number=True, meaning=_("Percentage points.")),
            Column(_("From"), is_number=True),
            Column(_("To"), is_number=True),
            Column(""),
        ),
        rows=tuple(rows),
    )
