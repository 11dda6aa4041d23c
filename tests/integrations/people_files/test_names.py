import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.integrations.people_files.names import key_of, name_with_number, split_name
from evenhand.spreadsheets.words import tidy


@pytest.mark.parametrize(
    ("written", "given_name", "family_name"),
    [
        ("Adinolfi, Wilson  K", "Wilson K", "Adinolfi"),
        ("Roup,Simon", "Simon", "Roup"),
        ("Ann Lee", "Ann", "Lee"),
        ("Sullivan, Kissy ", "Kissy", "Sullivan"),
        ("Smith, John, Jr.", "John Jr.", "Smith"),
        ("Ludwig van der Heide", "Ludwig", "van der Heide"),
        ("Maria de la Cruz", "Maria", "de la Cruz"),
        ("Budi", "", "Budi"),
        ("", "", ""),
    ],
)
def test_names_are_taken_apart(written, given_name, family_name):
    assert split_name(written) == (given_name, family_name)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Brandon R. LeBlanc", "LeBlanc, Brandon  R"),
        ("Jürgen Müller", "MULLER, Jurgen"),
        ("Łukasz Żak", "Zak, Lukasz"),
        ("Ousmane N'Diaye", "NDIAYE, Ousmane"),
        ("Änne Weiß", "anne weiss"),
    ],
)
def test_the_same_name_written_another_way(one, other):
    assert key_of(one) == key_of(other)


def test_initials_count_where_there_is_nothing_else():
    assert key_of("J R") != key_of("J T")


def test_a_number_in_brackets_is_found():
    assert name_with_number("Michael Albert (10026)") == ("Michael Albert", "10026")
    assert name_with_number("Michael Albert") == ("Michael Albert", "")


@given(st.text(max_size=60))
def test_tidying_twice_changes_nothing_more(text):
    assert tidy(tidy(text)) == tidy(text)
    assert "  " not in tidy(text)


@given(st.text(max_size=60))
def test_any_text_has_a_key(text):
    assert isinstance(key_of(text), tuple)
