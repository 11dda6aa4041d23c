from dataclasses import replace

import numpy as np

from evenhand.analytics.audit.measuring.calibrating import measure_calibration
from evenhand.analytics.audit.measuring.raters_results import (
    AlikeRow,
    Habit,
    HabitAnswers,
    HabitRow,
)
from evenhand.analytics.audit.ratings import Choices
from evenhand.analytics.audit.telling.findings import (
    findings_about_calibration,
    findings_about_habits,
)
from ratingstats.raters.alike import Alike
from ratingstats.status import Status
from tests.analytics.audit.measuring.test_calibrating import calibrated
from tests.analytics.audit.telling.test_raters import ANSWERS


def habits(*raters):
    rows = tuple(HabitRow(rater, 12, 0.5, 0.1) for rater in raters)
    return replace(ANSWERS, habits=(HabitAnswers(Habit.COPIED_TEXT, 20, rows),))


def after(moved, groups=None):
    return findings_about_calibration(measure_calibration(calibrated(moved, groups), Choices()))


def test_repeated_words_ask_for_an_example_of_each_person():
    (found,) = findings_about_habits(habits("Ada", "Ben"))

    assert found.text == "2 raters wrote nearly the same for several people."
    assert found.evidence == "2 of 20 raters looked at."


def test_a_rater_with_forms_and_texts_alike_counts_once():
    texts = habits("Ada").habits[0]

    (found,) = findings_about_habits(
        replace(ANSWERS, habits=(texts, replace(texts, habit=Habit.SAME_FORMS)))
    )

    assert found.text.startswith("1 rater ")


def test_nobody_repeating_asks_for_nothing():
    assert findings_about_habits(habits()) == []


def test_higher_ratings_for_ones_own_group_ask_for_a_second_reading():
    flagged = Alike(0.2, 0.12, 0.28, 480, 40, 90, Status.MEASURED)
    plain = replace(flagged, low=-0.1)
    rows = (AlikeRow("Sex", flagged), AlikeRow("Site", plain))

    (found,) = findings_about_habits(replace(ANSWERS, alike=rows))

    assert found.text.endswith("Sex.")
    assert found.evidence == "0.20 points (0.12 to 0.28), 40 raters, n = 480 ratings."


def test_a_group_that_came_down_asks_to_read_the_reasons_again():
    groups = np.repeat(["one", "other"], [40, 80])
    moved = np.where(np.arange(120) % 4 == 0, -1.0, 0.0) * (groups == "one")
    moved[[50, 51, 62, 70]] = -1

    (found,) = after(moved, groups)

    assert found.text == "Calibration moved one group apart: Team, one."
    assert "10 of 40 came down, 4 of 80 of all others" in found.evidence


def test_ratings_that_moved_as_a_whole_ask_whether_there_was_a_target():
    (found,) = after(np.where(np.arange(100) % 3 == 0, -1.0, 0.0))

    assert "target for the distribution" in found.action
    assert "34% of 100 ratings were changed" in found.evidence


def test_an_ordinary_calibration_and_none_at_all_ask_for_nothing():
    assert after(np.where(np.arange(100) % 20 == 0, -1.0, 0.0)) == []
    assert findings_about_calibration(None) == []
    assert after(np.zeros(4)) == []
