"""What the pages about templates show."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet, prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from evenhand.cycles.kinds import AnsweredBy, ShownToSubject
from evenhand.cycles.models import Question, ScaleLevel, Section, Template, TemplateVersion
from evenhand.cycles.policies import (
    may_change_version,
    may_discard_version,
    may_write_templates,
    visible_templates,
)
from evenhand.cycles.problems import WHOLE, problems_of
from evenhand.kernel.acting import Actor
from evenhand.web.review_templates.forms import LevelForm, SectionForm, SettingsForm

READERS = {
    "self": _("The person"),
    "manager": _("The manager"),
    "subject": _("The person, after release"),
}


@dataclass(frozen=True, slots=True)
class SectionCard:
    """A section in the editor, with the form that changes it."""

    section: Section
    questions: list[Question]
    form: SectionForm


@dataclass(frozen=True, slots=True)
class PreviewQuestion:
    """A question, with what each level means for it."""

    question: Question
    levels: list[tuple[ScaleLevel, str]]


@dataclass(frozen=True, slots=True)
class PreviewSection:
    """A section as one kind of reader meets it."""

    section: Section
    questions: list[PreviewQuestion]


def template_rows(actor: Actor) -> QuerySet[Template]:
    """Every template with its versions, those in use first."""
    return (
        visible_templates(actor)
        .prefetch_related("versions")
        .annotate(cycles=Count("versions__cycles"))
        .order_by("retired_at", "name", "pk")
    )


def editor(actor: Actor, version: TemplateVersion) -> dict[str, object]:
    """A version with all its parts, and the forms that change them."""
    prefetch_related_objects([version], "levels", "sections__questions")
    sections, levels = list(version.sections.all()), list(version.levels.all())
    total = sum(section.weight for section in sections)
    return {
        "version": version,
        "template": version.template,
        "may_change": may_change_version(actor, version),
        "may_discard": may_discard_version(actor, version),
        "may_write": may_write_templates(actor),
        "problems": problems_of(version),
        "levels": [(level, LevelForm.of(level)) for level in levels],
        "sections": [SectionCard(s, list(s.questions.all()), SectionForm.of(s)) for s in sections],
        "total": total,
        "total_shown": min(total, WHOLE),
        "is_whole": total == WHOLE,
        "settings_form": SettingsForm.of(version),
        "level_form": LevelForm(initial={"value": _next_value([x.value for x in levels])}),
        "section_form": SectionForm(auto_id="new-section-%s"),
        "versions": list(version.template.versions.all()),
    }


def preview_sections(version: TemplateVersion, reader: str) -> list[PreviewSection]:
    """What the person, the manager, or the person after release is shown."""
    shown = []
    levels = list(version.levels.all())
    for section in version.sections.prefetch_related("questions"):
        questions = [
            PreviewQuestion(q, _levels(q, levels))
            for q in section.questions.all()
            if _is_shown(q, reader)
        ]
        if questions:
            shown.append(PreviewSection(section, questions))
    return shown


def _levels(question: Question, levels: list[ScaleLevel]) -> list[tuple[ScaleLevel, str]]:
    anchors = question.anchors
    return [(level, anchors.get(str(level.value), level.descriptor)) for level in levels]


def _is_shown(question: Question, reader: str) -> bool:
    if reader == "self":
        return question.answered_by != AnsweredBy.MANAGER
    if reader == "manager":
        return question.answered_by != AnsweredBy.SELF
    return (
        question.answered_by == AnsweredBy.SELF
        or question.shown_to_subject == ShownToSubject.AFTER_RELEASE
    )


def _next_value(values: list[int]) -> int:
    return max(values, default=0) + 1
