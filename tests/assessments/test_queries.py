from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from evenhand.assessments.queries import (
    earlier_results,
    job_standing,
    models_assessed,
    newest_observed,
    profile,
    proposals,
    team_standing,
    waiting_parts,
)
from evenhand.kernel.acting import Role
from tests.factories.access import acting, standing_in, with_role
from tests.factories.assessments import AssessmentFactory, PartFactory, answer, closed
from tests.factories.competencies import ModelFactory
from tests.factories.people import PersonFactory, UnitFactory, company

pytestmark = pytest.mark.django_db
SPRING = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def model():
    return ModelFactory()


def result(person, levels, model, at=SPRING, manager=None):
    """A closed assessment in which the person alone has said where they stand."""
    about = {"subject": person, "model_version": model, "manager": manager}
    one = AssessmentFactory(**about, opened_at=at, opened_on=at.date())
    answer(one, person, levels)
    return closed(one)


def test_a_profile_compares_what_is_expected_with_each_source(model):
    manager = PersonFactory()
    ben = PersonFactory(manager=manager)
    one = AssessmentFactory(subject=ben, manager=manager, model_version=model)
    answer(one, ben, [4, 2, None])
    answer(one, manager, [2, 2, None])
    seen = profile(acting(ben), one)

    assert [(line.own, line.manager, line.others) for line in seen.lines] == [
        (4, 2, None),
        (2, 2, None),
        (None, None, None),
    ]
    assert [line.gap.gap for line in seen.lines] == [0, 0, None]
    assert (seen.shortfall.index, seen.shortfall.coverage) == (0, Decimal("0.7"))
    assert not seen.has_hypotheses


def test_from_one_source_gaps_are_hypotheses(model):
    ben = PersonFactory()
    one = AssessmentFactory(subject=ben, model_version=model)
    answer(one, ben, [4, 2, None])

    assert profile(acting(ben), one).has_hypotheses


def test_former_results_stand_beside_the_new_one(model):
    ben = PersonFactory()
    first = result(ben, [2, 2, 2], model)
    second = result(ben, [3, 3, 3], model, at=SPRING + timedelta(days=90))

    assert list(earlier_results(acting(ben), second)) == [first]
    assert [line.before for line in profile(acting(ben), second).lines] == [2, 2, 2]
    assert [line.before for line in profile(acting(ben), first).lines] == [None] * 3
    assert [one.observed for one in newest_observed(acting(ben), ben.pk)] == [3, 3, 3]
    assert newest_observed(acting(PersonFactory()), ben.pk) == []


def test_what_waits_is_listed_by_its_day_and_goes_when_it_is_closed(model):
    ben = PersonFactory()
    mine = AssessmentFactory(subject=ben, model_version=model)
    other = PartFactory(
        assessment=AssessmentFactory(model_version=model, due_on=date(2026, 11, 23)), assessor=ben
    )

    assert list(waiting_parts(acting(ben))) == [other, mine.parts.get()]
    closed(mine)
    assert list(waiting_parts(acting(ben))) == [other]


def test_proposals_wait_for_who_reads_the_assessment(model):
    manager = PersonFactory()
    one = AssessmentFactory(subject=PersonFactory(manager=manager), model_version=model)
    proposed = PartFactory(assessment=one, state="proposed")

    assert list(proposals(acting(manager), one)) == [proposed]
    assert not proposals(acting(PersonFactory()), one).exists()


def test_a_team_stands_with_the_newest_result_of_each(model):
    mia = PersonFactory()
    ben, ada = (PersonFactory(manager=mia, family_name=name) for name in ("Zuse", "Adams"))
    result(ben, [2, 2, 2], model)
    newest = result(ben, [3, 2, 3], model, at=SPRING + timedelta(days=90))
    running = AssessmentFactory(subject=ben, model_version=model)
    first, second = team_standing(acting(mia)).rows

    assert (first.person, first.result, first.open_id, first.gaps) == (ada, None, None, {})
    assert (second.person, second.result, second.open_id) == (ben, newest, running.pk)
    assert [one.observed for one in second.gaps.values()] == [3, 2, 3]


def test_who_stands_in_does_not_find_themself_in_the_team(model):
    mia = PersonFactory()
    ben = PersonFactory(manager=mia)

    assert list(team_standing(standing_in(mia, ben)).rows) == []


def test_a_team_costs_the_same_for_one_and_for_many(model, django_assert_num_queries):
    mia = PersonFactory()
    for _ in range(3):
        result(PersonFactory(manager=mia), [2, 2, 2], model)

    actor = acting(mia)
    with django_assert_num_queries(4):
        assert len(team_standing(actor).rows) == 3


def test_of_a_kind_of_job_nothing_is_told_below_five_people(model):
    for _ in range(4):
        result(PersonFactory(), [2, 2, 2], model)
    specialist = with_role(Role.SPECIALIST)
    few = job_standing(specialist, model.model)
    assert [(line.is_told, line.observed, line.behind) for line in few] == [(False, None, None)] * 3

    result(PersonFactory(), [4, 2, None], model)
    told = {line.name: line for line in job_standing(specialist, model.model)}
    listening = told["Listening"]
    assert (listening.people, listening.behind) == (5, 4)
    assert float(listening.observed) == pytest.approx(2.4)
    assert not told["Planning"].is_told
    assert list(models_assessed(specialist)) == [model.model]


def test_only_the_newest_result_of_each_counts_and_only_in_ones_units(model):
    sales = UnitFactory(name="Sales", parent=company())
    for _ in range(5):
        person = PersonFactory(unit=sales)
        result(person, [1, 1, 1], model)
        result(person, [3, 3, 3], model, at=SPRING + timedelta(days=9))
    result(PersonFactory(), [5, 5, 5], model)

    lines = job_standing(with_role(Role.HR_PARTNER, sales), model.model)
    assert {(line.people, float(line.observed)) for line in lines} == {(5, 3.0)}
    elsewhere = with_role(Role.HR_PARTNER, UnitFactory(parent=company()))
    assert job_standing(elsewhere, model.model) == []
    assert job_standing(standing_in(PersonFactory(), PersonFactory()), model.model) == []
