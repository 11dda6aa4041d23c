"""What others ask of the library: the model of a job or a person, and what it expects."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from evenhand.competencies.matching import ModelChoice
from evenhand.competencies.models import (
    CompetencyVersion,
    Level,
    ModelVersion,
    Requirement,
)
from evenhand.competencies.parts import Job, LevelPart
from evenhand.competencies.reading import levels_of
from evenhand.people.models import Position


@dataclass(frozen=True, slots=True)
class RequirementRow:
    """What a model expects in one competency, in the words that hold on the day."""

    competency_id: int
    version_id: int
    code: str
    name: str
    category: str
    nature: str
    definition: str
    questions: tuple[str, ...]
    look_for: tuple[str, ...]
    levels: tuple[LevelPart, ...]
    expected_level: int
    weight: int

    def level(self, value: int) -> LevelPart | None:
        """The level of that value, if the competency has it."""
        return next((level for level in self.levels if level.value == value), None)


@dataclass(frozen=True, slots=True)
class CompetencyQuestion:
    """A competency as a review asks for it; `anchors` by level value, as text keys."""

    competency_id: int
    text: str
    guidance: str
    anchors: dict[str, str]
    expected_level: int | None = None


def models_in_force(on: date) -> ModelChoice:
    """The models that count on a day; ask it `model_for(Job(...))` as often as needed."""
    return ModelChoice(_in_force(on))


def model_for(job_family: str, title: str, grade: str, on: date) -> ModelVersion | None:
    """The most specific model for a job on a day; None when no model fits."""
    return models_in_force(on).model_for(Job(job_family, title, grade))


def model_of_person(person_id: int, on: date) -> ModelVersion | None:
    """The model of the position a person holds on the day."""
    return models_of_people([person_id], on).get(person_id)


def models_of_people(person_ids: Collection[int], on: date) -> dict[int, ModelVersion]:
    """The models of many people on a day, in two queries; who has none is left out."""
    choice = models_in_force(on)
    jobs = Position.objects.on(on).filter(person__in=person_ids)
    found = {
        person: choice.model_for(Job(family, title, grade))
        for person, family, title, grade in jobs.values_list(
            "person", "job_family", "title", "grade"
        )
    }
    return {person: version for person, version in found.items() if version is not None}


def requirements_of(model_version: ModelVersion, on: date) -> tuple[RequirementRow, ...]:
    """What a model expects, in its order, each competency in the version in force on the day.

    A competency that is not in force that day is left out.
    """
    return requirements_of_each([model_version], on)[model_version.pk]


def requirements_of_each(
    model_versions: Collection[ModelVersion], on: date
) -> dict[int, tuple[RequirementRow, ...]]:
    """The same for many models at once, by the number of the model version."""
    versions = list({version.pk: version for version in model_versions}.values())
    prefetch_related_objects(versions, "requirements")
    requirements = [row for version in versions for row in version.requirements.all()]
    worded = {
        version.competency_id: version
        for version in versions_in_force(on).filter(
            competency__in={requirement.competency_id for requirement in requirements}
        )
    }
    rows: dict[int, list[RequirementRow]] = {version.pk: [] for version in versions}
    for requirement in requirements:
        if version := worded.get(requirement.competency_id):
            rows[requirement.version_id].append(_row(requirement, version))
    return {pk: tuple(found) for pk, found in rows.items()}


def competency_questions(model_version: ModelVersion, on: date) -> tuple[CompetencyQuestion, ...]:
    """What a review asks about the competencies of a model, in the words of the day."""
    return tuple(
        CompetencyQuestion(
            competency_id=row.competency_id,
            text=row.name,
            guidance=row.definition,
            anchors=anchors_of(row.levels),
            expected_level=row.expected_level,
        )
        for row in requirements_of(model_version, on)
    )


def library_questions(competency_ids: Collection[int], on: date) -> tuple[CompetencyQuestion, ...]:
    """The same for competencies chosen one by one, by name; no level is expected of them."""
    return tuple(
        CompetencyQuestion(
            competency_id=version.competency_id,
            text=version.name,
            guidance=version.definition,
            anchors=anchors_of(levels_of(version)),
        )
        for version in versions_in_force(on).filter(competency__in=competency_ids)
    )


def versions_in_force(on: date) -> QuerySet[CompetencyVersion]:
    """The versions of competencies that hold on a day, with levels and anchors, in two more."""
    levels = Level.objects.order_by("value").prefetch_related("anchors")
    return (
        CompetencyVersion.objects.in_force(on)
        .select_related("competency")
        .prefetch_related(Prefetch("levels", levels))
        .order_by("name", "pk")
    )


def anchors_of(levels: Collection[LevelPart]) -> dict[str, str]:
    """What each level looks like in one text, by its value."""
    return {str(level.value): level.words for level in levels if level.words}


def _in_force(on: date) -> QuerySet[ModelVersion]:
    """A model counts from its first day until it is replaced or retired."""
    in_force = ModelVersion.objects.in_force(on).select_related("model")
    return in_force.exclude(model__retired_at__date__lte=on)


def _row(requirement: Requirement, version: CompetencyVersion) -> RequirementRow:
    return RequirementRow(
        competency_id=version.competency_id,
        version_id=version.pk,
        code=version.competency.code,
        name=version.name,
        category=version.category,
        nature=version.nature,
        definition=version.definition,
        questions=tuple(version.questions),
        look_for=tuple(version.look_for),
        levels=levels_of(version),
        expected_level=requirement.expected_level,
        weight=requirement.weight,
    )
