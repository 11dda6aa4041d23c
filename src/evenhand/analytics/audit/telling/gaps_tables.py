"""Group gaps as tables: rates, points, every comparison in full, splits, crossings."""

import math
from collections.abc import Iterator

from django.utils.translation import gettext as _

from evenhand.analytics.audit.measuring.gaps_results import (
    AttributeGaps,
    CrossedGaps,
    Event,
    EventRates,
    GapAnswers,
    GroupPoints,
    GroupRate,
    Test,
)
from evenhand.analytics.audit.telling.figures import between, count, percent, points, signed
from evenhand.analytics.audit.telling.figures import probability as p_value
from evenhand.analytics.audit.telling.gaps_tags import tag
from evenhand.analytics.report import Cell, Column, Table, Tone
from ratingstats.groups.adjusted import AdjustedGap
from ratingstats.status import Status

FOUR_FIFTHS = 0.8
Row = tuple[Cell, ...]
DASH = "\N{EM DASH}"
MOST_LEVELS = 3
NOTHING = Cell("")


def rates_table(answers: GapAnswers, attribute: AttributeGaps, rates: EventRates) -> Table:
    """How often an event happened in each group of an attribute, hidden groups named last."""
    gaps = {group.label: group.adjusted for group in attribute.points}
    # A gap in points is no matter of one event: it is told once, beside the first.
    has_gap = attribute.equalized is not None and rates is attribute.rates[0]
    rows = []
    for group in rates.groups:
        *cells, last = _rate_row(rates, group)
        between_them = (_equal(gaps.get(group.label)),) if has_gap else ()
        rows.append((*cells, *between_them, last))
    columns = _rate_columns(rates.event, has_gap=has_gap)
    rows += [_hidden_row(hidden, len(columns)) for hidden in attribute.hidden]
    return Table(
        title=title_of(answers, rates.event, attribute.name),
        columns=columns,
        rows=tuple(rows),
        note=_note(answers, attribute, has_gap=has_gap),
    )


def title_of(answers: GapAnswers, event: Event, name: str) -> str:
    levels = levels_of(answers, event)
    return _("Rated “%(levels)s”, by %(name)s") % {"levels": levels, "name": name}


def levels_of(answers: GapAnswers, event: Event) -> str:
    """The levels that make an event, such as “Exceeds” or “PIP or Needs Improvement”."""
    names = answers.named[event]
    if len(names) <= MOST_LEVELS:
        return _(" or ").join(names)
    is_good = event is Event.FAVOURABLE
    return (
        _("%(level)s or more") % {"level": names[0]}
        if is_good
        else _("%(level)s or less") % {"level": names[-1]}
    )


def _note(answers: GapAnswers, attribute: AttributeGaps, *, has_gap: bool) -> str:
    note = _(
        "Four-fifths rule in whole numbers and Fisher's exact test; “corrected” is Holm's p over"
        " all %(m)s comparisons of two groups in this report. %(n)s people, each counted once."
    ) % {"m": count(answers.m), "n": count(attribute.persons)}
    if attribute.equalized is None or not has_gap:
        return note
    held = _("Gaps at equal %(controls)s are in points of the scale, with intervals.")
    names = ", ".join(attribute.equalized.controls)
    return f"{note} {held % {'controls': names}}"


def _rate_columns(event: Event, *, has_gap: bool) -> tuple[Column, ...]:
    against = _("Against highest") if event is Event.FAVOURABLE else _("Against lowest")
    columns = [
        Column(_("Group")),
        Column(_("People"), is_number=True),
        Column(_("Rate"), is_number=True),
        Column(against, is_number=True, meaning=_("The rate divided by the reference's.")),
        Column(_("p"), is_number=True, meaning=_("Fisher's exact test, two-sided.")),
        Column(_("p, corrected"), is_number=True, meaning=_("Holm, over all comparisons.")),
    ]
    if has_gap:
        columns.append(Column(_("Gap at equal circumstances"), is_number=True))
    return (*columns, Column(""))


def _rate_row(rates: EventRates, group: GroupRate) -> Row:
    test = group.test
    return (
        Cell(group.label),
        Cell(count(group.n), group.n),
        Cell(percent(group.rate), group.rate),
        _against(rates, group),
        _p(test.comparison.exact.two_sided) if test else NOTHING,
        _p(test.holm_p) if test else NOTHING,
        tag(group),
    )


def _against(rates: EventRates, group: GroupRate) -> Cell:
    if group.is_reference:
        word = _("highest") if rates.event is Event.FAVOURABLE else _("lowest")
        return Cell(word, tone=Tone.SOFT)
    if group.test is None:
        return NOTHING
    return _share_of_best(_ratio(group.test))


def _share_of_best(ratio: float) -> Cell:
    """Near four-fifths, two digits would hide on which side of it a ratio lies."""
    is_near = round(ratio, 2) == FOUR_FIFTHS and ratio != FOUR_FIFTHS
    return figure(ratio, 3 if is_near else 2)


def _ratio(test: Test) -> float:
    """The rate over the reference's: of the event itself, also where it is adverse."""
    return test.adverse.struck.ratio if test.adverse else test.comparison.ratio


def _equal(gap: AdjustedGap | None) -> Cell:
    if gap is None:
        return NOTHING
    if gap.status is not Status.MEASURED:
        return Cell(_("too few to say"), tone=Tone.SOFT)
    return Cell(f"{signed(gap.gap)} ({between(*gap.interval)})", modelled(gap.gap))


def _hidden_row(label: str, columns: int) -> Row:
    why = _("not shown, to protect small groups")
    dash = Cell(DASH, is_hidden=True)
    first = (Cell(label), dash, dash)
    return (*first, *(NOTHING,) * (columns - len(first) - 1), Cell(why, tone=Tone.SOFT))


def points_table(attribute: AttributeGaps) -> Table:
    """Means beside the reference's: raw, standardized, at equal circumstances, in levels."""
    has_tainted = any(group.with_tainted for group in attribute.points)
    columns = [
        Column(_("Group")),
        Column(_("People"), is_number=True),
        Column(_("Mean"), is_number=True),
        Column(_("Difference"), is_number=True, meaning=_("Points, from the reference.")),
        Column(_("Hedges' g"), is_number=True, meaning=_("In standard deviations; 0.2 is small.")),
        Column(_("At equal circumstances"), is_number=True),
    ]
    if has_tainted:
        columns.append(Column(_("With tainted controls"), is_number=True))
    columns.append(Column(_("In levels"), is_number=True, meaning=_("Logits, cumulative logit.")))
    return Table(
        title=_("Ratings as numbers, by %(name)s") % {"name": attribute.name},
        columns=tuple(columns),
        rows=tuple(_points_row(group, has_tainted=has_tainted) for group in attribute.points),
        note=_equalized(attribute),
    )


def _points_row(group: GroupPoints, *, has_tainted: bool) -> Row:
    standardized = group.standardized
    cells = [
        Cell(group.label),
        Cell(count(group.n), group.n),
        Cell(points(group.mean), group.mean),
        Cell(_("reference"), tone=Tone.SOFT)
        if standardized is None
        else Cell(signed(standardized.difference), standardized.difference),
        _with_interval(standardized.g, standardized.interval) if standardized else NOTHING,
        _equal(group.adjusted),
    ]
    if has_tainted:
        cells.append(_equal(group.with_tainted))
    ordinal = group.ordinal
    cells.append(_with_interval(ordinal.estimate, ordinal.interval) if ordinal else NOTHING)
    return tuple(cells)


def _equalized(attribute: AttributeGaps) -> str:
    held = attribute.equalized
    if held is None:
        return _("Intervals are not corrected for the number of comparisons.")
    said = [
        _("Held equal: %(names)s (%(n)s people).")
        % {"names": ", ".join((*held.controls, *held.tainted)), "n": count(held.n)}
    ]
    if held.set_aside:
        said.append(
            _("%(n)s people are alone in a level and were set aside.")
            % {"n": count(held.set_aside)}
        )
    if held.unknown:
        said.append(_("Of %(n)s people something is not known.") % {"n": count(held.unknown)})
    if held.dropped:
        names = ", ".join(held.dropped)
        said.append(_("Left out, because others say the same: %(names)s.") % {"names": names})
    said.append(_("Intervals are not corrected for the number of comparisons."))
    return " ".join(said)


def full_table(answers: GapAnswers) -> Table:
    """Every comparison with every measure, for who wants to calculate with them."""
    numbers = (
        _("People"),
        _("Rate"),
        _("Reference rate"),
        _("Ratio"),
        _("Ratio from"),
        _("Ratio to"),
        _("Difference"),
        _("Odds ratio"),
        _("Cohen's h"),
        _("z"),
        _("Fisher p"),
        _("Mid-p"),
        _("Holm p"),
        _("BH p"),
        _("Shortfall"),
        _("Ratio, one person moved"),
        _("Smallest gap visible"),
        _("Odds ratio at equal unit"),
        _("p at equal unit"),
    )
    columns = [Column(_("Event")), Column(_("Attribute")), Column(_("Group")), Column(_("Against"))]
    return Table(
        title=_("Every comparison in full"),
        columns=(*columns, *(Column(label, is_number=True) for label in numbers), Column("")),
        rows=tuple(_full_rows(answers)),
        note=_(
            "For a low rating, ratio, difference, odds ratio and shortfall are about being spared"
            " it, as the four-fifths rule asks. The smallest gap visible is that of one comparison"
            " alone; to be seen among all of them, a gap must be larger."
        ),
        shown_first=5,
    )


def _full_rows(answers: GapAnswers) -> Iterator[Row]:
    named = [(one.name, one.rates) for one in answers.attributes]
    named += [(one.name, one.rates) for one in answers.crossings]
    for name, events in named:
        for rates in events:
            for group in rates.groups:
                if group.test is not None:
                    first = (levels_of(answers, rates.event), name, group.label, rates.reference)
                    yield (*(Cell(text) for text in first), *_full(group, group.test), tag(group))


def _full(group: GroupRate, test: Test) -> Row:
    made, unit = test.comparison, test.at_equal_unit
    struck = test.adverse.struck if test.adverse else made
    return (
        Cell(count(group.n), group.n),
        Cell(percent(group.rate), group.rate),
        Cell(percent(struck.reference.rate), struck.reference.rate),
        figure(made.ratio),
        figure(made.ratio_interval[0]),
        figure(made.ratio_interval[1]),
        figure(made.difference),
        figure(made.odds_ratio),
        figure(made.h),
        figure(made.z),
        _p(made.exact.two_sided),
        _p(made.exact.mid_p),
        _p(test.holm_p),
        _p(test.bh_p),
        figure(made.shortfall, 1),
        figure(made.flipped_ratio),
        figure(test.visible),
        figure(modelled(unit.odds_ratio)) if unit else NOTHING,
        _p(modelled(unit.p)) if unit else NOTHING,
    )


def crossing_table(answers: GapAnswers, crossed: CrossedGaps, rates: EventRates) -> Table:
    """Cells of two attributes against the best cell, and against what the two add up to."""
    by_label = {cell.label: cell for cell in crossed.points}
    rows = []
    for group in rates.groups:
        cell = by_label.get(group.label)
        *cells, last = _rate_row(rates, group)
        cells.append(_with_interval(cell.beyond, cell.interval) if cell else NOTHING)
        cells.append(Cell(signed(cell.shrunken), modelled(cell.shrunken)) if cell else NOTHING)
        rows.append((*cells, last))
    columns = _rate_columns(rates.event, has_gap=False)[:-1]
    beyond = (
        Column(_("Beyond adding up"), is_number=True, meaning=_("Mean, in points.")),
        Column(_("Most likely"), is_number=True, meaning=_("The same, small cells held back.")),
        Column(""),
    )
    hidden = _("%(n)s combinations of too few people are not shown.") % {"n": count(crossed.hidden)}
    return Table(
        title=title_of(answers, rates.event, crossed.name),
        columns=(*columns, *beyond),
        rows=tuple(rows),
        note=hidden if crossed.hidden else "",
        shown_first=8,
    )


def modelled(value: float) -> float:
    """Rounded also where one may calculate with it: all its digits would tell who is in a group.

    Whoever knows all ratings could try out who must be in the group for exactly that number.
    """
    return round(value, 3)


def figure(value: float, digits: int = 2) -> Cell:
    if not math.isfinite(value):
        return Cell(DASH)
    return Cell(points(value, digits), value)


def _p(value: float) -> Cell:
    return Cell(p_value(value), value if math.isfinite(value) else None)


def _with_interval(value: float, interval: tuple[float, float]) -> Cell:
    if not math.isfinite(value):
        return Cell(DASH)
    if not math.isfinite(interval[0]):
        return Cell(signed(value), modelled(value))
    return Cell(f"{signed(value)} ({between(*interval)})", modelled(value))
