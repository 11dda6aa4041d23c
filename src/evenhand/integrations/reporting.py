"""Whom somebody reports to: a new manager begins a new line, the line up to then stays."""

from dataclasses import dataclass
from datetime import date

from evenhand.integrations.drafting import FactChange, told
from evenhand.integrations.kinds import Fact
from evenhand.integrations.people_files.kinds import PersonRow
from evenhand.integrations.sight import Sight
from evenhand.integrations.snapshots import Known, Stay, at
from evenhand.integrations.standing import Standing
from evenhand.people.changes import Reports


@dataclass(frozen=True, slots=True)
class Wanted:
    """The manager a row names, of either kind."""

    number: str
    manager: str
    is_matrix: bool

    @property
    def fact(self) -> Fact:
        return Fact.MATRIX_MANAGER if self.is_matrix else Fact.MANAGER


def wanted(sight: Sight, row: PersonRow) -> list[Wanted]:
    """The managers that the row says something about; one that was not found says nothing."""
    found: list[Wanted] = []
    if row.manager_number is not None and row.row not in sight.lacking_manager:
        found.append(Wanted(row.number, row.manager_number, is_matrix=False))
    if row.matrix_manager_number is not None and can_lead(sight, row):
        found.append(Wanted(row.number, row.matrix_manager_number, is_matrix=True))
    return found


def new_line(sight: Sight, asked: Wanted, span: Stay) -> list[FactChange]:
    """The line of somebody new, as far as both work here."""
    line = _while_manager_is_here(sight, asked, span.starts_on, span.ends_on)
    if line is None:
        return []
    sight.draft.reports.append(line)
    return [told(asked.fact, "", sight.name_of(asked.manager))]


def changed_line(sight: Sight, asked: Wanted, known: Known, standing: Standing) -> list[FactChange]:
    span = standing.span
    if span is None:
        return []
    lines = sight.now.matrix_lines if asked.is_matrix else sight.now.lines
    stays = lines.get(known.pk, [])
    on = max(sight.on, span.starts_on)
    manager = sight.span_of(asked.manager) if asked.manager else None
    if manager is not None:
        on = max(on, manager.starts_on)
    current = at(stays, on)
    old = sight.now.by_key[current.facts[0]].number if current else ""
    ends_on = standing.end_of(stays, current, on)
    if old == asked.manager:
        _prolong(sight, asked, current, ends_on)
        return []
    if asked.manager:
        line = _while_manager_is_here(sight, asked, on, ends_on)
        if line is None:
            return []
        sight.draft.reports.append(line)
    else:
        sight.draft.reports.append(Reports(known.number, "", on, ends_on, asked.is_matrix))
    return [told(asked.fact, sight.name_of(old), sight.name_of(asked.manager), on)]


def can_lead(sight: Sight, row: PersonRow) -> bool:
    """Whether the matrix manager is somebody else who works here, or nobody."""
    number = row.matrix_manager_number
    if not number:
        return True
    span = sight.span_of(number)
    return number != row.number and span is not None and span.ends_on > sight.on


def _while_manager_is_here(
    sight: Sight, asked: Wanted, starts_on: date, ends_on: date
) -> Reports | None:
    manager = sight.span_of(asked.manager) if asked.manager else None
    if manager is None:
        return None
    starts_on, ends_on = max(starts_on, manager.starts_on), min(ends_on, manager.ends_on)
    if starts_on >= ends_on:
        return None
    return Reports(asked.number, asked.manager, starts_on, ends_on, asked.is_matrix)


def _prolong(sight: Sight, asked: Wanted, current: Stay | None, ends_on: date) -> None:
    """The same manager for as long as the employment now lasts."""
    if current is None or ends_on <= current.ends_on:
        return
    line = _while_manager_is_here(sight, asked, current.ends_on, ends_on)
    if line is not None:
        sight.draft.reports.append(line)
