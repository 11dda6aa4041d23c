"""Whether calibration moved a group apart from the rest, in words."""

import math

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.analytics.audit.measuring.calibrating import CalibrationAnswers, DriftRow
from evenhand.analytics.audit.telling.figures import count, percent, points, probability, signed
from evenhand.analytics.report import Block, Cell, Column, Table, Tone, Words
from ratingstats.drift import Rates


def drift_blocks(answers: CalibrationAnswers) -> list[Block]:
    if not answers.drifts:
        return _nothing_shown(answers)
    marked = [_about(row, answers.level) for row in worse_off(answers)]
    words = marked or [
        _(
            "No group moved apart from the others by more than chance explains (%(m)s tests)."
            " A small difference could have been missed."
        )
        % {"m": count(answers.tests)}
    ]
    tone = Tone.LOOK if marked else Tone.PLAIN
    return [Words(tuple(words), title=_("By group"), tone=tone), _table(answers)]


def worse_off(answers: CalibrationAnswers) -> list[DriftRow]:
    """Groups that moved down beside the rest; of two groups one is told, the other mirrors it."""
    below = [row for row in answers.marked if row.found.difference < 0]
    return below or list(answers.marked)


def _nothing_shown(answers: CalibrationAnswers) -> list[Block]:
    if not answers.hidden:
        return []
    return [Words((_("Groups are too small to be shown by themselves."),), title=_("By group"))]


def _about(row: DriftRow, level: float) -> str:
    """The clearest of the three: came down, went up, or moved in points."""
    facts = {"attribute": row.attribute, "group": row.group, "n": count(row.found.n)}
    alarm = 1 - level
    if row.down_q <= alarm and row.down_q <= row.up_q:
        said = _("%(attribute)s, %(group)s: %(rate)s came down, %(rest)s of all others%(times)s.")
        return said % (facts | _rates(row.down))
    if row.up_q <= alarm:
        said = _("%(attribute)s, %(group)s: %(rate)s went up, %(rest)s of all others%(times)s.")
        return said % (facts | _rates(row.up))
    return _(
        "%(attribute)s, %(group)s (n = %(n)s): moved by %(shift)s points, all others by %(rest)s."
    ) % (facts | {"shift": signed(row.found.shift), "rest": signed(row.found.rest_shift)})


def _rates(rates: Rates) -> dict[str, str]:
    ratio = rates.ratio
    times = _(", %(times)s times as often") if 1 < ratio < math.inf else ""
    return {
        "rate": _of(rates.group.x, rates.group.n),
        "rest": _of(rates.rest.x, rates.rest.n),
        "times": times % {"times": points(ratio, 1)} if times else "",
    }


def _of(x: int, n: int) -> str:
    return ngettext("%(x)s of %(n)s", "%(x)s of %(n)s", n) % {"x": count(x), "n": count(n)}


def _table(answers: CalibrationAnswers) -> Table:
    return Table(
        title=_("Changes by group"),
        columns=(
            Column(_("Group")),
            Column.of_numbers(_("People")),
            Column.of_numbers(_("Points moved")),
            Column.of_numbers(_("All others")),
            Column.of_numbers(_("Came down")),
            Column.of_numbers(_("All others")),
            Column.of_numbers(_("Times as often")),
            Column.of_numbers(_("Went up")),
            Column.of_numbers(_("All others")),
            Column.of_numbers(_("q"), _("Smallest of the three, after correction for all tests")),
            Column(_("Beyond chance")),
        ),
        rows=tuple(_cells(row, answers.level) for row in answers.drifts),
        note=" ".join(_notes(answers)),
    )


def _cells(row: DriftRow, level: float) -> tuple[Cell, ...]:
    found, q = row.found, min(row.shift_q, row.down_q, row.up_q)
    is_marked = row.is_marked(level)
    return (
        Cell(f"{row.attribute}, {row.group}"),
        Cell(count(found.n), found.n),
        Cell(signed(found.shift), found.shift),
        Cell(signed(found.rest_shift), found.rest_shift),
        Cell(percent(row.down.group.rate), row.down.group.rate),
        Cell(percent(row.down.rest.rate), row.down.rest.rate),
        _ratio(row.down.ratio),
        Cell(percent(row.up.group.rate), row.up.group.rate),
        Cell(percent(row.up.rest.rate), row.up.rest.rate),
        Cell(probability(q), q),
        Cell(_("look here"), tone=Tone.LOOK, is_tag=True) if is_marked else Cell(""),
    )


def _ratio(ratio: float) -> Cell:
    return Cell(points(ratio, 1), ratio) if math.isfinite(ratio) else Cell("\N{EM DASH}")


def _notes(answers: CalibrationAnswers) -> list[str]:
    notes = [
        _("Shifts by shuffling people, rates by Fisher's test; %(m)s tests, Benjamini-Hochberg.")
        % {"m": count(answers.tests)}
    ]
    if answers.hidden:
        notes.append(
            ngettext(
                "%(n)s group is hidden to protect people.",
                "%(n)s groups are hidden to protect people.",
                answers.hidden,
            )
            % {"n": count(answers.hidden)}
        )
    return notes
