import io

import pytest
import python_calamine

from evenhand.goals.models import GoalSheet
from evenhand.goals.sheets import (
    COLUMNS,
    SheetRow,
    SheetRows,
    column_called,
    read_sheet,
    visible_sheets,
    write_empty_sheet,
)
from evenhand.spreadsheets.tables import UnusableFile
from tests.factories.access import acting, standing_in
from tests.factories.goals import NOW
from tests.factories.people import PersonFactory
from tests.factories.strategy import ObjectiveFactory

pytestmark = pytest.mark.django_db


def sheets_of(actor):
    file = io.BytesIO()
    write_empty_sheet(file, actor)
    file.seek(0)
    with python_calamine.load_workbook(file) as book:
        return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_the_empty_sheet_explains_each_column_and_names_ones_own_people():
    manager = PersonFactory(number="M1")
    report = PersonFactory(number="R1", manager=manager)
    PersonFactory(number="X1")
    ObjectiveFactory(title="Be the quickest")

    sheets = sheets_of(acting(manager))

    assert sheets["Goals"] == [[str(column.label) for column in COLUMNS]]
    assert len(sheets["How to fill in"]) == len(COLUMNS) + 3
    assert [row[:2] for row in sheets["People"][1:]] == [
        ["M1", manager.name],
        ["R1", report.name],
    ]
    listed = {cell for row in sheets["Lists"] for cell in row}
    assert {"M1", "R1", "A figure (KPI)", "Be the quickest"} <= listed


def test_a_delegate_gets_the_people_of_the_manager_without_the_two_themselves():
    manager, delegate = PersonFactory(), PersonFactory()
    report = PersonFactory(manager=manager)

    people = sheets_of(standing_in(manager, delegate))["People"]

    assert [row[0] for row in people[1:]] == [report.number]


def test_columns_are_known_by_their_headings_however_they_are_typed():
    assert column_called("person NUMBER") == "person"
    assert column_called("due_on") == "due_on"
    assert column_called("Shoe size") is None


def test_a_filled_file_is_read_row_by_row_and_unknown_columns_are_named():
    raw = b"Person number,Goal,Until,Shoe size\nM1,Ship it,2026-12-31,44\n,,,\n"

    sheet = read_sheet(raw)

    words = {"person": "M1", "outcome": "Ship it", "due_on": "2026-12-31"}
    assert sheet.rows == (SheetRow(2, words),)
    assert sheet.unknown == ("Shoe size",)
    assert SheetRows.from_text(sheet.as_text()) == sheet


@pytest.mark.parametrize("raw", [b"", b"\x00\x01\x02", b"PK\x03\x04broken"])
def test_what_is_no_table_is_told_so(raw):
    with pytest.raises(UnusableFile):
        read_sheet(raw)


def test_sheets_are_seen_by_who_brought_them():
    person = PersonFactory()
    sheet = GoalSheet.objects.create(name="goals.xlsx", by=person, at=NOW)

    assert list(visible_sheets(acting(person))) == [sheet]
    assert not visible_sheets(acting(PersonFactory())).exists()
