"""A version as a whole, to be shown, compared or written again elsewhere."""

from evenhand.competencies.models import CompetencyVersion, ModelVersion
from evenhand.competencies.parts import CompetencyPart, LevelPart, ModelPart, RequirementPart


def competency_part(version: CompetencyVersion) -> CompetencyPart:
    """Everything a version of a competency consists of."""
    return CompetencyPart(
        name=version.name,
        category=version.category,
        nature=version.nature,
        definition=version.definition,
        questions=tuple(version.questions),
        look_for=tuple(version.look_for),
        levels=levels_of(version),
    )


def levels_of(version: CompetencyVersion) -> tuple[LevelPart, ...]:
    """The levels of a version with their anchors, lowest first; prefetch `levels__anchors`."""
    return tuple(
        LevelPart(
            level.value,
            level.label,
            level.descriptor,
            tuple(anchor.text for anchor in level.anchors.all()),
        )
        for level in version.levels.all()
    )


def model_part(version: ModelVersion) -> ModelPart:
    """Everything a version of a model consists of; prefetch `requirements__competency`."""
    return ModelPart(
        name=version.name,
        job_family=version.job_family,
        title=version.title,
        grades=tuple(version.grades),
        requirements=tuple(
            RequirementPart(
                requirement.competency.code, requirement.expected_level, requirement.weight
            )
            for requirement in version.requirements.all()
        ),
    )
