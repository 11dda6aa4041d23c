from dataclasses import replace
from datetime import date
from decimal import Decimal

from evenhand.goals.drafts import GoalDraft, PartDraft
from evenhand.web.goals.plan_facts import Difference, differences, facts_of

PLAN = GoalDraft(
    owner_id=1,
    outcome="Orders leave within two days",
    starts_on=date(2026, 1, 1),
    due_on=date(2026, 12, 31),
    metric="level",
    unit_of_measure="days",
    baseline=Decimal("5.0000"),
    target=Decimal("2.0000"),
)
PARTS = (
    PartDraft("First", 60, metric="level", baseline=Decimal(0), target=Decimal(10), id=7),
    PartDraft("Second", 40, due_on=date(2026, 6, 30), id=8),
)


def said(plan, parts=()):
    return {fact.name: fact.value for fact in facts_of(plan, parts)}


def test_a_plan_says_its_figures_with_their_unit_and_nothing_empty():
    facts = said(PLAN)

    assert facts["baseline"] == "5 days"
    assert facts["target"] == "2 days"
    assert facts["cadence_days"] == "every 30 days"
    assert "data_source" not in facts
    assert "tolerance" not in facts


def test_parts_say_their_way_weight_and_day():
    facts = said(PLAN, PARTS)

    assert facts["part-7"] == "First · from 0 to 10 · weight 60%"
    assert facts["part-8"] == "Second · weight 40% · by 30 June 2026"


def test_between_two_editions_only_what_changed_is_told():
    later = replace(PLAN, target=Decimal(3), data_source="Dispatch list")

    told = differences(facts_of(PLAN, PARTS), facts_of(later, PARTS))

    assert told == [
        Difference("Target", "2 days", "3 days"),
        Difference("Where the figure comes from", "", "Dispatch list"),
    ]


def test_a_part_keeps_its_place_in_the_comparison_by_its_number():
    first, second = PARTS
    turned = (second, replace(first, weight=40))

    told = differences(facts_of(PLAN, PARTS), facts_of(PLAN, turned))

    assert [(one.before, one.after) for one in told] == [
        ("First · from 0 to 10 · weight 60%", "First · from 0 to 10 · weight 40%")
    ]


def test_a_part_that_is_left_out_is_told():
    told = differences(facts_of(PLAN, PARTS), facts_of(PLAN, PARTS[:1]))

    assert [(one.label, one.after) for one in told] == [("Milestone 2", "")]
