"""The sample's goals and what good work looks like, as the product itself would have left them."""

from decimal import Decimal

import pytest
from django.db import transaction
from django.db.models import Count, Q, Sum

from evenhand.assessments.models import Assessment, AssessmentPart
from evenhand.competencies.models import CompetencyVersion, ModelVersion
from evenhand.competencies.queries import model_of_person
from evenhand.development.models import DevelopmentPlan
from evenhand.goals.kinds import GoalKind, GoalState, Scope, Side
from evenhand.goals.measuring import measure_goals
from evenhand.goals.models import (
    Agreement,
    CheckIn,
    Goal,
    GoalEnding,
    GoalOwner,
    GoalVersion,
    LibraryGoal,
    StrategicObjective,
)
from evenhand.goals.queries import waiting_for_agreement
from evenhand.notices.models import Message
from evenhand.people.models import Person
from evenhand.sample.company import LINDENMOOR
from evenhand.sample.furnishing import furnish
from evenhand.workshops.kinds import Stage
from evenhand.workshops.models import Workshop
from tests.factories.access import acting

PEOPLE, SEED = 120, 11


@pytest.fixture(scope="module")
def guests(django_db_setup, django_db_blocker, today):
    """Furnished once for all these tests, which only read."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = furnish(people=PEOPLE, seed=SEED, today=today, progress=lambda line: None)
        yield {guest.label: Person.objects.get(number=guest.number) for guest in made}
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _furnished(guests, db):
    pass


def test_the_strategy_is_that_of_the_company():
    titles = set(StrategicObjective.objects.values_list("title", flat=True))

    assert titles == {aim.title for aim in LINDENMOOR.aims}
    assert LibraryGoal.objects.count() > 100


def test_goals_go_down_from_the_strategy_and_some_lead_nowhere():
    active = Goal.objects.filter(state=GoalState.ACTIVE)
    aligned = active.filter(top_objective__isnull=False).count()

    assert 0.7 < aligned / active.count() < 0.97
    assert active.filter(depth__gte=3).exists()
    assert active.filter(is_near_copy=True).exists()
    assert active.filter(scope=Scope.UNIT, rolled_score__isnull=False).exists()


def test_every_goal_in_force_was_agreed_to_by_both_sides():
    agreed = GoalVersion.objects.filter(agreed_at__isnull=False)
    both = agreed.annotate(
        owners=Count("agreements", filter=Q(agreements__side=Side.OWNER)),
        managers=Count("agreements", filter=Q(agreements__side=Side.MANAGER)),
    )

    assert not both.exclude(owners=1, managers=1).exists()
    assert Agreement.objects.first().sentence


def test_the_weights_of_a_person_sum_to_a_hundred():
    shares = GoalOwner.objects.filter(goal__state=GoalState.CLOSED, weight__isnull=False)
    sums = shares.values("person").annotate(whole=Sum("weight")).values_list("whole", flat=True)

    assert set(sums) == {100}


def test_there_is_a_year_of_check_ins_and_measuring_again_changes_nothing():
    before = dict(Goal.objects.values_list("pk", "score"))
    measure_goals(before)

    assert CheckIn.objects.count() > 1_000
    assert dict(Goal.objects.values_list("pk", "score")) == before
    assert set(GoalKind) == set(Goal.objects.values_list("kind", flat=True))


def test_last_years_goals_are_closed_with_their_score_and_a_word():
    ended = GoalEnding.objects.select_related("goal").exclude(goal__state=GoalState.DROPPED)

    assert ended.count() == Goal.objects.filter(state=GoalState.CLOSED).count()
    assert all(one.score == one.goal.score and one.reason for one in ended)
    assert any(one.score and one.score > Decimal("0.9") for one in ended)


def test_something_waits_for_the_employee_and_for_the_manager(guests):
    employee, manager = acting(guests["Employee"]), acting(guests["Manager"])

    assert waiting_for_agreement(employee).exists()
    assert waiting_for_agreement(manager).exists()


def test_every_job_has_a_model_with_published_competencies():
    here = Person.objects.filter(employments__ends_on__year=9999)

    assert CompetencyVersion.objects.filter(published_at__isnull=False).count() >= 25
    assert ModelVersion.objects.filter(published_at__isnull=False).count() > 20
    assert all(model_of_person(pk, acting(here[0]).on) for pk in here.values_list("pk", flat=True))


def test_a_team_was_assessed_twice_with_others_beside(guests):
    own = Assessment.objects.filter(subject=guests["Employee"])

    assert own.count() == 2
    assert AssessmentPart.objects.filter(assessment__in=own, source="other").count() >= 6
    assert own.filter(closed_at__isnull=False, shortfall__isnull=False).exists()


def test_a_workshop_waits_for_the_employees_vote_and_a_plan_is_agreed(guests):
    assert Workshop.objects.get().stage == Stage.SCALING
    assert DevelopmentPlan.objects.get().person == guests["Employee"]


def test_nobody_is_told():
    assert not Message.objects.exists()
