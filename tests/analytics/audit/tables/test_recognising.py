import pytest

from evenhand.analytics.audit.tables.columns import Columns
from tests.analytics.audit.tables.building import guess_of, table_of

ROWS = 40
LEVELS = ("Below", "Meets", "Exceeds")


def guessed(**columns):
    """The guess for a table whose columns are lists that are repeated to its end."""
    names = list(columns)
    rows = zip(*(column * (ROWS // len(column)) for column in columns.values()), strict=True)
    return guess_of(table_of(names, *rows))


PEOPLE = [f"E{n:03}" for n in range(ROWS)]
BOSSES = [f"Boss {n}" for n in "ABCDEFGH"]
RATINGS = ["3", "4", "2", "5"]


@pytest.mark.parametrize(
    ("person", "rater", "rating"),
    [
        ("Employee ID", "Manager", "Rating"),
        ("EmpID", "ManagerName", "PerformanceScore"),
        ("Personalnummer", "Vorgesetzter", "Gesamtbewertung"),
        ("Matricule", "Responsable", "Note globale"),
        ("Número de empleado", "Evaluador", "Calificación"),
        ("NIK", "Penilai", "Nilai kinerja"),
        ("Matrícula", "Gestor", "Avaliação"),
        ("ratee", "rater", "score"),
        ("idstud", "idreviewer", "final_rating"),
    ],
)
def test_columns_are_known_by_their_names_in_several_languages(person, rater, rating):
    guess = guessed(**{rating: RATINGS, rater: BOSSES, person: PEOPLE})

    assert guess.is_certain
    assert guess.columns == Columns(person=person, rater=rater, rating=rating)


def test_a_single_rater_is_a_rater_where_the_column_says_so():
    said = {"Employee ID": PEOPLE, "Rating": RATINGS}

    assert guessed(Rater=["Boss"], **said).columns.rater == "Rater"
    assert guessed(Author=["Boss"], **said).columns.rater == ""


def test_facts_to_compare_and_to_hold_equal_are_offered():
    guess = guessed(
        **{
            "Employee ID": PEOPLE,
            "Manager": BOSSES,
            "Rating": RATINGS,
            "Gender": ["F", "M"],
            "GenderID": ["0", "1"],
            "Race": ["a", "b", "a", "c"],
            "Date of birth": ["1980-01-31", "1980-01-31", "1999-02-28", "1999-02-28"],
            "Age": ["46", "27"],
            "Department": ["Sales", "IT"],
            "Job title": ["Clerk", "Cook", "Chef", "Clerk", "Cook"],
            "Salary": [str(10_000 + n) for n in range(ROWS)],
        }
    )

    assert guess.columns.groups == ("Gender", "Race", "Date of birth")
    assert guess.columns.controls == ("Department", "Job title")
    assert guess.columns.unit == "Department"


def test_circumstances_are_found():
    guess = guessed(
        **{
            "Employee ID": PEOPLE[:20],
            "Manager": BOSSES,
            "Rating": RATINGS,
            "Rating before calibration": ["2", "4", "2", "5"],
            "Review date": ["2026-01-15", "2026-01-16"],
            "Year": ["2025"] * 20 + ["2026"] * 20,
            "Comments": ["Did what was asked and more.", "Needs a hand with planning."],
        }
    )

    columns = guess.columns
    assert (columns.before, columns.date) == ("Rating before calibration", "Review date")
    assert (columns.occasion, columns.text) == ("Year", "Comments")


def test_levels_in_words_are_known_without_a_name():
    assert guessed(Wer=PEOPLE, Manager=BOSSES, Result26=[*LEVELS, "Meets"]).columns.rating == (
        "Result26"
    )


def test_of_two_columns_that_say_the_same_the_one_in_words_is_taken():
    guess = guessed(
        **{"EmpID": PEOPLE, "Rating": ["2", "3"], "Overall rating": ["Meets", "Exceeds"]}
    )

    assert guess.is_certain
    assert guess.columns.rating == "Overall rating"


def test_two_ratings_that_differ_are_asked_about():
    guess = guessed(**{"EmpID": PEOPLE, "Rating": RATINGS, "Overall rating": ["3", "1"]})

    [doubt] = guess.doubts
    assert (doubt.use, doubt.candidates) == ("rating", ("Rating", "Overall rating"))


def test_a_rater_without_a_person_is_asked_about():
    guess = guessed(Who=[f"{n} {n}" for n in range(ROWS)], Manager=BOSSES, Rating=RATINGS)

    [doubt] = guess.doubts
    assert (doubt.use, doubt.candidates) == ("person", ("Who",))


def test_a_column_for_each_rater_is_known():
    guess = guessed(Employee=PEOPLE, Rater1=RATINGS, Rater2=["1", "5"], Rater3=RATINGS)

    assert guess.is_certain
    assert guess.columns == Columns(person="Employee", raters_wide=("Rater1", "Rater2", "Rater3"))


def test_a_column_for_each_question_is_known():
    guess = guessed(Employee=PEOPLE, Rater=BOSSES, k1=RATINGS, k2=["1", "3"])

    assert guess.columns.items == ("k1", "k2")


def test_days_that_can_be_read_two_ways_are_not_guessed_at():
    guess = guessed(
        **{"EmpID": PEOPLE, "Rating": RATINGS, "Review date": ["03/04/2025", "05/06/2025"]}
    )

    assert guess.columns.date == ""


def test_numbers_in_no_language_are_nobody_s_guess():
    guess = guessed(a=PEOPLE, b=RATINGS, c=["1", "2"])

    assert not guess.is_certain
    assert guess.columns.rating == ""
