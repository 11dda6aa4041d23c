"""What somebody writes down about a goal, as a plain row that can be kept and read again."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from evenhand.goals.drafts import GoalDraft, SharedUnit, parts_of_rows, rows_of_parts

DAYS = ("starts_on", "due_on")
LISTS = ("co_owner_ids", "shared_with")
FIGURES = ("baseline", "target", "low", "high", "tolerance")


def row_of(draft: GoalDraft) -> dict[str, Any]:
    """A draft as plain values."""
    row = asdict(draft) | {"parts": rows_of_parts(draft.parts)}
    row |= {name: list(row[name]) for name in LISTS}
    row |= {name: row[name].isoformat() for name in DAYS}
    return row | {name: None if row[name] is None else str(row[name]) for name in FIGURES}


def draft_of_row(row: Mapping[str, Any], **changes: Any) -> GoalDraft:  # noqa: ANN401  # any field
    """What `row_of` wrote, read again, with these fields changed."""
    values = dict(row)
    values |= {name: date.fromisoformat(row[name]) for name in DAYS}
    values |= {name: None if row[name] is None else Decimal(row[name]) for name in FIGURES}
    values |= {
        "parts": parts_of_rows(row["parts"]),
        "co_owner_ids": tuple(row["co_owner_ids"]),
        "shared_with": tuple(SharedUnit(**shared) for shared in row["shared_with"]),
    }
    return GoalDraft(**values | changes)
