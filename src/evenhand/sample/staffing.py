"""Who may sign in to the sample, who is trusted with what, and who stands in for whom."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from django.contrib.auth.hashers import make_password

from evenhand.access.actions import DelegationPlan, RolePlan, delegate_work, give_role
from evenhand.access.models import Account
from evenhand.kernel.acting import Actor, Grant, Role, system
from evenhand.kernel.bulk import insert_rows
from evenhand.people.models import Person, Unit
from evenhand.sample.guests import PASSWORD
from evenhand.sample.keeping import Deed, keep
from evenhand.sample.organization import Organization, SignIn, Storey
from evenhand.sample.peopling import Known
from evenhand.sample.rounds import workday
from evenhand.sample.standing_in import StandIn

REASONS = {
    Role.SPECIALIST: "Prepares and runs the annual reviews.",
    Role.HR_PARTNER: "First person to ask in this division.",
    Role.EXECUTIVE: "Member of the board.",
    Role.AUDITOR: "Internal audit, by decision of the board.",
    Role.IT_ADMINISTRATOR: "Keeps Evenhand running.",
}
PARTNERS_FAMILY = "PPL"


@dataclass(frozen=True, slots=True)
class Staff:
    """The keys and names of those who do the work behind the reviews."""

    organization: Organization
    known: Known

    def specialist(self, on: date) -> Actor:
        return self.holder(Role.SPECIALIST, on)

    def holder(self, role: Role, on: date) -> Actor:
        """The one to sign in as who holds the role, on a day."""
        held = next(s for s in self.organization.sign_ins if s.role == role)
        unit = None if held.unit is None else self.known.units[held.unit]
        name = self.organization.people[held.person].name
        grants = frozenset({Grant(role, unit)})
        return Actor(self.known.people[held.person], name, on, grants)

    def carer_of(self, unit: int, on: date) -> Actor:
        """The HR partner to sign in as, for units below theirs; otherwise the specialist."""
        scopes = [s.unit for s in self.organization.sign_ins if s.role == Role.HR_PARTNER]
        above: int | None = unit
        while above is not None:
            if above in scopes:
                return self.holder(Role.HR_PARTNER, on)
            above = self.organization.units[above].parent
        return self.specialist(on)


def founder(on: date) -> Actor:
    """Who sets Evenhand up, before there is anybody to do it."""
    return replace(system(on), grants=frozenset({Grant(Role.SPECIALIST)}))


def give_roles(staff: Staff, *, at: datetime) -> None:
    """The specialist is trusted first and gives the other roles."""
    organization, on = staff.organization, at.date()
    for sign_in in sorted(organization.sign_ins, key=lambda s: s.role != Role.SPECIALIST):
        if sign_in.role is None:
            continue
        by = founder(on) if sign_in.role == Role.SPECIALIST else staff.specialist(on)
        _give(staff, sign_in, by, at)
    for sign_in in _other_partners(organization, on):
        _give(staff, sign_in, staff.specialist(on), at)


def _give(staff: Staff, sign_in: SignIn, by: Actor, at: datetime) -> None:
    assert sign_in.role is not None  # noqa: S101  # narrows the type
    unit = None if sign_in.unit is None else Unit.objects.get(pk=staff.known.units[sign_in.unit])
    plan = RolePlan(sign_in.role, unit, at.date(), reason=REASONS[sign_in.role])
    give_role(Person.objects.get(pk=staff.known.people[sign_in.person]), plan, by=by, at=at)


def _other_partners(organization: Organization, on: date) -> list[SignIn]:
    """HR partners for the other divisions, as far as there are people for it."""
    taken = {sign_in.person for sign_in in organization.sign_ins}
    cared_for = {sign_in.unit for sign_in in organization.sign_ins}
    partners = (
        person
        for person in organization.present()
        if person.family_code == PARTNERS_FAMILY
        and person.key not in taken
        and not person.leads
        and person.works_on(on)
    )
    divisions = (
        unit.key
        for unit in organization.units
        if unit.storey == Storey.DIVISION and unit.key not in cared_for
    )
    return [
        SignIn("HR partner", person.key, Role.HR_PARTNER, unit, "")
        for unit, person in zip(divisions, partners, strict=False)
    ]


def open_accounts(staff: Staff, *, begins_on: date) -> None:
    """Everybody here can sign in, with one password that is no secret."""
    organization, known = staff.organization, staff.known
    sealed = make_password(PASSWORD)
    rows, deeds = [], []
    by = staff.holder(Role.IT_ADMINISTRATOR, begins_on)
    for person in organization.present():
        at = datetime.combine(max(begins_on, person.hired_on), time(7, 45), tzinfo=UTC)
        at += timedelta(seconds=person.key % 600)
        key = known.people[person.key]
        rows.append((key, person.email, sealed, True, at))
        what = ("people.person", key, person.name)
        deeds.append(Deed(at, "account.invited", what, (by.person_id, by.name)))
    insert_rows(Account, ("person", "email", "password", "is_active", "invited_at"), rows)
    keep(deeds)


def let_stand_in(staff: Staff, stand_in: StandIn) -> None:
    """The one on leave has asked a colleague the week before."""
    people = {
        key: Person.objects.get(pk=staff.known.people[key])
        for key in (stand_in.principal, stand_in.delegate)
    }
    principal, delegate = people[stand_in.principal], people[stand_in.delegate]
    on = workday(stand_in.starts_on - timedelta(days=4))
    plan = DelegationPlan(
        principal,
        delegate,
        stand_in.starts_on,
        stand_in.ends_on,
        f"Does the reviews of the team while {principal.first_name} is on leave.",
    )
    by = Actor(principal.pk, principal.name, on)
    delegate_work(plan, by=by, at=datetime.combine(on, time(14, 20), tzinfo=UTC))
