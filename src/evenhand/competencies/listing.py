"""The library and its models as lists: one row for each, in the version that counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import (
    Case,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from evenhand.competencies.models import CompetencyVersion, ModelVersion
from evenhand.competencies.parts import Job
from evenhand.competencies.policies import visible_model_versions, visible_versions
from evenhand.competencies.queries import models_in_force
from evenhand.kernel.acting import Actor
from evenhand.kernel.paging import Page, page_of
from evenhand.people.models import Position

BY_NAME = ("name", "pk")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look for in the library."""

    words: str = ""
    category: str = ""
    retired: bool = False


@dataclass(frozen=True, slots=True)
class JobRow:
    """A kind of job that people hold, how many do, and the model it has, if any."""

    job: Job
    people: int
    model: ModelVersion | None


def library(actor: Actor, wanted: Wanted, *, cursor: str = "") -> Page[CompetencyVersion]:
    """One version of each competency one may see: the one that counts today, else the newest.

    Rows also say whether one `is_written_anew`.
    """
    rows = visible_versions(actor).filter(
        pk=Subquery(_counting(visible_versions(actor), "competency", actor.on)),
        competency__retired_at__isnull=not wanted.retired,
    )
    if wanted.category:
        rows = rows.filter(category=wanted.category)
    if wanted.words:
        rows = rows.filter(Q(name__icontains=wanted.words) | Q(definition__icontains=wanted.words))
    in_writing = CompetencyVersion.objects.filter(
        competency=OuterRef("competency"), published_at=None
    )
    return page_of(rows.annotate(is_written_anew=Exists(in_writing)), BY_NAME, cursor=cursor)


def models(actor: Actor, wanted: Wanted, *, cursor: str = "") -> Page[ModelVersion]:
    """One version of each model one may see, with how many `competencies` it asks for."""
    rows = visible_model_versions(actor).filter(
        pk=Subquery(_counting(visible_model_versions(actor), "model", actor.on)),
        model__retired_at__isnull=not wanted.retired,
    )
    if wanted.words:
        rows = rows.filter(
            Q(name__icontains=wanted.words)
            | Q(job_family__icontains=wanted.words)
            | Q(title__icontains=wanted.words)
        )
    in_writing = ModelVersion.objects.filter(model=OuterRef("model"), published_at=None)
    rows = rows.annotate(
        is_written_anew=Exists(in_writing), competencies=Count("requirements", distinct=True)
    )
    return page_of(rows, BY_NAME, cursor=cursor)


def jobs(on: date) -> Sequence[JobRow]:
    """Every kind of job held on a day with its model; those without one first, then by number."""
    choice = models_in_force(on)
    held = (
        Position.objects.on(on)
        .order_by()
        .values_list("job_family", "title", "grade")
        .annotate(people=Count("pk"))
    )
    rows = [
        JobRow(job, people, choice.model_for(job))
        for family, title, grade, people in held
        for job in [Job(family, title, grade)]
    ]
    return sorted(rows, key=_most_wanting_first)


def _most_wanting_first(row: JobRow) -> tuple[bool, int, str, str, str]:
    return row.model is not None, -row.people, row.job.job_family, row.job.title, row.job.grade


def _counting(
    versions: "QuerySet[CompetencyVersion] | QuerySet[ModelVersion]", thing: str, on: date
) -> "QuerySet[CompetencyVersion] | QuerySet[ModelVersion]":
    """Of the versions of one thing, the one to show: in force, else published, else the newest."""
    rank = Case(
        When(published_at__isnull=False, starts_on__lte=on, ends_on__gt=on, then=Value(0)),
        When(published_at__isnull=False, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    same = versions.filter(**{thing: OuterRef(thing)})
    return same.order_by(rank, "-number").values("pk")[:1]  # type: ignore[return-value]  # values
