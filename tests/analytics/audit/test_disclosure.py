"""What the page hides, the numbers, the workbook and the other sections hide as well."""

import io
import json
from datetime import date

import numpy as np
import pytest
from python_calamine import CalamineWorkbook

from evenhand.analytics.audit.auditing import About, audit
from evenhand.analytics.audit.ratings import Choices, Coded, Ratings
from evenhand.analytics.report import IntervalChart, Table
from evenhand.documents.pages import page_of
from evenhand.documents.workbooks import workbook_of
from tests.factories.groups import FIVE, named

HIDDEN = ("Cree", "Dene")
SIZES = {"Algonquin": 120, "Blackfoot": 90, "Cree": 7, "Dene": 8}


@pytest.fixture(scope="module")
def audited():
    """Four groups; all of one small group are rated alike, so that it and the next are hidden."""
    rng = np.random.default_rng(8)
    people = np.repeat(list(SIZES), list(SIZES.values()))
    n = len(people)
    value = rng.choice([2.0, 3.0, 4.0, 5.0], n, p=[0.15, 0.45, 0.3, 0.1])
    value[people == "Cree"] = 3
    ratings = Ratings(
        person=named(n),
        value=value,
        scale=FIVE,
        rater=Coded.of([f"R{place % 12:02}" for place in range(n)]),
        unit=Coded.of([f"U{place % 6}" for place in range(n)]),
        groups={
            "Nation": Coded.of(people.tolist()),
            "Age": Coded.of([("young", "old")[place % 2] for place in range(n)]),
        },
        controls={"Grade": Coded.of([f"G{place % 3}" for place in range(n)])},
        before=np.clip(value + rng.choice([-1.0, 0, 0, 1], n), 1, 5),
    )
    return audit(ratings, Choices(), About("Ratings", date(2026, 11, 22)))


def tables(report):
    for section in report.sections:
        for block in section.blocks:
            if isinstance(block, Table | IntervalChart):
                yield block if isinstance(block, Table) else block.table


def sheets(report):
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook_of(report)))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_hidden_groups_stand_in_no_number(audited):
    assert {row["group"] for row in audited.numbers["groups"]} >= {"Algonquin", "Blackfoot"}
    assert not any(name in json.dumps(audited.numbers) for name in HIDDEN)


def test_hidden_groups_stand_in_no_table_with_a_number(audited):
    rows = [row for table in tables(audited.report) for row in table.rows]
    hidden = [row for row in rows if any(name in cell.text for cell in row for name in HIDDEN)]

    assert hidden
    assert all(cell.number is None for row in hidden for cell in row)


def test_hidden_groups_stand_in_no_row_of_the_workbook_with_a_number(audited):
    rows = [row for sheet in sheets(audited.report).values() for row in sheet]
    hidden = [row for row in rows if any(name in str(cell) for cell in row for name in HIDDEN)]

    assert hidden
    assert not any(isinstance(cell, int | float) for row in hidden for cell in row)


def test_calibration_shows_no_group_that_the_gaps_hide(audited):
    (section,) = (one for one in audited.report.sections if one.key == "calibration")

    said = page_of(audited.report).split(section.question)[-1]

    assert "Nation, Algonquin" in said
    assert not any(f"Nation, {name}" in said for name in HIDDEN)


def test_numbers_and_page_tell_of_the_same_groups_with_the_same_n(audited):
    told = {(row["group"], row["n"]) for row in audited.numbers["groups"]}
    (full,) = (table for table in tables(audited.report) if table.title.startswith("Every"))
    compared = {(row[2].text, row[4].number) for row in full.rows}

    assert compared <= told
    assert told - compared <= {
        (row["group"], row["n"])
        for row in audited.numbers["groups"]
        if row["decision"] in {"reference", "not tested"}
    }


def test_what_a_model_says_has_no_more_digits_than_can_be_read(audited):
    (points,) = (
        table for table in tables(audited.report) if table.title == "Ratings as numbers, by Nation"
    )
    place = [column.label for column in points.columns].index("At equal circumstances")
    numbers = [row[place].number for row in points.rows if row[place].number is not None]

    assert numbers
    assert all(number == round(number, 3) for number in numbers)
