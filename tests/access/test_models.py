from datetime import date

import pytest
from django.db import IntegrityError, transaction

from evenhand.access.models import Account
from tests.factories.access import AccountFactory, DelegationFactory, RoleGrantFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def refused(make, **kwargs):
    with pytest.raises(IntegrityError), transaction.atomic():
        make(**kwargs)


def test_a_person_has_one_account_and_an_address_belongs_to_one():
    account = AccountFactory()

    refused(AccountFactory, person=account.person)
    refused(AccountFactory, email=account.email)


def test_the_address_is_found_however_it_is_written():
    account = AccountFactory(email="ana@example.org")

    assert Account.objects.get_by_natural_key("ANA@example.org") == account


def test_nobody_stands_in_for_themself():
    person = PersonFactory()

    refused(DelegationFactory, principal=person, delegate=person)


@pytest.mark.parametrize("make", [RoleGrantFactory, DelegationFactory])
def test_what_is_given_for_a_time_ends_after_it_starts(make):
    refused(make, starts_on=date(2026, 3, 2), ends_on=date(2026, 3, 2))
