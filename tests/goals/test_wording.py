import tomllib
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.goals.wording import (
    FEWEST_WORDS,
    is_activity,
    likeness,
    second_outcome,
    vague_words,
    words_of,
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Improve the onboarding of new customers", ["improve"]),
        ("Help and support the team as needed", ["support", "help", "as needed"]),
        ("Cut the waiting time at the counter to 5 minutes", []),
        ("Keep the supporting walls standing in all weathers", []),
    ],
)
def test_vague_words_are_named(text, found):
    assert vague_words(text) == found


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("Cut the waiting time and raise satisfaction", "raise satisfaction"),
        ("Sell 20 licences and 30 trainings in the year", "30 trainings in the year"),
        ("Answer complaints within two days; reduce returns", "reduce returns"),
        ("Answer questions of health and safety within two days", ""),
        ("Keep stock between 95 and 100 percent of the plan", ""),
        ("Cut the waiting time of patients and their families", ""),
    ],
)
def test_a_second_outcome_is_found_but_not_every_and(text, second):
    assert second_outcome(text) == second


@pytest.mark.parametrize(
    "text",
    ["Hold 4 meetings with the sales team", "Attend the course on contracts", "Write two reports"],
)
def test_what_one_does_is_an_activity(text):
    assert is_activity(text)


@pytest.mark.parametrize(
    "text",
    ["Hold delivery times below three days", "Cut the reports nobody reads to ten", "", "Renew"],
)
def test_what_comes_of_it_is_not(text):
    assert not is_activity(text)


def test_a_copy_of_the_parent_is_recognized_though_it_is_longer():
    parent = "Raise the share of renewed contracts to 90 percent"
    child = "In our region raise the share of renewed contracts to 90 percent this year"

    assert likeness(child, parent).is_near_copy
    assert not likeness("Call every customer two months before the end", parent).is_near_copy


@settings(max_examples=50)
@given(st.text(max_size=80), st.text(max_size=80))
def test_likeness_is_a_share_and_the_same_both_ways(text, other):
    share = likeness(text, other).share

    assert 0 <= share <= 1
    assert share == likeness(other, text).share
    assert not words_of(text) or likeness(text, text).share == 1


def test_every_goal_of_our_library_passes_its_own_hints():
    shelf = files("evenhand.goals").joinpath("library")
    outcomes = [
        goal["outcome"]
        for file in shelf.iterdir()
        if file.name.endswith(".toml")
        for goal in tomllib.loads(file.read_text(encoding="utf-8"))["goal"]
    ]

    assert len(outcomes) >= 100
    assert [o for o in outcomes if is_activity(o)] == []
    assert [o for o in outcomes if vague_words(o)] == []
    assert [o for o in outcomes if second_outcome(o)] == []
    assert [o for o in outcomes if len(words_of(o)) < FEWEST_WORDS] == []
