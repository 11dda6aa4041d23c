"""What can be kept at all, and what can be agreed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from evenhand.goals.drafts import GoalDraft, PartDraft, SharedUnit
from evenhand.goals.kinds import GoalKind, Metric, Openness, Scope
from evenhand.goals.soundness import may_be_agreed, may_be_kept
from tests.factories.access import TODAY
from tests.factories.goals import PLAN, GoalRulesFactory, key_results

pytestmark = pytest.mark.django_db

DRAFT = GoalDraft(**PLAN, owner_id=1)
OKR = replace(DRAFT, kind=GoalKind.OKR, metric="", parts=key_results(60, 40))


def kept(draft=DRAFT, **fields):
    return may_be_kept(replace(draft, **fields)).code


def agreed(draft=DRAFT, **fields):
    return may_be_agreed(replace(draft, **fields), on=TODAY).code


def test_a_draft_may_be_as_unfinished_as_people_like():
    unfinished = GoalDraft(
        owner_id=1, outcome="Faster", starts_on=date(2026, 1, 1), due_on=date(2026, 1, 1)
    )

    assert may_be_kept(unfinished)
    assert may_be_agreed(unfinished, on=TODAY).code == "not_ready"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"outcome": ""}, "outcome_missing"),
        ({"outcome": "x" * 301}, "text_too_long"),
        ({"local_reason": "x" * 301}, "text_too_long"),
        ({"due_on": date(2025, 12, 31)}, "due_before_start"),
        ({"kind": "wish"}, "unknown_choice"),
        ({"openness": "world"}, "unknown_choice"),
        ({"target": Decimal(10) ** 16}, "not_a_figure"),
        ({"target": Decimal("0.00001")}, "not_a_figure"),
        ({"baseline": Decimal("NaN")}, "not_a_figure"),
        ({"cadence_days": 0}, "cadence_out_of_bounds"),
        ({"share_of_parent": 101}, "share_out_of_bounds"),
        ({"parent_id": 1, "objective_id": 1}, "supports_two_things"),
        ({"co_owner_ids": (2,)}, "not_a_team_goal"),
        ({"scope": Scope.TEAM, "co_owner_ids": (2, 2)}, "owned_twice"),
        ({"scope": Scope.TEAM, "co_owner_ids": (1,)}, "owned_twice"),
        ({"shared_with": (SharedUnit(1, 1),)}, "not_a_shared_goal"),
        (
            {"scope": Scope.SHARED, "shared_with": (SharedUnit(1, 1), SharedUnit(1, 2))},
            "shared_with_oneself",
        ),
        (
            {"scope": Scope.SHARED, "shared_with": (SharedUnit(1, 1), SharedUnit(2, 1))},
            "shared_with_oneself",
        ),
    ],
)
def test_what_no_goal_can_be_is_not_kept(fields, code):
    assert kept(**fields) == code


@pytest.mark.parametrize(
    ("part", "code"),
    [
        ({"title": ""}, "part_without_title"),
        ({"title": "x" * 301}, "text_too_long"),
        ({"weight": 0}, "part_weight_out_of_bounds"),
        ({"metric": "guess"}, "unknown_choice"),
        ({"baseline": Decimal("Infinity")}, "not_a_figure"),
    ],
)
def test_what_no_part_can_be_is_not_kept(part, code):
    good = PartDraft(title="Pilot runs", weight=100)

    assert kept(OKR, parts=(good,)) == ""
    assert kept(OKR, parts=(replace(good, **part),)) == code


def test_only_some_kinds_have_parts_and_not_too_many():
    assert kept(parts=OKR.parts) == "no_parts_here"
    assert kept(OKR, parts=key_results(*[5] * 21)) == "too_many_parts"


def test_a_goal_is_open_as_widely_as_the_rules_allow():
    assert kept(openness=Openness.ORGANIZATION) == ""
    GoalRulesFactory(widest_openness=Openness.TEAM)
    assert kept(openness=Openness.ORGANIZATION) == "too_open"
    assert kept(openness=Openness.TEAM) == ""


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"metric": Metric.RATE},
        {"kind": GoalKind.MAINTAIN, "low": Decimal(95), "high": Decimal(100), "target": None},
        {"kind": GoalKind.YES_NO, "target": None, "baseline": None},
        {"kind": GoalKind.LEARNING, "target": None, "baseline": None},
        {"baseline": Decimal(90), "target": Decimal(60)},
    ],
)
def test_every_kind_can_be_agreed(fields):
    assert (kept(**fields), agreed(**fields)) == ("", "")


@pytest.mark.parametrize("missing", ["metric", "measure", "unit_of_measure", "data_source"])
def test_what_is_not_measurable_cannot_be_agreed(missing):
    assert agreed(**{missing: ""}) == "not_ready"


def test_weights_of_parts_sum_to_a_hundred_before_anybody_agrees():
    assert agreed(OKR) == ""
    assert kept(OKR, parts=key_results(60, 30)) == ""
    assert agreed(OKR, parts=key_results(60, 30)) == "not_ready"


def test_several_and_two_units_are_what_they_say():
    assert agreed(scope=Scope.TEAM) == "co_owner_missing"
    assert agreed(scope=Scope.SHARED, shared_with=(SharedUnit(1, 1),)) == "units_missing"
