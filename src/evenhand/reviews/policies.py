from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from evenhand.cycles.kinds import StageKind
from evenhand.cycles.models import Participation
from evenhand.kernel.acting import Actor, Role
from evenhand.kernel.verdict import ALLOWED, Ground, Verdict
from evenhand.people.models import Employment, Person, UnitTree
from evenhand.people.visibility import unit_within
from evenhand.reviews.awaiting_goals import waits_for_goals
from evenhand.reviews.contents import Contents
from evenhand.reviews.kinds import ReviewKind
from evenhand.reviews.models import Review, SignOff
from evenhand.reviews.overall import needs_a_reason
from evenhand.reviews.visibility import readable

NOT_YOUR_REVIEW = Verdict(
    "not_your_review", _("Only the person who writes this review can change it.")
)
CYCLE_NOT_RUNNING = Verdict(
    "cycle_not_running",
    _("This cycle is not running, so its reviews cannot be changed now."),
    Ground.WHEN,
)
STAGE_NOT_OPEN = Verdict(
    "stage_not_open",
    _("Writing has not opened yet. Its first day stands on the page."),
    Ground.WHEN,
)
GOALS_NOT_AGREED = Verdict(
    "goals_not_agreed",
    _(
        "In this cycle a review is begun once its person and their manager have agreed on goals"
        " for the period. Agree on them under Goals, or ask the specialist for an excuse."
    ),
    Ground.WHEN,
)
WITHDRAWN = Verdict(
    "withdrawn",
    _("This person no longer takes part in the cycle. What was written is kept."),
    Ground.WHEN,
)
ALREADY_SUBMITTED = Verdict(
    "already_submitted",
    _("This review is submitted. Reopen it first if something has to change."),
    Ground.WHEN,
)
ALREADY_RELEASED = Verdict(
    "already_released",
    _("The person has been given this review. From then on it does not change."),
    Ground.WHEN,
)
NOT_SUBMITTED = Verdict(
    "not_submitted",
    _("This review is still being written, so there is nothing to reopen."),
    Ground.WHEN,
)
REASON_MISSING = Verdict(
    "reason_missing",
    _(
        "Your rating as a whole is half a level or more away from the weighted ratings. "
        "Please write a sentence why."
    ),
    Ground.WHAT,
)
NOT_THE_SPECIALIST = Verdict(
    "not_the_specialist", _("Only a performance management specialist can do this.")
)
NOT_IN_YOUR_CARE = Verdict(
    "not_in_your_care",
    _("Only the specialist, or the HR partner of this person's unit, can do this."),
)
NOT_TO_THE_SUBJECT = Verdict(
    "not_to_the_subject",
    _("Nobody writes their own manager review. Choose another person."),
    Ground.WHAT,
)
ALREADY_THE_AUTHOR = Verdict(
    "already_the_author", _("This person writes the review already."), Ground.WHAT
)
NOT_EMPLOYED = Verdict(
    "not_employed", _("This person does not work here now. Choose another person."), Ground.WHAT
)
NOT_ABOUT_YOU = Verdict("not_about_you", _("Only the person reviewed can sign or decline."))
NOT_RELEASED = Verdict(
    "not_released", _("The review has not been released yet. You can sign once it is."), Ground.WHEN
)
ALREADY_SIGNED_OFF = Verdict(
    "already_signed_off", _("You have given your last word on this review."), Ground.WHEN
)

WRITING_STAGE = {
    ReviewKind.SELF: StageKind.SELF_REVIEW,
    ReviewKind.MANAGER: StageKind.MANAGER_REVIEW,
}


def visible_reviews(actor: Actor) -> QuerySet[Review]:
    """What the table in `visibility` lets this person read."""
    return Review.objects.filter(readable(actor))


def reviews_in_writing(actor: Actor) -> QuerySet[Review]:
    """What this person, or the manager stood in for, writes or wrote: their former words too."""
    written = Review.objects.filter(author=actor.person_id)
    if not actor.is_delegate:
        return written
    return written.filter(kind=ReviewKind.MANAGER).exclude(subject__in=actor.own_ids)


def visible_handovers(actor: Actor) -> QuerySet[Review]:
    """The manager reviews in one's care, to be handed over unread, begun or not."""
    others = Review.objects.filter(kind=ReviewKind.MANAGER).exclude(subject__in=actor.own_ids)
    if actor.holds_everywhere(Role.SPECIALIST, Role.HR_PARTNER):
        return others
    return others.filter(unit_within(actor.units_as(Role.SPECIALIST, Role.HR_PARTNER)))


def may_write(actor: Actor, review: Review) -> Verdict:
    """The author writes from the day writing opens until it is submitted, while the cycle runs.

    Being late is no reason to refuse: words that come late are better than none. What was begun
    stays open to its author, even when the first day is moved later.
    """
    if not _is_author(actor, review):
        return NOT_YOUR_REVIEW
    if review.is_submitted:
        return ALREADY_SUBMITTED
    if not review.is_begun and not _has_opened(actor, review):
        return STAGE_NOT_OPEN
    if not review.is_begun and waits_for_goals(review.cycle, review.subject_id):
        return GOALS_NOT_AGREED
    return _is_open_for_change(review)


def may_submit(actor: Actor, review: Review, contents: Contents) -> Verdict:
    """Who may write hands in what is complete: every required question, and the reason if asked."""
    verdict = may_write(actor, review)
    if not verdict:
        return verdict
    if contents.missing:
        return _unanswered(len(contents.missing))
    if needs_a_reason(contents) and contents.holistic and not contents.holistic.length:
        return REASON_MISSING
    return ALLOWED


def _unanswered(count: int) -> Verdict:
    reason = ngettext(
        "%(n)d required question has no answer yet.",
        "%(n)d required questions have no answer yet.",
        count,
    )
    return Verdict("unanswered", reason % {"n": count}, Ground.WHAT)


def may_reopen(actor: Actor, review: Review) -> Verdict:
    """The author, or whoever has the person in their care, opens it again until it is released."""
    if not _is_author(actor, review) and not has_in_care(actor, review.participation):
        return NOT_YOUR_REVIEW
    if not review.is_submitted:
        return NOT_SUBMITTED
    return _is_open_for_change(review)


def may_hand_over(actor: Actor, review: Review) -> Verdict:
    """Whoever has the person in their care gives a manager review to another author.

    It can be done before writing opens: a manager may leave on any day.
    """
    if review.is_self or not has_in_care(actor, review.participation):
        return NOT_IN_YOUR_CARE
    if review.is_submitted:
        return ALREADY_SUBMITTED
    return _is_open_for_change(review)


def may_be_given(review: Review, new_author: Person, *, on: date) -> Verdict:
    """A review goes to somebody who works here, who is neither its subject nor its author now."""
    if new_author.pk == review.subject_id:
        return NOT_TO_THE_SUBJECT
    if new_author.pk == review.author_id:
        return ALREADY_THE_AUTHOR
    if not Employment.objects.on(on).filter(person=new_author).exists():
        return NOT_EMPLOYED
    return ALLOWED


def may_sign_off(actor: Actor, participation: Participation) -> Verdict:
    """The person reviewed signs or declines, once, after release. Nobody does it for them."""
    if actor.is_delegate or participation.person_id != actor.person_id:
        return NOT_ABOUT_YOU
    if not participation.is_released:
        return NOT_RELEASED
    if SignOff.objects.filter(participation=participation).exists():
        return ALREADY_SIGNED_OFF
    return ALLOWED


def reads_by_role(actor: Actor, review: Review, *, beside: Iterable[Review] = ()) -> bool:
    """Whether somebody who may read a review has no part in it: such readings are recorded.

    `beside` are reviews read with it: if the other one is among them, nobody need be asked.
    """
    if actor.person_id in {review.author_id, review.subject_id}:
        return False
    if not review.is_self:
        return True
    same = (one for one in beside if one.participation_id == review.participation_id)
    writers = {one.author_id for one in same if not one.is_self}
    if writers:
        return actor.person_id not in writers
    own = Review.objects.filter(
        participation=review.participation_id, kind=ReviewKind.MANAGER, author=actor.person_id
    )
    return not own.exists()


def may_collect_documents(actor: Actor) -> Verdict:
    """Only the specialist takes all reviews of a cycle out in one file."""
    if actor.is_delegate or not actor.holds_everywhere(Role.SPECIALIST):
        return NOT_THE_SPECIALIST
    return ALLOWED


def has_in_care(actor: Actor, participation: Participation) -> bool:
    """Whether the actor is specialist or HR partner for this person, who is somebody else."""
    if participation.person_id in actor.own_ids:
        return False
    if actor.holds_everywhere(Role.SPECIALIST, Role.HR_PARTNER):
        return True
    units = actor.units_as(Role.SPECIALIST, Role.HR_PARTNER)
    return (
        bool(units)
        and UnitTree.objects.filter(
            ancestor__in=units, descendant_id=participation.unit_id
        ).exists()
    )


def _is_author(actor: Actor, review: Review) -> bool:
    if actor.is_delegate and (review.is_self or review.subject_id in actor.own_ids):
        return False
    return review.author_id == actor.person_id


def _has_opened(actor: Actor, review: Review) -> bool:
    return review.cycle.stage(WRITING_STAGE[ReviewKind(review.kind)]).has_opened(actor.on)


def _is_open_for_change(review: Review) -> Verdict:
    if review.participation.withdrawn_at is not None:
        return WITHDRAWN
    if review.participation.is_released:
        return ALREADY_RELEASED
    if not review.cycle.is_open:
        return CYCLE_NOT_RUNNING
    return ALLOWED
