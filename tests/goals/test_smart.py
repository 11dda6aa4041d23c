from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from evenhand.goals.drafts import GoalDraft, PartDraft
from evenhand.goals.kinds import GoalKind, Metric
from evenhand.goals.smart import Around, Finding, reach_of, smart_of

TODAY = date(2026, 1, 5)
AROUND = Around(on=TODAY, reaches_objective=True, period=(date(2026, 1, 1), date(2026, 12, 31)))
PLAN = GoalDraft(
    owner_id=1,
    outcome="Cut the waiting time at the counter to five minutes",
    kind=GoalKind.KPI,
    metric=Metric.LEVEL,
    measure="Median waiting time",
    unit_of_measure="minutes",
    data_source="Ticket machine",
    baseline=Decimal(9),
    target=Decimal(5),
    starts_on=TODAY,
    due_on=date(2026, 12, 31),
)


def finding(letter, plan=PLAN, around=AROUND):
    return next(x.finding for x in smart_of(plan, around).letters if x.letter == letter)


def reasons(letter, plan=PLAN, around=AROUND):
    return " ".join(next(x.reasons for x in smart_of(plan, around).letters if x.letter == letter))


def past(*values):
    return tuple(
        (TODAY - timedelta(days=30 * (len(values) - n)), Decimal(v)) for n, v in enumerate(values)
    )


def test_a_well_formed_goal_passes_and_what_cannot_be_assessed_does_not_count_as_passing():
    smart = smart_of(PLAN, AROUND)

    assert (smart.passing, smart.assessable) == (4, 4)
    assert smart.obstacles == ()
    assert smart.hints == ()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"outcome": "Waiting time down"}, "at least 6 words"),
        ({"outcome": "Cut the waiting time of visitors and raise sales"}, "raise sales"),
        ({"outcome": "Improve how visitors wait for us here", "target": None}, "improve"),
    ],
)
def test_what_is_not_specific_is_named(change, said):
    assert said in reasons("S", replace(PLAN, **change))


def test_a_vague_verb_is_no_matter_where_a_figure_says_what_is_meant():
    plan = replace(PLAN, outcome="Improve the waiting time of our visitors here")

    assert finding("S", plan) == Finding.PASSES


def test_a_goal_needs_an_owner():
    assert finding("S", around=replace(AROUND, has_owner=False)) == Finding.FAILS


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"metric": ""}, "several values"),
        ({"measure": ""}, "counted or measured"),
        ({"unit_of_measure": ""}, "which unit"),
        ({"data_source": ""}, "figures come from"),
        ({"baseline": None}, "baseline"),
        ({"target": None}, "target"),
        ({"target": Decimal(9)}, "the same"),
    ],
)
def test_a_figure_that_cannot_be_measured_stands_in_the_way(change, said):
    plan = replace(PLAN, **change)

    assert said in reasons("M", plan)
    assert smart_of(plan, AROUND).obstacles != ()


HALVES = (
    PartDraft("Open two counters", 50, Metric.LEVEL, "", Decimal(0), Decimal(2)),
    PartDraft("Tell visitors how long", 50, Metric.LEVEL, "", Decimal(0), Decimal(1)),
)


def test_key_results_have_a_way_each_and_weights_that_sum():
    okr = replace(PLAN, kind=GoalKind.OKR, parts=HALVES)

    assert finding("M", okr) == Finding.PASSES
    assert "one key result" in reasons("M", replace(okr, parts=()))
    assert "sum to 100" in reasons("M", replace(okr, parts=HALVES[:1]))
    flat = replace(HALVES[0], target=Decimal(0))
    assert "Open two counters" in reasons("M", replace(okr, parts=(flat, HALVES[1])))


def test_milestones_need_no_figures():
    plan = replace(
        PLAN, kind=GoalKind.MILESTONES, parts=tuple(PartDraft(f"Step {n}", 25) for n in range(4))
    )

    assert finding("M", plan) == Finding.PASSES


def test_limits_need_a_side_and_an_order():
    plan = replace(PLAN, kind=GoalKind.MAINTAIN, low=Decimal(95), high=Decimal(100))

    assert finding("M", plan) == Finding.PASSES
    assert "within which limits" in reasons("M", replace(plan, low=None, high=None))
    assert "above the upper" in reasons("M", replace(plan, low=Decimal(101)))
    assert "tolerance" in reasons("M", replace(plan, tolerance=Decimal(0)))


@pytest.mark.parametrize("kind", [GoalKind.YES_NO, GoalKind.LEARNING])
def test_done_or_learnt_says_how_one_will_see_it(kind):
    assert finding("M", replace(PLAN, kind=kind)) == Finding.PASSES
    assert finding("M", replace(PLAN, kind=kind, measure="")) == Finding.FAILS


class TestAchievable:
    def test_with_fewer_than_four_values_nobody_can_say(self):
        few = replace(AROUND, past=past(9, 8, 9))

        assert finding("A", around=few) == Finding.NOT_ASSESSABLE

    def test_without_any_spread_neither(self):
        assert reach_of(past(9, 8, 7, 6), 360) is None

    def test_reach_is_mean_step_and_three_spreads_of_the_time(self):
        # Steps 1, 3, 1, 3 in 30 days each: mean 2, SD sqrt(4/3); 120 days are 4 periods.
        reach, spread = reach_of(past(0, 1, 4, 5, 8), 120)

        assert float(spread) == pytest.approx((4 / 3) ** 0.5)
        assert float(reach) == pytest.approx(2 * 4 + 3 * (4 / 3) ** 0.5 * 2)

    def test_what_the_figure_has_done_before_passes(self):
        around = replace(AROUND, past=past(11, 10, 11, 9, 10, 9))

        assert finding("A", around=around) == Finding.PASSES

    def test_beyond_history_and_within_chance_both_ask_for_a_look(self):
        around = replace(AROUND, past=past(11, 10, 11, 9, 10, 9))

        assert "ever done" in reasons("A", replace(PLAN, target=Decimal(-90)), around)
        assert "chance" in reasons("A", replace(PLAN, target=Decimal("8.5")), around)


def test_relevant_is_what_reaches_an_objective_or_says_why_not():
    alone = replace(AROUND, reaches_objective=False)

    assert finding("R") == Finding.PASSES
    assert finding("R", around=alone) == Finding.FAILS
    assert finding("R", replace(PLAN, local_reason="Only we have a counter"), alone) == Finding.LOOK
    assert smart_of(PLAN, alone).obstacles == ()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"due_on": TODAY}, "after it starts"),
        ({"due_on": date(2027, 3, 1)}, "outside the period"),
        ({"cadence_days": 400}, "one check-in"),
    ],
)
def test_a_goal_is_due_in_its_period_after_a_check_in(change, said):
    plan = replace(PLAN, **change)

    assert said in reasons("T", plan)
    assert smart_of(plan, AROUND).obstacles != ()


class TestHints:
    def test_an_activity_is_asked_what_will_be_different(self):
        activity = replace(PLAN, outcome="Hold 4 meetings with the counter staff here")

        assert "different" in smart_of(activity, AROUND).hints[0]

    def test_the_words_of_the_goal_above_are_recognized(self):
        around = replace(AROUND, parent_outcome=PLAN.outcome)

        assert "nearly the words" in smart_of(PLAN, around).hints[0]

    def test_a_new_task_suggests_a_learning_goal(self):
        around = replace(AROUND, is_new_task=True)

        assert "learning goal" in smart_of(PLAN, around).hints[0]
        assert smart_of(replace(PLAN, kind=GoalKind.LEARNING), around).hints == ()

    def test_a_goal_set_late_is_asked_for_its_target(self):
        late = replace(PLAN, starts_on=date(2026, 4, 10))

        assert "quarter" in smart_of(late, AROUND).hints[0]
