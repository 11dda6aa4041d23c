from datetime import date

import pytest

from evenhand.audit.policies import may_audit, visible_entries
from evenhand.kernel.acting import Actor, Grant, Role
from tests.factories.audit import EntryFactory

TODAY = date(2026, 3, 2)


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(Role))
def test_only_the_auditor_reads_the_trail(role):
    EntryFactory()
    actor = Actor(1, "Ada Lovelace", TODAY, frozenset({Grant(role)}))

    assert visible_entries(actor).exists() is (role is Role.AUDITOR)
    assert bool(may_audit(actor)) is (role is Role.AUDITOR)


@pytest.mark.django_db
def test_an_employee_reads_not_even_what_they_did():
    EntryFactory(by_id=1)

    assert not visible_entries(Actor(1, "Ada Lovelace", TODAY)).exists()
