"""A report as templates take it: each part with the template that shows it."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from evenhand.analytics.report import (
    BarChart,
    Block,
    Cell,
    Column,
    Explained,
    Findings,
    IntervalChart,
    NotSaid,
    Report,
    Section,
    Table,
    Tone,
    Words,
)
from evenhand.documents.charts import DrawnBars, DrawnIntervals, draw_bars, draw_intervals

Drawing = DrawnIntervals | DrawnBars
Row = tuple["ShownCell", ...]

PARTS: dict[type[Block], str] = {
    Words: "words",
    Table: "titled_table",
    IntervalChart: "intervals",
    BarChart: "bars",
    NotSaid: "not_said",
    Findings: "findings",
    Explained: "explained",
}
LOOKS = {Tone.PLAIN: "", Tone.SOFT: "soft", Tone.GOOD: "good", Tone.LOOK: "warn", Tone.BAD: "bad"}
HIDDEN = "—"
SAYS_SOMETHING = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class ShownCell:
    text: str
    look: str
    is_number: bool
    is_tag: bool
    why_hidden: str


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table with the rows that are seen at once, those folded away, and how many are left out."""

    table: Table
    first: tuple[Row, ...]
    rest: tuple[Row, ...]
    left_out: int
    meanings: tuple[Column, ...]
    reasons: tuple[str, ...]

    @property
    def folded(self) -> int:
        return len(self.rest)


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


def look_of(tone: Tone) -> str:
    """The class that dresses this tone."""
    return LOOKS[tone]


def shown_table(table: Table, most_rows: int | None = None) -> ShownTable:
    kept = table.rows if most_rows is None else table.rows[:most_rows]
    rows = [_row(row, table.columns) for row in kept]
    fold = _fold(table.shown_first, len(rows))
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


def _row(row: tuple[Cell, ...], columns: tuple[Column, ...]) -> Row:
    return tuple(_cell(cell, column) for cell, column in zip(row, columns, strict=True))


def _cell(cell: Cell, column: Column) -> ShownCell:
    if cell.is_hidden:
        return ShownCell(
            HIDDEN, "soft", column.is_number, is_tag=False, why_hidden=why_hidden(cell)
        )
    return ShownCell(cell.text, LOOKS[cell.tone], column.is_number, cell.is_tag, "")


def why_hidden(cell: Cell) -> str:
    """What stands in a hidden cell is the reason, unless it is a mere sign."""
    text = cell.text.strip()
    return text if SAYS_SOMETHING.search(text) else _("not shown, to protect people")


def reasons_of(table: Table) -> tuple[str, ...]:
    """Why cells of this table are hidden, each reason once, for a line below it."""
    hidden = [cell for row in table.rows for cell in row if cell.is_hidden]
    said = [cell for cell in hidden if SAYS_SOMETHING.search(cell.text)]
    return tuple(dict.fromkeys(map(why_hidden, said or hidden)))
