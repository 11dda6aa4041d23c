"""Workbooks as people bring them."""

from io import BytesIO

from evenhand.competencies.workbook import Contents, library_sheets
from evenhand.spreadsheets.writing import Sheet, write_workbook

HEADINGS = {
    "Competencies": ["Code", "Name", "Asked of", "Kind", "Definition", "Question 1", "Look for 1"],
    "Levels": ["Competency code", "Level", "Label", "What it means", "Anchor 1", "Anchor 2"],
    "Models": ["Code", "Name", "Job family", "Title", "Grades"],
    "Requirements": ["Model code", "Competency code", "Level", "Weight"],
}


def competency_row(code="listening", **changes):
    cells = {
        "code": code,
        "name": code.capitalize(),
        "asked": "Everybody",
        "kind": "Skill",
        "definition": "Takes in what others say.",
        "question": "When did you change your mind?",
        "look_for": "Names what changed.",
    }
    return list((cells | changes).values())


def level_rows(code="listening"):
    return [
        [code, value, f"Level {value}", "", f"Writes {value} notes in a meeting.", ""]
        for value in (1, 2, 3, 4)
    ]


def workbook(**sheets):
    """A workbook with these rows by the name of their sheet."""
    file = BytesIO()
    write_workbook(file, [Sheet(HEADINGS[name], rows, name) for name, rows in sheets.items()])
    return file.getvalue()


def library_workbook(competencies, models):
    file = BytesIO()
    write_workbook(file, library_sheets(Contents(competencies, models)))
    return file.getvalue()
