import pytest
from django.utils import timezone

from evenhand.kernel.acting import Role
from evenhand.reviews.models import Review
from tests.factories.access import AccountFactory, RoleGrantFactory
from tests.factories.cycles import CycleFactory
from tests.factories.people import PersonFactory, ReportingLineFactory
from tests.factories.reviews import ManagerReviewFactory

pytestmark = pytest.mark.django_db


def test_reviews_of_changed_managers_are_handed_over_but_not_ones_own(client):
    own, other = RoleGrantFactory(role=Role.SPECIALIST).person, PersonFactory()
    client.force_login(AccountFactory(person=own))
    cycle, new_manager = CycleFactory(), PersonFactory()
    for subject in (own, other):
        ManagerReviewFactory(participation__cycle=cycle, participation__person=subject)
        ReportingLineFactory(person=subject, manager=new_manager, starts_on=timezone.localdate())

    client.post(f"/cycles/{cycle.pk}/handovers/")

    assert [r.subject for r in Review.objects.filter(author=new_manager)] == [other]
