"""What still stands in the way of publishing, and what one might look at again, in words."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.competencies.anchor_lint import advice_on
from evenhand.competencies.kinds import (
    ANCHORED_LEVELS,
    FEWEST_ANCHORS,
    FEWEST_COMPETENCIES,
    FEWEST_LEVELS,
    LEVELS,
    MOST_COMPETENCIES,
    WHOLE,
)
from evenhand.competencies.models import (
    Competency,
    CompetencyVersion,
    ModelVersion,
    Requirement,
)
from evenhand.competencies.parts import CompetencyPart, ModelPart, RequirementPart


def problems_of_competency(part: CompetencyPart) -> list[str]:
    """What prevents a competency from being published; nothing when it is ready."""
    return [*_of_words(part), *_of_levels(part)]


def problems_with_models(competency: Competency, part: CompetencyPart, on: date) -> list[str]:
    """Models in force that expect a level which a new version of a competency would not have."""
    values = [level.value for level in part.levels]
    in_force = ModelVersion.objects.in_force(on).filter(model__retired_at=None)
    asking = Requirement.objects.filter(competency=competency, version__in=in_force)
    stranded = asking.exclude(expected_level__in=values).select_related("version")
    return [
        _("The model “%(model)s” expects level %(level)d, which this version does not have.")
        % {"model": requirement.version.name, "level": requirement.expected_level}
        for requirement in stranded.order_by("version__name", "pk")
    ]


def advice_for_competency(part: CompetencyPart) -> list[str]:
    """What could be better about a competency and prevents nothing."""
    anchored = {level.value: level.anchors for level in part.levels}
    advice = [
        _("Level %(level)d has fewer than two anchors. Two or more make it easier to recognise.")
        % {"level": value}
        for value in ANCHORED_LEVELS
        if value in anchored and len(anchored[value]) < FEWEST_ANCHORS
    ]
    if not part.questions:
        advice.append(_("There is no interview question yet, so a guide would have none to ask."))
    unclear = sum(1 for level in part.levels for anchor in level.anchors if advice_on(anchor))
    if unclear:
        advice.append(
            ngettext(
                "%(n)d anchor might be read in more than one way; the advice stands beside it.",
                "%(n)d anchors might be read in more than one way; the advice stands beside them.",
                unclear,
            )
            % {"n": unclear}
        )
    return advice


def problems_of_weights(part: ModelPart) -> list[str]:
    """What is wrong with a model, whatever stands in the library."""
    return [*_of_model_words(part), *_of_weights(part)]


def problems_of_model(part: ModelPart, on: date) -> list[str]:
    """What prevents a model from being published for a day; nothing when it is ready."""
    codes = [requirement.code for requirement in part.requirements]
    versions = (
        CompetencyVersion.objects.in_force(on)
        .filter(competency__code__in=codes)
        .select_related("competency")
        .prefetch_related("levels")
    )
    in_force = {version.competency.code: version for version in versions}
    return [
        *problems_of_weights(part),
        *(
            problem
            for requirement in part.requirements
            for problem in _of_requirement(requirement, in_force.get(requirement.code))
        ),
    ]


def _of_words(part: CompetencyPart) -> Iterator[str]:
    if not part.name.strip():
        yield _("The competency has no name.")
    if not part.definition.strip():
        yield _("The definition is missing: what it is, and why it matters.")


def _of_levels(part: CompetencyPart) -> Iterator[str]:
    if len(part.levels) < FEWEST_LEVELS:
        yield _("At least four of the five levels need a label.")
    for level in part.levels:
        if level.value not in LEVELS:
            yield _("Level %(level)d is not one of the five.") % {"level": level.value}
        if not level.label.strip():
            yield _("Level %(level)d has no label.") % {"level": level.value}
        if not level.words.strip():
            yield _("Level %(level)d has neither an anchor nor a sentence on what it means.") % {
                "level": level.value
            }


def _of_model_words(part: ModelPart) -> Iterator[str]:
    if not part.name.strip():
        yield _("The model has no name.")
    if not FEWEST_COMPETENCIES <= len(part.requirements) <= MOST_COMPETENCIES:
        yield _("A model has 3 to 7 competencies; this one has %(n)d.") % {
            "n": len(part.requirements)
        }
    if len({requirement.code for requirement in part.requirements}) < len(part.requirements):
        yield _("A competency stands in the model twice.")


def _of_weights(part: ModelPart) -> Iterator[str]:
    total = sum(requirement.weight for requirement in part.requirements)
    if part.requirements and total != WHOLE:
        yield _("The weights sum to %(total)d; they must sum to 100.") % {"total": total}


def _of_requirement(
    requirement: RequirementPart, version: CompetencyVersion | None
) -> Iterator[str]:
    if version is None:
        yield _(
            "“%(code)s” is not in force on the first day of the model. Publish it first, or let"
            " the model begin later."
        ) % {"code": requirement.code}
    elif version.competency.retired_at is not None:
        yield _("“%(name)s” has been retired. Bring it back, or choose another competency.") % {
            "name": version.name
        }
    elif requirement.level not in {level.value for level in version.levels.all()}:
        yield _("“%(name)s” does not have level %(level)d.") % {
            "name": version.name,
            "level": requirement.level,
        }
