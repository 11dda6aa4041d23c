import json
from datetime import date
from decimal import Decimal

from evenhand.goals.drafts import GoalDraft, PartDraft, SharedUnit
from evenhand.goals.kinds import GoalKind, Metric, Scope
from evenhand.goals.packing import draft_of_row, row_of

DRAFT = GoalDraft(
    owner_id=1,
    outcome="Orders leave within two days",
    starts_on=date(2026, 1, 1),
    due_on=date(2026, 12, 31),
    kind=GoalKind.OKR,
    baseline=Decimal("60.5"),
    parts=(
        PartDraft("First", 40, Metric.LEVEL, "days", Decimal(5), Decimal("2.25")),
        PartDraft("Second", 60, due_on=date(2026, 6, 30)),
    ),
    scope=Scope.SHARED,
    co_owner_ids=(2, 3),
    shared_with=(SharedUnit(4, 5), SharedUnit(6, 7)),
)


def test_a_draft_survives_being_kept_as_plain_text():
    kept = json.loads(json.dumps(row_of(DRAFT)))

    assert kept == row_of(DRAFT)
    assert draft_of_row(kept) == DRAFT


def test_a_kept_draft_is_read_with_another_owner():
    assert draft_of_row(row_of(DRAFT), owner_id=9).owner_id == 9
