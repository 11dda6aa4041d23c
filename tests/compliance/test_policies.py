import pytest

from evenhand.compliance.policies import may_publish_notice
from evenhand.kernel.acting import Role
from tests.factories.access import acting, standing_in, with_role
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", list(Role))
def test_only_the_specialist_publishes(role):
    assert bool(may_publish_notice(with_role(role))) is (role is Role.SPECIALIST)


def test_neither_an_employee_nor_a_delegate_publishes():
    assert not may_publish_notice(acting(PersonFactory()))
    assert not may_publish_notice(standing_in(PersonFactory(), PersonFactory()))
