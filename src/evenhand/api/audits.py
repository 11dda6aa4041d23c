from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router

from evenhand.analytics.policies import visible_audits
from evenhand.analytics.queries import TEXTS, AuditRow, open_audit, row_of
from evenhand.api.problems import REFUSALS
from evenhand.api.schemas import ApiRequest, Id, PageOf, PageQuery, Strict
from evenhand.audit.actions import record
from evenhand.kernel.paging import page_of

router = Router()


class AuditOut(Strict):
    id: int
    cycle: int
    cycle_name: str
    made_at: datetime
    ratings: int
    persons: int
    audience: str
    is_summary: bool


class AuditWithNumbersOut(AuditOut):
    numbers: dict[str, Any]


@router.get("", response={200: PageOf[AuditOut], **REFUSALS}, summary="Audits of ratings")
def audits(request: ApiRequest, paging: Query[PageQuery]) -> PageOf[AuditOut]:
    """The audits that may be read, oldest first. Others than specialists read summaries."""
    rows = visible_audits(request.auth).defer(*TEXTS).select_related("cycle")
    page = page_of(rows, ["id"], cursor=paging.cursor, limit=paging.limit)
    items = [AuditOut(**shown(row_of(request.auth, audit))) for audit in page.rows]
    return PageOf(items=items, next_cursor=page.next_cursor)


@router.get("{audit_id}", response={200: AuditWithNumbersOut, **REFUSALS}, summary="One audit")
def audit(request: ApiRequest, audit_id: Id) -> AuditWithNumbersOut:
    """The numbers of an audit; in a summary those about raters are left out. It is on record."""
    found = get_object_or_404(visible_audits(request.auth).select_related("cycle"), pk=audit_id)
    stored = open_audit(request.auth, found)
    record("rating_audit.taken", about=found, by=request.auth, at=timezone.now(), kind="api")
    return AuditWithNumbersOut(**shown(stored.row), numbers=stored.numbers)


def shown(row: AuditRow) -> dict[str, Any]:
    return {
        "id": row.pk,
        "cycle": row.cycle_id,
        "cycle_name": row.cycle,
        "made_at": row.made_at,
        "ratings": row.ratings,
        "persons": row.persons,
        "audience": row.audience.value,
        "is_summary": not row.is_whole,
    }
