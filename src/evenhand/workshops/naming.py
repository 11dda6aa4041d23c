"""What the competencies of a workshop are called, and what they mean."""

from collections.abc import Iterable
from dataclasses import dataclass

from evenhand.competencies.models import CompetencyVersion
from evenhand.workshops.models import Workshop


@dataclass(frozen=True, slots=True)
class Named:
    """A competency in the words people know it by."""

    id: int
    name: str
    definition: str


def competencies_of(workshop: Workshop) -> list[Named]:
    """The competencies of a workshop by name."""
    return _latest(CompetencyVersion.objects.filter(competency__workshops=workshop))


def offered() -> list[Named]:
    """The competencies a workshop can be opened for: those that are not retired."""
    return _latest(CompetencyVersion.objects.filter(competency__retired_at=None))


def _latest(versions: Iterable[CompetencyVersion]) -> list[Named]:
    """Competencies by name: in the words last published, or in those being written."""
    latest = {
        version.competency_id: version
        for version in sorted(versions, key=lambda version: (version.is_published, version.number))
    }
    found = [Named(pk, version.name, version.definition) for pk, version in latest.items()]
    return sorted(found, key=lambda row: (row.name.casefold(), row.id))
