"""Words are kept as they were meant, and asked for where they are needed."""

import pytest

from evenhand.goals.saying import REASON_MISSING, said
from evenhand.kernel.verdict import Refused


def test_blanks_around_words_and_what_no_database_keeps_are_taken_away():
    assert said("  One\r\nline \x00and\rmore\ud800 ") == "One\nline and\nmore?"


def test_words_that_are_needed_are_asked_for():
    with pytest.raises(Refused, match="reason_missing"):
        said(" \n", REASON_MISSING)
    assert said(" ") == ""


def test_too_many_are_refused():
    assert said("x" * 5_000)
    with pytest.raises(Refused, match="too_long"):
        said("x" * 301, longest=300)
