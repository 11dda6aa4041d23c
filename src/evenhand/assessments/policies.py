from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from evenhand.assessments.kinds import PartState, Source
from evenhand.assessments.models import Assessment, AssessmentPart
from evenhand.assessments.visibility import is_led_by, readable, result_is_open_to, written_by
from evenhand.competencies.models import ModelVersion
from evenhand.kernel.acting import Actor, Role
from evenhand.kernel.verdict import ALLOWED, Ground, Verdict
from evenhand.people.models import Employment, ManagementChain, Person

NOT_YOURS_TO_LEAD = Verdict(
    "not_yours_to_lead",
    _("Only a manager above this person, or a specialist, can do this. Ask one of them."),
)
NOT_THE_SPECIALIST = Verdict(
    "not_the_specialist",
    _("Only a performance management specialist can do this. Ask one to do it for you."),
)
ALREADY_OPEN = Verdict(
    "already_open",
    _("An assessment of this person is open. Close it before you open another."),
    Ground.WHEN,
)
NO_MODEL = Verdict(
    "no_model",
    _(
        "No competency model fits this person's job, so there is nothing to compare with. "
        "A specialist can write a model for it."
    ),
    Ground.WHAT,
)
NOT_EMPLOYED = Verdict(
    "not_employed", _("This person does not work here now. Choose another person."), Ground.WHAT
)
DUE_BEFORE_TODAY = Verdict(
    "due_before_today", _("The day it is due lies in the past. Choose a later one."), Ground.WHAT
)
CLOSED = Verdict(
    "closed",
    _(
        "This assessment has been closed, and what came of it stands. Thank you all the same; "
        "your words are kept for you, and there will be another occasion."
    ),
    Ground.WHEN,
)
NOT_YOUR_PART = Verdict("not_your_part", _("Only the person who was asked can write this."))
ALREADY_SUBMITTED = Verdict(
    "already_submitted",
    _("This is submitted. Reopen it first, with a reason, if something has to change."),
    Ground.WHEN,
)
NOT_SUBMITTED = Verdict(
    "not_submitted", _("This is still being written, so there is nothing to reopen."), Ground.WHEN
)
YOU_DECLINED = Verdict(
    "you_declined", _("You said that you would rather not. Take it up again first."), Ground.WHEN
)
ONLY_OTHERS_DECLINE = Verdict(
    "only_others_decline",
    _("The person and the manager are always part of it. Say “I cannot say” where that is so."),
    Ground.WHAT,
)
NOT_THE_SUBJECT = Verdict("not_the_subject", _("Only the person assessed can propose somebody."))
OTHER_IS_SUBJECT = Verdict(
    "other_is_subject", _("This is the person assessed. Choose somebody else."), Ground.WHAT
)
OTHER_READS_RESULT = Verdict(
    "other_reads_result",
    _("A manager above the person reads the result, so they are not one of the others."),
    Ground.WHAT,
)
ALREADY_ASKED = Verdict(
    "already_asked", _("This person has been asked or proposed already."), Ground.WHEN
)
NOT_PROPOSED = Verdict(
    "not_proposed", _("This proposal has been decided already. Look at the list."), Ground.WHEN
)


def visible_assessments(actor: Actor) -> QuerySet[Assessment]:
    """What came of an assessment is read by the person, the line above, HR partner, specialist."""
    return Assessment.objects.filter(result_is_open_to(actor))


def visible_parts(actor: Actor) -> QuerySet[AssessmentPart]:
    """What the table in `visibility` lets this person read."""
    return AssessmentPart.objects.filter(readable(actor))


def parts_to_write(actor: Actor) -> QuerySet[AssessmentPart]:
    """What this person is or was asked to write."""
    return AssessmentPart.objects.filter(written_by(actor))


def reads_by_role(actor: Actor, assessment: Assessment) -> bool:
    """Whether a reader neither is the person nor stands above: such readings are recorded."""
    if assessment.subject_id == actor.person_id:
        return False
    above = ManagementChain.objects.on(actor.on).filter(
        ancestor=actor.person_id, descendant=assessment.subject_id
    )
    return not above.exists()


def people_led(actor: Actor) -> QuerySet[Person]:
    """Whom this person may have assessed: those below, and those in a specialist's care."""
    return Person.objects.filter(is_led_by(actor, subject="pk"))


def leads(actor: Actor, person_id: int) -> bool:
    return people_led(actor).filter(pk=person_id).exists()


def may_lead(actor: Actor, assessment: Assessment) -> Verdict:
    """Managers above and the specialist choose others and close, while it is open."""
    if not leads(actor, assessment.subject_id):
        return NOT_YOURS_TO_LEAD
    return ALLOWED if assessment.is_open else CLOSED


def may_open(actor: Actor, person: Person, model: ModelVersion | None) -> Verdict:
    """One assessment at a time, of somebody who works here and whose job has a model."""
    if not leads(actor, person.pk):
        return NOT_YOURS_TO_LEAD
    if not Employment.objects.on(actor.on).filter(person=person).exists():
        return NOT_EMPLOYED
    if Assessment.objects.filter(subject=person, closed_at=None).exists():
        return ALREADY_OPEN
    return ALLOWED if model is not None else NO_MODEL


def may_open_units(actor: Actor) -> Verdict:
    """The specialist for the whole organization opens assessments for whole units."""
    if actor.is_delegate or not actor.holds_everywhere(Role.SPECIALIST):
        return NOT_THE_SPECIALIST
    return ALLOWED


def may_see_models(actor: Actor) -> Verdict:
    """Where people stand in a kind of job: seen by specialists and HR partners, in their units."""
    if actor.is_delegate or not actor.holds(Role.SPECIALIST, Role.HR_PARTNER):
        return NOT_THE_SPECIALIST
    return ALLOWED


def may_propose(actor: Actor, assessment: Assessment) -> Verdict:
    """The person assessed proposes others; the manager decides."""
    if actor.is_delegate or assessment.subject_id != actor.person_id:
        return NOT_THE_SUBJECT
    return ALLOWED if assessment.is_open else CLOSED


def may_be_asked(assessment: Assessment, person: Person, actor: Actor) -> Verdict:
    """Somebody new among the others, or who was left out before."""
    asked = assessment.parts.filter(assessor=person).exclude(state=PartState.LEFT_OUT)
    if person.pk != assessment.subject_id and asked.exists():
        return ALREADY_ASKED
    return may_be_one_of_the_others(assessment, person, actor)


def may_be_one_of_the_others(assessment: Assessment, person: Person, actor: Actor) -> Verdict:
    """Others are people who work here and do not read the result by standing above."""
    if person.pk == assessment.subject_id:
        return OTHER_IS_SUBJECT
    if not Employment.objects.on(actor.on).filter(person=person).exists():
        return NOT_EMPLOYED
    above = ManagementChain.objects.on(actor.on).filter(
        ancestor=person, descendant=assessment.subject_id, depth__gte=1
    )
    return OTHER_READS_RESULT if above.exists() else ALLOWED


def may_decide(actor: Actor, part: AssessmentPart) -> Verdict:
    """Whoever leads the assessment decides once about each proposal."""
    verdict = may_lead(actor, part.assessment)
    return NOT_PROPOSED if verdict and part.state != PartState.PROPOSED else verdict


def may_write(actor: Actor, part: AssessmentPart) -> Verdict:
    """The assessor writes until it is submitted, and while the assessment is open."""
    verdict = _is_theirs(actor, part)
    if not verdict:
        return verdict
    if part.state == PartState.DECLINED:
        return YOU_DECLINED
    return ALREADY_SUBMITTED if part.is_submitted else ALLOWED


def may_submit(actor: Actor, part: AssessmentPart, missing: int) -> Verdict:
    """A part is complete when there is a level, or “I cannot say”, for each competency."""
    verdict = may_write(actor, part)
    if not verdict or not missing:
        return verdict
    reason = ngettext(
        "One competency has no answer yet. Choose a level, or “I cannot say”.",
        "%(n)d competencies have no answer yet. Choose a level, or “I cannot say”.",
        missing,
    )
    return Verdict("unanswered", reason % {"n": missing}, Ground.WHAT)


def may_reopen(actor: Actor, part: AssessmentPart) -> Verdict:
    """The assessor takes it up again, with a reason, until the assessment is closed."""
    verdict = _is_theirs(actor, part)
    if verdict and part.state not in (PartState.SUBMITTED, PartState.DECLINED):
        return NOT_SUBMITTED
    return verdict


def may_decline(actor: Actor, part: AssessmentPart) -> Verdict:
    """One of the others may rather not say anything."""
    verdict = may_write(actor, part)
    return ONLY_OTHERS_DECLINE if verdict and part.source != Source.OTHER else verdict


def _is_theirs(actor: Actor, part: AssessmentPart) -> Verdict:
    if not parts_to_write(actor).filter(pk=part.pk).exists():
        return NOT_YOUR_PART
    return ALLOWED if part.assessment.is_open else CLOSED
