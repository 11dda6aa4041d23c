from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from evenhand.goals.kinds import Ambition, GoalKind
from evenhand.goals.models import Goal, GoalPart
from evenhand.web.goals.telling import next_check_in_on, pace_sentence, standing_of, told_score

MINUS, OVER = "\N{MINUS SIGN}", "\N{DIVISION SIGN}"
START, DUE = date(2026, 1, 1), date(2026, 12, 31)


def goal(**fields):
    days = {"starts_on": START, "due_on": DUE, "unit_of_measure": "points"}
    return Goal(**(days | fields))


def test_a_score_is_told_with_its_formula_and_inputs():
    kept = {"baseline": Decimal(80), "target": Decimal(100), "actual": Decimal(92)}
    told = told_score(goal(**kept, score=Decimal("0.6"), raw_score=Decimal("0.6")), [])

    assert told.formula.endswith(f"= (92 {MINUS} 80) {OVER} (100 {MINUS} 80)")
    assert [(one.label, one.value) for one in told.inputs] == [
        ("Actual", "92 points"),
        ("Baseline", "80 points"),
        ("Target", "100 points"),
    ]
    assert told.beyond == ""


def test_what_the_cap_leaves_out_stands_beside():
    told = told_score(goal(score=Decimal(1), raw_score=Decimal("1.4")), [])

    assert "Uncapped it would be 140%" in told.beyond


def test_without_a_value_nothing_is_guessed():
    told = told_score(goal(baseline=Decimal(80), target=Decimal(100)), [])

    assert told.score is None
    assert told.inputs[0].value == "not measured yet"


def test_what_is_expected_follows_from_the_ambition():
    assert "100%" in told_score(goal(), []).expected
    assert "70%" in told_score(goal(ambition=Ambition.ASPIRATIONAL), []).expected


def test_keeping_within_limits_and_done_or_not_have_formulas_of_their_own():
    limits = goal(kind=GoalKind.MAINTAIN, low=Decimal(2), actual=Decimal(3))
    done = goal(kind=GoalKind.YES_NO, actual=Decimal(1))

    assert "within the limits" in told_score(limits, []).formula
    assert [one.value for one in told_score(done, []).inputs] == ["yes"]
    assert [one.value for one in told_score(goal(kind=GoalKind.YES_NO), []).inputs] == [
        "not said yet"
    ]


def test_milestones_and_key_results_are_told_one_by_one():
    reached = GoalPart(title="Plan stands", weight=60, actual=Decimal(1))
    open_ = GoalPart(title="Built", weight=40)
    result = GoalPart(title="Faster", weight=100, metric="level", score=Decimal("0.5"))

    told = told_score(goal(kind=GoalKind.MILESTONES), [reached, open_])
    assert [(one.label, one.value) for one in told.inputs] == [
        ("Plan stands (60%)", "reached"),
        ("Built (40%)", "not yet"),
    ]
    assert told_score(goal(kind=GoalKind.OKR), [result]).inputs[0].value.startswith("50%")


def test_of_key_results_it_is_told_how_much_of_the_weight_has_a_score():
    known = GoalPart(title="Faster", weight=70, metric="level", score=Decimal("0.5"))
    unknown = GoalPart(title="Cheaper", weight=30, metric="level")

    told = told_score(goal(kind=GoalKind.OKR), [known, unknown])

    assert (told.inputs[-1].label, told.inputs[-1].value) == ("Weight that has a score", "70%")


@pytest.mark.parametrize(
    ("score", "words"),
    [("0.5", "On track: 50%"), ("0.3", "At risk: 50%"), ("0.1", "Off track: 50%")],
)
def test_the_pace_names_both_figures_it_compares(score, words):
    plan = goal(starts_on=date(2026, 1, 1), due_on=date(2026, 7, 20), score=Decimal(score))

    assert pace_sentence(standing_of(plan, date(2026, 4, 11))).startswith(words)


def test_without_data_there_is_no_pace():
    assert pace_sentence(standing_of(goal(), START)).startswith("No data yet")


def test_the_next_check_in_follows_the_last_and_never_passes_the_end():
    agreed = datetime(2026, 2, 1, tzinfo=UTC)
    plan = goal(agreed_at=agreed)
    assert next_check_in_on(plan) == date(2026, 3, 3)

    plan.checked_in_at = datetime(2026, 12, 20, tzinfo=UTC)
    assert next_check_in_on(plan) == DUE
