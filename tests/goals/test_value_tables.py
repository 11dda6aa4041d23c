from datetime import date
from decimal import Decimal

import pytest

from evenhand.goals.value_tables import read_values
from evenhand.goals.values import Value
from evenhand.spreadsheets.tables import UnusableFile

D = Decimal
DAY = date(2026, 5, 31)


def read(text):
    return read_values(text.encode())


def numbers(text):
    return [row.value.value for row in read(text).rows]


def codes(text):
    return [(problem.row, problem.code) for problem in read(text).problems]


def test_a_row_is_a_key_a_day_and_a_value():
    (row,) = read("Key,Day,Value,Note\nsales,2026-05-31,12.5,Counted twice\n").rows

    assert (row.row, row.known_by, row.note) == (2, "sales", "Counted twice")
    assert row.value == Value(DAY, D("12.5"))


def test_a_row_may_name_the_goal_and_its_part_and_a_rate():
    (row,) = read("goal;part;date;some;all\n12;2;31.05.2026;3;40\n").rows

    assert row.known_by == "12/2"
    assert row.value == Value(DAY, None, D(3), D(40))


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1234", "1234"),
        ("-0.5", "-0.5"),
        ("1 234.5", "1234.5"),
        ("1'234.5", "1234.5"),
        ('"1,234.5"', "1234.5"),
        ('"12,5"', "12.5"),
        ('"1.234,56"', "1234.56"),
        ("1.2.3", None),
        ('"1,2345.6,7"', None),
        ("abc", None),
        ("1e5", None),
        ("٣", None),
    ],
)
def test_numbers_are_read_as_people_and_programs_write_them(written, value):
    found = numbers(f"key,day,value\na,2026-05-31,{written}\n")

    assert found == ([D(value)] if value else [])


def test_the_whole_column_says_what_a_comma_means():
    assert numbers('key,day,value\na,2026-05-31,"1,234"\nb,2026-05-31,0.5\n') == [D(1234), D("0.5")]
    assert numbers("key;day;value\na;2026-05-31;1.234\nb;2026-05-31;0,5\n") == [D(1234), D("0.5")]


def test_a_number_that_could_be_two_is_refused():
    assert codes('key,day,value\na,2026-05-31,"1,234"\n') == [(2, "odd_value")]
    assert codes("key;day;value\na;2026-05-31;1.234\n") == [(2, "odd_value")]
    assert numbers("key;day;value\na;2026-05-31;1.234\nb;2026-05-31;17\n") == [D(17)]


def test_a_row_that_cannot_be_read_is_named_and_the_others_stand():
    found = read("key,day,value\na,31 Maytember,1\n,2026-05-31,2\nb,2026-05-31,3\n")

    assert [(p.row, p.column, p.code) for p in found.problems] == [
        (2, "day", "odd_day"),
        (3, "key", "odd_key"),
    ]
    assert [row.known_by for row in found.rows] == ["b"]
    assert found.count == 3


def test_a_goal_is_a_whole_number():
    assert codes("goal,day,value\nx1,2026-05-31,1\n") == [(2, "odd_goal")]
    assert codes(f"goal,day,value\n{'9' * 40},2026-05-31,1\n") == [(2, "odd_goal")]


def test_an_empty_value_is_left_for_the_goal_to_judge():
    (row,) = read("key,day,value\na,2026-05-31,\n").rows

    assert row.value.numbers == ()


@pytest.mark.parametrize(
    "text", ["day,value\n2026-05-31,1\n", "key,value\na,1\n", "key,day\na,2026-05-31\n"]
)
def test_a_file_without_the_columns_it_needs_says_which(text):
    with pytest.raises(UnusableFile, match="needs a column"):
        read(text)
