"""All dated facts about some people, to be changed together and written together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from evenhand.kernel.bulk import batches
from evenhand.kernel.periods import FOREVER
from evenhand.people.changes import PositionDetails
from evenhand.people.kinds import LineKind
from evenhand.people.models import Employment, Leave, Position, ReportingLine
from evenhand.people.timelines import AT_ONCE, Facts, Stretch, Timelines

# Whoever changes lines or units waits for whoever else does: two changes, each right by itself,
# could run in a circle together.
PEOPLE = "people.structure"

POSITION_FACTS = ("unit_id", "title", "job_family", "grade", "country", "location")


def position_facts(position: PositionDetails) -> Facts:
    """The values of POSITION_FACTS."""
    return (
        position.unit.pk,
        position.title,
        position.job_family,
        position.grade,
        position.country,
        position.location,
    )


def _lines(kind: LineKind) -> Timelines:
    return Timelines(ReportingLine.objects.all(), ["manager_id"], {"kind": kind})


@dataclass(frozen=True, slots=True)
class Records:
    """The employments, positions, reporting lines and leaves of some people."""

    employments: Timelines = field(default_factory=lambda: Timelines(Employment.objects.all()))
    positions: Timelines = field(
        default_factory=lambda: Timelines(Position.objects.all(), POSITION_FACTS)
    )
    lines: Timelines = field(default_factory=lambda: _lines(LineKind.PRIMARY))
    matrix_lines: Timelines = field(default_factory=lambda: _lines(LineKind.MATRIX))
    leaves: Timelines = field(default_factory=lambda: Timelines(Leave.objects.all()))

    def kinds(self) -> dict[str, Timelines]:
        return {
            "employment": self.employments,
            "position": self.positions,
            "manager": self.lines,
            "matrix manager": self.matrix_lines,
            "leave": self.leaves,
        }

    def load(self, person_ids: Iterable[int], *, are_new: bool = False) -> None:
        ids = list(person_ids)
        for timelines in self.kinds().values():
            timelines.load(ids, are_new=are_new)

    def end(self, leavers: Mapping[int, date]) -> None:
        """Let these people go on their day; those who reported to them get the next one above."""
        self.load(leavers)
        reports = _reports_of(leavers)
        self.lines.load(reports)
        self.matrix_lines.load(reports)
        for person_id in self.lines.by_person:
            self._pass_on(person_id, leavers)
        for person_id in self.matrix_lines.by_person:
            self._let_go(person_id, leavers)
        for person_id, on in leavers.items():
            for timelines in self.kinds().values():
                timelines.clear(person_id, on)

    def save(self) -> dict[int, list[str]]:
        """Write everything; says for each person which kinds of facts have changed."""
        changed: dict[int, list[str]] = {}
        for name, timelines in self.kinds().items():
            for person_id in timelines.changed():
                changed.setdefault(person_id, []).append(name)
            timelines.save()
        return changed

    def _pass_on(self, person_id: int, leavers: Mapping[int, date]) -> None:
        for line in self.lines.by_person[person_id]:
            on = leavers.get(line.facts[0], line.ends_on)
            starts_on = max(on, line.starts_on)
            if starts_on >= line.ends_on:
                continue
            successor = self._next_above(line.facts[0], starts_on, leavers)
            if successor is None or successor == person_id:
                self.lines.clear(person_id, starts_on, line.ends_on)
            else:
                self.lines.lay(person_id, Stretch(starts_on, line.ends_on, (successor,)))

    def _let_go(self, person_id: int, leavers: Mapping[int, date]) -> None:
        for line in self.matrix_lines.by_person[person_id]:
            on = leavers.get(line.facts[0], line.ends_on)
            if on < line.ends_on:
                self.matrix_lines.clear(person_id, max(on, line.starts_on), line.ends_on)

    def _next_above(self, person_id: int, on: date, leavers: Mapping[int, date]) -> int | None:
        """The first manager above somebody on a day who does not leave as well."""
        passed: set[int] = set()
        above: int | None = person_id
        while above is not None and leavers.get(above, FOREVER) <= on and above not in passed:
            passed.add(above)
            line = self.lines.at(above, on)
            above = line.facts[0] if line else None
        return None if above in passed else above


def _reports_of(leavers: Mapping[int, date]) -> set[int]:
    reports: set[int] = set()
    for some in batches(leavers, AT_ONCE):
        lines = ReportingLine.objects.filter(
            manager__in=some, ends_on__gt=min(leavers[person_id] for person_id in some)
        )
        reports.update(lines.values_list("person_id", flat=True))
    return reports
