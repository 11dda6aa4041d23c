from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from evenhand.access.actions import TokenPlan, create_token
from evenhand.access.models import Account
from tests.factories.access import AccountFactory, acting


class Machine(Client):
    """A program with a token of somebody, perhaps in one role."""

    def __init__(self, person, role=""):
        if not Account.objects.filter(person=person).exists():
            AccountFactory(person=person)
        now = timezone.now()
        plan = TokenPlan("test", role, now + timedelta(days=1))
        actor = acting(person, on=timezone.localdate())
        _token, secret = create_token(person, plan, by=actor, at=now)
        self.bearer = {"Authorization": f"Bearer {secret}"}
        super().__init__(headers=self.bearer)


@pytest.fixture
def machine():
    return Machine
