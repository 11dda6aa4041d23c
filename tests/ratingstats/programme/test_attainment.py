import pytest

from ratingstats.programme.attainment import feedback_quality, goal_attainment
from ratingstats.status import Status

NONE = float("nan")


def test_a_goal_without_a_score_lowers_coverage_and_not_the_mean():
    (personal, team) = goal_attainment(
        [10 / 13, 2 / 3, 0.7, NONE, 1.0], [40, 35, 25, 25, 50], ["team"] * 4 + ["personal"]
    )

    assert team.mean == pytest.approx(0.7160, abs=1e-4)
    assert team.coverage == pytest.approx(0.8)
    assert (team.reached.count, team.reached.n) == (2, 3)
    assert (personal.type, personal.mean) == ("personal", 1.0)


def test_goals_without_any_score_are_no_data():
    assert goal_attainment([NONE], [10], ["team"])[0].status is Status.REFUSED


def test_feedback_needs_all_its_parts():
    result = feedback_quality([True, True, False], [True, False, True], [True, True, True])

    assert (result.count, result.n) == (1, 3)


def test_lists_that_do_not_fit_are_errors():
    with pytest.raises(ValueError, match="per goal"):
        goal_attainment([0.5], [1, 2], ["a"])
    with pytest.raises(ValueError, match="within 0 and 1"):
        goal_attainment([1.2], [1], ["a"])
    with pytest.raises(ValueError, match="per text"):
        feedback_quality([True], [True, False])
