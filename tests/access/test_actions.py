from datetime import UTC, date, datetime, timedelta

import pytest

from evenhand.access import actions
from evenhand.access.actions import DelegationPlan, RolePlan, TokenPlan
from evenhand.access.models import Account, ApiToken, Delegation, RoleGrant
from evenhand.audit.models import Entry
from evenhand.kernel.acting import Role, system
from evenhand.kernel.verdict import Refused
from tests.factories.access import (
    TODAY,
    AccountFactory,
    DelegationFactory,
    RoleGrantFactory,
    acting,
    with_role,
)
from tests.factories.people import PersonFactory, UnitFactory

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
TOMORROW = TODAY + timedelta(days=1)


def refusal(action, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        action(*args, **kwargs)
    return refused.value.verdict.code


def test_an_invitation_makes_one_account_however_often_it_is_sent(
    django_capture_on_commit_callbacks,
):
    person, by = PersonFactory(), with_role(Role.SPECIALIST)

    with django_capture_on_commit_callbacks() as told:
        first = actions.invite_person(person, by=by, at=NOON)
        again = actions.invite_person(person, by=by, at=NOON)

    assert first == again
    assert not first.has_usable_password()
    assert Account.objects.count() == 1
    assert len(told) == 2
    assert Entry.objects.filter(code="account.invited", about_id=person.pk).count() == 2


def test_an_address_in_use_by_another_account_is_refused():
    AccountFactory(email="Ana@example.org")
    person = PersonFactory(email="ana@example.org")

    code = refusal(actions.invite_person, person, by=with_role(Role.SPECIALIST), at=NOON)

    assert code == "email_taken"


def test_a_role_is_given_with_its_scope_and_days_and_recorded():
    person, unit, by = PersonFactory(), UnitFactory(), with_role(Role.SPECIALIST)

    grant = actions.give_role(
        person, RolePlan(Role.HR_PARTNER, unit, TODAY, TOMORROW), by=by, at=NOON
    )

    assert (grant.role, grant.unit, grant.ends_on) == (Role.HR_PARTNER, unit, TOMORROW)
    entry = Entry.objects.get(code="role.given")
    assert (entry.by_id, entry.about_id) == (by.person_id, person.pk)
    assert entry.details["role"] == Role.HR_PARTNER


@pytest.mark.parametrize(
    ("plan", "code"),
    [
        (RolePlan(Role.HR_PARTNER, None, TODAY), "needs_a_unit"),
        (RolePlan(Role.AUDITOR, None, TOMORROW, TODAY), "ends_before_it_starts"),
    ],
)
def test_a_role_without_sense_is_refused(plan, code):
    by = with_role(Role.SPECIALIST)

    assert refusal(actions.give_role, PersonFactory(), plan, by=by, at=NOON) == code


def test_a_role_for_everywhere_takes_no_unit():
    by = with_role(Role.SPECIALIST)
    plan = RolePlan(Role.AUDITOR, UnitFactory(), TODAY)

    assert refusal(actions.give_role, PersonFactory(), plan, by=by, at=NOON) == "only_everywhere"


def test_the_same_role_is_not_given_twice():
    person, by = PersonFactory(), with_role(Role.SPECIALIST)
    plan = RolePlan(Role.AUDITOR, None, TODAY)
    actions.give_role(person, plan, by=by, at=NOON)

    assert refusal(actions.give_role, person, plan, by=by, at=NOON) == "already_held"
    assert RoleGrant.objects.filter(person=person).count() == 1


def test_ending_a_role_keeps_that_it_was_held():
    grant, by = RoleGrantFactory(role=Role.AUDITOR), with_role(Role.SPECIALIST)

    actions.end_role(grant, on=TODAY, by=by, at=NOON)
    actions.end_role(grant, on=TOMORROW, by=by, at=NOON)

    grant.refresh_from_db()
    assert grant.ends_on == TODAY
    assert Entry.objects.filter(code="role.ended").count() == 1


def test_a_role_that_has_not_begun_is_struck_out():
    grant = RoleGrantFactory(role=Role.AUDITOR, starts_on=TOMORROW)

    actions.end_role(grant, on=TODAY, by=with_role(Role.SPECIALIST), at=NOON)

    assert not RoleGrant.objects.filter(pk=grant.pk).exists()


def test_somebody_stands_in_for_a_while():
    principal, delegate = PersonFactory(), PersonFactory()
    plan = DelegationPlan(principal, delegate, TODAY, TOMORROW, "On leave.")

    actions.delegate_work(plan, by=acting(principal), at=NOON)

    delegation = Delegation.objects.get()
    assert (delegation.principal, delegation.delegate) == (principal, delegate)
    assert Entry.objects.get().code == "delegation.given"


def test_nobody_stands_in_for_themself():
    person = PersonFactory()
    plan = DelegationPlan(person, person, TODAY, TOMORROW, "")

    assert refusal(actions.delegate_work, plan, by=acting(person), at=NOON) == "own_delegate"


def test_a_delegation_ends_on_the_day_it_is_ended():
    delegation = DelegationFactory()

    actions.end_delegation(delegation, on=TODAY, by=acting(delegation.principal), at=NOON)

    delegation.refresh_from_db()
    assert delegation.ends_on == TODAY


def test_a_token_is_shown_once_and_kept_as_a_digest():
    person = PersonFactory()
    plan = TokenPlan("Nightly export", "", NOON + timedelta(days=3000))

    token, secret = actions.create_token(person, plan, by=acting(person), at=NOON)

    row = ApiToken.objects.values().get()
    assert secret not in str(row)
    assert secret.endswith(token.hint)
    assert token.expires_at.date() == date(2027, 11, 23)


def test_a_revoked_token_stays_revoked():
    person = PersonFactory()
    token, _secret = actions.create_token(
        person, TokenPlan("x", "", NOON + timedelta(days=9)), by=acting(person), at=NOON
    )

    actions.revoke_token(token, by=with_role(Role.IT_ADMINISTRATOR), at=NOON)
    actions.revoke_token(token, by=acting(person), at=NOON + timedelta(hours=1))

    token.refresh_from_db()
    assert token.revoked_at == NOON
    assert refusal(actions.revoke_token, token, by=acting(PersonFactory()), at=NOON) == (
        "not_your_token"
    )


def test_the_sign_in_address_follows_the_one_hr_keeps():
    moved = AccountFactory(person__email="new@example.org", email="old@example.org")
    kept = AccountFactory(person__email="", email="kept@example.org")

    assert actions.follow_addresses(by=system(TODAY), at=NOON) == 1
    assert actions.follow_addresses(by=system(TODAY), at=NOON) == 0

    moved.refresh_from_db()
    kept.refresh_from_db()
    assert (moved.email, kept.email) == ("new@example.org", "kept@example.org")
    assert Entry.objects.get().code == "account.address_changed"


def test_an_address_still_in_use_is_waited_for():
    AccountFactory(person__email="moves@example.org", email="wanted@example.org")
    waiting = AccountFactory(person__email="wanted@example.org", email="here@example.org")

    assert actions.follow_addresses(by=system(TODAY), at=NOON) == 1
    waiting.refresh_from_db()
    assert waiting.email == "here@example.org"

    assert actions.follow_addresses(by=system(TODAY), at=NOON) == 1
    waiting.refresh_from_db()
    assert waiting.email == "wanted@example.org"
