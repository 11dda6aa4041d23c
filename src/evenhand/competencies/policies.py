from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from evenhand.competencies.models import (
    Competency,
    CompetencyModel,
    CompetencyVersion,
    Edition,
    ModelVersion,
)
from evenhand.kernel.acting import Actor, Role
from evenhand.kernel.verdict import ALLOWED, Ground, Verdict

NOT_THE_SPECIALIST = Verdict(
    "not_the_specialist",
    _("Only a performance management specialist can do this. Ask one to do it for you."),
)
VERSION_PUBLISHED = Verdict(
    "version_published",
    _("This version is published, so it no longer changes. Write a new version of it instead."),
    Ground.WHEN,
)
LATER_VERSION = Verdict(
    "later_version",
    _("A version is published for that day or a later one. Choose the day it begins, or a later."),
    Ground.WHEN,
)
DAY_HAS_PASSED = Verdict(
    "day_has_passed",
    _("This replaces a version people work with, so it can begin today at the earliest."),
    Ground.WHAT,
)
NEVER_PUBLISHED = Verdict(
    "never_published",
    _("Nothing of this has been published. Throw the version in writing away instead."),
    Ground.WHEN,
)
RETIRED = Verdict(
    "retired", _("This has been retired. Bring it back before writing a new version."), Ground.WHEN
)


def visible_competencies(actor: Actor) -> QuerySet[Competency]:
    """Everybody sees what has been published; who writes the library also what has not."""
    if may_write_library(actor):
        return Competency.objects.all()
    published = CompetencyVersion.objects.published().filter(competency=OuterRef("pk"))
    return Competency.objects.filter(Exists(published))


def visible_versions(actor: Actor) -> QuerySet[CompetencyVersion]:
    """Everybody reads published versions; who writes the library also the one in writing."""
    rows = CompetencyVersion.objects.select_related("competency")
    return rows if may_write_library(actor) else rows.published()


def visible_models(actor: Actor) -> QuerySet[CompetencyModel]:
    """Everybody sees which models have been published; who writes them also the others."""
    if may_write_library(actor):
        return CompetencyModel.objects.all()
    published = ModelVersion.objects.published().filter(model=OuterRef("pk"))
    return CompetencyModel.objects.filter(Exists(published))


def visible_model_versions(actor: Actor) -> QuerySet[ModelVersion]:
    """Everybody reads published versions; who writes models also the one in writing."""
    rows = ModelVersion.objects.select_related("model")
    return rows if may_write_library(actor) else rows.published()


def may_write_library(actor: Actor) -> Verdict:
    """The specialist for the whole organization writes the library and the models."""
    return ALLOWED if actor.holds_everywhere(Role.SPECIALIST) else NOT_THE_SPECIALIST


def may_write_next(actor: Actor, thing: Competency | CompetencyModel) -> Verdict:
    """A new version is written of what is in use."""
    verdict = may_write_library(actor)
    return RETIRED if verdict and thing.retired_at is not None else verdict


def may_change_version(actor: Actor, version: Edition) -> Verdict:
    """A version changes, or is thrown away, until it is published."""
    verdict = may_write_library(actor)
    return VERSION_PUBLISHED if verdict and version.is_published else verdict


def may_publish(actor: Actor, version: Edition, before: Edition | None, starts_on: date) -> Verdict:
    """A version begins on a day of its own choosing; one that replaces another not in the past.

    What is published for a later day is replaced from its first day on, never from before.
    """
    verdict = may_change_version(actor, version)
    if not verdict or before is None or before.starts_on is None:
        return verdict
    if starts_on < before.starts_on:
        return LATER_VERSION
    return DAY_HAS_PASSED if starts_on < actor.on else ALLOWED


def may_retire(actor: Actor, thing: Competency | CompetencyModel) -> Verdict:
    """What was published once can be offered no longer, and brought back."""
    verdict = may_write_library(actor)
    if verdict and not thing.versions.filter(published_at__isnull=False).exists():
        return NEVER_PUBLISHED
    return verdict


def may_see_jobs(actor: Actor) -> Verdict:
    """Who looks after programmes sees which kinds of job have a model and which have none."""
    if actor.holds(Role.SPECIALIST, Role.HR_PARTNER, Role.EXECUTIVE):
        return ALLOWED
    return NOT_THE_SPECIALIST
