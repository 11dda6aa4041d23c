from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from evenhand.access.models import Account, ApiToken, Delegation, RoleGrant
from evenhand.kernel.acting import Actor, Role
from evenhand.kernel.verdict import ALLOWED, Ground, Verdict
from evenhand.people.models import Employment, Person
from evenhand.people.policies import visible_people

GIVES: dict[Role, frozenset[Role]] = {
    Role.SPECIALIST: frozenset(
        {Role.SPECIALIST, Role.HR_PARTNER, Role.EXECUTIVE, Role.AUDITOR, Role.IT_ADMINISTRATOR}
    ),
    Role.IT_ADMINISTRATOR: frozenset({Role.IT_ADMINISTRATOR}),
}
"""Who gives which roles. An IT administrator cannot open the way to reviews for anybody."""

NOT_YOURS_TO_GIVE = Verdict(
    "not_yours_to_give", _("You cannot give or end this role. A specialist can do it.")
)
NOT_TO_YOURSELF = Verdict(
    "not_to_yourself", _("Nobody gives a role to themself. Ask another specialist.")
)
NOT_WHILE_ACTING_FOR_ANOTHER = Verdict(
    "not_while_acting_for_another",
    _("You are acting for somebody else. Act for yourself again first."),
)
NOT_YOUR_WORK_TO_DELEGATE = Verdict(
    "not_your_work_to_delegate",
    _("Only the person whose work it is, or a specialist, can ask somebody to stand in."),
)
DOES_NOT_WORK_HERE = Verdict(
    "does_not_work_here", _("This person does not work here today."), Ground.WHEN
)
NO_EMAIL = Verdict(
    "no_email",
    _("This person has no e-mail address, so there is nowhere to write to."),
    Ground.WHAT,
)
NOT_THE_INVITER = Verdict(
    "not_the_inviter", _("Only a specialist or an IT administrator can invite people.")
)
NOT_YOUR_TOKEN = Verdict("not_your_token", _("This token belongs to somebody else."))
ROLE_NOT_HELD = Verdict(
    "role_not_held", _("You do not hold this role, so a token cannot have it."), Ground.WHAT
)


def visible_roles(actor: Actor) -> QuerySet[RoleGrant]:
    """Specialists, IT administrators and auditors see who holds which role; others their own."""
    if actor.holds_everywhere(Role.SPECIALIST, Role.IT_ADMINISTRATOR, Role.AUDITOR):
        return RoleGrant.objects.all()
    return RoleGrant.objects.filter(person__in=actor.own_ids - {actor.delegate_id})


def visible_delegations(actor: Actor) -> QuerySet[Delegation]:
    """One sees the delegations one gave or holds; the specialist sees all."""
    if actor.holds_everywhere(Role.SPECIALIST):
        return Delegation.objects.all()
    own = actor.own_ids
    return Delegation.objects.filter(Q(principal__in=own) | Q(delegate__in=own))


def visible_tokens(actor: Actor) -> QuerySet[ApiToken]:
    """One sees one's own tokens; an IT administrator sees that others exist, to revoke them."""
    if actor.is_delegate:
        return ApiToken.objects.none()
    if actor.holds_everywhere(Role.IT_ADMINISTRATOR):
        return ApiToken.objects.all()
    return ApiToken.objects.filter(person=actor.person_id)


def visible_accounts(actor: Actor) -> QuerySet[Account]:
    """Those who invite people see who can sign in."""
    if actor.holds_everywhere(Role.SPECIALIST, Role.IT_ADMINISTRATOR):
        return Account.objects.all()
    return Account.objects.filter(person__in=visible_people(actor).filter(pk=actor.person_id))


def may_sign_in(account: Account, *, on: date) -> Verdict:
    """Those who work here sign in, as long as their account is active."""
    if not account.is_active:
        return DOES_NOT_WORK_HERE
    employed = Employment.objects.on(on).filter(person=account.person_id).exists()
    return ALLOWED if employed else DOES_NOT_WORK_HERE


def may_invite(actor: Actor, person: Person) -> Verdict:
    """The specialist and the IT administrator invite whoever works here and has an address."""
    if not actor.holds_everywhere(Role.SPECIALIST, Role.IT_ADMINISTRATOR):
        return NOT_THE_INVITER
    if not Employment.objects.on(actor.on).filter(person=person).exists():
        return DOES_NOT_WORK_HERE
    return ALLOWED if person.email else NO_EMAIL


def may_give_roles(actor: Actor) -> Verdict:
    """Whether there is any role this person can give."""
    return ALLOWED if roles_to_give(actor) else NOT_YOURS_TO_GIVE


def roles_to_give(actor: Actor) -> frozenset[Role]:
    """The roles this person can give and end."""
    if actor.is_delegate:
        return frozenset()
    held = (gives for role, gives in GIVES.items() if actor.holds_everywhere(role))
    return frozenset[Role]().union(*held)


def may_give_role(actor: Actor, person: Person, role: Role) -> Verdict:
    """Those who give a role give it to others, never to themselves."""
    if role not in roles_to_give(actor):
        return NOT_YOURS_TO_GIVE
    if person.pk in actor.own_ids:
        return NOT_TO_YOURSELF
    if not Employment.objects.on(actor.on).filter(person=person).exists():
        return DOES_NOT_WORK_HERE
    return ALLOWED


def may_end_role(actor: Actor, grant: RoleGrant) -> Verdict:
    """A role is ended by those who give it, and laid down by the person who holds it."""
    if grant.person_id == actor.person_id and not actor.is_delegate:
        return ALLOWED
    return ALLOWED if Role(grant.role) in roles_to_give(actor) else NOT_YOURS_TO_GIVE


def may_delegate(actor: Actor, principal: Person) -> Verdict:
    """One asks somebody to stand in for oneself; the specialist arranges it for others."""
    if actor.is_delegate:
        return NOT_WHILE_ACTING_FOR_ANOTHER
    if principal.pk == actor.person_id or actor.holds_everywhere(Role.SPECIALIST):
        return ALLOWED
    return NOT_YOUR_WORK_TO_DELEGATE


def may_create_token(actor: Actor, person: Person, role: str) -> Verdict:
    """One makes a token for oneself, with no more than one role one holds."""
    if actor.is_delegate:
        return NOT_WHILE_ACTING_FOR_ANOTHER
    if person.pk != actor.person_id:
        return NOT_YOUR_TOKEN
    if role and not actor.holds(Role(role)):
        return ROLE_NOT_HELD
    return ALLOWED


def may_revoke_token(actor: Actor, token: ApiToken) -> Verdict:
    """The owner revokes a token, and so can an IT administrator when it must be quick."""
    if actor.is_delegate:
        return NOT_WHILE_ACTING_FOR_ANOTHER
    if token.person_id == actor.person_id or actor.holds_everywhere(Role.IT_ADMINISTRATOR):
        return ALLOWED
    return NOT_YOUR_TOKEN
