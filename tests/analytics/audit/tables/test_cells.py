import pytest

from evenhand.analytics.audit.tables.cells import is_not_rated, numbers, spellings, word


@pytest.mark.parametrize("cell", ["", " ", "NA", "n/a", "-", "—", "NULL", "(blank)", "Declined"])
def test_many_words_say_nothing(cell):
    assert word(cell) == ""


@pytest.mark.parametrize("cell", ["NR", "not rated", "Not Rated", "Too new to rate", "n.r."])
def test_not_rated_is_something_else_than_nothing(cell):
    assert word(cell)
    assert is_not_rated(word(cell))


def test_other_words_stay_and_lose_their_blanks():
    assert word("  Fully   Meets\u200b ") == "Fully Meets"
    assert not is_not_rated("Fully Meets")


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("4", 4),
        ("4.5", 4.5),
        ("4,5", 4.5),
        ("-3", -3),
        ("62,506", 62_506),
        ("1.234.567,5", 1_234_567.5),
        ("1,234,567.5", 1_234_567.5),
        ("$62,506", 62_506),
        ("85 %", 85),
        ("1e3", 1_000),
    ],
)
def test_numbers_are_read_as_they_are_written(written, value):
    assert numbers([written]) == {written: value}


def test_a_column_settles_what_a_comma_means():
    assert numbers(["3,125", "4,5"]) == {"3,125": 3.125, "4,5": 4.5}
    assert numbers(["3,125", "4,500"]) == {"3,125": 3_125, "4,500": 4_500}


@pytest.mark.parametrize("word", ["abc", "4 - Exceeds", "inf", "1e999", "", "--", "1.2.3", "٣"])
def test_other_words_are_no_numbers(word):
    assert numbers([word]) == {}


def test_words_that_differ_in_capitals_only_are_one():
    usual = spellings(["Yes", "yes", "Yes", "A", "A+"])

    assert usual == {"Yes": "Yes", "yes": "Yes", "A": "A", "A+": "A+"}
