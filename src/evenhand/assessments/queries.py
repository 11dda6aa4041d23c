"""What pages ask of assessments: profiles of a person, of a team, of everyone in a kind of job."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Avg, Count, Exists, F, OuterRef, Q, QuerySet

from evenhand.assessments import FEWEST_OTHERS
from evenhand.assessments.gaps import Asked, Gap, Group, Shortfall, gap_of, shortfall_of
from evenhand.assessments.kinds import IN_WRITING, PartState, Source
from evenhand.assessments.models import AssessedCompetency, Assessment, AssessmentPart, Observation
from evenhand.assessments.policies import parts_to_write, visible_assessments, visible_parts
from evenhand.assessments.results import comparison, levels_given, published
from evenhand.competencies.models import CompetencyModel, CompetencyVersion
from evenhand.kernel.acting import Actor, Role
from evenhand.kernel.paging import Page, page_of
from evenhand.people.models import Person
from evenhand.people.queries import BY_NAME, people_reporting_to
from evenhand.people.visibility import works_within

FEWEST_PEOPLE = 5
FORMER = 6


@dataclass(frozen=True, slots=True)
class Line:
    """One competency of a profile, with all that this reader may know of it."""

    asked: AssessedCompetency
    own: int | None
    manager: int | None
    others: Group | None
    compared: Asked
    gap: Gap
    before: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """Where a person stands, as far as this reader may know."""

    assessment: Assessment
    lines: tuple[Line, ...]
    shortfall: Shortfall

    @property
    def has_hypotheses(self) -> bool:
        return any(line.gap.is_hypothesis for line in self.lines)


@dataclass(frozen=True, slots=True)
class Example:
    """What somebody saw; others are never named."""

    source: Source
    text: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A person of a team with the newest closed assessment, by competency."""

    person: Person
    result: Assessment | None
    open_id: int | None
    gaps: dict[int, AssessedCompetency]


@dataclass(frozen=True, slots=True)
class JobLine:
    """A competency in a kind of job; figures only from five people on."""

    name: str
    people: int
    expected: float | None = None
    observed: Decimal | None = None
    behind: int | None = None

    @property
    def is_told(self) -> bool:
        return self.people >= FEWEST_PEOPLE


def profile(actor: Actor, assessment: Assessment) -> Profile:
    """The profile of one visible assessment; of others only what was published on closing."""
    asked = list(assessment.competencies.select_related("version", "competency"))
    given = levels_given([assessment.pk], visible_parts(actor))
    before = _before(actor, assessment)
    lines = tuple(_line(one, given.get(one.pk, {}), before) for one in asked)
    return Profile(assessment, lines, shortfall_of([line.compared for line in lines]))


def examples(actor: Actor, assessment: Assessment) -> dict[int, list[Example]]:
    """What was seen, by assessed competency: of the person and the manager as one may read them.

    Of others only once it is closed, where at least three wrote an example of a competency; in the
    order of the alphabet, so that their order says nothing.
    """
    found: dict[int, list[Example]] = defaultdict(list)
    parts = visible_parts(actor).filter(
        assessment=assessment, state=PartState.SUBMITTED, source__in=(Source.SELF, Source.MANAGER)
    )
    written = Observation.objects.filter(part__in=parts).exclude(example="")
    for one in written.select_related("part").order_by("-part__source", "pk"):
        found[one.asked_id].append(Example(Source(one.part.source), one.example))
    for asked, texts in _examples_of_others(assessment).items():
        if len(texts) >= FEWEST_OTHERS:
            found[asked] += [Example(Source.OTHER, text) for text in sorted(texts, key=_plain)]
    return dict(found)


def earlier_results(actor: Actor, assessment: Assessment) -> QuerySet[Assessment]:
    """The closed assessments of the same person from before."""
    return _earlier(actor, assessment).select_related("model_version")[:FORMER]


def results_of(actor: Actor, person_id: int) -> QuerySet[Assessment]:
    """The closed assessments of a person that one may read, the newest first."""
    closed = visible_assessments(actor).filter(subject=person_id, closed_at__isnull=False)
    return closed.order_by("-opened_at", "-pk")


def newest_observed(actor: Actor, person_id: int) -> list[AssessedCompetency]:
    """What was observed of a person in the newest closed assessment; none where there is none."""
    newest = results_of(actor, person_id).values("pk")[:1]
    observed = AssessedCompetency.objects.filter(assessment__in=newest, observed__isnull=False)
    return list(observed.select_related("version"))


def waiting_parts(actor: Actor) -> QuerySet[AssessmentPart]:
    """What this person still has to write, the most urgent first."""
    waiting = parts_to_write(actor).filter(state__in=IN_WRITING, assessment__closed_at=None)
    return waiting.select_related("assessment__subject").order_by("assessment__due_on", "pk")


def proposals(actor: Actor, assessment: Assessment) -> QuerySet[AssessmentPart]:
    """Who was proposed and waits for a decision."""
    visible = visible_assessments(actor).filter(pk=assessment.pk)
    parts = AssessmentPart.objects.filter(assessment__in=visible, state=PartState.PROPOSED)
    return parts.select_related("assessor").order_by("pk")


def team_standing(actor: Actor, *, cursor: str = "") -> Page[Standing]:
    """Who reports to the actor, each with the newest closed assessment one may read."""
    people = people_reporting_to(actor.person_id, on=actor.on).exclude(pk__in=actor.own_ids)
    return page_of(people, BY_NAME, cursor=cursor).shown_as(lambda rows: _standings(actor, rows))


def models_assessed(actor: Actor) -> QuerySet[CompetencyModel]:
    """Models with people in one's scope whose assessments are closed, and how many."""
    results = _newest_in_scope(actor).filter(model_version__model=OuterRef("pk"))
    return (
        CompetencyModel.objects.filter(Exists(results))
        .order_by("code")
        .prefetch_related("versions")
    )


def job_standing(actor: Actor, model: CompetencyModel) -> list[JobLine]:
    """Means over the newest results of people in one's scope, competency by competency."""
    results = _newest_in_scope(actor).filter(model_version__model=model)
    rows = (
        AssessedCompetency.objects.filter(assessment__in=results, observed__isnull=False)
        .order_by()
        .values("competency")
        .annotate(
            people=Count("pk"),
            expected=Avg("expected_level"),
            seen=Avg("observed"),
            behind=Count("pk", filter=Q(observed__lt=F("expected_level"))),
        )
    )
    names = _names([row["competency"] for row in rows])
    told = [
        JobLine(names[row["competency"]], row["people"])
        if row["people"] < FEWEST_PEOPLE
        else JobLine(
            names[row["competency"]], row["people"], row["expected"], row["seen"], row["behind"]
        )
        for row in rows
    ]
    return sorted(told, key=lambda line: line.name)


def _line(asked: AssessedCompetency, given: dict[str, int], before: dict[int, Decimal]) -> Line:
    others = published(asked)
    compared = comparison(asked, given, others)
    return Line(
        asked=asked,
        own=given.get(Source.SELF),
        manager=given.get(Source.MANAGER),
        others=others,
        compared=compared,
        gap=gap_of(compared),
        before=before.get(asked.competency_id),
    )


def _earlier(actor: Actor, assessment: Assessment) -> QuerySet[Assessment]:
    return results_of(actor, assessment.subject_id).filter(opened_at__lt=assessment.opened_at)


def _before(actor: Actor, assessment: Assessment) -> dict[int, Decimal]:
    """What was observed in the assessment before this one, by competency."""
    last = _earlier(actor, assessment).values("pk")[:1]
    rows = AssessedCompetency.objects.filter(assessment__in=last)
    return {
        competency: observed
        for competency, observed in rows.values_list("competency", "observed")
        if observed is not None
    }


def _examples_of_others(assessment: Assessment) -> dict[int, list[str]]:
    if assessment.is_open:
        return {}
    texts: dict[int, list[str]] = defaultdict(list)
    rows = Observation.objects.filter(
        asked__assessment=assessment,
        asked__others__isnull=False,
        part__source=Source.OTHER,
        part__state=PartState.SUBMITTED,
        level__isnull=False,
    ).exclude(example="")
    for asked, text in rows.values_list("asked", "example"):
        texts[asked].append(text)
    return texts


def _plain(text: str) -> str:
    return text.casefold()


def _standings(actor: Actor, people: Sequence[Person]) -> list[Standing]:
    ids = [person.pk for person in people]
    rows = visible_assessments(actor).filter(subject__in=ids).order_by("opened_at", "pk")
    results = {one.subject_id: one for one in rows.filter(closed_at__isnull=False)}
    still_open = dict(rows.filter(closed_at=None).values_list("subject", "pk"))
    asked = AssessedCompetency.objects.filter(assessment__in=list(results.values()))
    cells: dict[int, dict[int, AssessedCompetency]] = defaultdict(dict)
    for one in asked.select_related("version"):
        cells[one.assessment_id][one.competency_id] = one
    return [
        Standing(
            person,
            result := results.get(person.pk),
            still_open.get(person.pk),
            cells[result.pk] if result else {},
        )
        for person in people
    ]


def _newest_in_scope(actor: Actor) -> QuerySet[Assessment]:
    """The newest closed assessment of everybody in a specialist's or HR partner's scope."""
    closed = Assessment.objects.filter(closed_at__isnull=False)
    later = closed.filter(subject=OuterRef("subject"), opened_at__gt=OuterRef("opened_at"))
    newest = closed.exclude(Exists(later))
    if actor.is_delegate:
        return newest.none()
    if actor.holds_everywhere(Role.SPECIALIST, Role.HR_PARTNER):
        return newest
    units = actor.units_as(Role.SPECIALIST, Role.HR_PARTNER)
    return newest.filter(works_within(units, on=actor.on, person="subject"))


def _names(competencies: Sequence[int]) -> dict[int, str]:
    rows = CompetencyVersion.objects.published().filter(competency__in=competencies)
    return dict(rows.order_by("number").values_list("competency", "name"))
