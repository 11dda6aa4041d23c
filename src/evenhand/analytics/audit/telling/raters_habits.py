"""What single raters do unlike the others, in words that ask and do not blame."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from evenhand.analytics.audit.measuring.raters_results import (
    AlikeRow,
    Habit,
    HabitAnswers,
    HabitRow,
    RaterAnswers,
)
from evenhand.analytics.audit.telling.figures import between, count, percent, points, signed
from evenhand.analytics.report import Block, Cell, Column, Table, Tone, Words

SHOWN: dict[Habit, Callable[[float], str]] = {
    Habit.NARROW: points,
    Habit.MIDDLE: percent,
    Habit.FEW_LEVELS: lambda value: count(round(value)),
    Habit.HALO: points,
    Habit.SAME_FORMS: percent,
    Habit.COPIED_TEXT: percent,
    Habit.CONTRAST: signed,
    Habit.RECENCY: percent,
}


def name_of(habit: Habit) -> str:
    return {
        Habit.NARROW: _("Narrow spread"),
        Habit.MIDDLE: _("Mostly the middle"),
        Habit.FEW_LEVELS: _("Few levels"),
        Habit.HALO: _("One impression for all questions"),
        Habit.SAME_FORMS: _("Identical forms"),
        Habit.COPIED_TEXT: _("Repeated text"),
        Habit.CONTRAST: _("Leaning against the one before"),
        Habit.RECENCY: _("Weight of the last months"),
    }[habit]


def _found(habit: Habit, row: HabitRow) -> str:
    """The number found beside that of the others."""
    said = {
        Habit.NARROW: _("Spread %(value)s points, others %(others)s"),
        Habit.MIDDLE: _("%(value)s on the middle level, others %(others)s"),
        Habit.FEW_LEVELS: _("Uses %(value)s of %(others)s levels"),
        Habit.HALO: _("Answers to different questions go together by %(value)s, others %(others)s"),
        Habit.SAME_FORMS: _("%(value)s of pairs of forms are the same, others %(others)s"),
        Habit.COPIED_TEXT: _("%(value)s of pairs of texts are nearly the same, others %(others)s"),
        Habit.CONTRAST: _("Each rating goes with the one before by %(value)s"),
        Habit.RECENCY: _("%(value)s of notes are of the last quarter, others %(others)s"),
    }[habit]
    show = SHOWN[habit]
    return said % {"value": show(row.value), "others": show(row.others)}


def _meaning(habit: Habit) -> str:
    return {
        Habit.NARROW: _("Ratings hardly differ; the people may be alike, too."),
        Habit.MIDDLE: _("The middle can be a way not to decide."),
        Habit.FEW_LEVELS: _("Most ratings are on one level where others use several."),
        Habit.HALO: _("One strong impression may colour every answer."),
        Habit.SAME_FORMS: _("Several people got the same answer to every question."),
        Habit.COPIED_TEXT: _("Reasons written once and used for several people."),
        Habit.CONTRAST: _("A rating may depend on who was rated just before."),
        Habit.RECENCY: _("What happened lately may weigh more than the rest of the time."),
    }[habit]


def habit_blocks(answers: RaterAnswers) -> list[Block]:
    """Who stands out, then what was looked at and how many raters it was asked of."""
    looked = [one for one in answers.habits if one.tested]
    if not looked:
        return []
    blocks: list[Block] = [_who(looked)] if any(one.rows for one in looked) else [_nobody(looked)]
    return [*blocks, _asked(looked)]


def _nobody(looked: list[HabitAnswers]) -> Words:
    names = ", ".join(name_of(one.habit).lower() for one in looked)
    return Words(
        (_("Nobody stands out in what was looked at: %(names)s.") % {"names": names},),
        title=_("Who rates unlike the others"),
    )


def _who(looked: list[HabitAnswers]) -> Table:
    return Table(
        title=_("Who rates unlike the others"),
        columns=(
            Column(_("Rater")),
            Column(_("What stands out")),
            Column(_("Found")),
            Column.of_numbers(_("Ratings")),
        ),
        rows=tuple(
            (
                Cell(row.rater),
                Cell(name_of(one.habit), tone=Tone.LOOK, is_tag=True),
                Cell(_found(one.habit, row), row.value),
                Cell(count(row.n), row.n),
            )
            for one in looked
            for row in one.rows
        ),
        note=_("A reason to ask, not a finding: there may be good grounds for each."),
    )


def _asked(looked: list[HabitAnswers]) -> Table:
    return Table(
        title=_("What was looked at"),
        columns=(
            Column(_("Question")),
            Column.of_numbers(_("Raters with enough ratings")),
            Column.of_numbers(_("Stand out")),
            Column(_("What it may mean")),
        ),
        rows=tuple(
            (
                Cell(name_of(one.habit)),
                Cell(count(one.tested), one.tested),
                Cell(count(len(one.rows)), len(one.rows)),
                Cell(_meaning(one.habit)),
            )
            for one in looked
        ),
        note=_("Where a test was made, it is corrected for the number of raters."),
    )


def alike_blocks(answers: RaterAnswers) -> list[Block]:
    if not answers.alike:
        return []
    table = Table(
        title=_("Ratings of people of the rater's own group"),
        columns=(
            Column(_("Group")),
            Column.of_numbers(_("Points higher for their own")),
            Column.of_numbers(_("%(level)s interval") % {"level": percent(answers.level)}),
            Column.of_numbers(_("Ratings")),
            Column.of_numbers(_("Raters")),
            Column(_("Beyond chance")),
        ),
        rows=tuple(_alike_cells(row) for row in answers.alike),
        note=_(
            "All raters together, after their own averages, units and controls. Nothing is said of"
            " any single rater."
        ),
    )
    return [table]


def _alike_cells(row: AlikeRow) -> tuple[Cell, ...]:
    found = row.found
    tag = Cell(_("look here"), tone=Tone.LOOK, is_tag=True) if found.is_flagged else Cell("")
    return (
        Cell(row.attribute),
        Cell(signed(found.difference), found.difference),
        Cell(between(found.low, found.high)),
        Cell(count(found.n), found.n),
        Cell(count(found.raters), found.raters),
        tag,
    )
