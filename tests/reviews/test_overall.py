from decimal import Decimal
from fractions import Fraction

import pytest

from evenhand.cycles.models import Question
from evenhand.reviews.contents import contents_of
from evenhand.reviews.overall import Formula, Term, formula_of, half_up, needs_a_reason
from tests.factories.cycles import CycleFactory, TemplateVersionFactory
from tests.factories.reviews import ManagerReviewFactory, answer

FORTY = Term("Results", 40, Fraction(10, 13))
REST = (Term("Ways", 35, Fraction(2, 3)), Term("Growth", 25, Fraction(7, 10)))


def test_the_overall_rating_is_the_weighted_mean():
    exact = Formula((FORTY, *REST)).exact

    assert half_up(exact, Decimal("0.0001")) == Decimal("0.7160")


def test_what_is_not_rated_is_left_out_and_the_rest_counts_for_the_whole():
    formula = Formula((Term("Results", 40, None), *REST))

    assert half_up(formula.exact, Decimal("0.0001")) == Decimal("0.6806")
    assert formula.percent_rated == 60


def test_below_60_percent_of_the_weights_there_is_no_overall_rating():
    formula = Formula((Term("Results", 41, None), Term("Ways", 59, Fraction(3))))

    assert formula.value is None
    assert str(formula) == ""


def test_without_any_rating_there_is_no_overall_rating():
    assert Formula(()).value is None
    assert Formula((Term("Results", 100, None),)).coverage == 0


@pytest.mark.parametrize(("value", "rounded"), [("2.5", 3), ("3.5", 4), ("2.4999", 2)])
def test_halves_round_up(value, rounded):
    assert half_up(Fraction(value), Decimal(1)) == rounded


def test_tenths_that_are_no_floats_still_make_a_whole():
    terms = tuple(Term(str(n), 10, Fraction(3)) for n in range(10))

    assert Formula(terms).coverage == 1
    assert Formula(terms).value == Decimal("3.00")


def test_the_formula_can_be_read_aloud():
    formula = Formula(
        (
            Term("Results", 50, Fraction(4)),
            Term("Ways", 30, Fraction(3)),
            Term("Growth", 20, Fraction(4)),
        )
    )

    assert str(formula) == "50 % × 4.00 + 30 % × 3.00 + 20 % × 4.00 = 3.70"  # noqa: RUF001


def test_the_formula_says_what_it_divides_by_when_not_all_is_rated():
    formula = Formula((Term("Results", 60, Fraction(4)), Term("Ways", 40, None)))

    assert str(formula) == "(60 % × 4.00) ÷ 60 % = 4.00"  # noqa: RUF001


def test_a_kept_formula_reads_the_same_years_later():
    formula = Formula((FORTY, *REST, Term("Ahead", 10, None)))

    assert Formula.from_json(formula.as_json()) == formula


@pytest.fixture
def review(db):
    return ManagerReviewFactory(draft=True)


def test_a_section_is_the_mean_of_its_ratings(review):
    again = Question.objects.get(text="How well were the agreed results reached?")
    again.pk, again.text, again.place = None, "How much?", 3
    again.save()
    answer(review, "How well", rating=4)
    answer(review, "How much", rating=3)
    answer(review, "Works well", rating=5)

    assert str(formula_of(contents_of(review))) == "60 % × 3.50 + 40 % × 5.00 = 4.10"  # noqa: RUF001


def test_not_rated_is_neither_nought_nor_three(review):
    answer(review, "How well", rating=5)
    answer(review, "Works well", not_rated=True)

    assert formula_of(contents_of(review)).value == Decimal("5.00")


@pytest.fixture
def whole(db):
    version = TemplateVersionFactory(holistic=True, frozen=True)
    return ManagerReviewFactory(draft=True, participation__cycle=CycleFactory(version=version))


@pytest.mark.parametrize(
    ("results", "given", "needed"), [(4, 4, False), (4, 3, True), (5, 5, True)]
)
def test_a_rating_as_a_whole_half_a_level_away_needs_a_reason(whole, results, given, needed):
    answer(whole, "How well", rating=results)
    answer(whole, "Works well", rating=4 if results == 4 else 3)

    answer(whole, "Taken as a whole", rating=given)

    assert needs_a_reason(contents_of(whole)) is needed


def test_a_rating_as_a_whole_is_not_part_of_the_formula(whole):
    answer(whole, "Taken as a whole", rating=1)

    assert formula_of(contents_of(whole)).exact is None
