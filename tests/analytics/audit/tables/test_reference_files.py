"""Real files, read as they are. Counts are those of the files themselves."""

import time

import pytest

from evenhand.analytics.audit.tables.building import build
from evenhand.analytics.audit.tables.columns import Columns, Wishes
from evenhand.analytics.audit.tables.reading import read_table
from evenhand.analytics.audit.tables.recognising import RATING_OR_WIDE
from tests.analytics.audit.tables.building import TODAY, built, guess_of, refused, words_of
from tests.reference import REFERENCE, needs_reference_data

pytestmark = needs_reference_data

HR = "hrdataset_v14/HRDataset_v14.csv"
EXPECTED = {
    HR: ("EmpID", "ManagerName", "PerformanceScore"),
    "hrdataset_v14/variants/variant_1.csv": ("EmpID", "ManagerName", "PerfScoreID"),
    "hrdataset_v14/variants/variant_2.csv": ("Employee_Name", "ManagerName", "PerformanceScore"),
    "hrdataset_v14/variants/variant_3.csv": ("EmpID", "ManagerID", "PerformanceScore"),
    "hrdataset_v14/variants/variant_4.csv": ("EmpID", "ManagerName", "PerformanceScore"),
    "hrdataset_v14/variants/variant_5.csv": ("EmpID", "", "PerfScoreID"),
    "rater_sets/data.ratings1.csv": ("idstud", "rater", ""),
    "rater_sets/data.immer09.csv": ("idpaper", "idreviewer", "score"),
    "rater_published/brennan_3_2.csv": ("Person", "Rater", "Score"),
    "peopleanalyticsdata/employee_performance.csv": ("", "", "rating"),
    "peopleanalyticsdata/managers.csv": ("employee_id", "", "performance_group"),
}
IN_DOUBT = {
    "hrdataset_v14/variants/variant_6.csv": {"rating"},
    "insteval/insteval.csv": {RATING_OR_WIDE},
    "rater_published/wine_randall1989.csv": {"person"},
    "rater_published/shrout_fleiss_1979.csv": {RATING_OR_WIDE},
    "peopleanalyticsdata/employee_survey.csv": {RATING_OR_WIDE},
    "ricci/ricci.csv": {RATING_OR_WIDE},
}


def table_in(name):
    return read_table(REFERENCE / name)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_certain_guess_is_right_and_can_be_read(name):
    table = table_in(name)
    guess = guess_of(table)

    assert guess.is_certain
    assert (guess.columns.person, guess.columns.rater, guess.columns.rating) == EXPECTED[name]
    assert build(table, Wishes(guess.columns), on=TODAY).ratings.n == len(table.rows)


@pytest.mark.parametrize("name", IN_DOUBT)
def test_where_only_a_person_knows_nothing_is_guessed(name):
    assert {doubt.use for doubt in guess_of(table_in(name)).doubts} == IN_DOUBT[name]


def test_the_hr_file_offers_its_protected_facts_and_what_may_explain_a_rating():
    columns = guess_of(table_in(HR)).columns

    assert set(columns.groups) == {"DOB", "Sex", "CitizenDesc", "HispanicLatino", "RaceDesc"}
    assert columns.controls == ("Department", "Position", "DateofHire")
    assert columns.unit == "Department"


def test_the_hr_file_is_read_as_it_says():
    said = {"person": "Employee_Name", "rater": "ManagerName", "rating": "PerformanceScore"}
    ratings = built(table_in(HR), **said, groups=("Sex", "RaceDesc", "HispanicLatino")).ratings

    assert (ratings.n, len(ratings.person.labels), len(ratings.rater.labels)) == (311, 311, 21)
    assert ratings.scale.names == ("PIP", "Needs Improvement", "Fully Meets", "Exceeds")
    assert [int((ratings.value == level).sum()) for level in ratings.scale.values] == [
        13,
        18,
        243,
        37,
    ]
    assert words_of(ratings.groups["Sex"]).count("M") == 135
    assert words_of(ratings.groups["HispanicLatino"]).count("Yes") == 28
    assert words_of(ratings.groups["RaceDesc"]).count("Asian") == 29


def test_rows_without_a_person_are_named():
    table = table_in("hrdataset_v14/variants/variant_2.csv")

    problems = refused(table, person="EmpID", rating="PerfScoreID")

    assert problems == [(row, "EmpID", "missing_person") for row in (116, 221, 316)]


def test_five_criteria_are_one_rating_and_five_items():
    items = tuple(f"k{n}" for n in range(1, 6))
    ratings = built(
        table_in("rater_sets/data.ratings1.csv"), person="idstud", rater="rater", items=items
    ).ratings

    assert (ratings.n, len(ratings.person.labels), len(ratings.rater.labels)) == (274, 135, 7)
    assert set(ratings.items) == set(items)
    assert ratings.scale.values == (0, 1, 2, 3)


def test_a_column_for_each_rater():
    ratings = built(
        table_in("rater_published/shrout_fleiss_1979.csv"), raters_wide=("V1", "V2", "V3", "V4")
    ).ratings

    assert (ratings.n, len(ratings.person.labels), ratings.rater.labels) == (
        24,
        6,
        ("V1", "V2", "V3", "V4"),
    )
    assert ratings.value[ratings.rater.codes == 0].tolist() == [9, 6, 8, 7, 10, 6]


def test_seventy_thousand_ratings_are_ready_in_a_moment():
    columns = Columns(
        person="d", rater="s", rating="y", unit="dept", groups=("studage",), controls=("service",)
    )
    path = REFERENCE / "insteval" / "insteval.csv"

    began = time.process_time()
    ratings = build(read_table(path), Wishes(columns), on=TODAY).ratings
    took = time.process_time() - began

    assert (ratings.n, len(ratings.person.labels), len(ratings.rater.labels)) == (73421, 1128, 2972)
    assert took < 5  # under one second on a quiet machine
