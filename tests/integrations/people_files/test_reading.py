from datetime import date

from evenhand.integrations.people_files.reading import read_table
from tests.integrations.people_files.building import FILES, read_whole
from tests.spreadsheets.building import csv_bytes


def test_western_european_letters_in_names_are_read():
    table = read_table((FILES / "german.csv").read_bytes())

    assert table.rows[0][1] == "Müller"


def test_a_long_cell_in_a_protected_column_is_not_shown():
    table = read_table(csv_bytes(("Employee ID", "Name", "Race"), ("1", "Ann", "White " * 1_000)))

    assert table.problems[0].value == "•••"


def test_a_workbook_of_the_old_kind_is_read():
    _table, _recognition, records = read_whole(FILES / "old_workbook.xls")

    assert [(p.number, p.name, p.hired_on) for p in records.people] == [
        ("41", "Hana Suzuki", date(2015, 4, 1)),
        ("42", "Tom Becker", date(2021, 11, 30)),
    ]
