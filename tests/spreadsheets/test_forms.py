import io
from zipfile import ZipFile

import python_calamine

from evenhand.spreadsheets.forms import FormColumn, write_form
from evenhand.spreadsheets.writing import Sheet

COLUMNS = (
    FormColumn("Colour", "Choose one.", ("red", "=green")),
    FormColumn("Size", kind="number"),
    FormColumn("Since", kind="day", is_wide=True),
)


def written():
    file = io.BytesIO()
    write_form(file, "Fill in", COLUMNS, rows=10, beside=[Sheet(["Why"], [("Because",)], "Help")])
    file.seek(0)
    return file


def test_the_sheet_to_fill_in_has_its_headings_and_others_stand_beside_it():
    with python_calamine.load_workbook(written()) as book:
        assert book.sheet_names == ["Fill in", "Help", "Lists"]
        assert book.get_sheet_by_name("Fill in").to_python() == [["Colour", "Size", "Since"]]
        assert book.get_sheet_by_name("Help").to_python() == [["Why"], ["Because"]]


def test_choices_drop_down_from_a_hidden_list_and_are_no_formulas():
    with ZipFile(written()) as package:
        page = package.read("xl/worksheets/sheet1.xml").decode()
        book = package.read("xl/workbook.xml").decode()
    with python_calamine.load_workbook(written()) as lists:
        assert lists.get_sheet_by_name("Lists").to_python() == [["red"], ["'=green"]]

    assert "Lists!$A$1:$A$2" in page
    assert 'type="list"' in page
    assert 'type="decimal"' in page
    assert 'state="hidden"' in book
