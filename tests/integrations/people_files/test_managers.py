from datetime import date

import pytest

from evenhand.integrations.people_files.kinds import KnownPerson, ManagerNotFound
from evenhand.integrations.people_files.managers import loops
from tests.integrations.people_files.building import codes, records_of

BY_NUMBER = ["Employee ID", "Name", "Manager ID", "Termination date"]
BY_NAME = ["Employee ID", "Name", "Manager name", "Termination date"]
BO = ["2", "Li, Bo", "", ""]


def managers_in(records):
    return {person.number: person.manager_number for person in records.people}


@pytest.mark.parametrize(
    "written", ["Bo Li", "Li, Bo", "BO LI", "Bó  Li", "Bo T. Li", "Li Bo", "Bo Li (2)"]
)
def test_a_name_is_enough_when_one_person_bears_it(written):
    records = records_of(BY_NAME, ["1", "Lee, Ann", written, ""], BO)

    assert managers_in(records) == {"1": "2", "2": ""}


def test_an_address_is_enough():
    header = ["Employee ID", "Name", "Email", "Manager e-mail"]

    records = records_of(
        header, ["1", "Ann Lee", "", "BO@example.com"], ["2", "Bo Li", "bo@example.com", ""]
    )

    assert managers_in(records) == {"1": "2", "2": ""}


def test_a_name_of_several_people_is_refused_with_those_it_could_be():
    records = records_of(BY_NAME, ["1", "Lee, Ann", "Bo Li", ""], BO, ["3", "Li, Bo", "", ""])

    assert codes(records) == [(2, "manager_ambiguous")]
    assert "Bo Li (number 2, row 3), Bo Li (number 3, row 4)" in records.problems[0].message


def test_of_two_namesakes_the_one_who_stays_is_meant():
    gone = ["3", "Li, Bo", "", "2020-01-31"]

    records = records_of(BY_NAME, ["1", "Lee, Ann", "Bo Li", ""], BO, gone)

    assert managers_in(records)["1"] == "2"


def test_a_name_nobody_bears_is_refused_or_on_request_left_empty():
    rows = [BY_NAME, ["1", "Lee, Ann", "Zed Zo", ""], ["3", "Oh, Cy", "Bo Li", ""], BO]

    assert codes(records_of(*rows)) == [(2, "manager_unknown")]
    lenient = records_of(*rows, manager_not_found=ManagerNotFound.LEAVE_EMPTY)
    assert lenient.is_clean
    assert managers_in(lenient) == {"1": "", "2": "", "3": "2"}


@pytest.mark.parametrize("written", ["NO_MANAGER", "N/A", "none", "-"])
def test_words_for_nobody_are_nobody(written):
    records = records_of(BY_NAME, ["1", "Lee, Ann", written, ""], ["3", "Oh, Cy", "Bo Li", ""], BO)

    assert records.problems == ()


def test_a_board_is_mentioned():
    records = records_of(
        BY_NAME, ["1", "Lee, Ann", "Board of Directors", ""], ["3", "Oh, Cy", "Bo Li", ""], BO
    )

    assert codes(records) == [(2, "manager_is_a_body")]
    assert records.is_clean


def test_nobody_manages_themself():
    records = records_of(BY_NUMBER, ["1", "Lee, Ann", "1", ""])

    assert codes(records) == [(2, "manager_is_self")]


def test_a_manager_who_has_left_is_a_problem_for_those_who_stay():
    gone = ["2", "Li, Bo", "", "2020-01-31"]
    gone_too = ["3", "Oh, Cy", "2", "2020-01-31"]

    records = records_of(BY_NUMBER, ["1", "Lee, Ann", "2", ""], gone, gone_too)

    assert codes(records) == [(2, "manager_departed")]
    assert "Bo Li (number 2, row 3) has left" in records.problems[0].message
    assert managers_in(records) == {"2": "", "3": "2"}


def test_numbers_not_in_the_file_are_left_open_until_somebody_says_who_is_known():
    rows = [BY_NUMBER, ["1", "Lee, Ann", "77", ""]]

    assert managers_in(records_of(*rows, elsewhere=None)) == {"1": "77"}
    assert codes(records_of(*rows, elsewhere=())) == [(2, "manager_unknown")]


def test_people_known_elsewhere_are_found_by_number_and_name():
    zed = KnownPerson("77", "Zed Zo")

    by_number = records_of(BY_NUMBER, ["1", "Lee, Ann", "77", ""], elsewhere=[zed])
    by_name = records_of(BY_NAME, ["1", "Lee, Ann", "Zo, Zed", ""], elsewhere=[zed])

    assert managers_in(by_number) == managers_in(by_name) == {"1": "77"}


def test_somebody_known_elsewhere_who_has_left_is_no_manager():
    zed = KnownPerson("77", "Zed Zo", left_on=date(2020, 1, 1))

    records = records_of(BY_NUMBER, ["1", "Lee, Ann", "77", ""], elsewhere=[zed])

    assert codes(records) == [(2, "manager_departed")]


def test_a_circle_is_one_problem_that_names_everybody_in_it():
    records = records_of(
        BY_NUMBER,
        ["1", "Lee, Ann", "2", ""],
        ["2", "Li, Bo", "3", ""],
        ["3", "Oh, Cy", "1", ""],
        ["4", "Ek, Di", "3", ""],
    )

    assert codes(records) == [(2, "reporting_cycle")]
    assert "1 → 2 → 3 → 1" in records.problems[0].message
    assert records.refused_rows == {2, 3, 4}
    assert [person.number for person in records.people] == ["4"]


def test_a_circle_through_somebody_known_elsewhere_is_found():
    zed = KnownPerson("77", "Zed Zo", manager_number="1")

    records = records_of(BY_NUMBER, ["1", "Lee, Ann", "77", ""], elsewhere=[zed])

    assert codes(records) == [(2, "reporting_cycle")]


def test_a_row_of_the_file_counts_before_what_is_known_elsewhere():
    was_below = KnownPerson("2", "Bo Li", manager_number="1")

    records = records_of(BY_NUMBER, ["1", "Lee, Ann", "2", ""], BO, elsewhere=[was_below])

    assert records.problems == ()


def test_loops_are_found_once_each():
    manager_of = {"a": "b", "b": "a", "c": "a", "d": "e", "e": "f", "f": "d", "g": "", "h": "x"}

    found = [sorted(loop) for loop in loops(manager_of)]

    assert found == [["a", "b"], ["d", "e", "f"]]
