import pytest

from evenhand.integrations.people_files import values
from evenhand.integrations.people_files.kinds import Status


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("007", "007"),
        ("10026.0", "10026"),
        (" 10026 ", "10026"),
        ("A-1.0", "A-1.0"),
        ('="0012"', "0012"),
        ("n/a", ""),
    ],
)
def test_a_number_keeps_its_zeros_and_loses_what_a_spreadsheet_added(written, meant):
    assert values.number(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Ann.Lee@Example.COM ", "ann.lee@example.com"),
        ("Ann Lee <ann@example.com>", "ann@example.com"),
        ("mailto:ann@example.com", "ann@example.com"),
        ("-", ""),
    ],
)
def test_an_address_is_taken_out_of_its_wrapping(written, meant):
    assert values.email(written) == meant


@pytest.mark.parametrize(
    "wrong", ["ann", "ann@", "@example.com", "ann@example", "a b@c.de", "a@b..c"]
)
def test_a_broken_address_is_noticed(wrong):
    assert not values.is_email(wrong)


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "=HYPERLINK(A1)", " =cmd|' /C calc'!A0", "@SUM(A1)", "+1+cmd|' /C x'!A0", "-2+3(1)"],
)
def test_formulas_are_noticed(cell):
    assert values.is_formula(cell)


@pytest.mark.parametrize(
    "cell", ["-5", "+49 221 1234", "-", "@ann", "Sales = People", '="0012"', "- Sales -", ""]
)
def test_plain_texts_and_numbers_are_no_formulas(cell):
    assert not values.is_formula(cell)


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("Active", Status.ACTIVE),
        ("Voluntarily Terminated", Status.LEFT),
        ("Terminated for Cause", Status.LEFT),
        ("Leave of Absence", Status.ON_LEAVE),
        ("Elternzeit", Status.ON_LEAVE),
        ("Beschäftigt", Status.ACTIVE),
        ("de baja", Status.LEFT),
        ("Cuti", Status.ON_LEAVE),
        ("desligado", Status.LEFT),
        ("mysterious", None),
    ],
)
def test_words_of_status_are_known_in_several_languages(word, status):
    assert values.status(word) is status


def test_a_unit_path_is_read_from_the_top():
    assert values.unit_path("Company > Sales > North") == ("Company", "Sales", "North")
    assert values.unit_path("IT") == ("IT",)
    assert values.unit_path(" ") == ()


def test_a_board_is_nobody_in_particular():
    assert values.is_a_body("Board of Directors")
    assert values.is_no_manager("NO_MANAGER")
    assert not values.is_a_body("John Board")
