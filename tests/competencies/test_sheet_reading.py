from io import BytesIO

import pytest

from evenhand.competencies.sheet_reading import read_sheets
from evenhand.competencies.starter import starter_competencies, starter_models
from evenhand.competencies.workbook_rows import read_rows
from evenhand.spreadsheets.tables import UnusableFile
from evenhand.spreadsheets.writing import Sheet, write_workbook
from tests.competencies.workbooks import (
    HEADINGS,
    competency_row,
    level_rows,
    library_workbook,
    workbook,
)

WEIGHTS = {"listening": 40, "writing": 40, "planning": "20 %"}
THREE = ("listening", "writing", "planning")


def read(library=(), **sheets):
    return read_sheets(read_rows(workbook(**sheets)), frozenset(library))


def mistakes(found):
    return [(m.sheet, m.row, m.column, m.value) for m in found.mistakes]


def test_a_library_comes_back_as_it_was_taken_away():
    competencies, models = starter_competencies(), starter_models()

    found = read_sheets(read_rows(library_workbook(competencies, models)), frozenset())

    assert found.mistakes == []
    assert found.competencies == competencies
    assert found.models == models


def test_a_sentence_that_begins_like_a_formula_comes_back_as_it_was():
    row = competency_row(definition="=A1 is the first thing one learns.")

    found = read(Competencies=[row], Levels=level_rows())

    assert found.competencies["listening"].definition == row[4]


def test_a_competency_is_read_with_its_levels_in_order():
    found = read(Competencies=[competency_row()], Levels=level_rows()[::-1])

    part = found.competencies["listening"]
    assert [level.value for level in part.levels] == [1, 2, 3, 4]
    assert part.levels[2].anchors == ("Writes 3 notes in a meeting.",)
    assert part.questions == ("When did you change your mind?",)
    assert found.mistakes == []


@pytest.mark.parametrize(
    ("changes", "column", "value"),
    [
        ({"code": "Listening Well"}, "Code", "Listening Well"),
        ({"code": ""}, "Code", ""),
        ({"asked": "Some people"}, "Asked of", "Some people"),
        ({"kind": "Talent"}, "Kind", "Talent"),
        ({"name": "x" * 121}, "Name", "x" * 59 + "…"),
        ({"question": "y" * 401}, "Question", ""),
    ],
)
def test_a_mistake_in_a_competency_is_named_by_row_and_column(changes, column, value):
    found = read(Competencies=[competency_row(**changes), competency_row("writing")])

    assert ("Competencies", 2, column, value) in mistakes(found)
    assert all(mistake.remedy for mistake in found.mistakes)


def test_words_for_kinds_are_understood_in_any_case():
    found = read(Competencies=[competency_row(asked="people who LEAD", kind="knowledge")])

    assert found.competencies["listening"].category == "leadership"
    assert found.competencies["listening"].nature == "knowledge"


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (["speaking", 1, "Beginner", "", "", ""], "Competency code"),
        (["listening", 6, "Beyond", "", "", ""], "Level"),
        (["listening", "high", "Beyond", "", "", ""], "Level"),
        (["listening", 4, "Again", "", "", ""], "Level"),
    ],
)
def test_a_mistake_in_a_level_is_named_by_row_and_column(row, column):
    found = read(Competencies=[competency_row()], Levels=[*level_rows(), row])

    assert [mistake[:3] for mistake in mistakes(found)] == [("Levels", 6, column)]


def test_what_is_missing_in_a_competency_is_said_where_it_begins():
    found = read(Competencies=[competency_row(definition="")], Levels=level_rows()[:2])

    assert [m[:2] for m in mistakes(found)] == [("Competencies", 2)] * 2
    assert "four of the five levels" in found.mistakes[1].remedy


def test_a_model_may_ask_for_what_stands_in_the_library():
    found = read(
        THREE,
        Models=[["welder", "Welder", "Manufacturing", "", "2, 3 ,2"]],
        Requirements=[["welder", code, 3, weight] for code, weight in WEIGHTS.items()],
    )

    assert found.mistakes == []
    assert found.models["welder"].grades == ("2", "3")
    assert [r.weight for r in found.models["welder"].requirements] == [40, 40, 20]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (["seller", "listening", 3, 20], "Model code"),
        (["welder", "magic", 3, 20], "Competency code"),
        (["welder", "writing", 3, 20], "Competency code"),
        (["welder", "planning", 0, 20], "Level"),
        (["welder", "planning", 3, 20.5], "Weight"),
        (["welder", "planning", 3, 0], "Weight"),
    ],
)
def test_a_mistake_in_a_requirement_is_named_by_row_and_column(row, column):
    first = [["welder", "listening", 3, 40], ["welder", "writing", 3, 40]]

    found = read(THREE, Models=[["welder", "Welder", "", "", ""]], Requirements=[*first, row])

    assert [mistake[:3] for mistake in mistakes(found)] == [("Requirements", 4, column)]


def test_weights_that_do_not_sum_to_100_are_said_where_the_model_begins():
    found = read(
        THREE,
        Models=[["welder", "Welder", "", "", ""]],
        Requirements=[["welder", code, 3, 30] for code in THREE],
    )

    assert "sum to 90" in found.mistakes[0].remedy
    assert mistakes(found) == [("Models", 2, "Code", "welder")]


def test_a_code_twice_is_told_with_the_row_that_has_it():
    found = read(Competencies=[competency_row(), competency_row()], Levels=level_rows())

    assert mistakes(found) == [("Competencies", 3, "Code", "listening")]
    assert "row 2" in found.mistakes[0].remedy


def test_a_file_that_is_no_workbook_is_refused():
    with pytest.raises(UnusableFile, match="Excel workbook"):
        read_rows(b"Code,Name\nlistening,Listening\n")


def test_a_template_brought_back_empty_says_so():
    with pytest.raises(UnusableFile, match="no filled-in row"):
        read_rows(workbook(**{name: [] for name in HEADINGS}))


def test_a_sheet_without_a_column_says_which():
    file = BytesIO()
    sheets = [
        Sheet(HEADINGS["Competencies"], [competency_row()], "Competencies"),
        Sheet(["Competency code", "Level", "Label"], [["listening", 1, "One"]], "Levels"),
    ]
    write_workbook(file, sheets)
    raw = file.getvalue()

    with pytest.raises(UnusableFile, match="no column “What it means”"):
        read_rows(raw)
