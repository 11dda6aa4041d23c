"""What has held for a person, each with its days: for those who may read it."""

from dataclasses import dataclass
from datetime import date

from evenhand.people.models import Employment, Leave, Person, Position, ReportingLine, WorkingTime

LATEST = ("-starts_on", "-pk")


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """The dated facts about a person, the latest first."""

    employments: tuple[Employment, ...]
    positions: tuple[Position, ...]
    lines: tuple[ReportingLine, ...]
    leaves: tuple[Leave, ...]
    working_times: tuple[WorkingTime, ...]

    def manager_on(self, day: date) -> Person | None:
        lines = (line for line in self.lines if line.holds_on(day) and not line.is_matrix)
        return next((line.manager for line in lines), None)


def person_record(person: Person) -> PersonRecord:
    """Everything dated about a person; whether one may read it is asked before."""
    positions = Position.objects.filter(person=person).select_related("unit")
    lines = ReportingLine.objects.filter(person=person).select_related("manager")
    return PersonRecord(
        employments=tuple(Employment.objects.filter(person=person).order_by(*LATEST)),
        positions=tuple(positions.order_by(*LATEST)),
        lines=tuple(lines.order_by(*LATEST)),
        leaves=tuple(Leave.objects.filter(person=person).order_by(*LATEST)),
        working_times=tuple(WorkingTime.objects.filter(person=person).order_by(*LATEST)),
    )
