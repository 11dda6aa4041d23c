"""Everything that changes competency models."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from evenhand.audit.actions import record
from evenhand.competencies.models import (
    Competency,
    CompetencyModel,
    ModelVersion,
    Requirement,
)
from evenhand.competencies.parts import ModelPart, RequirementPart
from evenhand.competencies.policies import (
    may_change_version,
    may_publish,
    may_retire,
    may_write_library,
    may_write_next,
)
from evenhand.competencies.problems import problems_of_model
from evenhand.competencies.publishing import (
    Beginning,
    check_ready,
    check_unchanged,
    free_code,
    newest_published,
    next_number,
    take_effect,
)
from evenhand.competencies.reading import model_part
from evenhand.kernel.acting import Actor
from evenhand.kernel.verdict import Ground, Refused, Verdict

CODE_TAKEN = Verdict("code_taken", _("Another model has this code already."), Ground.WHAT)
TWICE = Verdict("competency_twice", _("A competency can stand in a model only once."), Ground.WHAT)
UNKNOWN_COMPETENCY = Verdict(
    "unknown_competency",
    _("A competency of this model is not in the library. Choose another one."),
    Ground.WHAT,
)


@transaction.atomic
def write_model(part: ModelPart, *, code: str = "", by: Actor, at: datetime) -> ModelVersion:
    """Add a model, with its first version in writing."""
    may_write_library(by).enforce()
    model, is_new = CompetencyModel.objects.get_or_create(
        code=code or free_code(CompetencyModel.objects.all(), part.name)
    )
    if not is_new:
        raise Refused(CODE_TAKEN)
    version = _write_version(model, part, by, at)
    record("competency_model.written", about=model, by=by, at=at)
    return version


@transaction.atomic
def write_next_model_version(
    model: CompetencyModel, *, part: ModelPart | None = None, by: Actor, at: datetime
) -> ModelVersion:
    """Begin a new version, as the newest one stands or as given.

    A model has one version in writing: asked for a second one, the first is returned.
    """
    model = CompetencyModel.objects.select_for_update().get(pk=model.pk)
    may_write_next(by, model).enforce()
    if in_writing := model.versions.filter(published_at=None).first():
        return in_writing
    part = part or model_part(model.versions.order_by("-number")[0])
    version = _write_version(model, part, by, at)
    record("competency_model.version_written", about=version, by=by, at=at, number=version.number)
    return version


@transaction.atomic
def change_model_version(
    version: ModelVersion,
    part: ModelPart,
    *,
    seen_at: datetime | None = None,
    by: Actor,
    at: datetime,
) -> ModelVersion:
    """Write a version in writing anew, whole. `seen_at` is when it was last written, as read."""
    version = _locked(version)
    may_change_version(by, version).enforce()
    check_unchanged(version, seen_at)
    _take(version, part, by, at)
    version.save()
    version.requirements.all().delete()
    _write_requirements(version, part.requirements)
    record("competency_model.changed", about=version, by=by, at=at, number=version.number)
    return version


@transaction.atomic
def publish_model_version(
    version: ModelVersion, beginning: Beginning, *, by: Actor, at: datetime
) -> ModelVersion:
    """Let a version count from a day on; the one before counts until then."""
    version = _locked(version)
    before = newest_published(version.model.versions.all())
    may_publish(by, version, before, beginning.starts_on).enforce()
    check_ready(problems_of_model(model_part(version), beginning.starts_on))
    version.reason = beginning.reason
    take_effect(version, before, starts_on=beginning.starts_on, at=at)
    record(
        "competency_model.published",
        about=version,
        by=by,
        at=at,
        number=version.number,
        starts_on=beginning.starts_on,
    )
    return version


@transaction.atomic
def discard_model_version(version: ModelVersion, *, by: Actor, at: datetime) -> None:
    """Throw away a version in writing, and its model when there never was another."""
    version = _locked(version)
    may_change_version(by, version).enforce()
    model = version.model
    record("competency_model.version_discarded", about=version, by=by, at=at, number=version.number)
    version.delete()
    if not model.versions.exists():
        model.delete()


@transaction.atomic
def retire_model(
    model: CompetencyModel, *, is_retired: bool, by: Actor, at: datetime
) -> CompetencyModel:
    """From today on a model counts for no job, or counts again."""
    model = CompetencyModel.objects.select_for_update().get(pk=model.pk)
    may_retire(by, model).enforce()
    if (model.retired_at is not None) != is_retired:
        model.retired_at = at if is_retired else None
        model.save(update_fields=["retired_at"])
        code = "competency_model.retired" if is_retired else "competency_model.brought_back"
        record(code, about=model, by=by, at=at)
    return model


def _locked(version: ModelVersion) -> ModelVersion:
    CompetencyModel.objects.select_for_update().get(pk=version.model_id)
    versions = ModelVersion.objects.select_related("model")
    return versions.prefetch_related("requirements__competency").get(pk=version.pk)


def _write_version(
    model: CompetencyModel, part: ModelPart, by: Actor, at: datetime
) -> ModelVersion:
    version = ModelVersion(model=model, number=next_number(model.versions.all()))
    _take(version, part, by, at)
    version.save()
    _write_requirements(version, part.requirements)
    return version


def _take(version: ModelVersion, part: ModelPart, by: Actor, at: datetime) -> None:
    version.name, version.job_family, version.title = part.name, part.job_family, part.title
    version.grades = list(part.grades)
    version.author_id, version.written_at = by.person_id, at


def _write_requirements(version: ModelVersion, parts: Iterable[RequirementPart]) -> None:
    parts = list(parts)
    codes = {part.code for part in parts}
    if len(codes) < len(parts):
        raise Refused(TWICE)
    known = {row.code: row for row in Competency.objects.filter(code__in=codes)}
    if codes - known.keys():
        raise Refused(UNKNOWN_COMPETENCY)
    Requirement.objects.bulk_create(
        Requirement(
            version=version,
            competency=known[part.code],
            place=place,
            expected_level=part.level,
            weight=part.weight,
        )
        for place, part in enumerate(parts, start=1)
    )
