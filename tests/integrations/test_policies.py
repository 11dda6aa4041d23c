import pytest

from evenhand.integrations.kinds import ImportState
from evenhand.integrations.models import PeopleImport
from evenhand.integrations.policies import (
    may_apply,
    may_choose_columns,
    may_discard,
    may_import,
    visible_imports,
    visible_mappings,
)
from evenhand.jobs.kinds import JobState
from evenhand.jobs.models import Job
from evenhand.kernel.acting import Role
from tests.factories.access import acting, standing_in, with_role
from tests.factories.people import PersonFactory, UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def specialist():
    return with_role(Role.SPECIALIST)


def brought(state, *, job=None, errors=0):
    return PeopleImport(state=state, job=job and Job(state=job), counts={"errors": errors})


def test_only_who_is_specialist_everywhere_imports(specialist):
    others = [acting(PersonFactory()), with_role(Role.SPECIALIST, UnitFactory())]
    others += [with_role(role) for role in Role if role != Role.SPECIALIST]
    others += [standing_in(PersonFactory(), PersonFactory())]

    assert may_import(specialist)
    assert not any(may_import(other) for other in others)
    assert visible_imports(others[0]).query.is_empty()
    assert visible_mappings(others[0]).query.is_empty()


def test_columns_are_chosen_until_it_ends_and_not_while_a_job_is_at_it(specialist):
    assert may_choose_columns(specialist, brought(ImportState.MAPPING))
    assert may_choose_columns(specialist, brought(ImportState.PLANNED))
    assert may_choose_columns(specialist, brought(ImportState.PLANNING, job=JobState.FAILED))
    for_now = may_choose_columns(specialist, brought(ImportState.PLANNING, job=JobState.RUNNING))
    assert for_now.code == "import_under_way"
    assert may_choose_columns(specialist, brought(ImportState.APPLIED)).code == "import_ended"


def test_a_plan_is_applied_only_whole(specialist):
    assert may_apply(specialist, brought(ImportState.PLANNED))
    assert may_apply(specialist, brought(ImportState.APPLYING, job=JobState.CANCELLED))
    assert may_apply(specialist, brought(ImportState.MAPPING)).code == "not_planned"
    assert may_apply(specialist, brought(ImportState.PLANNED, errors=1)).code == "has_errors"
    assert may_apply(specialist, brought(ImportState.DISCARDED)).code == "import_ended"


def test_what_was_applied_cannot_be_discarded(specialist):
    assert may_discard(specialist, brought(ImportState.PLANNED))
    assert not may_discard(specialist, brought(ImportState.APPLIED))
    assert not may_discard(acting(PersonFactory()), brought(ImportState.PLANNED))
