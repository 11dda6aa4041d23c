"""All that is in view while the rows of a file are compared with the database."""

from dataclasses import dataclass, field
from datetime import date

from evenhand.integrations.drafting import Draft
from evenhand.integrations.people_files.kinds import PersonRow
from evenhand.integrations.snapshots import Snapshot, Stay
from evenhand.integrations.standing import Standing
from evenhand.integrations.unit_book import UnitBook
from evenhand.people.columns import Field


@dataclass(frozen=True, slots=True)
class Sight:
    """The file, the database, and the draft of what is to change.

    `owners` are the people whom the file does not name, by their addresses; the rows in
    `lacking_manager` name a manager whom nobody could find.
    """

    on: date
    now: Snapshot
    book: UnitBook
    said: frozenset[Field]
    rows: dict[str, PersonRow]
    standings: dict[str, Standing]
    columns: dict[Field, str]
    owners: dict[str, str]
    lacking_manager: frozenset[int]
    draft: Draft = field(default_factory=Draft)

    def name_of(self, number: str) -> str:
        """How somebody in the file or in the database is told from others."""
        row, known = self.rows.get(number), self.now.people.get(number)
        name = (row.name if row else "") or (known.name if known else "")
        return f"{name} ({number})" if number else ""

    def span_of(self, number: str) -> Stay | None:
        """From when to when somebody works here: as planned, or else as it is."""
        standing = self.standings.get(number)
        if standing is not None:
            return standing.span
        known = self.now.people.get(number)
        stays = self.now.employments.get(known.pk, []) if known else []
        return stays[-1] if stays else None
