"""Small files of our own invention, and a reader that knows a few column names."""

import csv
import io

import xlsxwriter

from evenhand.spreadsheets import reading
from evenhand.spreadsheets.tables import Limits
from evenhand.spreadsheets.vocabulary import Vocabulary
from evenhand.spreadsheets.words import squeezed

CERTAIN = {
    *("employeeid", "userid", "employeenumber", "firstname", "lastname", "fullname"),
    *("managername", "managernumber", "department", "hiredate", "race", "sex"),
}
KNOWN = CERTAIN | {"number", "name", "team"}
STAFF = Vocabulary(
    knows=lambda name: squeezed(name) in KNOWN,
    is_certain=lambda name: squeezed(name) in CERTAIN,
    is_protected=lambda name: squeezed(name) in {"race", "sex"},
    example="Employee ID, Name",
)


def read_table(source, *, limits=None, sheet=""):
    return reading.read_table(source, STAFF, limits=limits or Limits(), sheet=sheet)


def csv_bytes(*rows, encoding="utf-8", delimiter=","):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


def workbook_bytes(**sheets):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"default_date_format": "dd/mm/yyyy"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return out.getvalue()
