from datetime import date, timedelta
from itertools import pairwise

import pytest

from evenhand.cycles.kinds import StageKind
from evenhand.sample.rounds import plan_rounds

TODAY = date(2026, 11, 22)


def test_two_rounds_are_finished_and_one_is_running():
    rounds = plan_rounds(TODAY)

    assert [r.name for r in rounds] == [
        "2024 annual review",
        "2025 annual review",
        "2026 annual review",
    ]
    assert [r.is_running for r in rounds] == [False, False, True]
    assert all(r.closed_at.date() < TODAY for r in rounds[:2])


def test_self_reviews_were_due_some_days_ago_and_manager_reviews_are_due_soon():
    running = plan_rounds(TODAY)[-1]
    due = {stage.kind: stage.due_on for stage in running.stages}

    assert timedelta() < TODAY - due[StageKind.SELF_REVIEW] <= timedelta(days=7)
    assert timedelta(days=2) < due[StageKind.MANAGER_REVIEW] - TODAY <= timedelta(days=7)


@pytest.mark.parametrize(
    "day", [TODAY, date(2026, 12, 31), date(2027, 1, 1), date(2028, 2, 29), date(2027, 5, 30)]
)
def test_on_any_day_periods_are_a_year_long_and_follow_one_another(day):
    rounds = plan_rounds(day)

    for one, other in pairwise(rounds):
        assert other.period_starts_on == one.period_ends_on + timedelta(days=1)
    for r in rounds:
        assert 364 <= (r.period_ends_on - r.period_starts_on).days <= 365
        assert all(stage.opens_on <= stage.due_on for stage in r.stages)
        assert all(stage.due_on.weekday() < 5 for stage in r.stages)
    assert len({r.name for r in rounds}) == 3
