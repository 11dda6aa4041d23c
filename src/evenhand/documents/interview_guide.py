"""An interview guide for Word, to be changed and printed."""

from collections.abc import Iterable
from io import BytesIO

import docx
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from docx.document import Document
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt
from docx.table import _Row

from evenhand.competencies.interviews import ADVICE, FORMULA, Guide
from evenhand.competencies.kinds import LEVELS
from evenhand.competencies.queries import RequirementRow

NOTE_LINES = 4
GRID = "Table Grid"


def write_guide(guide: Guide) -> bytes:
    """The whole guide: how to use it, each competency, and a scorecard for each interviewer."""
    document = docx.Document()
    _lay_out(document, guide)
    document.add_heading(_("Interview guide: %(name)s") % {"name": guide.name}, level=0)
    about = _("Version %(number)d of the model, as of %(day)s") % {
        "number": guide.number,
        "day": date_format(guide.on, "j F Y"),
    }
    document.add_paragraph(" · ".join(filter(None, (guide.jobs, about))))
    document.add_heading(_("How to use it"), level=1)
    _list(document, [str(words) for words in ADVICE])
    for row in guide.rows:
        _add_competency(document, row)
    for number in guide.cards:
        _add_card(document, guide, number)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _lay_out(document: Document, guide: Guide) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(20)
    document.styles["Normal"].font.size = Pt(10)
    about = document.core_properties
    about.author, about.comments = "Evenhand", ""
    about.title = _("Interview guide: %(name)s") % {"name": guide.name}


def _add_competency(document: Document, row: RequirementRow) -> None:
    document.add_heading(row.name, level=1)
    if row.definition:
        document.add_paragraph(row.definition)
    expected = row.level(row.expected_level)
    words = _("Expected: level %(level)d %(label)s. Weight: %(weight)d %%.") % {
        "level": row.expected_level,
        "label": expected.label if expected else "",
        "weight": row.weight,
    }
    document.add_paragraph().add_run(words).bold = True
    if row.questions:
        document.add_heading(_("Questions"), level=2)
        _list(document, row.questions, style="List Bullet 2")
    if row.look_for:
        document.add_heading(_("What to look for"), level=2)
        _list(document, row.look_for, style="List Bullet 2")
    document.add_heading(_("Rating anchors"), level=2)
    _add_anchors(document, row)
    document.add_paragraph(_("Notes"))
    for _line in range(NOTE_LINES):
        document.add_paragraph("_" * 86)


def _add_anchors(document: Document, row: RequirementRow) -> None:
    lines = []
    for level in row.levels:
        name = f"{level.value} {level.label}"
        if level.value == row.expected_level:
            name = _("%(level)s (expected)") % {"level": name}
        lines.append([name, "\n".join(level.anchors or (level.descriptor,))])
    _add_table(document, [_("Level"), _("What one sees or hears")], lines, (45, 125))


def _add_card(document: Document, guide: Guide, number: int) -> None:
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    document.add_heading(_("Scorecard of interviewer %(number)d") % {"number": number}, level=1)
    document.add_paragraph(_("Interviewer: ____________________   Day: ____________"))
    document.add_paragraph(_("Candidate (written by hand only): ____________________"))
    headings = [_("Competency"), _("Expected"), _("Weight"), _("Rating"), _("What was heard")]
    choice = "  ".join(f"☐ {value}" for value in LEVELS) + f"\n☐ {_('not asked')}"
    lines = [
        [row.name, str(row.expected_level), f"{row.weight} %", choice, "\n\n"] for row in guide.rows
    ]
    _add_table(document, headings, lines, (42, 20, 18, 40, 50))
    document.add_paragraph(str(FORMULA))


def _list(document: Document, texts: Iterable[str], *, style: str = "List Bullet") -> None:
    for text in texts:
        document.add_paragraph(text, style=style)


def _add_table(
    document: Document, headings: list[str], lines: list[list[str]], widths: tuple[int, ...]
) -> None:
    """A table whose headings are repeated on every page it goes over; widths in millimetres."""
    table = document.add_table(rows=1 + len(lines), cols=len(headings))
    table.style, table.autofit = GRID, False
    _repeat(table.rows[0])
    for row, texts in zip(table.rows, [headings, *lines], strict=True):
        for cell, text, width in zip(row.cells, texts, widths, strict=True):
            cell.width = Mm(width)
            cell.paragraphs[0].add_run(text).bold = texts is headings


def _repeat(row: _Row) -> None:
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001  # the library has no other door to it
    properties.append(OxmlElement("w:tblHeader"))
