import pytest

from evenhand.integrations.people_files.headers import find_heading, likeness
from evenhand.integrations.people_files.kinds import UnusableFile

PEOPLE = [["1", "Ann Lee", "Sales"], ["2", "Bo Li", "Sales"]]


def test_titles_above_the_names_are_left_out():
    heading = find_heading([["Staff list, June"], [], ["Employee ID", "Name", "Team"], *PEOPLE])

    assert heading.names == ("Employee ID", "Name", "Team")
    assert heading.first_row == 3
    assert len(heading.notes) == 1


def test_names_that_stand_twice_take_the_group_above():
    groups = ["Employee", "", "Manager", ""]
    names = ["Number", "Name", "Number", "Name"]

    heading = find_heading([groups, names, ["1", "Ann", "2", "Bo"]])

    assert heading.names == (
        "Employee Number",
        "Employee Name",
        "Manager Number",
        "Manager Name",
    )
    assert heading.first_row == 2


def test_a_name_that_means_another_person_takes_the_group_above():
    groups = ["Person", "", "Manager"]

    heading = find_heading([groups, ["Employee ID", "Last name", "Name"], ["1", "Lee", "Bo Li"]])

    assert heading.names == ("Employee ID", "Last name", "Manager Name")


def test_groups_that_add_nothing_are_left_out():
    groups = ["Identity", "", "Where"]

    heading = find_heading([groups, ["Employee ID", "Name", "Department"], *PEOPLE])

    assert heading.names == ("Employee ID", "Name", "Department")
    assert heading.first_row == 2


def test_labels_below_the_names_are_no_person():
    names = ["USERID", "FIRSTNAME", "LASTNAME", "HIREDATE"]
    labels = ["User ID", "First Name", "Last Name", "Hire Date"]

    heading = find_heading([names, labels, ["a1", "Ann", "Lee", "2020-01-02"]])

    assert heading.names == tuple(names)
    assert heading.first_row == 2


def test_equal_and_empty_names_are_numbered():
    heading = find_heading([["Employee ID", "Note", "", "Note"], ["1", "a", "b", "c"]])

    assert heading.names == ("Employee ID", "Note", "Column 3", "Note (2)")
    assert "Note" in heading.notes[0]


def test_a_header_in_no_language_we_know_is_still_a_header():
    heading = find_heading([["Kood", "Eesnimi", "Amet"], ["11", "Mari", "Juht"]])

    assert heading.names == ("Kood", "Eesnimi", "Amet")


@pytest.mark.parametrize("grid", [[["1", "2"], ["3", "4"]], [["a@b.example", "2020-01-01"]] * 3])
def test_values_are_not_taken_for_names(grid):
    with pytest.raises(UnusableFile) as refusal:
        find_heading(grid)

    assert refusal.value.code == "no_header"


def test_people_are_told_from_other_sheets():
    assert likeness([["Employee ID", "Last name"], *PEOPLE]) > likeness([["Cell", "Sum"], *PEOPLE])
