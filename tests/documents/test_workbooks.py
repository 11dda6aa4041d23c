import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from evenhand.analytics.report import Cell, Column, Table
from evenhand.documents.workbooks import workbook_of
from tests.factories.reports import (
    empty_report,
    groups,
    long_table,
    make_report,
    rater_table,
    report_of,
)


def sheets_of(report):
    book = CalamineWorkbook.from_filelike(BytesIO(workbook_of(report)))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_every_table_has_its_sheet_and_the_contents_name_them():
    sheets = sheets_of(make_report())

    tables = [name for name in sheets if name[0].isdigit()]
    assert list(sheets)[:2] == ["Contents", "In words"]
    assert tables == [
        "1 What a rating is made of",
        "2 Raters and how they rate",
        "3 Rated “exceeds”, by group",
        "3 Rated “exceeds”, by group (2)",
    ]
    assert set(tables) <= {row[0] for row in sheets["Contents"]}


def test_numbers_come_back_as_numbers():
    table = rater_table()
    (sheet,) = [rows for name, rows in sheets_of(report_of(table)).items() if name[0] == "1"]

    back = [row[:6] for row in sheet[1 : len(table.rows) + 1]]
    assert sheet[0][:2] == ["Rater", "People"]
    for read, row in zip(back, table.rows, strict=True):
        assert read[0] == row[0].text
        assert read[1:] == [pytest.approx(cell.number) for cell in row[1:6]]


def test_words_that_say_more_than_their_number_stand_beside_it():
    (sheet,) = [rows for name, rows in sheets_of(report_of(groups())).items() if name[0] == "1"]
    women = dict(zip(sheet[0], sheet[2], strict=True))

    gap = "Gap at equal job, tenure, unit"
    assert women[gap] == pytest.approx(-0.09)
    assert women[f"{gap}, in words"] == groups().rows[1][5].text


def test_a_hidden_number_is_not_in_the_workbook():
    secret = Cell("fewer than 10 people", 7391.0, is_hidden=True)
    table = Table("Table", (Column("A"), Column("B", is_number=True)), ((Cell("x"), secret),))

    with zipfile.ZipFile(BytesIO(workbook_of(report_of(table)))) as packed:
        inside = b"".join(packed.read(name) for name in packed.namelist())

    assert b"7391" not in inside
    assert b"fewer than 10 people" in inside


@pytest.mark.parametrize("words", ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3", "\t=1"])
def test_no_word_becomes_a_formula_or_a_link(words):
    table = Table(words, (Column(words, meaning=words),), ((Cell(words),),), note=words)
    report = replace(report_of(table), title=words, about=words, limits=(words,))

    with zipfile.ZipFile(BytesIO(workbook_of(report))) as packed:
        sheets = [packed.read(name) for name in packed.namelist() if "worksheets/" in name]
        texts = packed.read("xl/sharedStrings.xml").decode()

    assert all(b"<f>" not in sheet for sheet in sheets)
    assert f">{words}</t>" not in texts


def test_a_report_without_anything_is_still_a_workbook():
    assert sheets_of(empty_report())["Contents"][0][0] == "Nothing to say yet"


def test_ten_thousand_rows_all_arrive():
    (sheet,) = [
        rows for name, rows in sheets_of(report_of(long_table(10_000))).items() if name[0] == "1"
    ]

    assert sum(row[0].startswith("Rater ") for row in sheet[1:] if row[0]) == 10_000
