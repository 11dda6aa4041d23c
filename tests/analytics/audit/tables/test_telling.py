from dataclasses import fields

import pytest

from evenhand.analytics.audit.tables.columns import Columns
from evenhand.analytics.audit.tables.telling import _uses, tell_reading
from tests.analytics.audit.tables.building import built, table_of

HEADER = ["Person", "Rater", "Rating"]


def told(*rows, **columns):
    columns = {"person": "Person", "rater": "Rater", "rating": "Rating"} | columns
    return tell_reading(built(table_of(HEADER, *rows), **columns)).paragraphs


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("Ann", "Bob", "3")], "1 rating of 1 person by 1 rater."),
        ([("Ann", "Bob", "3"), ("Cy", "Bob", "4")], "2 ratings of 2 people by 1 rater."),
        ([("Ann", "Bob", "3"), ("Ann", "Di", "4")], "2 ratings of 1 person by 2 raters."),
    ],
)
def test_one_is_told_as_one_and_many_as_many(rows, said):
    assert told(*rows)[0] == said


def test_ratings_without_raters_are_told_without_them():
    assert told(("Ann", "", "3"), rater="")[0] == "1 rating of 1 person."


def test_only_what_was_left_out_is_counted():
    said = told(("Ann", "Bob", "3"), ("Cy", "Bob", ""), ("Di", "Bob", "4"))

    assert "Left out as no rating: 1 empty." in said


def test_every_use_of_a_column_has_its_name():
    uses = [field.name for field in fields(Columns)]

    assert sorted(_uses()) == sorted(uses)
