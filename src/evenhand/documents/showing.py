"""A report as templates take it: each part with the template that shows it."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from evenhand.analytics.report import (
    BarChart,
    Block,
    Column,
    Explained,
    Findings,
    IntervalChart,
    NotSaid,
    Report,
    Section,
    Table,
    Words,
)
from evenhand.documents.cells import reasons_of, row_of
from evenhand.documents.charts import DrawnBars, DrawnIntervals, draw_bars, draw_intervals

Drawing = DrawnIntervals | DrawnBars

PARTS: dict[type[Block], str] = {
    Words: "words",
    Table: "titled_table",
    IntervalChart: "intervals",
    BarChart: "bars",
    NotSaid: "not_said",
    Findings: "findings",
    Explained: "explained",
}
SOME, MANY = 8, 12


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table with the rows that are seen at once, those folded away, and how many are left out."""

    table: Table
    first: tuple[SafeString, ...]
    rest: tuple[SafeString, ...]
    left_out: int
    meanings: tuple[Column, ...]
    reasons: tuple[str, ...]

    @property
    def folded(self) -> int:
        return len(self.rest)

    @property
    def breadth(self) -> str:
        """How much room the columns want on paper: as they come, smaller letters, a wide page."""
        columns = len(self.table.columns)
        return "very-broad" if columns > MANY else "broad" if columns > SOME else ""


@dataclass(frozen=True, slots=True)
class ShownBlock:
    part: str
    block: Block
    drawing: Drawing | None = None
    table: ShownTable | None = None


@dataclass(frozen=True, slots=True)
class ShownSection:
    section: Section
    number: int
    blocks: tuple[ShownBlock, ...]


@dataclass(frozen=True, slots=True)
class ShownReport:
    report: Report
    sections: tuple[ShownSection, ...]


def shown(report: Report, *, most_rows: int | None = None) -> ShownReport:
    """The report ready for `documents/parts/`; tables end after `most_rows` where that is said."""
    sections = (
        ShownSection(section, number, tuple(_shown(block, most_rows) for block in section.blocks))
        for number, section in enumerate(report.sections, start=1)
    )
    return ShownReport(report, tuple(sections))


def shown_table(table: Table, most_rows: int | None = None) -> ShownTable:
    kept = table.rows if most_rows is None else table.rows[:most_rows]
    rows = [row_of(row, table.columns) for row in kept]
    # Paper cannot unfold.
    fold = _fold(table.shown_first, len(rows)) if most_rows is None else len(rows)
    return ShownTable(
        table=table,
        first=tuple(rows[:fold]),
        rest=tuple(rows[fold:]),
        left_out=len(table.rows) - len(kept),
        meanings=tuple(column for column in table.columns if column.meaning),
        reasons=reasons_of(table),
    )


def _fold(shown_first: int, rows: int) -> int:
    """Nobody opens a fold for one or two rows; they stand with the others."""
    a_few = 2
    return rows if rows <= shown_first + a_few else shown_first


def _shown(block: Block, most_rows: int | None) -> ShownBlock:
    part = f"documents/parts/{PARTS[type(block)]}.html"
    match block:
        case Table():
            return ShownBlock(part, block, table=shown_table(block, most_rows))
        case IntervalChart():
            table = shown_table(block.table, most_rows)
            return ShownBlock(part, block, draw_intervals(block), table)
        case BarChart():
            return ShownBlock(part, block, draw_bars(block), shown_table(block.table, most_rows))
        case _:
            return ShownBlock(part, block)
