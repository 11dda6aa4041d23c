"""Everything that changes a template: its versions, levels, sections and questions."""

from collections.abc import Iterable
from dataclasses import asdict, fields
from datetime import datetime
from typing import TypeVar

from django.db import models, transaction
from django.db.models import Max

from evenhand.audit.actions import record
from evenhand.cycles.models import Question, ScaleLevel, Section, Template, TemplateVersion
from evenhand.cycles.parts import LevelPart, QuestionPart, SectionPart, VersionPart
from evenhand.cycles.policies import may_change_version, may_discard_version, may_write_templates
from evenhand.cycles.reading import version_part
from evenhand.cycles.starter import ANNUAL_REVIEW
from evenhand.kernel.acting import Actor

P = TypeVar("P", Section, Question)


@transaction.atomic
def write_template(
    name: str, *, purpose: str = "", parts: VersionPart = ANNUAL_REVIEW, by: Actor, at: datetime
) -> TemplateVersion:
    """Begin a template with its first version; without parts it begins as the annual review."""
    may_write_templates(by).enforce()
    template = Template.objects.create(name=name, purpose=purpose)
    version = _write_version(template, parts)
    record("template.written", about=template, by=by, at=at)
    return version


@transaction.atomic
def copy_version(
    version: TemplateVersion, *, name: str = "", by: Actor, at: datetime
) -> TemplateVersion:
    """Write the same again: as the next version of its template, or under a name of its own.

    A template has one version in writing: asked for a second one, the first is returned.
    """
    may_write_templates(by).enforce()
    template = Template.objects.select_for_update().get(pk=version.template_id)
    if name:
        template = Template.objects.create(name=name, purpose=template.purpose)
    elif in_writing := template.versions.filter(frozen_at=None).first():
        return in_writing
    copy = _write_version(template, version_part(version))
    record("template.version_written", about=copy, by=by, at=at, copied_from=str(version))
    return copy


@transaction.atomic
def change_template(
    template: Template, *, name: str, purpose: str, by: Actor, at: datetime
) -> None:
    """Give a template another name or purpose."""
    may_write_templates(by).enforce()
    template.name, template.purpose = name, purpose
    template.save(update_fields=["name", "purpose"])
    record("template.renamed", about=template, by=by, at=at)


@transaction.atomic
def retire_template(template: Template, *, is_retired: bool, by: Actor, at: datetime) -> None:
    """Offer a template for new cycles no longer, or again."""
    may_write_templates(by).enforce()
    template.retired_at = at if is_retired else None
    template.save(update_fields=["retired_at"])
    code = "template.retired" if is_retired else "template.brought_back"
    record(code, about=template, by=by, at=at)


@transaction.atomic
def change_version(
    version: TemplateVersion, *, guidance: str, self_shown_to_manager: str, by: Actor, at: datetime
) -> None:
    """Change the settings of a version in writing."""
    version = _in_writing(version.pk, by)
    version.guidance, version.self_shown_to_manager = guidance, self_shown_to_manager
    version.save(update_fields=["guidance", "self_shown_to_manager"])
    _changed(version, by, at, "settings")


@transaction.atomic
def discard_version(version: TemplateVersion, *, by: Actor, at: datetime) -> None:
    """Throw away a version that was never used, and its template when it was the only one."""
    version = _in_writing(version.pk, by)
    may_discard_version(by, version).enforce()
    template = version.template
    record("template.version_discarded", about=version, by=by, at=at)
    version.delete()
    if not template.versions.exists():
        template.delete()


@transaction.atomic
def put_level(version: TemplateVersion, part: LevelPart, *, by: Actor, at: datetime) -> ScaleLevel:
    """Add a level to the scale, or say anew what it means."""
    version = _in_writing(version.pk, by)
    level, _created = ScaleLevel.objects.update_or_create(
        version=version,
        value=part.value,
        defaults={"label": part.label, "descriptor": part.descriptor},
    )
    _changed(version, by, at, "level")
    return level


@transaction.atomic
def remove_level(level: ScaleLevel, *, by: Actor, at: datetime) -> None:
    """Take a level out of the scale."""
    version = _in_writing(level.version_id, by)
    level.delete()
    _changed(version, by, at, "level")


@transaction.atomic
def add_section(version: TemplateVersion, part: SectionPart, *, by: Actor, at: datetime) -> Section:
    """Add a section at the end."""
    version = _in_writing(version.pk, by)
    section = _write_section(version, part, _next_place(version.sections.all()))
    _changed(version, by, at, "section")
    return section


@transaction.atomic
def change_section(section: Section, part: SectionPart, *, by: Actor, at: datetime) -> None:
    """Change the title, the weight or the guidance of a section."""
    version = _in_writing(section.version_id, by)
    section.title, section.weight, section.guidance = part.title, part.weight, part.guidance
    section.shows_goals = part.shows_goals
    section.save(update_fields=["title", "weight", "guidance", "shows_goals"])
    _changed(version, by, at, "section")


@transaction.atomic
def remove_section(section: Section, *, by: Actor, at: datetime) -> None:
    """Take a section out, with its questions."""
    version = _in_writing(section.version_id, by)
    section.delete()
    _changed(version, by, at, "section")


@transaction.atomic
def move_section(section: Section, *, by_places: int, by: Actor, at: datetime) -> None:
    """Move a section up (-1) or down (1)."""
    version = _in_writing(section.version_id, by)
    _move(section, list(version.sections.all()), by_places)
    _changed(version, by, at, "order")


@transaction.atomic
def add_question(section: Section, part: QuestionPart, *, by: Actor, at: datetime) -> Question:
    """Add a question at the end of a section."""
    version = _in_writing(section.version_id, by)
    place = _next_place(section.questions.all())
    question = Question.objects.create(section=section, place=place, **asdict(part))
    _changed(version, by, at, "question")
    return question


@transaction.atomic
def change_question(question: Question, part: QuestionPart, *, by: Actor, at: datetime) -> None:
    """Change what a question asks, of whom, and who sees the answer."""
    version = _in_writing(question.section.version_id, by)
    names = [field.name for field in fields(part)]
    for name in names:
        setattr(question, name, getattr(part, name))
    question.save(update_fields=names)
    _changed(version, by, at, "question")


@transaction.atomic
def remove_question(question: Question, *, by: Actor, at: datetime) -> None:
    """Take a question out."""
    version = _in_writing(question.section.version_id, by)
    question.delete()
    _changed(version, by, at, "question")


@transaction.atomic
def move_question(question: Question, *, by_places: int, by: Actor, at: datetime) -> None:
    """Move a question up (-1) or down (1) within its section."""
    version = _in_writing(question.section.version_id, by)
    _move(question, list(question.section.questions.all()), by_places)
    _changed(version, by, at, "order")


def freeze_version(version: TemplateVersion, *, by: Actor, at: datetime) -> None:
    """From now on a version stays as it is; called when a cycle opens, in its transaction."""
    frozen = TemplateVersion.objects.filter(pk=version.pk, frozen_at=None).update(frozen_at=at)
    if frozen:
        record("template.version_frozen", about=version, by=by, at=at)


def _in_writing(version_id: int, by: Actor) -> TemplateVersion:
    version = TemplateVersion.objects.select_for_update().get(pk=version_id)
    may_change_version(by, version).enforce()
    return version


def _changed(version: TemplateVersion, by: Actor, at: datetime, what: str) -> None:
    record("template.changed", about=version, by=by, at=at, what=what)


def _write_version(template: Template, parts: VersionPart) -> TemplateVersion:
    last = template.versions.aggregate(last=Max("number"))["last"] or 0
    version = TemplateVersion.objects.create(
        template=template,
        number=last + 1,
        guidance=parts.guidance,
        self_shown_to_manager=parts.self_shown_to_manager,
    )
    ScaleLevel.objects.bulk_create(
        ScaleLevel(version=version, **asdict(level)) for level in parts.levels
    )
    for place, section in enumerate(parts.sections, start=1):
        _write_section(version, section, place)
    return version


def _write_section(version: TemplateVersion, part: SectionPart, place: int) -> Section:
    section = Section.objects.create(
        version=version,
        place=place,
        title=part.title,
        weight=part.weight,
        guidance=part.guidance,
        shows_goals=part.shows_goals,
    )
    Question.objects.bulk_create(
        Question(section=section, place=number, **asdict(question))
        for number, question in enumerate(part.questions, start=1)
    )
    return section


def _next_place(things: models.QuerySet[P]) -> int:
    last = things.aggregate(last=Max("place"))["last"]
    return (last or 0) + 1


def _move(thing: P, things: list[P], by_places: int) -> None:
    now = things.index(thing)
    things.insert(max(0, min(len(things) - 1, now + by_places)), things.pop(now))
    _number(things)


def _number(things: Iterable[P]) -> None:
    for place, thing in enumerate(things, start=1):
        if thing.place != place:
            thing.place = place
            thing.save(update_fields=["place"])
