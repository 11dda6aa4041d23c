from dataclasses import replace

import numpy as np
import pytest

from evenhand.analytics.audit.measuring.raters_results import (
    ALIKE,
    SEVERITY,
    AlikeRow,
    Habit,
    HabitAnswers,
    HabitRow,
    RaterAnswers,
    RaterRow,
    WhyNot,
)
from evenhand.analytics.audit.ratings import Refused
from evenhand.analytics.audit.telling.figures import MINUS
from evenhand.analytics.audit.telling.raters import tell_raters
from evenhand.analytics.report import IntervalChart, NotSaid, Table, Tone, Words
from ratingstats.raters.alike import Alike
from ratingstats.status import Status

LENIENT = RaterRow("Ada Byron", 17, 0.61, 0.41, 0.81, 0.001, flag=True)
STRICT = RaterRow("Ben Ray", 22, -0.42, -0.71, -0.11, 0.02, flag=True)
PLAIN = RaterRow("Cy Moss", 20, 0.04, -0.2, 0.28, 0.8, flag=False)
ANSWERS = RaterAnswers(
    raters=4, level=0.95, matters=0.25, fewest=5, shown=(LENIENT, PLAIN, STRICT), tested=3, hidden=1
)


def of_kind(section, kind):
    return [block for block in section.blocks if isinstance(block, kind)]


def words(section):
    return [said for block in of_kind(section, Words) for said in block.paragraphs]


def test_a_lenient_and_a_strict_rater_are_told_with_interval_and_people():
    section = tell_raters(ANSWERS)

    assert section.key == "raters"
    assert section.answer.startswith("2 of 3 raters differ from the others")
    lenient, strict = words(section)
    assert lenient == (
        "Ratings by Ada Byron run 0.61 points higher than those of other raters for comparable"
        " people (0.41 to 0.81; 17 people)."
    )
    assert strict == (
        "Ratings by Ben Ray run 0.42 points lower than those of other raters for comparable"
        " people (0.11 to 0.71; 22 people)."
    )


def test_the_picture_and_its_table_say_the_same():
    (chart,) = of_kind(tell_raters(ANSWERS), IntervalChart)

    assert [mark.text for mark in chart.marks] == ["+0.61", "+0.04", f"{MINUS}0.42"]
    assert [mark.tone for mark in chart.marks] == [Tone.LOOK, Tone.PLAIN, Tone.LOOK]
    assert [row[2].text for row in chart.table.rows] == [mark.text for mark in chart.marks]
    assert [row[5].text for row in chart.table.rows] == ["lenient", "", "strict"]
    assert "1 rater with fewer than 5 people is not shown." in chart.table.note


def test_of_many_raters_the_picture_shows_both_ends_and_the_table_all():
    rows = tuple(replace(PLAIN, rater=f"R{n}", severity=0.5 - n / 50) for n in range(50))

    (chart,) = of_kind(tell_raters(replace(ANSWERS, shown=rows, tested=50)), IntervalChart)

    assert [mark.label for mark in chart.marks] == [f"R{n}" for n in (*range(10), *range(40, 50))]
    assert len(chart.table.rows) == 50
    assert "20 of 50 raters" in chart.note


def test_nobody_beyond_chance_is_told_with_how_many_were_looked_at():
    section = tell_raters(replace(ANSWERS, shown=(PLAIN,), tested=1))

    assert section.answer == (
        "None of the 1 raters compared differs from the others by more than chance explains and"
        " by 0.25 points or more."
    )


def test_one_rater_each_is_never_told_as_strictness_alone():
    section = tell_raters(replace(ANSWERS, confounded=True, one_rater_each=True))

    assert "Hardly anybody has two raters" in section.answer
    assert "a strict rater and a weaker team look the same here" in section.answer
    assert all("comparable people" not in said for said in words(section))
    (refused,) = of_kind(section, NotSaid)
    assert refused.what == "Whether a rater is strict or the team is weaker"
    assert "second rater" in refused.remedy


def test_people_who_cannot_be_held_equal_are_not_told_as_having_one_rater():
    section = tell_raters(replace(ANSWERS, confounded=True))

    assert "do not let people be held equal" in section.answer
    assert "two raters" not in section.answer


def test_nobody_is_called_strict_where_it_may_be_the_team():
    section = tell_raters(replace(ANSWERS, confounded=True, one_rater_each=True))
    (chart,) = of_kind(section, IntervalChart)

    assert section.answer.startswith("2 of 3 raters, or their teams, differ from the others")
    assert [row[5].text for row in chart.table.rows] == ["rated higher", "", "rated lower"]
    assert (chart.title, chart.low_label) == ("Raters and their teams", "rated lower")


def test_no_variance_where_each_has_one_rater_is_said_of_teams_too():
    answers = replace(ANSWERS, none_found=True, confounded=True, one_rater_each=True)

    assert tell_raters(answers).answer == (
        "The teams of the 4 raters are rated alike, as far as these ratings can tell. A strict"
        " rater with a strong team would look the same, as hardly anybody has two raters."
    )


def test_no_variance_between_raters_needs_no_picture():
    section = tell_raters(replace(ANSWERS, none_found=True))

    assert section.answer.startswith("No difference between raters was found beyond chance")
    assert of_kind(section, IntervalChart) == []


@pytest.mark.parametrize(
    ("why", "said"),
    [
        (WhyNot.NO_RATERS, "No column says who gave a rating."),
        (WhyNot.NO_MODEL, "too few, or all alike"),
        (WhyNot.NOT_LINKED, "Raters share too few people"),
        (WhyNot.TOO_FEW, "at least 5 people"),
    ],
)
def test_what_cannot_be_said_has_its_reason_and_its_remedy(why, said):
    nobody = replace(ANSWERS, shown=(), tested=0, refused=(Refused(SEVERITY, why),))

    (refused,) = of_kind(tell_raters(nobody), NotSaid)

    assert said in refused.why
    assert refused.remedy


def test_raters_elsewhere_are_told_apart_from_raters_with_few_people():
    section = tell_raters(replace(ANSWERS, hidden=3, elsewhere=2))

    assert any("2 further raters" in block.what for block in of_kind(section, NotSaid))


HABITS = {
    Habit.NARROW: (0.21, 0.8, "Spread 0.21 points, others 0.80"),
    Habit.MIDDLE: (0.83, 0.4, "83% on the middle level, others 40%"),
    Habit.FEW_LEVELS: (2, 5, "Uses 2 of 5 levels"),
    Habit.HALO: (0.92, 0.45, "Answers to different questions go together by 0.92, others 0.45"),
    Habit.SAME_FORMS: (0.45, 0.06, "45% of pairs of forms are the same, others 6.0%"),
    Habit.COPIED_TEXT: (0.4, 0, "40% of pairs of texts are nearly the same, others 0%"),
    Habit.CONTRAST: (-0.52, 0, f"Each rating goes with the one before by {MINUS}0.52"),
}


@pytest.mark.parametrize("habit", HABITS)
def test_a_habit_is_told_with_the_number_of_the_others_and_as_a_reason_to_ask(habit):
    value, others, said = HABITS[habit]
    found = HabitAnswers(habit, 12, (HabitRow("Ada Byron", 14, value, others),))

    who, asked = of_kind(tell_raters(replace(ANSWERS, habits=(found,))), Table)

    assert [cell.text for cell in who.rows[0]][2:] == [said, "14"]
    assert "A reason to ask" in who.note
    assert [cell.number for cell in asked.rows[0]][1:3] == [12, 1]


def test_habits_nobody_has_are_told_too():
    section = tell_raters(replace(ANSWERS, habits=(HabitAnswers(Habit.MIDDLE, 12, ()),)))

    assert "Nobody stands out in what was looked at: mostly the middle." in words(section)


def test_columns_that_are_missing_are_named_once():
    refused = (
        Refused(Habit.HALO, WhyNot.NO_ITEMS),
        Refused(Habit.SAME_FORMS, WhyNot.NO_ITEMS),
        Refused(Habit.COPIED_TEXT, WhyNot.NO_TEXTS),
        Refused(Habit.MIDDLE, WhyNot.NO_MIDPOINT),
        Refused(Habit.CONTRAST, WhyNot.SAME_TIME),
        Refused(ALIKE, WhyNot.NOT_RATED),
    )

    said = of_kind(tell_raters(replace(ANSWERS, refused=refused)), NotSaid)

    assert len(said) == 4
    assert said[-1].remedy.count("answers to at least three single questions") == 1
    assert "the reasons written" in said[-1].remedy


def test_people_like_oneself_are_told_for_all_raters_together():
    found = Alike(0.2, 0.12, 0.28, 480, 40, 90, Status.MEASURED)

    section = tell_raters(replace(ANSWERS, alike=(AlikeRow("Sex", found),)))

    (table,) = [block for block in of_kind(section, Table) if "own group" in block.title]
    assert [cell.text for cell in table.rows[0]] == [
        "Sex",
        "+0.20",
        "0.12 to 0.28",
        "480",
        "40",
        "look here",
    ]
    assert "Nothing is said of any single rater" in table.note


def test_nothing_told_calls_anything_fair_or_shouts():
    habits = tuple(
        HabitAnswers(habit, 9, (HabitRow("A", 9, value, others),))
        for habit, (value, others, _said) in HABITS.items()
    )
    told = str(tell_raters(replace(ANSWERS, habits=habits, confounded=True)))

    assert "fair" not in told.lower()
    assert "!" not in told
    assert not np.char.count(told, "nan")
