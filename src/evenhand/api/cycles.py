from datetime import date

from django.shortcuts import get_object_or_404
from ninja import Query, Router

from evenhand.api.problems import REFUSALS
from evenhand.api.schemas import ApiRequest, Id, PageOf, PageQuery, Strict
from evenhand.cycles.models import Cycle
from evenhand.cycles.policies import visible_cycles
from evenhand.kernel.paging import page_of

router = Router()


class StageOut(Strict):
    kind: str
    opens_on: date
    due_on: date


class CycleOut(Strict):
    id: int
    name: str
    state: str
    template: str
    template_version: int
    period_starts_on: date
    period_ends_on: date
    stages: list[StageOut]


@router.get("", response={200: PageOf[CycleOut], **REFUSALS}, summary="Cycles")
def cycles(request: ApiRequest, paging: Query[PageQuery]) -> PageOf[CycleOut]:
    """The cycles that may be seen, oldest first."""
    rows = visible_cycles(request.auth).select_related("version__template")
    page = page_of(
        rows.prefetch_related("stages"), ["id"], cursor=paging.cursor, limit=paging.limit
    )
    return PageOf(items=[shown(cycle) for cycle in page.rows], next_cursor=page.next_cursor)


@router.get("{cycle_id}", response={200: CycleOut, **REFUSALS}, summary="One cycle")
def cycle(request: ApiRequest, cycle_id: Id) -> CycleOut:
    """A cycle with its stages."""
    rows = visible_cycles(request.auth).select_related("version__template")
    return shown(get_object_or_404(rows, pk=cycle_id))


def shown(cycle: Cycle) -> CycleOut:
    return CycleOut(
        id=cycle.pk,
        name=cycle.name,
        state=cycle.state,
        template=cycle.version.template.name,
        template_version=cycle.version.number,
        period_starts_on=cycle.period_starts_on,
        period_ends_on=cycle.period_ends_on,
        stages=[
            StageOut(kind=stage.kind, opens_on=stage.opens_on, due_on=stage.due_on)
            for stage in cycle.stages.all()
        ],
    )
