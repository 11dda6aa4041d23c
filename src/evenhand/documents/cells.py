"""The cells of a table as HTML.

A report may have a hundred thousand of them, and a template takes ten times as long for each.
"""

import re

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from evenhand.analytics.report import Cell, Column, Table, Tone

LOOKS = {Tone.PLAIN: "", Tone.SOFT: "soft", Tone.GOOD: "good", Tone.LOOK: "warn", Tone.BAD: "bad"}
SAYS_SOMETHING = re.compile(r"\w")


def row_of(cells: tuple[Cell, ...], columns: tuple[Column, ...]) -> SafeString:
    """The cells of one row; the first says what the row is about."""
    drawn = (
        _drawn(cell, "td" if place else 'th scope="row"', _dress(cell, column))
        for place, (cell, column) in enumerate(zip(cells, columns, strict=True))
    )
    return mark_safe("".join(drawn))  # noqa: S308  # each text in it is escaped below


def why_hidden(cell: Cell) -> str:
    """What stands in a hidden cell is the reason, unless it is a mere sign."""
    text = cell.text.strip()
    return text if SAYS_SOMETHING.search(text) else _("not shown, to protect people")


def reasons_of(table: Table) -> tuple[str, ...]:
    """Why cells of this table are hidden, each reason once, for a line below it."""
    hidden = [cell for row in table.rows for cell in row if cell.is_hidden]
    said = [cell for cell in hidden if SAYS_SOMETHING.search(cell.text)]
    return tuple(dict.fromkeys(map(why_hidden, said or hidden)))


def _drawn(cell: Cell, tag: str, dress: str) -> str:
    dressed = f' class="{dress}"' if dress else ""
    return f"<{tag}{dressed}>{_content(cell)}</{tag[:2]}>"


def _dress(cell: Cell, column: Column) -> str:
    """The classes of a cell; a tag is dressed itself."""
    look = "soft" if cell.is_hidden else "" if cell.is_tag else LOOKS[cell.tone]
    return f"number {look}".strip() if column.is_number else look


def _content(cell: Cell) -> str:
    if cell.is_hidden:
        why = escape(why_hidden(cell))
        return f'<span aria-hidden="true">—</span><span class="visually-hidden">{why}</span>'
    text = escape(cell.text)
    if cell.is_tag and text:
        return f'<span class="tag {LOOKS[cell.tone]}">{text}</span>'
    return text
