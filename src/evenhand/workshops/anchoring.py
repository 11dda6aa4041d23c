"""Which anchors a competency has by now, and which are missing."""

from collections.abc import Iterable
from dataclasses import dataclass

from evenhand.competencies.kinds import ANCHORED_LEVELS, FEWEST_ANCHORS, LEVELS
from evenhand.competencies.models import CompetencyVersion
from evenhand.workshops.models import AnchorSource, Workshop
from evenhand.workshops.naming import competencies_of


@dataclass(frozen=True, slots=True)
class Written:
    """An anchor as it stands, with the incident it came from when it came from this workshop."""

    text: str
    source: AnchorSource | None


@dataclass(frozen=True, slots=True)
class LevelAnchors:
    """The anchors of a level, and how many more the rule asks for."""

    value: int
    label: str
    anchors: tuple[Written, ...]

    @property
    def missing(self) -> int:
        is_asked = self.value in ANCHORED_LEVELS
        return max(0, FEWEST_ANCHORS - len(self.anchors)) if is_asked else 0


@dataclass(frozen=True, slots=True)
class CompetencyAnchors:
    """What there is for a competency: in its version in writing, or else in its newest one."""

    id: int
    name: str
    version_id: int
    is_in_writing: bool
    levels: tuple[LevelAnchors, ...]

    @property
    def missing(self) -> int:
        return sum(level.missing for level in self.levels)


def anchors_of(workshop: Workshop) -> list[CompetencyAnchors]:
    """The anchors of every competency of a workshop, level by level."""
    named = {row.id: row.name for row in competencies_of(workshop)}
    versions = newest_versions(named)
    sources: dict[tuple[int, int, str], AnchorSource] = {}
    for source in AnchorSource.objects.filter(incident__workshop=workshop).select_related(
        "incident"
    ):
        sources[source.incident.competency_id, source.level, source.text] = source
    return [_shown(versions[pk], name, sources) for pk, name in named.items()]


def newest_versions(competency_ids: Iterable[int]) -> dict[int, CompetencyVersion]:
    """The newest version of each competency, which is the one in writing where there is one."""
    versions = CompetencyVersion.objects.filter(competency__in=list(competency_ids))
    ordered = versions.prefetch_related("levels__anchors").order_by("number")
    return {version.competency_id: version for version in ordered}


def levels_to_choose(version: CompetencyVersion) -> list[int]:
    """The levels of a version at which an anchor can be put."""
    return [level.value for level in version.levels.all() if level.value in LEVELS]


def _shown(
    version: CompetencyVersion, name: str, sources: dict[tuple[int, int, str], AnchorSource]
) -> CompetencyAnchors:
    levels = {level.value: level for level in version.levels.all()}
    return CompetencyAnchors(
        id=version.competency_id,
        name=name,
        version_id=version.pk,
        is_in_writing=not version.is_published,
        levels=tuple(
            LevelAnchors(
                value,
                levels[value].label if value in levels else "",
                tuple(
                    Written(anchor.text, sources.get((version.competency_id, value, anchor.text)))
                    for anchor in (levels[value].anchors.all() if value in levels else ())
                ),
            )
            for value in sorted({*ANCHORED_LEVELS, *levels})
        ),
    )
