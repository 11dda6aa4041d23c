"""Competencies of the library as questions of a template: their words are copied, not linked."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from evenhand.competencies.queries import CompetencyQuestion
from evenhand.cycles.kinds import QuestionKind
from evenhand.cycles.models import Question, Section, TemplateVersion
from evenhand.cycles.parts import QuestionPart
from evenhand.cycles.policies import may_change_version
from evenhand.cycles.templates import add_question
from evenhand.kernel.acting import Actor
from evenhand.kernel.verdict import Ground, Refused, Verdict

SCALE_DIFFERS = Verdict(
    "scale_differs",
    _(
        "Competencies have the levels 1 to 5, and the rating scale of this template lacks some of"
        " them. Give it the levels 1 to 5 first."
    ),
    Ground.WHAT,
)


@transaction.atomic
def add_competencies(
    section: Section, asked: Iterable[CompetencyQuestion], *, by: Actor, at: datetime
) -> list[Question]:
    """Ask for competencies at the end of a section, with their anchors and expected levels.

    What the template asks for already is not asked for twice. Later versions of a competency
    change nothing here.
    """
    version = TemplateVersion.objects.select_for_update().get(pk=section.version_id)
    may_change_version(by, version).enforce()
    wanted = list(asked)
    _check_scale(version, wanted)
    standing = asked_already(version)
    return [
        add_question(section, part_of(question), by=by, at=at)
        for question in wanted
        if question.text not in standing
    ]


def part_of(question: CompetencyQuestion) -> QuestionPart:
    """A competency as a question of a template."""
    return QuestionPart(
        text=question.text,
        kind=QuestionKind.COMPETENCY,
        guidance=question.guidance,
        anchors=dict(question.anchors),
        expected_level=question.expected_level,
    )


def asked_already(version: TemplateVersion) -> frozenset[str]:
    """What competencies a version of a template asks for, by their names."""
    rows = Question.objects.filter(section__version=version, kind=QuestionKind.COMPETENCY)
    return frozenset(rows.values_list("text", flat=True))


def _check_scale(version: TemplateVersion, wanted: Iterable[CompetencyQuestion]) -> None:
    values = {str(value) for value in version.levels.values_list("value", flat=True)}
    if any(question.anchors.keys() - values for question in wanted):
        raise Refused(SCALE_DIFFERS)
