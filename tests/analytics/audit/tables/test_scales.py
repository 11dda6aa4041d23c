import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.analytics.audit.tables.columns import UnusableRatings
from evenhand.analytics.audit.tables.scales import (
    parse_scale,
    reader_for,
    thresholds,
    with_thresholds,
)


def scale_of(words, wanted=""):
    return reader_for(words, wanted, "Rating").scale


def read_of(words, wanted=""):
    return dict(reader_for(words, wanted, "Rating").read)


def refusal_of(words, wanted=""):
    with pytest.raises(UnusableRatings) as refusal:
        reader_for(words, wanted, "Rating")
    return refusal.value.problems[0]


@pytest.mark.parametrize(
    ("levels", "good", "low"),
    [(2, 2, 1), (3, 3, 1), (4, 4, 2), (5, 4, 2), (6, 5, 2), (7, 6, 3), (10, 8, 4)],
)
def test_good_and_low_levels_lie_at_fixed_shares_of_the_scale(levels, good, low):
    assert thresholds(range(1, levels + 1)) == (good, low)


@given(st.integers(2, 60))
def test_a_low_rating_lies_below_a_good_one_on_any_scale(levels):
    good, low = thresholds([float(v) for v in range(levels)])

    assert low < good


class TestWhatIsSaid:
    @pytest.mark.parametrize(
        ("text", "values", "names"),
        [
            ("Poor < Fair < Good", (1, 2, 3), ("Poor", "Fair", "Good")),
            ("Good > Fair > Poor", (1, 2, 3), ("Poor", "Fair", "Good")),
            ("1-5", (1, 2, 3, 4, 5), ()),
            ("0..3", (0, 1, 2, 3), ()),
            ("0-100", tuple(range(101)), ()),
            ("1 < 3 < 9", (1, 3, 9), ()),
            ("0 = No < 10 = Yes", (0, 10), ("No", "Yes")),
        ],
    )
    def test_a_scale_can_be_written_in_several_ways(self, text, values, names):
        assert parse_scale(text) == (values, names)

    @pytest.mark.parametrize(
        "text", ["", "Poor", "<", "A < B > C", "A < a", "5-1", "1-5000", "3 < 2", "A < < B"]
    )
    def test_one_that_cannot_be_read_is_refused(self, text):
        with pytest.raises(UnusableRatings) as refusal:
            parse_scale(text)

        assert refusal.value.problems[0].code == "bad_scale"

    def test_words_are_found_whatever_their_capitals_and_as_numbers(self):
        words = ["poor", "GOOD", "2", "3 - Good", "Fair (2)", "Great", "7"]

        assert read_of(words, "Poor < Fair < Good") == {
            "poor": 1,
            "GOOD": 3,
            "2": 2,
            "3 - Good": 3,
            "Fair (2)": 2,
        }


class TestWhatIsRecognised:
    def test_words_of_level(self):
        words = ["Fully Meets", "PIP", "Exceeds", "Needs Improvement"]

        assert scale_of(words).names == ("PIP", "Needs Improvement", "Fully Meets", "Exceeds")

    @pytest.mark.parametrize(
        "words",
        [
            ["Low", "Medium", "High"],
            ["Does not meet expectations", "Meets expectations", "Exceeds expectations"],
            ["mangelhaft", "befriedigend", "gut", "sehr gut"],
            ["No cumple", "Cumple", "Supera", "Sobresaliente"],
            ["Insuffisant", "À améliorer", "Satisfaisant", "Très bien", "Exceptionnel"],
            ["Kurang", "Cukup", "Baik", "Sangat Baik"],
            ["Insuficiente", "Regular", "Bom", "Muito bom", "Excelente"],
        ],
    )
    def test_in_several_languages(self, words):
        assert scale_of([*words[1:], words[0]]).names == tuple(words)

    def test_whole_numbers_have_levels_that_nobody_used(self):
        assert scale_of(["2", "5", "4"]).values == (1, 2, 3, 4, 5)
        assert scale_of(["0", "3"]).values == (0, 1, 2, 3)

    def test_half_steps(self):
        assert scale_of(["3.5", "4", "5"]).values[:3] == (1, 1.5, 2)

    def test_any_other_numbers_are_levels_as_they_are(self):
        assert scale_of(["71.2", "83.9", "64"]).values == (64, 71.2, 83.9)

    def test_numbers_in_words_keep_their_names(self):
        scale = scale_of(["3 - Meets", "1 - Below", "4", "2 - Partly", "4 - Above"])

        assert scale.names == ("Below", "Partly", "Meets", "Above")

    @pytest.mark.parametrize("words", [["4/5", "3/5", "1/5"], ["Level 4", "Level 3", "Level 1"]])
    def test_a_number_within_a_text_is_enough(self, words):
        assert list(read_of(words).values()) == [4, 3, 1]

    def test_one_odd_word_is_left_over_for_its_row_to_be_told(self):
        assert "abc" not in read_of(["1", "2", "3", "abc"])

    def test_when_all_have_the_same_of_five_there_are_still_five(self):
        assert scale_of(["3", "3"]).values == (1, 2, 3, 4, 5)

    def test_words_nobody_can_order_are_asked_for_by_name(self):
        problem = refusal_of(["Amber", "Green", "Red", "Meets"])

        assert problem.code == "unknown_scale"
        assert "Meets < " in problem.message
        assert "Amber" in problem.message

    @pytest.mark.parametrize(
        ("words", "code"),
        [([], "no_ratings"), (["", ""], "no_ratings"), (["8", "8"], "all_the_same")],
    )
    def test_what_cannot_be_compared_is_refused(self, words, code):
        assert refusal_of(words).code == code


class TestThresholds:
    SCALE = scale_of(["Poor", "Fair", "Good"], "Poor < Fair < Good")

    def test_they_can_be_named_by_word_or_number(self):
        chosen = with_thresholds(self.SCALE, "fair", "1")

        assert (chosen.favourable, chosen.adverse) == (2, 1)

    @pytest.mark.parametrize(
        ("good", "low", "code"),
        [
            ("Great", "", "no_such_level"),
            ("9", "", "no_such_level"),
            ("Fair", "Good", "thresholds_cross"),
        ],
    )
    def test_levels_that_cannot_be_meant_are_refused(self, good, low, code):
        with pytest.raises(UnusableRatings) as refusal:
            with_thresholds(self.SCALE, good, low)

        assert refusal.value.problems[0].code == code


def test_ratings_that_fit_no_usual_scale_are_told_to_be_their_own():
    note = reader_for(["77", "97", "34", "61.3"], "", "Rating").note

    assert note.startswith("We took the ratings that occur, 34 to 97, as the scale.")
