"""What still stands in the way of using a template or launching a cycle, in words."""

from collections.abc import Iterator
from itertools import pairwise

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.cycles.kinds import RATED_KINDS, AnsweredBy, QuestionKind, StageKind
from evenhand.cycles.models import Cycle, Question, ScaleLevel, Section, TemplateVersion

FEWEST_LEVELS = 2
FEWEST_CHOICES = 2
WHOLE = 100


def problems_of(version: TemplateVersion) -> list[str]:
    """What prevents a version from being used; nothing when it is ready."""
    prefetch_related_objects([version], "levels", "sections__questions")
    sections, levels = list(version.sections.all()), list(version.levels.all())
    return [
        *_of_weights(sections),
        *_of_levels(levels),
        *(problem for section in sections for problem in _of_section(section)),
        *_of_questions([q for section in sections for q in section.questions.all()], levels),
    ]


def problems_of_dates(cycle: Cycle) -> list[str]:
    """What is wrong with the days of the stages."""
    stages = {stage.kind: stage for stage in cycle.stages.all()}
    missing = [str(kind.label) for kind in StageKind if kind not in stages]
    if missing:
        return [_("These stages have no dates yet: %(stages)s.") % {"stages": ", ".join(missing)}]
    ordered = [stages[kind] for kind in StageKind]
    return [
        _("%(later)s opens before %(earlier)s does.")
        % {"later": later.get_kind_display(), "earlier": earlier.get_kind_display()}
        for earlier, later in pairwise(ordered)
        if later.opens_on < earlier.opens_on
    ] + [
        _("%(later)s is due before %(earlier)s is.")
        % {"later": later.get_kind_display(), "earlier": earlier.get_kind_display()}
        for earlier, later in pairwise(ordered)
        if later.due_on < earlier.due_on
    ]


def _of_weights(sections: list[Section]) -> Iterator[str]:
    total = sum(section.weight for section in sections)
    if not sections:
        yield _("There is no section yet.")
    elif total != WHOLE:
        yield _("The weights of the sections sum to %(total)d; they must sum to 100.") % {
            "total": total
        }


def _of_levels(levels: list[ScaleLevel]) -> Iterator[str]:
    if len(levels) < FEWEST_LEVELS:
        yield _("A rating scale needs at least two levels.")
    for level in levels:
        if not level.descriptor.strip():
            yield _("Level %(level)s has no descriptor.") % {"level": level}


def _of_section(section: Section) -> Iterator[str]:
    questions = list(section.questions.all())
    rated = [q for q in questions if q.kind in RATED_KINDS and q.answered_by != AnsweredBy.SELF]
    if not questions:
        yield _("“%(section)s” has no questions.") % {"section": section}
    elif section.weight and not rated:
        yield _("“%(section)s” weighs %(weight)d %%, but the manager rates nothing in it.") % {
            "section": section,
            "weight": section.weight,
        }
    elif rated and not section.weight:
        yield _("The manager rates something in “%(section)s”, but the section weighs nothing.") % {
            "section": section
        }


def _of_questions(questions: list[Question], levels: list[ScaleLevel]) -> Iterator[str]:
    values = {level.value for level in levels}
    if questions and all(q.answered_by == AnsweredBy.SELF for q in questions):
        yield _("The manager is asked nothing.")
    overall = [q for q in questions if q.kind == QuestionKind.OVERALL]
    if len(overall) > 1:
        yield _("The overall rating is asked for more than once.")
    if any(q.answered_by != AnsweredBy.MANAGER for q in overall):
        yield _("Only the manager can give the overall rating.")
    for question in questions:
        yield from _of_question(question, values)


def _of_question(question: Question, values: set[int]) -> Iterator[str]:
    if question.kind == QuestionKind.CHOICE and len(question.choices) < FEWEST_CHOICES:
        yield _("“%(question)s” offers fewer than two choices.") % {"question": question}
    if question.kind != QuestionKind.COMPETENCY:
        return
    stray = sorted(value for value in question.anchors if int(value) not in values)
    if stray:
        yield ngettext(
            "“%(question)s” describes level %(levels)s, which the scale does not have.",
            "“%(question)s” describes levels %(levels)s, which the scale does not have.",
            len(stray),
        ) % {"question": question, "levels": ", ".join(stray)}
    if question.expected_level is not None and question.expected_level not in values:
        yield _("“%(question)s” expects a level that the scale does not have.") % {
            "question": question
        }
