import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from evenhand.access.events import PersonInvited
from evenhand.access.kinds import digest_of
from evenhand.access.models import Account, ApiToken, Delegation, RoleGrant
from evenhand.access.policies import (
    may_create_token,
    may_delegate,
    may_end_role,
    may_give_role,
    may_invite,
    may_revoke_token,
)
from evenhand.audit.actions import record
from evenhand.kernel.acting import Actor, Role
from evenhand.kernel.events import announce
from evenhand.kernel.periods import FOREVER
from evenhand.kernel.verdict import Ground, Verdict
from evenhand.people.models import Person, Unit

ENDS_BEFORE_IT_STARTS = Verdict(
    "ends_before_it_starts",
    _("The last day comes before the first. Change one of them."),
    Ground.WHAT,
)
ALREADY_HELD = Verdict("already_held", _("This person holds this role there already."), Ground.WHEN)
NEEDS_A_UNIT = Verdict("needs_a_unit", _("Choose the unit this HR partner cares for."), Ground.WHAT)
ONLY_EVERYWHERE = Verdict(
    "only_everywhere",
    _("This role holds for the whole organization. Leave the unit empty."),
    Ground.WHAT,
)
OWN_DELEGATE = Verdict(
    "own_delegate",
    _("Choose somebody else to stand in. One cannot stand in for oneself."),
    Ground.WHAT,
)
EMAIL_TAKEN = Verdict(
    "email_taken", _("Another account already uses this e-mail address."), Ground.WHEN
)

SCOPED_ROLES = frozenset({Role.HR_PARTNER, Role.EXECUTIVE})
TOKEN_PREFIX = "evh_"  # noqa: S105  # what every token begins with, so that scanners find a lost one
LONGEST_TOKEN = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class RolePlan:
    """A role to give: where, and from which day to which (exclusive)."""

    role: Role
    unit: Unit | None
    starts_on: date
    ends_on: date = FOREVER
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DelegationPlan:
    """Who stands in for whom, from which day to which (exclusive), and why."""

    principal: Person
    delegate: Person
    starts_on: date
    ends_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class TokenPlan:
    """A token to make: its name, the one role it has ("" for none) and until when it opens."""

    name: str
    role: str
    expires_at: datetime


@transaction.atomic
def invite_person(person: Person, *, by: Actor, at: datetime) -> Account:
    """Make an account, or find the one there is, and ask the person in by e-mail."""
    may_invite(by, person).enforce()
    if Account.objects.filter(email__iexact=person.email).exclude(person=person).exists():
        EMAIL_TAKEN.enforce()
    account = Account.objects.select_for_update().filter(person=person).first()
    if account is None:
        account = Account(person=person, email=person.email)
        account.set_unusable_password()
    account.invited_at = at
    account.save()
    record("account.invited", about=person, by=by, at=at)
    announce(PersonInvited(account.pk))
    return account


@transaction.atomic
def give_role(person: Person, plan: RolePlan, *, by: Actor, at: datetime) -> RoleGrant:
    """Trust a person with a role, from a day on."""
    may_give_role(by, person, plan.role).enforce()
    _refuse_wrong_scope(plan)
    Person.objects.select_for_update().get(pk=person.pk)
    held = RoleGrant.objects.overlapping(plan.starts_on, plan.ends_on).filter(
        person=person, role=plan.role, unit=plan.unit
    )
    if held.exists():
        ALREADY_HELD.enforce()
    grant = RoleGrant.objects.create(
        person=person,
        role=plan.role,
        unit=plan.unit,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        reason=plan.reason,
    )
    record(
        "role.given",
        about=person,
        by=by,
        at=at,
        role=plan.role,
        unit=str(plan.unit or ""),
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
    )
    return grant


@transaction.atomic
def end_role(grant: RoleGrant, *, on: date, by: Actor, at: datetime) -> None:
    """Take a role back from a day on; one that has not begun by then is struck out."""
    grant = RoleGrant.objects.select_for_update().select_related("person").get(pk=grant.pk)
    may_end_role(by, grant).enforce()
    if grant.ends_on <= on:
        return
    record("role.ended", about=grant.person, by=by, at=at, role=grant.role, on=on)
    if grant.starts_on >= on:
        grant.delete()
        return
    grant.ends_on = on
    grant.save(update_fields=["ends_on"])


@transaction.atomic
def delegate_work(plan: DelegationPlan, *, by: Actor, at: datetime) -> Delegation:
    """Let somebody do a manager's reviews for a while, under both names."""
    may_delegate(by, plan.principal).enforce()
    if plan.principal.pk == plan.delegate.pk:
        OWN_DELEGATE.enforce()
    if plan.ends_on <= plan.starts_on:
        ENDS_BEFORE_IT_STARTS.enforce()
    delegation = Delegation.objects.create(
        principal=plan.principal,
        delegate=plan.delegate,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        reason=plan.reason,
    )
    record(
        "delegation.given",
        about=plan.principal,
        by=by,
        at=at,
        delegate=plan.delegate.name,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
    )
    return delegation


@transaction.atomic
def end_delegation(delegation: Delegation, *, on: date, by: Actor, at: datetime) -> None:
    """End it from a day on; one that has not begun by then is struck out."""
    delegation = (
        Delegation.objects.select_for_update().select_related("principal").get(pk=delegation.pk)
    )
    may_delegate(by, delegation.principal).enforce()
    if delegation.ends_on <= on:
        return
    record("delegation.ended", about=delegation.principal, by=by, at=at, on=on)
    if delegation.starts_on >= on:
        delegation.delete()
        return
    delegation.ends_on = on
    delegation.save(update_fields=["ends_on"])


@transaction.atomic
def create_token(
    person: Person, plan: TokenPlan, *, by: Actor, at: datetime
) -> tuple[ApiToken, str]:
    """Make a token; the secret is returned this once and kept nowhere."""
    may_create_token(by, person, plan.role).enforce()
    secret = TOKEN_PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        person=person,
        name=plan.name,
        role=plan.role,
        digest=digest_of(secret),
        hint=secret[-4:],
        created_at=at,
        expires_at=min(plan.expires_at, at + LONGEST_TOKEN),
    )
    record("token.created", about=token, by=by, at=at, role=plan.role, expires_at=token.expires_at)
    return token, secret


@transaction.atomic
def revoke_token(token: ApiToken, *, by: Actor, at: datetime) -> None:
    """From now on the token opens nothing."""
    token = ApiToken.objects.select_for_update().get(pk=token.pk)
    may_revoke_token(by, token).enforce()
    if token.revoked_at is not None:
        return
    token.revoked_at = at
    token.save(update_fields=["revoked_at"])
    record("token.revoked", about=token, by=by, at=at)


def _refuse_wrong_scope(plan: RolePlan) -> None:
    if plan.ends_on <= plan.starts_on:
        ENDS_BEFORE_IT_STARTS.enforce()
    if plan.unit is None and plan.role == Role.HR_PARTNER:
        NEEDS_A_UNIT.enforce()
    if plan.unit is not None and plan.role not in SCOPED_ROLES:
        ONLY_EVERYWHERE.enforce()


@transaction.atomic
def follow_addresses(*, by: Actor, at: datetime) -> int:
    """Let sign-in addresses follow those that HR keeps; returns how many changed.

    An address that another account still has waits until that one has moved on.
    """
    moved = (
        Account.objects.select_for_update(of=("self",))
        .exclude(email=F("person__email"))
        .exclude(person__email="")
        .exclude(person__email__in=Account.objects.values("email"))
        .order_by("pk")
    )
    count = 0
    for account in moved:
        account.email = account.person.email
        account.save(update_fields=["email"])
        record("account.address_changed", about=account.person, by=by, at=at)
        count += 1
    return count
