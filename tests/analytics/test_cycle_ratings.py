from datetime import date

import numpy as np
import pytest
from django.utils import timezone

from evenhand.analytics.cycle_ratings import ratings_of
from evenhand.cycles.models import Question
from evenhand.demographics.models import ProtectedFacts
from evenhand.reviews.kinds import RatingOrigin
from evenhand.reviews.models import Review
from tests.factories.analytics import add_rated, rated_cycle
from tests.factories.cycles import CycleFactory, ParticipationFactory
from tests.factories.people import PersonFactory, UnitFactory
from tests.factories.reviews import ManagerReviewFactory, RatingFactory, SelfReviewFactory

pytestmark = pytest.mark.django_db


def read(cycle, **how):
    return ratings_of(cycle, timezone.localdate(), **how)


def said(coded):
    return [coded.labels[code] if code >= 0 else "" for code in coded.codes]


@pytest.fixture
def cycle():
    return CycleFactory()


def review_by(name, cycle, value=3, **about):
    manager = PersonFactory(given_name=name, family_name="Manager")
    part = ParticipationFactory(cycle=cycle, **about)
    review = ManagerReviewFactory(participation=part, author=manager, submitted=True)
    RatingFactory(review=review, value=value)
    return review


def test_each_rating_stands_with_who_gave_it_where_and_on_what_scale():
    cycle = rated_cycle(managers=2, each=3)

    ratings = read(cycle).ratings

    assert ratings.n == 6
    assert len(ratings.person.labels) == 6
    assert set(said(ratings.rater)) == {"Manager Number 0", "Manager Number 1"}
    assert len(ratings.unit.labels) == 2
    assert ratings.scale.names == ("Below", "Partly", "Meets", "Above", "Outstanding")
    assert (ratings.scale.favourable, ratings.scale.adverse) == (4, 2)
    assert ratings.before is None


def test_only_submitted_manager_reviews_of_those_who_take_part_count(cycle):
    review_by("Ada", cycle)
    draft = ManagerReviewFactory(participation=ParticipationFactory(cycle=cycle), draft=True)
    RatingFactory(review=draft, value=1)
    own = SelfReviewFactory(participation=ParticipationFactory(cycle=cycle), submitted=True)
    RatingFactory(review=own, value=1)
    review_by("Gone", cycle, value=1, withdrawn=True)
    review_by("Elsewhere", CycleFactory(), value=1)

    assert read(cycle).ratings.value.tolist() == [3.0]


def test_the_highest_number_stands_also_when_it_takes_the_rating_back(cycle):
    changed, taken_back = review_by("Ada", cycle, value=2), review_by("Ben", cycle, value=2)
    RatingFactory(review=changed, value=4, number=2)
    RatingFactory(review=taken_back, value=None, number=2)

    assert read(cycle).ratings.value.tolist() == [4.0]


def test_what_was_given_stands_before_what_calibration_settled(cycle):
    review_by("Ada", cycle, value=2)
    moved = review_by("Ben", cycle, value=5)
    RatingFactory(review=moved, value=4, origin=RatingOrigin.CALIBRATED, author=PersonFactory())

    ratings = read(cycle).ratings

    assert ratings.before.tolist() == [2.0, 5.0]
    assert ratings.value.tolist() == [2.0, 4.0]
    assert said(ratings.rater) == ["Ada Manager", "Ben Manager"]


def test_people_of_one_name_stay_apart(cycle):
    for number in ("A1", "A2"):
        person = PersonFactory(given_name="Kim", family_name="Lee", number=number)
        review_by("Ada", cycle, person=person)

    gathered = read(cycle)

    assert gathered.ratings.person.labels == ("Kim Lee (A1)", "Kim Lee (A2)")
    assert len(gathered.people) == 2


def test_single_questions_are_items(cycle):
    first, second = review_by("Ada", cycle), review_by("Ben", cycle)
    question = Question.objects.filter(section__version=cycle.version).earliest("pk")
    RatingFactory(review=first, question=question, value=2)
    RatingFactory(review=first, question=question, value=5, number=2)
    RatingFactory(review=second, question=question, value=None)

    (values,) = read(cycle).ratings.items.values()

    np.testing.assert_array_equal(values, [5.0, np.nan])


def test_protected_facts_leave_only_as_groups():
    cycle = rated_cycle(managers=1, each=4)

    gathered = read(cycle)

    assert set(gathered.ratings.groups) == {"Sex", "Age"}
    assert set(gathered.ratings.groups["Age"].labels) == {"Under 40", "40 and over"}
    assert gathered.facts_opened == 4


def test_disability_is_looked_at_only_where_groups_of_ten_are_asked_for():
    cycle = rated_cycle(managers=1, each=4)

    assert "Disability" not in read(cycle).ratings.groups
    assert set(read(cycle, with_health=True).ratings.groups["Disability"].labels) == {"no", "yes"}


@pytest.mark.parametrize(("birth_on", "band"), [("1980-06-30", "40 and over"), ("soon", "")])
def test_an_age_is_a_band_on_the_last_day_of_the_period(birth_on, band):
    cycle = rated_cycle(managers=1, each=1, period_ends_on=date(2027, 1, 1))
    facts = ProtectedFacts.objects.get()
    facts.birth_on, facts.sex = birth_on, "Woman"
    facts.save()

    groups = read(cycle).ratings.groups

    assert said(groups["Age"]) == [band] if band else "Age" not in groups


def test_grade_job_family_country_and_tenure_are_held_equal():
    cycle = rated_cycle(managers=1, each=4)
    review_by("Ada", cycle, person=PersonFactory(job_family="Sales"), country="FR", grade="G9")

    ratings = read(cycle).ratings

    assert set(ratings.controls) == {"Grade", "Job family", "Country"}
    assert said(ratings.controls["Country"])[-1] == "FR"
    (years,) = ratings.measured.values()
    assert (years > 0).all()


def test_nothing_rated_is_nothing(cycle):
    assert read(cycle).ratings.n == 0


def test_the_number_of_queries_does_not_grow(django_assert_num_queries):
    unit, manager = UnitFactory(), PersonFactory()
    cycle = rated_cycle(managers=1, each=1)
    with django_assert_num_queries(11):
        read(cycle)
    for place in range(4):
        add_rated(cycle, manager, 3, place, unit=unit)

    with django_assert_num_queries(11):
        read(cycle)
    assert Review.objects.count() == 5
