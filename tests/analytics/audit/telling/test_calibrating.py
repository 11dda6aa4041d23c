import numpy as np

from evenhand.analytics.audit.measuring.calibrating import CalibrationAnswers, measure_calibration
from evenhand.analytics.audit.ratings import Choices
from evenhand.analytics.audit.telling.calibrating import tell_calibration
from evenhand.analytics.audit.telling.figures import MINUS
from evenhand.analytics.report import BarChart, NotSaid, Table, Words
from tests.analytics.audit.measuring.test_calibrating import calibrated


def told(moved, groups=None):
    return tell_calibration(measure_calibration(calibrated(moved, groups), Choices()))


def of_kind(section, kind):
    return [block for block in section.blocks if isinstance(block, kind)]


def paragraphs(section, title):
    return [
        said
        for block in of_kind(section, Words)
        for said in block.paragraphs
        if block.title == title
    ]


def test_how_many_moved_and_which_way_comes_first():
    moved = np.zeros(100)
    moved[[1, 2, 3]], moved[5] = -1, 1

    section = told(moved)

    assert section.key == "calibration"
    assert section.answer == (
        f"Calibration changed 4.0% of 100 ratings: 1 up, 3 down. The average moved by {MINUS}0.02"
        " points."
    )


def test_no_change_is_told_as_none():
    section = told(np.zeros(100))

    assert section.answer == "Calibration changed none of 100 ratings."
    assert not any(table.title == "Whose people were changed" for table in of_kind(section, Table))


def test_what_is_worth_a_look_comes_before_the_numbers():
    moved = np.where(np.arange(100) % 10 == 0, -1.0, 0.0)
    moved[1:60:2] = -1

    first = told(moved).blocks[0]

    assert "More than half of one rater's people were changed." in first.paragraphs
    assert "The average has moved by more than 0.2 points." in first.paragraphs


def test_the_share_between_raters_stands_before_beside_after():
    (chart,) = of_kind(told(np.tile([0.0, 0, -1, 1], 25)), BarChart)

    assert [bar.label for bar in chart.bars] == ["Before", "After"]
    assert [row[1].text for row in chart.table.rows] == [bar.text for bar in chart.bars]
    assert "n = 100" in chart.note


def test_a_group_that_came_down_is_told_once_with_how_often():
    groups = np.repeat(["one", "other"], [40, 80])
    moved = np.where(np.arange(120) % 4 == 0, -1.0, 0.0) * (groups == "one")
    moved[[50, 51, 62, 70]] = -1

    (said,) = paragraphs(told(moved, groups), "By group")

    assert said == ("Team, one: 10 of 40 came down, 4 of 80 of all others, 5.0 times as often.")


def test_a_group_that_went_up_less_is_told_too():
    groups = np.repeat(["one", "other"], [40, 80])
    moved = np.where(np.arange(120) % 3 == 0, 1.0, 0.0) * (groups == "other")
    moved[0] = 1

    (said,) = paragraphs(told(moved, groups), "By group")

    assert said == "Team, one: 1 of 40 went up, 26 of 80 of all others."


def test_no_drift_is_told_with_the_number_of_tests_and_what_could_be_missed():
    groups = np.tile(["one", "one", "other", "other"], 25)

    (said,) = paragraphs(told(np.tile([-1.0, 1, -1, 1], 25), groups), "By group")

    assert "6 tests" in said
    assert "could have been missed" in said


def test_groups_that_are_all_too_small_are_told_as_hidden():
    groups = ["one"] * 3 + ["other"] * 97

    section = told(np.tile([-1.0, 1, 0, 0], 25), groups)

    assert paragraphs(section, "By group") == ["Groups are too small to be shown by themselves."]


def test_too_few_people_say_nothing():
    section = told(np.zeros(4))

    (refused,) = of_kind(section, NotSaid)
    assert "4" in refused.why
    assert refused.remedy


def test_ratings_that_end_up_all_the_same_have_no_order():
    before = 3 + np.arange(60) % 3

    section = told(3.0 - before)

    assert "there is no order" in paragraphs(section, "Was the order kept?")[0]
    assert "nan" not in str(section).replace("=nan", "")


def test_what_would_tell_about_a_few_beside_an_earlier_audit_is_said_so():
    answers = CalibrationAnswers(80, 0.95, None, tells_with_earlier=True)

    section = tell_calibration(answers)

    (refused,) = section.blocks
    assert "earlier audit" in refused.why
    assert "not told" in section.answer
