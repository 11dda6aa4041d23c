"""A version of a template as a whole, read in a fixed number of queries."""

from evenhand.cycles.models import Question, TemplateVersion
from evenhand.cycles.parts import LevelPart, QuestionPart, SectionPart, VersionPart


def version_part(version: TemplateVersion) -> VersionPart:
    """Everything a version consists of, to be written again elsewhere."""
    return VersionPart(
        levels=tuple(
            LevelPart(level.value, level.label, level.descriptor) for level in version.levels.all()
        ),
        sections=tuple(
            SectionPart(
                title=section.title,
                weight=section.weight,
                guidance=section.guidance,
                shows_goals=section.shows_goals,
                questions=tuple(question_part(q) for q in section.questions.all()),
            )
            for section in version.sections.prefetch_related("questions")
        ),
        guidance=version.guidance,
        self_shown_to_manager=version.self_shown_to_manager,
    )


def question_part(question: Question) -> QuestionPart:
    """A question, all but its place."""
    return QuestionPart(
        text=question.text,
        kind=question.kind,
        guidance=question.guidance,
        is_required=question.is_required,
        answered_by=question.answered_by,
        shown_to_subject=question.shown_to_subject,
        choices=list(question.choices),
        anchors=dict(question.anchors),
        expected_level=question.expected_level,
    )
