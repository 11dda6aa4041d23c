"""What comes of an assessment: worked out once, on closing, and then kept."""

from collections import defaultdict
from collections.abc import Collection
from decimal import Decimal

from django.db.models import QuerySet

from evenhand.assessments.gaps import Asked, Group, Shortfall, gap_of, group_of, shortfall_of
from evenhand.assessments.kinds import PartState, Source
from evenhand.assessments.models import AssessedCompetency, Assessment, AssessmentPart, Observation

ONE_EACH = (Source.SELF, Source.MANAGER)


def levels_given(
    assessment_ids: Collection[int], parts: QuerySet[AssessmentPart]
) -> dict[int, dict[str, int]]:
    """What the person and the manager observed, by assessed competency and source.

    Only what is submitted, and only from among these parts.
    """
    given: dict[int, dict[str, int]] = defaultdict(dict)
    submitted = parts.filter(
        assessment__in=assessment_ids, source__in=ONE_EACH, state=PartState.SUBMITTED
    )
    rows = Observation.objects.filter(part__in=submitted)
    for asked, source, level in rows.values_list("asked", "part__source", "level"):
        if level is not None:
            given[asked][source] = level
    return given


def published(asked: AssessedCompetency) -> Group | None:
    """What others said of a competency, once it stands."""
    if asked.others is None or asked.others_count is None:
        return None
    return Group(asked.others, asked.others_count)


def comparison(asked: AssessedCompetency, given: dict[str, int], others: Group | None) -> Asked:
    """Each source counts once: the person, the manager, and the others together."""
    observed = tuple(Decimal(given[source]) for source in ONE_EACH if source in given)
    if others is not None:
        observed += (others.level,)
    return Asked(asked.expected_level, asked.weight, observed)


def settle(assessment: Assessment) -> Shortfall:
    """Work out and keep what was observed, with the others where enough of them rated."""
    asked = list(assessment.competencies.all())
    given = levels_given([assessment.pk], AssessmentPart.objects.all())
    others = _levels_of_others(assessment)
    compared = []
    for one in asked:
        group = group_of(others[one.pk])
        compared.append(comparison(one, given.get(one.pk, {}), group))
        gap = gap_of(compared[-1])
        one.observed, one.sources = gap.observed, gap.sources
        one.others, one.others_count = (group.level, group.count) if group else (None, None)
    AssessedCompetency.objects.bulk_update(asked, ["observed", "sources", "others", "others_count"])
    return shortfall_of(compared)


def _levels_of_others(assessment: Assessment) -> dict[int, list[int]]:
    said: dict[int, list[int]] = defaultdict(list)
    rows = Observation.objects.filter(
        part__assessment=assessment,
        part__source=Source.OTHER,
        part__state=PartState.SUBMITTED,
    )
    for asked, level in rows.values_list("asked", "level"):
        if level is not None:
            said[asked].append(level)
    return said
