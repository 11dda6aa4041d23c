import pytest

from evenhand.spreadsheets.headers import find_heading, likeness
from evenhand.spreadsheets.tables import UnusableFile
from tests.spreadsheets.building import STAFF

PEOPLE = [["1", "Ann Lee", "Sales"], ["2", "Bo Li", "Sales"]]


def find_heading_in(grid):
    return find_heading(grid, STAFF)


def likeness_of(grid):
    return likeness(grid, STAFF)


def test_titles_above_the_names_are_left_out():
    heading = find_heading_in([["Staff list, June"], [], ["Employee ID", "Name", "Team"], *PEOPLE])

    assert heading.names == ("Employee ID", "Name", "Team")
    assert heading.first_row == 3
    assert len(heading.notes) == 1


def test_names_that_stand_twice_take_the_group_above():
    groups = ["Employee", "", "Manager", ""]
    names = ["Number", "Name", "Number", "Name"]

    heading = find_heading_in([groups, names, ["1", "Ann", "2", "Bo"]])

    assert heading.names == (
        "Employee Number",
        "Employee Name",
        "Manager Number",
        "Manager Name",
    )
    assert heading.first_row == 2


def test_a_name_that_means_another_person_takes_the_group_above():
    groups = ["Person", "", "Manager"]

    heading = find_heading_in([groups, ["Employee ID", "Last name", "Name"], ["1", "Lee", "Bo Li"]])

    assert heading.names == ("Employee ID", "Last name", "Manager Name")


def test_groups_that_add_nothing_are_left_out():
    groups = ["Identity", "", "Where"]

    heading = find_heading_in([groups, ["Employee ID", "Name", "Department"], *PEOPLE])

    assert heading.names == ("Employee ID", "Name", "Department")
    assert heading.first_row == 2


def test_labels_below_the_names_are_no_person():
    names = ["USERID", "FIRSTNAME", "LASTNAME", "HIREDATE"]
    labels = ["User ID", "First Name", "Last Name", "Hire Date"]

    heading = find_heading_in([names, labels, ["a1", "Ann", "Lee", "2020-01-02"]])

    assert heading.names == tuple(names)
    assert heading.first_row == 2


def test_equal_and_empty_names_are_numbered():
    heading = find_heading_in([["Employee ID", "Note", "", "Note"], ["1", "a", "b", "c"]])

    assert heading.names == ("Employee ID", "Note", "Column 3", "Note (2)")
    assert "Note" in heading.notes[0]


def test_a_header_in_no_language_we_know_is_still_a_header():
    heading = find_heading_in([["Kood", "Eesnimi", "Amet"], ["11", "Mari", "Juht"]])

    assert heading.names == ("Kood", "Eesnimi", "Amet")


@pytest.mark.parametrize("grid", [[["1", "2"], ["3", "4"]], [["a@b.example", "2020-01-01"]] * 3])
def test_values_are_not_taken_for_names(grid):
    with pytest.raises(UnusableFile) as refusal:
        find_heading_in(grid)

    assert refusal.value.code == "no_header"


def test_what_is_wanted_is_told_from_other_sheets():
    assert likeness_of([["Employee ID", "Last name"], *PEOPLE]) > likeness_of(
        [["Cell", "Sum"], *PEOPLE]
    )
