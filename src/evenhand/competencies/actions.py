"""Everything that changes the library of competencies."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from evenhand.audit.actions import record
from evenhand.competencies.models import Anchor, Competency, CompetencyVersion, Level
from evenhand.competencies.parts import CompetencyPart, LevelPart
from evenhand.competencies.policies import (
    may_change_version,
    may_publish,
    may_retire,
    may_write_library,
    may_write_next,
)
from evenhand.competencies.problems import problems_of_competency, problems_with_models
from evenhand.competencies.publishing import (
    Beginning,
    check_ready,
    check_unchanged,
    free_code,
    newest_published,
    next_number,
    take_effect,
)
from evenhand.competencies.reading import competency_part
from evenhand.kernel.acting import Actor
from evenhand.kernel.verdict import Ground, Refused, Verdict

CODE_TAKEN = Verdict(
    "code_taken", _("Something in the library has this code already."), Ground.WHAT
)


@transaction.atomic
def write_competency(
    part: CompetencyPart, *, code: str = "", by: Actor, at: datetime
) -> CompetencyVersion:
    """Add a competency to the library, with its first version in writing."""
    may_write_library(by).enforce()
    code = code or free_code(Competency.objects.all(), part.name)
    competency, is_new = Competency.objects.get_or_create(code=code)
    if not is_new:
        raise Refused(CODE_TAKEN)
    version = _write_version(competency, part, by, at)
    record("competency.written", about=competency, by=by, at=at)
    return version


@transaction.atomic
def write_next_version(
    competency: Competency, *, part: CompetencyPart | None = None, by: Actor, at: datetime
) -> CompetencyVersion:
    """Begin a new version, as the newest one stands or as given.

    A competency has one version in writing: asked for a second one, the first is returned.
    """
    competency = Competency.objects.select_for_update().get(pk=competency.pk)
    may_write_next(by, competency).enforce()
    if in_writing := competency.versions.filter(published_at=None).first():
        return in_writing
    part = part or competency_part(competency.versions.order_by("-number")[0])
    version = _write_version(competency, part, by, at)
    record("competency.version_written", about=version, by=by, at=at, number=version.number)
    return version


@transaction.atomic
def change_version(
    version: CompetencyVersion,
    part: CompetencyPart,
    *,
    seen_at: datetime | None = None,
    by: Actor,
    at: datetime,
) -> CompetencyVersion:
    """Write a version in writing anew, whole. `seen_at` is when it was last written, as read."""
    version = _locked(version)
    may_change_version(by, version).enforce()
    check_unchanged(version, seen_at)
    _take(version, part, by, at)
    version.save()
    version.levels.all().delete()
    _write_levels(version, part.levels)
    record("competency.changed", about=version, by=by, at=at, number=version.number)
    return version


@transaction.atomic
def publish_version(
    version: CompetencyVersion, beginning: Beginning, *, by: Actor, at: datetime
) -> CompetencyVersion:
    """Let a version count from a day on; the one before counts until then."""
    version = _locked(version)
    before = newest_published(version.competency.versions.all())
    may_publish(by, version, before, beginning.starts_on).enforce()
    part = competency_part(version)
    problems = problems_with_models(version.competency, part, beginning.starts_on)
    check_ready(problems_of_competency(part) + problems)
    version.reason = beginning.reason
    take_effect(version, before, starts_on=beginning.starts_on, at=at)
    record(
        "competency.published",
        about=version,
        by=by,
        at=at,
        number=version.number,
        starts_on=beginning.starts_on,
    )
    return version


@transaction.atomic
def discard_version(version: CompetencyVersion, *, by: Actor, at: datetime) -> None:
    """Throw away a version in writing, and its competency when there never was another."""
    version = _locked(version)
    may_change_version(by, version).enforce()
    competency = version.competency
    record("competency.version_discarded", about=version, by=by, at=at, number=version.number)
    version.delete()
    if not competency.versions.exists() and not competency.requirements.exists():
        competency.delete()


@transaction.atomic
def retire_competency(
    competency: Competency, *, is_retired: bool, by: Actor, at: datetime
) -> Competency:
    """Offer a competency to new models no longer, or again. Models that have it keep it."""
    competency = Competency.objects.select_for_update().get(pk=competency.pk)
    may_retire(by, competency).enforce()
    if (competency.retired_at is not None) != is_retired:
        competency.retired_at = at if is_retired else None
        competency.save(update_fields=["retired_at"])
        code = "competency.retired" if is_retired else "competency.brought_back"
        record(code, about=competency, by=by, at=at)
    return competency


def _locked(version: CompetencyVersion) -> CompetencyVersion:
    Competency.objects.select_for_update().get(pk=version.competency_id)
    versions = CompetencyVersion.objects.select_related("competency")
    return versions.prefetch_related("levels__anchors").get(pk=version.pk)


def _write_version(
    competency: Competency, part: CompetencyPart, by: Actor, at: datetime
) -> CompetencyVersion:
    version = CompetencyVersion(
        competency=competency, number=next_number(competency.versions.all())
    )
    _take(version, part, by, at)
    version.save()
    _write_levels(version, part.levels)
    return version


def _take(version: CompetencyVersion, part: CompetencyPart, by: Actor, at: datetime) -> None:
    version.name, version.definition = part.name, part.definition
    version.category, version.nature = part.category, part.nature
    version.questions, version.look_for = list(part.questions), list(part.look_for)
    version.author_id, version.written_at = by.person_id, at


def _write_levels(version: CompetencyVersion, parts: Iterable[LevelPart]) -> None:
    parts = list(parts)
    levels = Level.objects.bulk_create(
        Level(version=version, value=part.value, label=part.label, descriptor=part.descriptor)
        for part in parts
    )
    Anchor.objects.bulk_create(
        Anchor(level=level, place=place, text=text)
        for level, part in zip(levels, parts, strict=True)
        for place, text in enumerate(part.anchors, start=1)
    )
