from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import pytest

from evenhand.goals import changing
from evenhand.goals.changing import (
    is_measured_to_the_end,
    is_without_way,
    measures_something_else,
    moved_target,
    problems_of_change,
    problems_of_part_change,
)
from evenhand.goals.kinds import GoalKind, Metric

D = Decimal
EIGHT, FIVE = D(8), D(5)
MAY, DUE, AFTER = date(2026, 5, 1), date(2026, 12, 31), date(2027, 1, 2)


@dataclass(frozen=True)
class Plan:
    kind: str = GoalKind.KPI
    metric: str = Metric.LEVEL
    unit_of_measure: str = "hours"
    baseline: Decimal | None = EIGHT
    target: Decimal | None = FIVE
    low: Decimal | None = None
    high: Decimal | None = None
    tolerance: Decimal | None = None
    starts_on: date = date(2026, 1, 1)
    due_on: date = DUE


PLAN = Plan()


def codes(new, *, old=PLAN, measured_on=None, on=MAY):
    return [problem.code for problem in problems_of_change(old, new, measured_on, on)]


def test_a_target_moves_while_the_goal_runs():
    assert codes(replace(PLAN, target=D(6))) == []
    assert codes(replace(PLAN, target=D(6)), measured_on=MAY) == []
    assert codes(replace(PLAN, target=D(6)), on=DUE) == []


@pytest.mark.parametrize("figure", ["baseline", "target", "low", "high", "tolerance"])
def test_no_figure_of_the_plan_moves_after_it_was_measured_for_the_last_time(figure):
    new = replace(PLAN, **{figure: D(7)})

    assert codes(new, on=AFTER) == [changing.MEASURED_TO_THE_END.code]
    assert codes(new, measured_on=DUE, on=DUE) == [changing.MEASURED_TO_THE_END.code]


def test_words_and_a_later_day_may_still_change_after_the_last_day():
    assert codes(replace(PLAN, due_on=date(2027, 3, 1)), on=AFTER) == []


def test_a_later_day_in_the_same_change_does_not_let_the_target_move():
    new = replace(PLAN, due_on=date(2027, 3, 1), target=D(7))

    assert codes(new, on=AFTER) == [changing.MEASURED_TO_THE_END.code]


def test_another_unit_needs_another_baseline():
    assert codes(replace(PLAN, unit_of_measure="days")) == [changing.UNIT_NEEDS_BASELINE.code]
    assert codes(replace(PLAN, metric=Metric.RATE)) == [changing.UNIT_NEEDS_BASELINE.code]
    assert codes(replace(PLAN, unit_of_measure="days", baseline=D(1), target=D("0.5"))) == []


def test_the_same_unit_written_otherwise_is_the_same():
    assert not measures_something_else(PLAN, replace(PLAN, unit_of_measure=" Hours "))


def test_limits_need_no_baseline_in_a_new_unit():
    within = Plan(kind=GoalKind.MAINTAIN, baseline=None, target=None, low=D(95), high=D(100))

    assert codes(replace(within, unit_of_measure="%"), old=within) == []


def test_baseline_and_target_cannot_be_the_same():
    assert codes(replace(PLAN, target=D(8))) == [changing.BASELINE_IS_TARGET.code]
    assert is_without_way(Plan(baseline=D(5), target=D(5)))
    assert not is_without_way(Plan(kind=GoalKind.MAINTAIN, baseline=D(5), target=D(5)))
    assert not is_without_way(Plan(kind=GoalKind.YES_NO, baseline=None, target=None))


def test_a_key_result_follows_the_same_rules():
    def found(new, *, is_over=False):
        return [p.code for p in problems_of_part_change(PLAN, new, is_over=is_over)]

    assert found(replace(PLAN, target=D(6))) == []
    assert found(replace(PLAN, target=D(6)), is_over=True) == [changing.MEASURED_TO_THE_END.code]
    assert found(replace(PLAN, target=D(8))) == [changing.BASELINE_IS_TARGET.code]
    assert found(replace(PLAN, unit_of_measure="days")) == [changing.UNIT_NEEDS_BASELINE.code]
    assert found(replace(PLAN, metric="", unit_of_measure="", baseline=None, target=None)) == []


def test_the_last_day_itself_is_not_over():
    assert not is_measured_to_the_end(PLAN, date(2026, 12, 30), DUE)
    assert is_measured_to_the_end(PLAN, DUE, DUE)
    assert is_measured_to_the_end(PLAN, None, AFTER)


def test_a_target_that_moves_late_shows_the_score_on_both():
    found = moved_target(PLAN, replace(PLAN, target=D(6)), D(7), date(2026, 9, 1))

    assert found.on_old.capped == D("0.333333")
    assert found.on_new.capped == D("0.5")
    assert found.elapsed > D("0.5")


def test_limits_that_move_late_show_the_score_on_both():
    old = Plan(kind=GoalKind.MAINTAIN, low=D(95), high=D(100), tolerance=D(5))
    found = moved_target(old, replace(old, low=D(90)), D(93), date(2026, 9, 1))

    assert (found.on_old.capped, found.on_new.capped) == (D("0.6"), D(1))


@pytest.mark.parametrize(
    ("new", "actual", "on"),
    [
        (replace(PLAN, target=D(6)), D(7), date(2026, 7, 2)),
        (replace(PLAN, target=D(6)), None, date(2026, 9, 1)),
        (PLAN, D(7), date(2026, 9, 1)),
        (replace(PLAN, unit_of_measure="days", target=D(6)), D(7), date(2026, 9, 1)),
    ],
)
def test_early_or_without_a_move_or_a_value_there_is_nothing_to_show(new, actual, on):
    assert moved_target(PLAN, new, actual, on) is None
