import pytest
from django.utils import timezone

from evenhand.access.models import Account
from evenhand.jobs.actions import ask_for
from evenhand.jobs.kinds import JobState
from evenhand.jobs.performing import perform_now
from evenhand.kernel.acting import Role
from evenhand.web.roles.inviting import KIND
from tests.factories.access import acting, with_role
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def invited_by(actor):
    job = ask_for(KIND, "Invitations", arguments={}, by=actor, at=timezone.now())
    return perform_now(job.pk, timezone.now)


def test_everyone_without_an_account_is_invited_once():
    by = with_role(Role.SPECIALIST)
    PersonFactory.create_batch(2)

    first, again = invited_by(by), invited_by(by)

    assert (first.result["invited"], again.result["invited"]) == (3, 0)
    assert Account.objects.count() == 3


def test_who_may_not_invite_gets_nobody_in_by_a_job():
    job = invited_by(acting(PersonFactory()))

    assert job.state == JobState.FAILED
    assert not Account.objects.exists()
