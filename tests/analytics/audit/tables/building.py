"""Small tables of ratings, and the ratings read from them."""

from datetime import date

import pytest

from evenhand.analytics.audit.tables.building import build
from evenhand.analytics.audit.tables.columns import Columns, UnusableRatings, Wishes
from evenhand.analytics.audit.tables.reading import read_table
from evenhand.analytics.audit.tables.recognising import recognise
from tests.spreadsheets.building import csv_bytes

TODAY = date(2026, 6, 1)
WISHES = ("scale", "favourable", "adverse", "dates")


def table_of(*rows):
    return read_table(csv_bytes(*rows))


def built(table, **said):
    """Ratings of a table; what is no wish is a column."""
    wishes = {name: said.pop(name) for name in WISHES if name in said}
    return build(table, Wishes(Columns(**said), **wishes), on=TODAY)


def refused(table, **said):
    """The problems for which a table is refused, as row, column and code."""
    with pytest.raises(UnusableRatings) as refusal:
        built(table, **said)
    return [(p.row, p.column, p.code) for p in refusal.value.problems]


def guess_of(table):
    return recognise(table, on=TODAY)


def words_of(coded):
    return [coded.labels[code] if code >= 0 else "" for code in coded.codes]
