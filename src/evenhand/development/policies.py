from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from evenhand.development.kinds import ActionState, PlanState, Side
from evenhand.development.models import DevelopmentAction, DevelopmentPlan, PlanVersion
from evenhand.development.visibility import Reader, is_reader, readable, version_is_open_to
from evenhand.kernel.acting import Actor
from evenhand.kernel.remembering import looked_up_once
from evenhand.kernel.verdict import ALLOWED, Ground, Verdict
from evenhand.people.models import Employment, ManagementChain, Person

NOT_A_SIDE = Verdict(
    "not_a_side", _("Only the person and the managers above them change this plan.")
)
NOT_EMPLOYED = Verdict(
    "not_employed", _("This person does not work here now, so no plan can begin."), Ground.WHEN
)
UNDER_WAY = Verdict(
    "under_way",
    _("A plan of this person is under way. Change that one, or close it first."),
    Ground.WHEN,
)
CLOSED = Verdict(
    "closed", _("This plan is closed. Begin the next one to go on from here."), Ground.WHEN
)
NOT_THE_AUTHOR = Verdict(
    "not_the_author",
    _("The other side is writing at the moment. Wait for their proposal, or talk to them."),
    Ground.WHEN,
)
BEING_DECIDED = Verdict(
    "being_decided",
    _("A proposal waits for an answer. It is agreed to or sent back before anybody writes on."),
    Ground.WHEN,
)
NOTHING_WRITTEN = Verdict(
    "nothing_written", _("There is nothing in writing that could be proposed."), Ground.WHEN
)
NOTHING_PROPOSED = Verdict("nothing_proposed", _("Nothing is proposed at the moment."), Ground.WHEN)
YOU_PROPOSED = Verdict(
    "you_proposed", _("Your side has agreed by proposing. Now the other side answers."), Ground.WHEN
)
NOT_AGREED = Verdict(
    "not_agreed", _("This can be done once both sides have agreed to the plan."), Ground.WHEN
)
NOT_CHANGED = Verdict("not_changed", _("This is already so."), Ground.WHEN)


UNDER_WAY_IN = (PlanState.PROPOSED, PlanState.AGREED)


def visible_plans(actor: Actor) -> QuerySet[DevelopmentPlan]:
    """What the table in `visibility` lets this person read."""
    return DevelopmentPlan.objects.filter(readable(actor))


def visible_versions(actor: Actor, plan: DevelopmentPlan) -> QuerySet[PlanVersion]:
    """The versions of a plan one reads: those that were proposed, and what one writes oneself."""
    versions = PlanVersion.objects.filter(plan__in=visible_plans(actor).filter(pk=plan.pk))
    return versions.filter(version_is_open_to(actor)).order_by("-number")


@looked_up_once
def side_of(actor: Actor, person_id: int) -> Side | None:
    """For which side somebody writes and agrees, if for any."""
    if person_id == actor.person_id:
        return None if actor.is_delegate else Side.PERSON
    people = Person.objects.filter(pk=person_id)
    if people.filter(is_reader(Reader.LINE_ABOVE, actor, person="pk")).exists():
        return Side.MANAGER
    return None


def may_begin(actor: Actor, person: Person) -> Verdict:
    """Either side begins a plan; one at a time is under way."""
    if side_of(actor, person.pk) is None:
        return NOT_A_SIDE
    if not Employment.objects.on(actor.on).filter(person=person).exists():
        return NOT_EMPLOYED
    rows = DevelopmentPlan.objects.filter(person=person)
    own = rows.filter(state=PlanState.DRAFT, versions__author=actor.person_id)
    return UNDER_WAY if own.exists() or rows.filter(state__in=UNDER_WAY_IN).exists() else ALLOWED


def may_write(actor: Actor, plan: DevelopmentPlan) -> Verdict:
    """Whoever began a version writes it alone; of an agreed plan either side begins a change."""
    verdict = _is_a_side(actor, plan)
    version = open_version(plan) if verdict else None
    if version is None:
        return verdict
    if version.is_proposed:
        return BEING_DECIDED
    is_theirs = version.author_id == actor.person_id
    return ALLOWED if is_theirs or not _is_still_a_side(version, actor) else NOT_THE_AUTHOR


def may_propose(actor: Actor, plan: DevelopmentPlan) -> Verdict:
    """Who has written a version shows it to the other side, unless another plan is under way."""
    verdict = may_write(actor, plan)
    version = open_version(plan) if verdict else None
    if verdict and (version is None or version.author_id != actor.person_id):
        return NOTHING_WRITTEN
    others = DevelopmentPlan.objects.filter(person=plan.person_id).exclude(pk=plan.pk)
    return UNDER_WAY if verdict and others.filter(state__in=UNDER_WAY_IN).exists() else verdict


def may_agree(actor: Actor, plan: DevelopmentPlan) -> Verdict:
    """The side that did not propose agrees."""
    verdict = may_send_back(actor, plan)
    version = open_version(plan) if verdict else None
    if version and version.agreements.filter(side=side_of(actor, plan.person_id)).exists():
        return YOU_PROPOSED
    return verdict


def may_send_back(actor: Actor, plan: DevelopmentPlan) -> Verdict:
    """Either side ends a proposal that is not agreed: by asking for more, or by taking it back."""
    verdict = _is_a_side(actor, plan)
    if not verdict:
        return verdict
    version = open_version(plan)
    return ALLOWED if version and version.is_proposed else NOTHING_PROPOSED


def may_close(actor: Actor, plan: DevelopmentPlan) -> Verdict:
    """Either side closes an agreed plan, its author a draft; not while something is proposed."""
    if plan.is_agreed:
        verdict = _is_a_side(actor, plan)
        version = open_version(plan) if verdict else None
        return BEING_DECIDED if version and version.is_proposed else verdict
    return may_write(actor, plan)


def may_follow(actor: Actor, plan: DevelopmentPlan) -> Verdict:
    """Either side writes notes and says what is done, while the plan is agreed."""
    verdict = _is_a_side(actor, plan)
    return NOT_AGREED if verdict and not plan.is_agreed else verdict


def may_set(actor: Actor, action: DevelopmentAction, state: ActionState) -> Verdict:
    verdict = may_follow(actor, action.plan)
    return NOT_CHANGED if verdict and action.state == state else verdict


@looked_up_once
def open_version(plan: DevelopmentPlan) -> PlanVersion | None:
    """What is in writing or proposed, if anything is."""
    return plan.versions.filter(agreed_at=None, ended_at=None).first()


def _is_still_a_side(version: PlanVersion, actor: Actor) -> bool:
    """Whether the author of a version is the person, or still stands above them."""
    above = ManagementChain.objects.on(actor.on).filter(
        ancestor=version.author_id, descendant=version.plan.person_id
    )
    return above.exists()


def _is_a_side(actor: Actor, plan: DevelopmentPlan) -> Verdict:
    if side_of(actor, plan.person_id) is None:
        return NOT_A_SIDE
    return CLOSED if plan.is_closed else ALLOWED
