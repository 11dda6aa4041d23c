import pytest

from evenhand.integrations.people_files.questions import answered
from evenhand.integrations.people_files.reading import read_table
from evenhand.integrations.people_files.recognising import recognise
from evenhand.people.columns import Field
from evenhand.spreadsheets.dates import DateStyle
from tests.integrations.people_files.building import FILES, TODAY, recognised, records_of


def said_by(*rows):
    return recognised(*rows).mapping.columns


@pytest.mark.parametrize(
    "name", ["german.csv", "french.csv", "indonesian.csv", "two_header_rows.csv"]
)
def test_files_in_several_languages_are_recognised_without_a_question(name):
    recognition = recognise(read_table(FILES / name), on=TODAY)

    said = set(recognition.mapping.columns.values())
    assert recognition.questions == ()
    assert {Field.NUMBER, Field.UNIT_NAME} <= said
    assert Field.FULL_NAME in said or {Field.GIVEN_NAME, Field.FAMILY_NAME} <= said
    assert said & {Field.MANAGER_NAME, Field.MANAGER_NUMBER}


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("personIdExternal", Field.NUMBER),
        ("jobTitle", Field.TITLE),
        ("Supervisory Organization", Field.UNIT_NAME),
        ("payGrade", Field.GRADE),
        ("supervisorEId", Field.MANAGER_NUMBER),
        ("Worker_ID", Field.NUMBER),
        ("Número de empleado", Field.NUMBER),
        ("Data de admissão", Field.HIRED_ON),
        ("Geburtsdatum", Field.BIRTH_ON),
        ("Schwerbehinderung", Field.DISABILITY),
        ("Raça/Cor", Field.RACE),
        ("Employee Department", Field.UNIT_NAME),
    ],
)
def test_names_of_many_systems_are_known(header, field):
    assert said_by([header], [""], ["x"]).get(header) in {field, None}
    assert recognised([header, "Other"], ["", "x"]).mapping.columns == {header: field}


def test_one_meaning_has_one_column():
    columns = said_by(
        ["Employee ID", "Name", "Department", "Division", "Hire Date", "Start Date"],
        ["1", "Ann Lee", "Sales", "North", "2020-01-02", "2020-01-02"],
        ["2", "Bo Li", "Sales", "South", "2020-01-03", "2020-01-03"],
    )

    assert len(set(columns.values())) == len(columns)


def test_values_speak_against_a_name():
    recognition = recognised(
        ["Employee ID", "Name", "Left", "Sex", "Status"],
        ["1", "Ann Lee", "0", "0", "37"],
        ["2", "Bo Li", "1", "1", "38"],
    )

    assert set(recognition.mapping.columns) == {"Employee ID", "Name"}
    assert [note.split("”")[0] for note in recognition.notes] == ["“Left", "“Sex", "“Status"]


def test_a_sure_name_forgives_some_odd_values():
    columns = said_by(
        ["Employee ID", "Hire date"], ["1", "2020-01-31"], ["2", "soon"], ["3", "later"]
    )

    assert columns["Hire date"] is Field.HIRED_ON


@pytest.mark.parametrize(
    ("value", "field"),
    [
        ("10026", Field.MANAGER_NUMBER),
        ("bo@example.com", Field.MANAGER_EMAIL),
        ("Li, Bo", Field.MANAGER_NAME),
    ],
)
def test_a_manager_column_is_what_stands_in_it(value, field):
    assert said_by(["Employee ID", "Manager"], ["1", value])["Manager"] is field


def test_addresses_are_known_without_a_name():
    columns = said_by(["Employee ID", "Kontakt"], ["1", "ann@example.com"], ["2", "bo@example.com"])

    assert columns["Kontakt"] is Field.EMAIL


def test_two_columns_for_one_meaning_are_asked_about():
    recognition = recognised(
        ["Employee ID", "Name", "Gender", "Sex"],
        ["1", "Ann", "Male", "F"],
        ["2", "Bo", "Male", "M"],
    )

    [question] = recognition.questions
    assert (question.code, question.field) == ("which_column", Field.SEX)
    assert not question.is_blocking
    assert not recognition.mapping.says(Field.SEX)
    assert answered(recognition.mapping, question, "Sex").columns["Sex"] is Field.SEX
    assert answered(recognition.mapping, question, "") == recognition.mapping
    assert answered(recognition.mapping, question, "Name") == recognition.mapping


def test_two_columns_that_say_the_same_are_no_question():
    recognition = recognised(
        ["Employee ID", "Manager Name 1", "Manager Name 2"], ["1", "Bo Li", "Bo Li "]
    )

    assert recognition.questions == ()
    assert recognition.mapping.column_for(Field.MANAGER_NAME) == "Manager Name 1"
    assert "Manager Name 2" in recognition.notes[0]


def test_a_personnel_number_without_a_name_we_know_is_asked_for():
    recognition = recognised(
        ["Kood", "First name", "Last name"], ["k1", "Ann", "Lee"], ["k2", "Bo", "Li"]
    )

    [question] = recognition.blocking
    assert (question.field, question.suggested) == (Field.NUMBER, "Kood")


def test_levels_above_one_another_become_a_path():
    rows = [
        ["Employee ID", "Name", "Division", "Department", "Team"],
        ["1", "Ann Lee", "Operations", "Plant", "Night"],
        ["2", "Bo Li", "Operations", "Plant", "Day"],
        ["3", "Cy Oh", "Operations", "Stores", ""],
    ]

    assert [person.unit_path for person in records_of(*rows).people] == [
        ("Operations", "Plant", "Night"),
        ("Operations", "Plant", "Day"),
        ("Operations", "Stores"),
    ]


def test_levels_that_cross_are_not_taken_for_a_path():
    columns = said_by(
        ["Employee ID", "Division", "Department"],
        ["1", "North", "Sales"],
        ["2", "South", "Sales"],
    )

    assert columns == {"Employee ID": Field.NUMBER, "Department": Field.UNIT_NAME}


def test_a_code_that_means_several_units_is_left_out():
    recognition = recognised(
        ["Employee ID", "Dept ID", "Department"], ["1", "5", "Sales"], ["2", "5", "Stores"]
    )

    assert not recognition.mapping.says(Field.UNIT_CODE)
    assert "Dept ID" in recognition.notes[0]


MANAGERS_BY_ANOTHER_SERIES = [
    ["Employee ID", "Name", "Manager ID", "Manager name"],
    ["1", "Ann Lee", "3", "Bo Li"],
    ["2", "Bo Li", "", ""],
    ["3", "Cy Oh", "3", "Bo Li"],
]


def test_managers_numbered_in_another_series_are_found_by_name():
    recognition = recognised(*MANAGERS_BY_ANOTHER_SERIES)

    [question] = recognition.questions
    assert (question.code, question.is_blocking, question.suggested) == (
        "manager_by",
        False,
        "name",
    )
    assert records_of(*MANAGERS_BY_ANOTHER_SERIES).people[0].manager_number == "2"


def test_an_ambiguous_order_is_asked_and_the_answer_holds():
    rows = [["Employee ID", "Name", "Hire date"], ["1", "Ann Lee", "03/04/2020"]]
    recognition = recognised(*rows)

    [question] = recognition.blocking
    assert question.examples == ("03/04/2020",)
    assert [choice.label for choice in question.choices] == [
        "Day first: 03/04/2020 is 3 April 2020",
        "Month first: 03/04/2020 is 4 March 2020",
    ]
    assert [p.code for p in records_of(*rows).problems] == ["question_open"]

    mapping = answered(recognition.mapping, question, DateStyle.DAY_SLASH)
    [person] = records_of(*rows, mapping=mapping).people
    assert person.hired_on.isoformat() == "2020-04-03"


def test_a_question_about_protected_days_shows_none_of_them():
    recognition = recognised(["Employee ID", "Date of birth"], ["1", "03/04/1980"])

    [question] = recognition.blocking
    assert question.examples == ()
    assert "1980" not in str(question)


def test_an_answer_is_kept_against_later_values():
    rows = [["Employee ID", "Hire date"], ["1", "12/25/2020"]]
    mapping = recognised(*rows).mapping.with_styles("Hire date", [DateStyle.DAY_SLASH])

    assert [p.code for p in records_of(*rows, mapping=mapping).problems] == ["bad_date"]


def test_every_guess_has_a_confidence():
    recognition = recognised(["Employee ID", "Name"], ["1", "Ann Lee"])

    assert {g.column: g.confidence for g in recognition.guesses} == {"Employee ID": 100, "Name": 60}
