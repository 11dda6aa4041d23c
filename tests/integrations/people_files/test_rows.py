from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.integrations.people_files.kinds import Status
from evenhand.integrations.people_files.mapping import Mapping
from evenhand.integrations.people_files.reading import read_table
from evenhand.integrations.people_files.recognising import recognise
from evenhand.integrations.people_files.rows import people_in
from evenhand.people.columns import Field
from evenhand.spreadsheets.dates import DateStyle
from evenhand.spreadsheets.tables import Severity
from tests.integrations.people_files.building import TODAY, codes, recognised, records_of
from tests.spreadsheets.building import csv_bytes

HEADER = [
    "Employee ID",
    "First name",
    "Last name",
    "Email",
    "Department",
    "Hire date",
    "Last day of work",
]
ANN = ["007", "Ann", "Lee", "Ann@Example.com", "Sales", "2020-01-31", ""]
BO = ["008", "Bo", "Li", "", "Sales", "2021-12-31", "9999-12-31"]
BO_AGAIN = ["009", *BO[1:]]
MAPPING = recognised(HEADER, ANN, BO).mapping


def with_change(row, column, value):
    changed = list(row)
    changed[HEADER.index(column)] = value
    return changed


def test_a_row_becomes_a_person():
    records = records_of(HEADER, ANN, BO)

    ann, bo = records.people
    assert (ann.row, ann.number, ann.name, ann.email) == (2, "007", "Ann Lee", "ann@example.com")
    assert (ann.unit_path, ann.hired_on, ann.left_on) == (("Sales",), date(2020, 1, 31), None)
    assert bo.left_on is None
    assert records.is_clean
    assert records.problems == ()


def test_what_the_file_does_not_say_is_none_and_what_it_leaves_empty_is_empty():
    ann = records_of(HEADER, ANN, BO).people[1]

    assert ann.email == ""
    assert ann.title is None
    assert Field.TITLE not in records_of(HEADER, ANN).said


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("Employee ID", "", "missing_number"),
        ("Employee ID", "x" * 41, "too_long"),
        ("Email", "ann at example", "bad_email"),
        ("Hire date", "2020-02-30", "bad_date"),
        ("Hire date", "soon", "bad_date"),
        ("Last day of work", "2019-12-31", "left_before_hired"),
        ("Department", "", "missing_unit"),
        ("Last name", "=1+1", "formula"),
        ("First name", "=HYPERLINK(1)", "formula"),
    ],
)
def test_a_wrong_cell_refuses_its_row_and_says_where(column, value, code):
    records = records_of(HEADER, with_change(ANN, column, value), BO, BO_AGAIN, mapping=MAPPING)

    problem = next(p for p in records.problems if p.code == code)
    assert problem.row == 2
    assert problem.column == column
    assert problem.message.startswith(f"Row 2, column “{column}”: ")
    assert records.refused_rows == {2}
    assert [person.row for person in records.people] == [3, 4]


def test_a_missing_name_is_refused():
    row = with_change(with_change(ANN, "First name", ""), "Last name", " ")

    assert codes(records_of(HEADER, row)) == [(2, "missing_name")]


def test_a_number_twice_is_refused_in_both_rows():
    records = records_of(HEADER, ANN, BO, with_change(ANN, "Last name", "Lim"))

    assert codes(records) == [(2, "duplicate_number"), (4, "duplicate_number")]
    assert "row 4" in records.problems[0].message
    assert records.refused_rows == {2, 4}


def test_a_true_copy_of_a_row_is_passed_over():
    records = records_of(HEADER, ANN, BO, ANN)

    assert codes(records) == [(4, "repeated_row")]
    assert records.is_clean
    assert [person.row for person in records.people] == [2, 3]


def test_a_list_of_changes_over_time_is_refused_as_a_whole():
    rows = [[str(n // 3), "Clerk", f"2020-01-{n % 3 + 1:02}"] for n in range(90)]

    records = records_of(["emp_no", "title", "from_date"], *rows)

    assert codes(records) == [(None, "several_rows_each")]
    assert records.people == ()


def test_an_address_of_two_people_is_refused():
    records = records_of(HEADER, ANN, with_change(BO, "Email", "ANN@example.com"))

    assert codes(records) == [(2, "duplicate_email"), (3, "duplicate_email")]


def test_a_row_that_names_nobody_is_passed_over():
    records = records_of(["Employee ID", "Name", "Sex"], ["1", "Ann Lee", "F"], ["", "", "M"])

    assert codes(records) == [(3, "nobody_in_row")]
    assert len(records.protected) == 1


def test_a_day_in_another_style_is_read_and_mentioned():
    records = records_of(HEADER, ANN, with_change(BO, "Hire date", "42323"), BO_AGAIN)

    assert codes(records) == [(3, "date_style_differs")]
    assert records.people[1].hired_on == date(2015, 11, 15)
    assert records.problems[0].severity is Severity.WARNING


def test_status_and_last_day_are_weighed():
    header = ["Employee ID", "Name", "Status", "Termination date"]

    records = records_of(
        header,
        ["1", "Ann Lee", "Terminated", ""],
        ["2", "Bo Li", "Active", "2020-01-31"],
        ["3", "Cy Oh", "On leave", "2030-01-31"],
        ["4", "Di Ek", "Purple", "2030-01-30"],
    )

    assert codes(records) == [
        (2, "left_without_day"),
        (3, "status_disagrees"),
        (5, "unknown_status"),
    ]
    assert [person.has_left(TODAY) for person in records.people] == [True, True, False, False]
    assert records.people[2].status is Status.ON_LEAVE


def test_leave_and_position_days_are_weighed():
    header = ["Employee ID", "Hire date", "Leave from", "Leave to", "Position since"]

    records = records_of(
        header,
        ["1", "2020-01-31", "2020-05-01", "2020-04-01", "2020-01-31"],
        ["2", "2020-01-31", "2020-05-01", "", "2019-01-31"],
    )

    assert codes(records) == [(2, "leave_ends_before_it_begins"), (3, "position_before_hired")]


PROTECTED = ["Employee ID", "Name", "Sex", "Race", "Date of birth", "Disability"]


def test_protected_facts_stand_apart_and_are_never_shown():
    records = records_of(PROTECTED, ["1", "Ann Lee", "F", "Martian", "1980-12-31", "Deaf"])

    [facts] = records.protected
    assert (facts.number, facts.sex, facts.race) == ("1", "female", "Martian")
    assert (facts.birth_on, facts.disability) == (date(1980, 12, 31), "Deaf")
    everything = repr(records) + str(records.people) + repr(facts)
    assert not any(word in everything for word in ("female", "Martian", "1980", "Deaf"))


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("Date of birth", "1980-02-31"),
        ("Date of birth", "2026-01-02"),
        ("Race", "=Martian"),
        ("Sex", "Martian" * 40),
        ("Disability", "@Martian("),
    ],
)
def test_a_wrong_protected_fact_is_named_without_repeating_it(column, value):
    row = ["1", "Ann Lee", "F", "Other", "1980-12-31", "No"]
    row[PROTECTED.index(column)] = value

    bo = ["2", "Bo Li", "M", "Other", "1980-12-31", "No"]
    mapping = recognised(PROTECTED, bo).mapping

    records = records_of(PROTECTED, row, bo, mapping=mapping)

    [problem] = records.problems
    assert (problem.row, problem.column, problem.value) == (2, column, "•••")
    assert value not in problem.message
    assert "Martian" not in str(problem)


def test_a_saved_mapping_finds_its_columns_in_another_case():
    mapping = Mapping({"employee_id": Field.NUMBER, "NAME": Field.FULL_NAME})

    records = records_of(["Employee ID", "Name"], ["1", "Ann Lee"], mapping=mapping)

    assert records.people[0].name == "Ann Lee"


def test_a_saved_mapping_says_which_column_is_missing():
    mapping = Mapping({"Employee ID": Field.NUMBER, "Grade": Field.GRADE})

    records = records_of(["Employee ID", "Name"], ["1", "Ann Lee"], mapping=mapping)

    assert [(p.row, p.column, p.code) for p in records.problems] == [
        (None, "Grade", "column_missing")
    ]


def test_without_a_number_nobody_can_be_told_apart():
    records = records_of(["First name", "Last name"], ["Ann", "Lee"], ["Ann", "Lee"])

    assert codes(records) == [(None, "no_number_column")]
    assert not records.is_clean


def test_a_long_text_in_an_unused_column_harms_nobody():
    records = records_of(["Employee ID", "Name", "Diary"], ["1", "Ann Lee", "x" * 5_000])

    assert [(p.code, p.is_error) for p in records.problems] == [("cell_too_long", False)]
    assert len(records.people) == 1


def test_a_problem_is_written_for_machines():
    wrong = with_change(ANN, "Email", "ann at example")

    records = records_of(HEADER, wrong, mapping=MAPPING)

    assert records.problems[0].as_json() == {
        "row": 2,
        "column": "Email",
        "value": "ann at example",
        "code": "bad_email",
        "message": "Row 2, column “Email”: “ann at example” is not an e-mail address."
        " Please correct it or clear the cell.",
        "severity": "error",
    }


cells = st.sampled_from(
    [
        "",
        "1",
        "2",
        "007",
        "Ann Lee",
        "Li, Bo",
        "a@b.example",
        "=1",
        "31/12/2020",
        "01/02/2020",
        "2020-01-01",
        "Active",
        "F",
        "x" * 3_000,
        "42323",
        "\t",
        "Board",
    ]
) | st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=6)
names = [
    "Employee ID",
    "Name",
    "Manager",
    "Manager ID",
    "Email",
    "Department",
    "Hire date",
    "End date",
    "Status",
    "Sex",
    "Date of birth",
    "Leave from",
    "Leave to",
]


@given(st.lists(st.lists(cells, min_size=len(names), max_size=len(names)), min_size=1, max_size=6))
def test_every_row_is_a_person_or_refused_or_passed_over_with_a_word(rows):
    raw = csv_bytes(names, *rows)
    table = read_table(raw + b"99,Zed Zo,,,,Sales,,,,,,,\n")

    records = people_in(table, recognise(table, on=TODAY).mapping, on=TODAY, elsewhere=())

    taken = {person.row for person in records.people}
    spoken_of = {problem.row for problem in records.problems}
    assert taken | spoken_of >= set(table.row_numbers) or None in spoken_of
    assert not taken & records.refused_rows
    assert {facts.row for facts in records.protected} <= taken
    assert all(problem.message for problem in records.problems)
    assert len({person.number for person in records.people}) == len(records.people)


def test_styles_of_a_saved_mapping_are_kept():
    mapping = Mapping(
        {"Employee ID": Field.NUMBER, "Hire date": Field.HIRED_ON},
        {"Hire date": (DateStyle.MONTH_SLASH,)},
    )

    records = records_of(["Employee ID", "Hire date"], ["1", "03/04/2020"], mapping=mapping)

    assert records.people[0].hired_on == date(2020, 3, 4)


def test_a_saved_mapping_keeps_its_styles_when_a_name_changes_its_case():
    mapping = Mapping(
        {"employee id": Field.NUMBER, "HIRE_DATE": Field.HIRED_ON},
        {"HIRE_DATE": (DateStyle.DAY_SLASH,)},
    )

    records = records_of(["Employee ID", "Hire date"], ["1", "03/04/2020"], mapping=mapping)

    assert records.people[0].hired_on == date(2020, 4, 3)
