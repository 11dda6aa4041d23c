"""What the pages about competencies and models show."""

from django.db.models import Prefetch, QuerySet
from django.http import Http404

from evenhand.competencies.kinds import FINDING_OUT
from evenhand.competencies.models import (
    Competency,
    CompetencyVersion,
    Level,
    ModelVersion,
    Requirement,
)
from evenhand.competencies.policies import (
    may_change_version,
    may_retire,
    may_write_library,
    may_write_next,
    visible_versions,
)
from evenhand.competencies.problems import (
    advice_for_competency,
    problems_of_competency,
    problems_with_models,
)
from evenhand.competencies.queries import model_of_person
from evenhand.competencies.reading import competency_part
from evenhand.kernel.acting import Actor
from evenhand.web.competencies.forms import PublicationForm


def with_levels(versions: QuerySet[CompetencyVersion]) -> QuerySet[CompetencyVersion]:
    levels = Level.objects.order_by("value").prefetch_related("anchors")
    return versions.prefetch_related(Prefetch("levels", levels))


def version_that_counts(actor: Actor, competency: Competency) -> CompetencyVersion:
    """The version in force today, else the newest one may see."""
    seen = visible_versions(actor).filter(competency=competency).order_by("-number")
    counting = CompetencyVersion.objects.in_force(actor.on)
    found = seen.filter(pk__in=counting.values("pk")).first() or seen.first()
    if found is None:
        raise Http404
    return found


def competency_page(actor: Actor, version: CompetencyVersion) -> dict[str, object]:
    """A version of a competency with the others of its kind, and what may be done."""
    competency = version.competency
    part = competency_part(version)
    others = list(visible_versions(actor).filter(competency=competency).order_by("-number"))
    is_writer = bool(may_write_library(actor))
    return {
        "version": version,
        "competency": competency,
        "part": part,
        "finding_out": FINDING_OUT[version.nature],
        "versions": others,
        "before": next((v for v in others if v.number < version.number), None),
        "is_in_force": _is_in_force(version, actor),
        "used_in": models_using(actor, competency),
        "may_write": is_writer,
        "may_change": is_writer and may_change_version(actor, version),
        "may_write_next": is_writer and may_write_next(actor, competency),
        "may_retire": is_writer and may_retire(actor, competency),
        "has_draft": any(not v.is_published for v in others),
    }


def readiness(actor: Actor, version: CompetencyVersion) -> dict[str, object]:
    """What stands in the way of publishing a competency, and what could be better."""
    part = competency_part(version)
    return {
        "problems": problems_of_competency(part)
        + problems_with_models(version.competency, part, actor.on),
        "advice": advice_for_competency(part),
        "publication_form": PublicationForm(initial={"starts_on": actor.on}),
    }


def own_model(actor: Actor) -> ModelVersion | None:
    """The model of one's own job; a delegate is not told what the principal's job asks."""
    return None if actor.is_delegate else model_of_person(actor.person_id, actor.on)


def models_using(actor: Actor, competency: Competency) -> list[ModelVersion]:
    """The models in force that ask for a competency."""
    asking = Requirement.objects.filter(competency=competency).values("version")
    in_force = ModelVersion.objects.in_force(actor.on).filter(pk__in=asking)
    return list(in_force.select_related("model").order_by("name", "pk")[:50])


def _is_in_force(version: CompetencyVersion | ModelVersion, actor: Actor) -> bool:
    starts_on = version.starts_on
    return starts_on is not None and starts_on <= actor.on < version.ends_on
