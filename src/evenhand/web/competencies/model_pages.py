"""What the pages about competency models show."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.http import Http404

from evenhand.competencies.models import (
    CompetencyModel,
    CompetencyVersion,
    ModelVersion,
)
from evenhand.competencies.parts import ModelPart
from evenhand.competencies.policies import (
    may_change_version,
    may_retire,
    may_write_library,
    may_write_next,
    visible_model_versions,
)
from evenhand.competencies.problems import problems_of_model
from evenhand.competencies.queries import requirements_of
from evenhand.competencies.reading import model_part
from evenhand.kernel.acting import Actor
from evenhand.people.models import Position
from evenhand.web.competencies.forms import PublicationForm
from evenhand.web.competencies.model_forms import Offered

MOST_SUGGESTED = 200


def with_requirements(versions: QuerySet[ModelVersion]) -> QuerySet[ModelVersion]:
    return versions.prefetch_related("requirements__competency")


def model_that_counts(actor: Actor, model: CompetencyModel) -> ModelVersion:
    """The version in force today, else the newest one may see."""
    seen = visible_model_versions(actor).filter(model=model).order_by("-number")
    counting = ModelVersion.objects.in_force(actor.on)
    found = seen.filter(pk__in=counting.values("pk")).first() or seen.first()
    if found is None:
        raise Http404
    return found


def model_page(actor: Actor, version: ModelVersion) -> dict[str, object]:
    """A version of a model with what it expects, its other versions, and what may be done."""
    model, part = version.model, model_part(version)
    others = list(visible_model_versions(actor).filter(model=model).order_by("-number"))
    is_writer = bool(may_write_library(actor))
    on = max(version.starts_on or actor.on, actor.on)
    rows = requirements_of(version, on)
    known = {row.code for row in rows}
    return {
        "version": version,
        "model": model,
        "part": part,
        "rows": rows,
        "total": sum(requirement.weight for requirement in part.requirements),
        "not_in_force": [r for r in part.requirements if r.code not in known],
        "versions": others,
        "before": next((v for v in others if v.number < version.number), None),
        "may_write": is_writer,
        "may_change": is_writer and may_change_version(actor, version),
        "may_write_next": is_writer and may_write_next(actor, model),
        "may_retire": is_writer and may_retire(actor, model),
        "has_draft": any(not v.is_published for v in others),
    }


def model_readiness(actor: Actor, version: ModelVersion) -> dict[str, object]:
    """What stands in the way of publishing a model today."""
    return {
        "problems": problems_of_model(model_part(version), actor.on),
        "publication_form": PublicationForm(initial={"starts_on": actor.on}),
    }


def offered(part: ModelPart | None = None) -> Offered:
    """The competencies to choose from: what is published and not retired, and what is chosen."""
    chosen = [requirement.code for requirement in part.requirements] if part else []
    in_use = Q(published_at__isnull=False, competency__retired_at=None)
    versions = CompetencyVersion.objects.filter(in_use | Q(competency__code__in=chosen))
    newest = {
        code: (code, name, category)
        for code, name, category in versions.order_by("number").values_list(
            "competency__code", "name", "category"
        )
    }
    return sorted(newest.values(), key=lambda row: row[1].casefold())


def names_of(codes: Iterable[str]) -> dict[str, str]:
    """What competencies are called, by their codes."""
    versions = CompetencyVersion.objects.filter(competency__code__in=set(codes))
    return dict(versions.order_by("number").values_list("competency__code", "name"))


def suggestions(actor: Actor) -> dict[str, list[str]]:
    """Job families and titles that people hold today, to choose from while writing."""
    held = Position.objects.on(actor.on)
    return {
        name: list(
            held.exclude(**{field: ""})
            .order_by(field)
            .values_list(field, flat=True)
            .distinct()[:MOST_SUGGESTED]
        )
        for name, field in (("families", "job_family"), ("titles", "title"))
    }
