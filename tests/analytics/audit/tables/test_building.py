from datetime import date

import numpy as np
import pytest

from tests.analytics.audit.tables.building import built, refused, table_of, words_of

HEADER = ("Employee", "Boss", "Rating", "Sex", "Born", "Years", "Grade", "Reviewed", "Words")
ANN = ("Ann", "Cy", "4", "F", "1980-02-28", "12.5", "B", "2026-03-01", "Good work")
BO = ("Bo", "Cy", "2", "m", "1999-12-31", "0.5", "C", "2026-03-02", "")
DEE = ("Dee", "Ed", "3", "M", "1986-06-01", "3", "B", "", "Fine")
EVE = ("Eve", "Ed", "5", "M", "", "NA", "", "2026-02-27", "-")
LONG = {"person": "Employee", "rater": "Boss", "rating": "Rating"}


def small(*more):
    return table_of(HEADER, ANN, BO, DEE, EVE, *more)


def codes_of(warnings):
    return [warning.code for warning in warnings]


class TestLongForm:
    def test_each_row_is_a_rating(self):
        ratings = built(small(), **LONG).ratings

        assert ratings.value.tolist() == [4, 2, 3, 5]
        assert words_of(ratings.person) == ["Ann", "Bo", "Dee", "Eve"]
        assert words_of(ratings.rater) == ["Cy", "Cy", "Ed", "Ed"]

    def test_rows_without_a_rating_are_counted_apart_and_left_out(self):
        table = small(("Flo", "Ed", "NR", *EVE[3:]), ("Gus", "Ed", "", *EVE[3:]), ("", "", "n/a"))

        read = built(table, **LONG)

        assert (read.ratings.n, read.not_rated, read.empty) == (4, 1, 2)
        assert "Flo" not in read.ratings.person.labels

    def test_columns_are_found_whatever_their_capitals_and_blanks(self):
        assert (
            built(small(), person="employee", rating=" RATING ").wishes.columns.rating == "Rating"
        )

    def test_without_a_person_each_row_is_one(self):
        read = built(small(), rating="Rating")

        assert read.ratings.person.labels == ("2", "3", "4", "5")
        assert read.ratings.rater is None
        assert any("person of their own" in note for note in read.notes)

    def test_the_days_of_several_notes_stand_in_one_cell(self):
        table = table_of(
            ("Person", "Rating", "Notes"),
            ("Ann", "3", "2026-01-05; 2026-03-04"),
            ("Bo", "4", ""),
            ("Dee", "2", "2026-02-01"),
        )

        notes = built(table, person="Person", rating="Rating", notes="Notes").ratings.notes

        first = date(2026, 1, 5).toordinal()
        assert [len(days) for days in notes] == [2, 0, 1]
        assert notes[0] == (first, first + 58)

    def test_a_note_without_a_real_day_is_told_with_its_row(self):
        table = table_of(
            ("Person", "Rating", "Notes"),
            ("Ann", "3", "2026-01-05; 2026-03-04"),
            ("Bo", "4", "2026-01-05; 2026-13-40"),
        )

        assert refused(table, person="Person", rating="Rating", notes="Notes") == [
            (3, "Notes", "bad_date")
        ]

    def test_whoever_rated_may_be_unknown(self):
        read = built(small(("Flo", "", "3")), **LONG)

        assert words_of(read.ratings.rater)[-1] == ""
        assert "nobody_rated" in codes_of(read.warnings)

    def test_the_rating_before_stands_on_the_same_scale(self):
        table = table_of(
            ("Who", "Before", "After"),
            ("a", "Meets", "Exceeds"),
            ("b", "", "Meets"),
            ("c", "Below", "Below"),
        )

        ratings = built(table, person="Who", rating="After", before="Before").ratings

        assert ratings.value.tolist() == [3, 2, 1]
        assert np.array_equal(ratings.before, [2, np.nan, 1], equal_nan=True)

    def test_items_may_have_a_scale_of_their_own(self):
        table = table_of(
            ("Who", "Rating", "Q1", "Q2"), ("a", "Meets", "7", "1"), ("b", "Exceeds", "", "3")
        )

        ratings = built(table, person="Who", rating="Rating", items=("Q1", "Q2")).ratings

        assert np.array_equal(ratings.items["Q1"], [7, np.nan], equal_nan=True)
        assert ratings.scale.values == (1, 2)

    def test_without_a_rating_it_is_the_mean_of_the_items(self):
        table = table_of(("Who", "Q1", "Q2"), ("a", "1", "4"), ("b", "", "2"), ("c", "", ""))

        read = built(table, person="Who", items=("Q1", "Q2"))

        assert read.ratings.value.tolist() == [2.5, 2]
        assert read.empty == 1


class TestWideForm:
    TABLE = table_of(
        ("Who", "Sex", "Ann", "Bo", "Cy"),
        ("x", "F", "1", "2", ""),
        ("y", "M", "NR", "4,5", "3"),
        ("z", "M", "", "", ""),
    )

    def test_each_column_is_a_rater(self):
        read = built(self.TABLE, person="Who", raters_wide=("Cy", "Ann", "Bo"), groups=("Sex",))

        ratings = read.ratings
        pairs = zip(words_of(ratings.person), words_of(ratings.rater), ratings.value, strict=True)
        assert sorted(pairs) == [("x", "Ann", 1), ("x", "Bo", 2), ("y", "Bo", 4.5), ("y", "Cy", 3)]
        assert dict(
            zip(words_of(ratings.person), words_of(ratings.groups["Sex"]), strict=True)
        ) == {
            "x": "F",
            "y": "M",
        }
        assert (read.not_rated, read.empty) == (1, 4)

    def test_what_needs_a_row_for_each_rating_is_refused(self):
        problems = refused(self.TABLE, raters_wide=("Ann", "Bo"), text="Who")

        assert problems == [(None, "", "not_in_wide_form")]


class TestGroupsAndControls:
    def test_words_stay_as_they_are_but_for_capitals(self):
        groups = built(small(), **LONG, groups=("Sex",)).ratings.groups

        assert [word.casefold() for word in words_of(groups["Sex"])] == ["f", "m", "m", "m"]
        assert len(groups["Sex"].labels) == 2

    def test_a_birthday_becomes_an_age_around_forty_on_the_day_of_the_rating(self):
        said = dict(LONG, groups=("Birth date",), date="Reviewed")
        header = [*HEADER[:4], "Birth date", *HEADER[5:]]
        born = [[*ANN[:4], day, *ANN[5:]] for day in ("1986-03-01", "1986-03-03", "")]

        groups = built(table_of(header, *born), **said).ratings.groups

        assert words_of(groups["Birth date"]) == ["40 and over", "under 40", ""]

    def test_other_days_become_years_of_service(self):
        table = table_of(
            ("Rating", "Hire date"), ("1", "2025-06-02"), ("2", "2021-06-01"), ("3", "2000-01-01")
        )

        groups = built(table, rating="Rating", groups=("Hire date",)).ratings.groups

        assert words_of(groups["Hire date"]) == [
            "under 2 years",
            "5 to 9 years",
            "10 years and over",
        ]

    def test_ages_in_years_are_parted_at_forty_and_other_amounts_in_the_middle(self):
        rows = [(str(n % 5 + 1), str(30 + n), str(1_000 * n)) for n in range(20)]
        table = table_of(("Rating", "Age", "Salary"), *rows)

        groups = built(table, rating="Rating", groups=("Age", "Salary")).ratings.groups

        assert words_of(groups["Age"]) == ["under 40"] * 10 + ["40 and over"] * 10
        assert [words_of(groups["Salary"]).count(label) for label in groups["Salary"].labels] == [
            10,
            10,
        ]

    def test_controls_are_measured_where_they_are_amounts_or_days(self):
        rows = [("3", str(n / 2), "2020-01-01", f"P{n % 2}", str(10_000 + n)) for n in range(20)]
        table = table_of(("Rating", "Years", "Hire date", "Post", "Zip"), *rows)

        ratings = built(
            table, rating="Rating", controls=("Years", "Hire date", "Post", "Zip")
        ).ratings

        assert set(ratings.measured) == {"Years", "Hire date"}
        assert set(ratings.controls) == {"Post", "Zip"}
        assert ratings.measured["Hire date"][0] == pytest.approx(6.41, abs=0.01)

    def test_a_column_of_names_is_no_group(self):
        rows = [(str(n % 5 + 1), f"person {n}") for n in range(80)]

        assert refused(table_of(("Rating", "Name"), *rows), rating="Rating", groups=("Name",)) == [
            (None, "Name", "too_many_groups")
        ]


class TestCircumstances:
    def test_the_day_gives_an_order_and_the_words_stay(self):
        ratings = built(small(), **LONG, date="Reviewed", text="Words").ratings

        assert np.argsort(ratings.order)[:3].tolist() == [3, 0, 1]
        assert np.isnan(ratings.order[2])
        assert ratings.texts == ("Good work", "", "Fine", "-")

    def test_an_order_may_be_a_number(self):
        table = table_of(("Rating", "Round"), ("1", "10"), ("2", "9"))

        assert built(table, rating="Rating", date="Round").ratings.order.tolist() == [10, 9]

    def test_days_that_can_be_read_two_ways_have_to_be_settled(self):
        table = table_of(("Rating", "Day"), ("1", "03/04/2025"), ("2", "05/06/2025"))
        said = {"rating": "Rating", "date": "Day"}

        assert refused(table, **said) == [(None, "Day", "date_order")]
        day_first = built(table, **said, dates="day").ratings.order
        month_first = built(table, **said, dates="month").ratings.order
        assert day_first[0] == date(2025, 4, 3).toordinal()
        assert month_first[0] == date(2025, 3, 4).toordinal()


def test_a_column_that_says_nothing_is_left_out_and_told():
    table = table_of(("Rating", "Boss", "Team", "Sex", "Post"), *[("3", "", "NA", "-", "")] * 9)
    said = {"rater": "Boss", "unit": "Team", "groups": ("Sex",), "controls": ("Post",)}

    read = built(table, rating="Rating", **said)

    assert codes_of(read.warnings) == ["empty_column"] * 4
    assert (read.ratings.rater, read.ratings.unit) == (None, None)
    assert not read.ratings.groups
    assert not read.ratings.controls


class TestWhatIsWrong:
    def test_everything_is_told_at_once_with_its_row_and_column(self):
        table = small(
            ("", "Ed", "3", "F", "2000-31-31", "x", "B", "", ""),
            ("Flo", "Ed", "great", "F", "", "", "B", "soon", ""),
        )
        table.rows[1][7] = "2026-13-13"

        assert refused(table, **LONG, date="Reviewed", groups=("Sex",)) == [
            (7, "Rating", "not_a_level"),
            (6, "Employee", "missing_person"),
            (3, "Reviewed", "bad_date"),
        ]

    def test_a_protected_fact_is_never_repeated(self):
        rows = [("3", "1980-01-01")] * 30
        table = table_of(("Rating", "Birth date"), *rows, ("3", "1980-31-31"))

        with pytest.raises(Exception, match="Row 32") as refusal:
            built(table, rating="Rating", groups=("Birth date",))

        assert "1980-31-31" not in str(refusal.value.problems)

    def test_a_column_that_is_not_there_is_told_with_those_like_it(self):
        with pytest.raises(Exception, match="Did you mean “Words”") as refusal:
            built(small(), rating="Ratting", person="Who")

        assert codes_of(refusal.value.problems) == ["no_such_column", "no_such_column"]

    @pytest.mark.parametrize(
        ("said", "code"),
        [
            ({"person": "Employee"}, "no_rating"),
            ({"rating": "Rating", "rater": "Rating"}, "column_used_twice"),
            ({"rating": "Words"}, "unknown_scale"),
        ],
    )
    def test_columns_that_cannot_be_meant_are_refused(self, said, code):
        assert [problem[2] for problem in refused(small(), **said)] == [code]

    def test_a_text_too_long_matters_only_in_a_column_that_is_used(self):
        table = small(("Flo", "Ed", "3", *EVE[3:8], "x" * 200_000))

        assert built(table, **LONG).ratings.n == 5
        assert refused(table, **LONG, text="Words") == [(6, "Words", "cell_too_long")]


class TestTheSamePersonAgain:
    def test_two_ratings_by_the_same_rater_are_told_and_count(self):
        read = built(small(("Ann", "Cy", "5", *ANN[3:])), **LONG)

        [warning] = read.warnings
        assert (warning.code, read.ratings.n) == ("rated_twice", 5)
        assert "row 6 and row 2" in warning.message

    def test_unless_they_are_of_two_periods(self):
        table = table_of(
            ("Who", "By", "Rating", "Year"), ("a", "b", "1", "2025"), ("a", "b", "2", "2026")
        )

        said = {"person": "Who", "rater": "By", "rating": "Rating"}
        assert codes_of(built(table, **said).warnings) == ["rated_twice"]
        assert built(table, **said, occasion="Year").warnings == ()

    def test_two_people_of_one_name_are_suspected(self):
        header = ("Employee ID", "Employee name", "Manager", "Rating", "Sex")
        table = table_of(header, ("1", "Bo Li", "x", "3", "F"), ("2", "Bo Li", "y", "4", "M"))

        said = {"rater": "Manager", "rating": "Rating"}
        read = built(table, person="Employee name", **said, groups=("Sex",))

        assert codes_of(read.warnings) == ["namesakes", "group_differs"]
        assert built(table, person="Employee ID", **said).warnings == ()
