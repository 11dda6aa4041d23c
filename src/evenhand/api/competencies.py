from datetime import date

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from ninja import Query, Router

from evenhand.api.problems import REFUSALS
from evenhand.api.schemas import ApiRequest, Id, PageOf, PageQuery, Strict
from evenhand.competencies.models import CompetencyVersion, Edition, ModelVersion
from evenhand.competencies.policies import visible_model_versions, visible_versions
from evenhand.competencies.reading import levels_of
from evenhand.kernel.acting import Actor
from evenhand.kernel.paging import page_of
from evenhand.kernel.periods import FOREVER

router = Router()
model_router = Router()


class LevelOut(Strict):
    value: int
    label: str
    descriptor: str
    anchors: list[str]


class CompetencyOut(Strict):
    id: int
    code: str
    version: int
    name: str
    category: str
    nature: str
    definition: str
    starts_on: date
    ends_on: date | None
    is_retired: bool
    levels: list[LevelOut]


class RequirementOut(Strict):
    competency_id: int
    competency: str
    level: int
    weight: int


class ModelOut(Strict):
    id: int
    code: str
    version: int
    name: str
    job_family: str
    title: str
    grades: list[str]
    starts_on: date
    ends_on: date | None
    is_retired: bool
    requirements: list[RequirementOut]


@router.get("", response={200: PageOf[CompetencyOut], **REFUSALS}, summary="Competencies")
def competencies(request: ApiRequest, paging: Query[PageQuery]) -> PageOf[CompetencyOut]:
    """The competencies in force today, each with its levels and anchors."""
    page = page_of(
        _competencies(request.auth), ["competency_id"], cursor=paging.cursor, limit=paging.limit
    )
    items = [competency_shown(version) for version in page.rows]
    return PageOf(items=items, next_cursor=page.next_cursor)


@router.get("{competency_id}", response={200: CompetencyOut, **REFUSALS}, summary="One competency")
def competency(request: ApiRequest, competency_id: Id) -> CompetencyOut:
    """A competency as it is in force today."""
    found = get_object_or_404(_competencies(request.auth), competency=competency_id)
    return competency_shown(found)


@model_router.get("", response={200: PageOf[ModelOut], **REFUSALS}, summary="Competency models")
def competency_models(request: ApiRequest, paging: Query[PageQuery]) -> PageOf[ModelOut]:
    """The models in force today, with what each expects."""
    page = page_of(_models(request.auth), ["model_id"], cursor=paging.cursor, limit=paging.limit)
    items = [model_shown(version) for version in page.rows]
    return PageOf(items=items, next_cursor=page.next_cursor)


@model_router.get("{model_id}", response={200: ModelOut, **REFUSALS}, summary="One model")
def competency_model(request: ApiRequest, model_id: Id) -> ModelOut:
    """A model as it is in force today."""
    return model_shown(get_object_or_404(_models(request.auth), model=model_id))


def competency_shown(version: CompetencyVersion) -> CompetencyOut:
    levels = [
        LevelOut(
            value=level.value,
            label=level.label,
            descriptor=level.descriptor,
            anchors=list(level.anchors),
        )
        for level in levels_of(version)
    ]
    return CompetencyOut(
        id=version.competency_id,
        code=version.competency.code,
        version=version.number,
        name=version.name,
        category=version.category,
        nature=version.nature,
        definition=version.definition,
        starts_on=version.first_day,
        ends_on=_end(version),
        is_retired=version.competency.retired_at is not None,
        levels=levels,
    )


def model_shown(version: ModelVersion) -> ModelOut:
    requirements = [
        RequirementOut(
            competency_id=asked.competency_id,
            competency=asked.competency.code,
            level=asked.expected_level,
            weight=asked.weight,
        )
        for asked in version.requirements.all()
    ]
    return ModelOut(
        id=version.model_id,
        code=version.model.code,
        version=version.number,
        name=version.name,
        job_family=version.job_family,
        title=version.title,
        grades=version.grades,
        starts_on=version.first_day,
        ends_on=_end(version),
        is_retired=version.model.retired_at is not None,
        requirements=requirements,
    )


def _competencies(actor: Actor) -> QuerySet[CompetencyVersion]:
    today = CompetencyVersion.objects.in_force(actor.on).values("pk")
    return visible_versions(actor).filter(pk__in=today).prefetch_related("levels__anchors")


def _models(actor: Actor) -> QuerySet[ModelVersion]:
    today = ModelVersion.objects.in_force(actor.on).values("pk")
    rows = visible_model_versions(actor).filter(pk__in=today)
    return rows.prefetch_related("requirements__competency")


def _end(version: Edition) -> date | None:
    """The first day on which it no longer counts, if there is one."""
    return None if version.ends_on == FOREVER else version.ends_on
