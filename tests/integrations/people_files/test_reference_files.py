"""Real files, where they are present. They stay outside the project."""

import os
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from evenhand.integrations.people_files.kinds import ManagerNotFound
from evenhand.integrations.people_files.mapping import Mapping
from evenhand.integrations.people_files.questions import answered
from evenhand.integrations.people_files.reading import read_table
from evenhand.integrations.people_files.recognising import recognise
from evenhand.integrations.people_files.rows import people_in
from evenhand.people.columns import Field
from evenhand.spreadsheets.dates import DateStyle
from tests.integrations.people_files.building import TODAY, read_whole

CHECKOUT = Path(__file__).parents[3]
REFERENCE = Path(os.environ.get("EVENHAND_REFERENCE_DATA", CHECKOUT.parent / "shared" / "data"))
HR = REFERENCE / "hrdataset_v14"

pytestmark = pytest.mark.skipif(
    not REFERENCE.is_dir(),
    reason="The reference data are not here; set EVENHAND_REFERENCE_DATA to their folder.",
)


def codes_of(records):
    return Counter(problem.code for problem in records.problems)


def leniently(table, mapping):
    """As somebody who lets people come in without the managers that are not in the file."""
    chosen = Mapping(mapping.columns, mapping.date_styles, ManagerNotFound.LEAVE_EMPTY)
    return people_in(table, chosen, on=TODAY, elsewhere=())


def variant(number):
    return HR / "variants" / f"variant_{number}.csv"


def test_the_original_is_recognised_with_managers_by_name():
    table, recognition, records = read_whole(HR / "HRDataset_v14.csv")

    assert recognition.mapping.columns == {
        "Employee_Name": Field.FULL_NAME,
        "EmpID": Field.NUMBER,
        "Position": Field.TITLE,
        "State": Field.LOCATION,
        "DOB": Field.BIRTH_ON,
        "Sex": Field.SEX,
        "RaceDesc": Field.RACE,
        "DateofHire": Field.HIRED_ON,
        "DateofTermination": Field.LEFT_ON,
        "EmploymentStatus": Field.STATUS,
        "Department": Field.UNIT_NAME,
        "ManagerName": Field.MANAGER_NAME,
    }
    assert set(recognition.mapping.date_styles.values()) == {(DateStyle.MONTH_SLASH,)}
    assert recognition.blocking == ()
    # Four of the twenty managers are not in the file; two people report to the board.
    assert codes_of(records) == {"manager_unknown": 73, "manager_is_a_body": 2}
    assert {p.value for p in records.problems if p.code == "manager_unknown"} == {
        "Michael Albert",
        "Webster Butler",
        "Alex Sweetwater",
        "David Stanley",
    }
    assert leniently(table, recognition.mapping).is_clean


def test_the_original_without_the_missing_managers_is_complete():
    table, recognition, _records = read_whole(HR / "HRDataset_v14.csv")

    records = leniently(table, recognition.mapping)

    people = {person.number: person for person in records.people}
    assert len(people) == len(records.protected) == 311
    assert sum(person.has_left(TODAY) for person in people.values()) == 104
    wilson, brandon = people["10026"], people["10134"]
    assert (wilson.family_name, wilson.given_name) == ("Adinolfi", "Wilson K")
    assert wilson.hired_on == date(2011, 7, 5)
    assert people[brandon.manager_number].name == "Janet King"
    assert sum(p.manager_number == "10134" for p in people.values()) == 7
    assert {p.unit_path for p in people.values()} >= {("Production",), ("IT/IS",)}
    births = {facts.number: facts.birth_on for facts in records.protected}
    assert births["10196"] == date(1988, 9, 19)
    assert all(1940 < day.year < 2000 for day in births.values())


@pytest.mark.parametrize(
    ("number", "style"),
    [(1, DateStyle.DAY_DASH), (3, DateStyle.MONTH_SLASH), (4, DateStyle.MONTH_SLASH)],
)
def test_copies_with_other_dates_columns_and_blanks_say_the_same(number, style):
    original, seen, _records = read_whole(HR / "HRDataset_v14.csv")
    table, recognition, _records = read_whole(variant(number))

    assert set(recognition.mapping.date_styles.values()) == {(style,)}
    assert recognition.blocking == ()
    assert facts_of(table, recognition) == facts_of(original, seen)


def facts_of(table, recognition):
    records = leniently(table, recognition.mapping)
    people = {
        (p.number, p.name, p.hired_on, p.left_on, p.status, p.manager_number, p.unit_path)
        for p in records.people
    }
    births = {(facts.number, facts.sex, facts.birth_on) for facts in records.protected}
    return people, births


def test_the_second_copy_has_repeated_rows_missing_numbers_and_day_numbers():
    table, recognition, records = read_whole(variant(2))

    assert codes_of(records) == {
        "manager_unknown": 73,
        "repeated_row": 30,
        "duplicate_number": 28,
        "date_style_differs": 13,
        "missing_number": 3,
        "manager_is_a_body": 2,
    }
    assert [p.row for p in records.problems if p.code == "missing_number"] == [116, 221, 316]
    assert not leniently(table, recognition.mapping).is_clean
    shown = str(records.problems)
    assert not any(f"{born}" in shown for born in ("30910", "31942", "23775"))


def test_the_fifth_copy_has_cells_in_the_wrong_columns_and_is_refused():
    _table, recognition, records = read_whole(variant(5))

    assert codes_of(records) == {"bad_date": 207, "unknown_status": 207, "too_few_cells": 1}
    assert {p.value for p in records.problems if p.code == "bad_date"} == {"N/A-StillEmployed"}
    assert not recognition.mapping.says(Field.FULL_NAME)


def test_the_sixth_copy_asks_about_its_dates_and_its_two_columns_of_sex():
    table = read_table(variant(6))
    recognition = recognise(table, on=TODAY)

    assert {(q.code, q.column) for q in recognition.blocking} == {
        ("date_order", "DOB"),
        ("date_order", "DateofHire"),
        ("date_order", "DateofTermination"),
    }
    assert ("which_column", Field.SEX) in {(q.code, q.field) for q in recognition.questions}

    mapping = recognition.mapping
    for question in recognition.blocking:
        mapping = answered(mapping, question, DateStyle.MONTH_DASH)
    records = leniently(table, mapping)
    assert records.is_clean
    assert len(records.people) == 311
    assert (codes_of(records)["nobody_in_row"], records.problems[-1].row) == (1, 313)
    assert next(p for p in records.people if p.number == "10026").hired_on == date(2011, 7, 5)


def test_ten_thousand_people_come_in_without_a_question():
    _table, recognition, records = read_whole(REFERENCE / "employees_10k" / "employee.csv")

    assert recognition.questions == ()
    assert records.problems == ()
    assert len(records.people) == len(records.protected) == 10_000
    assert records.people[0].hired_on == date(1986, 6, 26)


def test_a_history_of_titles_is_no_list_of_people():
    _table, _recognition, records = read_whole(REFERENCE / "employees_10k" / "title.csv")

    assert codes_of(records) == {"several_rows_each": 1}


def test_a_file_without_names_is_still_read():
    _table, recognition, records = read_whole(
        REFERENCE / "ibm_attrition" / "hr_employee_attrition.csv"
    )

    assert recognition.mapping.columns == {
        "Department": Field.UNIT_NAME,
        "EmployeeNumber": Field.NUMBER,
        "Gender": Field.SEX,
        "JobLevel": Field.GRADE,
        "JobRole": Field.TITLE,
    }
    assert len(records.people) == 1470


@pytest.mark.parametrize("path", sorted((REFERENCE / "peopleanalyticsdata").glob("*.csv")), ids=str)
def test_tables_about_something_else_are_read_calmly(path):
    _table, _recognition, records = read_whole(path)

    assert records.people or not records.is_clean
