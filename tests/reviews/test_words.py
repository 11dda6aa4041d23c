import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.reviews.words import Words, was_only_added_to


def test_what_no_database_keeps_is_taken_out():
    assert Words("a\x00b\r\nc\rd\ud800", choice="x\x00").cleaned() == Words("ab\nc\nd?", choice="x")


def test_blanks_alone_are_nothing():
    assert Words(" \n ").length == 0


@given(st.text(), st.text(), st.text())
def test_a_text_put_in_at_one_place_takes_nothing_out(before, inserted, after):
    assert was_only_added_to(before + after, before + inserted + after)


@pytest.mark.parametrize(
    ("former", "text"), [("abc", "ab"), ("abc", "axc"), ("aba", "ab"), ("a", "")]
)
def test_taking_out_or_changing_is_no_addition(former, text):
    assert not was_only_added_to(former, text)


def test_a_first_rating_takes_nothing_out():
    assert Words("Good", rating=4).continues(Words("Good"))


@pytest.mark.parametrize(
    "former", [Words(rating=3), Words(not_rated=True), Words(choice="Yes"), Words("Good")]
)
def test_another_rating_choice_or_text_does(former):
    assert not Words("Bad", rating=4, choice="No").continues(former)
