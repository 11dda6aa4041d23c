from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.spreadsheets.dates import (
    DateStyle,
    decide,
    group_of,
    read_date,
    style_for,
)

LATEST = 2027
WRITTEN = {
    DateStyle.YEAR_FIRST: "%Y-%m-%d",
    DateStyle.COMPACT: "%Y%m%d",
    DateStyle.DAY_SLASH: "%d/%m/%Y",
    DateStyle.MONTH_SLASH: "%m/%d/%Y",
    DateStyle.DAY_DASH: "%d-%m-%Y",
    DateStyle.MONTH_DASH: "%m-%d-%Y",
    DateStyle.DAY_DOT: "%d.%m.%Y",
    DateStyle.DAY_WORD: "%d-%b-%Y",
    DateStyle.WORD_DAY: "%B %d, %Y",
}
DAYS = st.dates(min_value=date(1930, 1, 1), max_value=date(2060, 12, 31))


def read(value, style):
    return read_date(value, style, latest_year=LATEST)


@given(DAYS, st.sampled_from(sorted(WRITTEN)))
def test_a_day_written_in_a_style_is_read_in_it(day, style):
    assert read(day.strftime(WRITTEN[style]), style) == day


values = st.one_of(
    st.tuples(DAYS, st.sampled_from(sorted(WRITTEN))).map(lambda p: p[0].strftime(WRITTEN[p[1]])),
    st.from_regex(r"[0-9]{1,2}[/\-.][0-9]{1,2}[/\-.]([0-9]{2}|[0-9]{4})", fullmatch=True),
    st.text(max_size=12),
)


@given(st.lists(values, max_size=12))
def test_no_style_is_chosen_that_a_day_contradicts_or_that_another_fits_as_well(column):
    decision = decide(column, latest_year=LATEST)

    for style in decision.styles:
        days = [v for v in column if style in group_of(v) and any(map_read(v))]
        assert days
        assert all(read(value, style) for value in days)
        rivals = [other for other in group_of(days[0]) if other is not style]
        for rival in rivals:
            assert not all(read(value, rival) for value in days)


def map_read(value):
    return [read(value, style) for style in group_of(value)]


@given(st.lists(DAYS.filter(lambda d: d.day <= 12), min_size=1, max_size=20))
def test_days_that_fit_both_orders_are_never_decided(days):
    decision = decide([day.strftime("%d/%m/%Y") for day in days], latest_year=LATEST)

    assert decision.styles == ()
    assert decision.open_groups == ((DateStyle.DAY_SLASH, DateStyle.MONTH_SLASH),)


def test_one_late_day_decides_the_whole_column():
    decision = decide(["03/04/2020", "05/06/2021", "13/02/2022"], latest_year=LATEST)

    assert decision.styles == (DateStyle.DAY_SLASH,)
    assert decision.is_settled


def test_days_of_both_orders_settle_nothing():
    decision = decide(["25/12/2020", "12/25/2020"], latest_year=LATEST)

    assert decision.styles == ()
    assert decision.torn_groups == ((DateStyle.DAY_SLASH, DateStyle.MONTH_SLASH),)


def test_each_way_of_writing_is_settled_by_itself():
    decision = decide(["3/30/2015", "07-05-2011", "2020-01-01"], latest_year=LATEST)

    assert set(decision.styles) == {DateStyle.MONTH_SLASH, DateStyle.YEAR_FIRST}
    assert decision.open_groups == ((DateStyle.DAY_DASH, DateStyle.MONTH_DASH),)
    assert decision.examples_of(decision.open_groups[0]) == ("07-05-2011",)


def test_examples_tell_the_orders_apart():
    decision = decide(["05/05/2020", "01/02/2020"], latest_year=LATEST)

    assert decision.examples_of(decision.open_groups[0])[0] == "01/02/2020"


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("1 de enero de 2020", date(2020, 1, 1)),
        ("3. März 2021", date(2021, 3, 3)),
        ("1er août 2016", date(2016, 8, 1)),
        ("15 déc. 2019", date(2019, 12, 15)),
        ("12 Agustus 2015", date(2015, 8, 12)),
        ("7 de outubro de 2018", date(2018, 10, 7)),
        ("05-Oct-99", date(1999, 10, 5)),
        ("31DEC2019", date(2019, 12, 31)),
    ],
)
def test_months_are_known_by_name_in_several_languages(value, day):
    assert read(value, DateStyle.DAY_WORD) == day


@pytest.mark.parametrize(
    ("value", "style"),
    [
        ("2020-02-28T00:00:00Z", DateStyle.YEAR_FIRST),
        ("2020-02-28 00:00:00.000", DateStyle.YEAR_FIRST),
        ("2020/2/28", DateStyle.YEAR_FIRST),
        ("2/28/2020 12:00:00 AM", DateStyle.MONTH_SLASH),
        ("28.2.20", DateStyle.DAY_DOT),
        ("43889", DateStyle.SERIAL),
        ("43889.5", DateStyle.SERIAL),
        ("20200228", DateStyle.COMPACT),
    ],
)
def test_one_day_in_many_coats(value, style):
    assert style_for(value, [style]) is style
    assert read(value, style) == date(2020, 2, 28)


@pytest.mark.parametrize(
    "value", ["", "31/02/2020", "2020-13-01", "soon", "1/1", "99999999", "1" * 10_000, "12345"]
)
def test_what_is_no_day_is_none_in_any_style(value):
    found = {read(value, style) for style in DateStyle if style is not DateStyle.SERIAL}

    assert found == {None}


def test_two_digits_are_the_last_such_year_that_can_be():
    assert read_date("05/05/65", DateStyle.MONTH_SLASH, latest_year=2016) == date(1965, 5, 5)
    assert read_date("05/05/16", DateStyle.MONTH_SLASH, latest_year=2016) == date(2016, 5, 5)
    assert read_date("05/05/17", DateStyle.MONTH_SLASH, latest_year=2016) == date(1917, 5, 5)
