from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from ninja import Query, Router

from evenhand.api.problems import REFUSALS
from evenhand.api.schemas import ApiRequest, Id, PageOf, PageQuery, Strict
from evenhand.assessments.models import Assessment
from evenhand.assessments.policies import visible_assessments
from evenhand.assessments.queries import Line, profile
from evenhand.kernel.paging import page_of

router = Router()


class AssessmentOut(Strict):
    id: int
    model: str
    opened_on: date
    due_on: date
    closed_at: datetime | None
    shortfall: Decimal | None
    coverage: Decimal | None


class LineOut(Strict):
    """`others` is the mean of at least three, in half levels; 1.5 and 4.5 are open at their end."""

    competency: str
    name: str
    expected: int
    weight: int
    self_level: int | None
    manager_level: int | None
    others: Decimal | None
    others_count: int | None
    observed: Decimal | None
    sources: int
    gap: Decimal | None


class ProfileOut(AssessmentOut):
    competencies: list[LineOut]


@router.get("", response={200: PageOf[AssessmentOut], **REFUSALS}, summary="One's own assessments")
def own_assessments(request: ApiRequest, paging: Query[PageQuery]) -> PageOf[AssessmentOut]:
    """The assessments of who asks, the newest first."""
    rows = _own(request).select_related("model_version")
    page = page_of(rows, ["-opened_at", "-id"], cursor=paging.cursor, limit=paging.limit)
    items = [AssessmentOut(**_shown(row)) for row in page.rows]
    return PageOf(items=items, next_cursor=page.next_cursor)


@router.get("{assessment_id}", response={200: ProfileOut, **REFUSALS}, summary="One's own profile")
def own_profile(request: ApiRequest, assessment_id: Id) -> ProfileOut:
    """Where who asks stands, competency by competency; of others only what was published."""
    rows = _own(request).select_related("model_version")
    found = get_object_or_404(rows, pk=assessment_id)
    lines = [_line(line) for line in profile(request.auth, found).lines]
    return ProfileOut(**_shown(found), competencies=lines)


def _own(request: ApiRequest) -> QuerySet[Assessment]:
    return visible_assessments(request.auth).filter(subject=request.auth.person_id)


def _shown(row: Assessment) -> dict[str, Any]:
    return {
        "id": row.pk,
        "model": row.model_version.name,
        "opened_on": row.opened_on,
        "due_on": row.due_on,
        "closed_at": row.closed_at,
        "shortfall": row.shortfall,
        "coverage": row.coverage,
    }


def _line(line: Line) -> LineOut:
    return LineOut(
        competency=line.asked.competency.code,
        name=line.asked.version.name,
        expected=line.asked.expected_level,
        weight=line.asked.weight,
        self_level=line.own,
        manager_level=line.manager,
        others=line.others.level if line.others else None,
        others_count=line.others.count if line.others else None,
        observed=line.gap.observed,
        sources=line.gap.sources,
        gap=line.gap.gap,
    )
