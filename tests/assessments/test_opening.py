from datetime import timedelta

import pytest
from django.utils import timezone

from evenhand.assessments import opening
from evenhand.assessments.models import Assessment
from evenhand.assessments.opening import OPEN_UNIT, ask_to_open_unit
from evenhand.jobs.kinds import JobState
from evenhand.jobs.models import Job
from evenhand.jobs.performing import perform_job
from evenhand.kernel.acting import Role
from evenhand.kernel.verdict import Refused
from tests.factories.access import TODAY, with_role
from tests.factories.assessments import AssessmentFactory
from tests.factories.competencies import ModelFactory
from tests.factories.people import PersonFactory, UnitFactory, company

pytestmark = pytest.mark.django_db
DUE = TODAY + timedelta(days=21)


@pytest.fixture
def sales():
    return UnitFactory(name="Sales", parent=company())


@pytest.fixture(autouse=True)
def small_steps(monkeypatch):
    monkeypatch.setattr(opening, "BATCH", 2)


def perform(unit, by):
    job = ask_to_open_unit(unit, DUE, by=by, at=timezone.now())
    perform_job(job.pk, timezone.now)
    return Job.objects.get(pk=job.pk)


def test_everyone_in_a_unit_whose_job_has_a_model_is_asked(sales):
    model = ModelFactory(job_family="Engineering")
    people = PersonFactory.create_batch(3, unit=sales)
    PersonFactory(unit=sales, job_family="Law")
    PersonFactory()
    AssessmentFactory(subject=people[0], model_version=model)
    job = perform(sales, with_role(Role.SPECIALIST))

    assert (job.kind, job.state) == (OPEN_UNIT, JobState.DONE)
    assert job.result["opened"] == 2
    opened = Assessment.objects.order_by("subject").values_list("subject", flat=True)
    assert list(opened) == [person.pk for person in people]
    assert {one.competencies.count() for one in Assessment.objects.all()} == {3}


def test_done_again_it_opens_nothing_twice(sales):
    ModelFactory()
    PersonFactory(unit=sales)
    specialist = with_role(Role.SPECIALIST)

    assert perform(sales, specialist).result["opened"] == 1
    assert perform(sales, specialist).result["opened"] == 0


def test_who_asks_is_not_assessed_by_their_own_order():
    ModelFactory()
    specialist = with_role(Role.SPECIALIST)
    perform(company(), specialist)

    assert not Assessment.objects.filter(subject=specialist.person_id).exists()


def test_only_the_specialist_asks_for_a_unit_and_not_for_yesterday(sales):
    partner, specialist = with_role(Role.HR_PARTNER, sales), with_role(Role.SPECIALIST)
    with pytest.raises(Refused):
        ask_to_open_unit(sales, DUE, by=partner, at=timezone.now())
    with pytest.raises(Refused):
        ask_to_open_unit(sales, TODAY - timedelta(days=1), by=specialist, at=timezone.now())
