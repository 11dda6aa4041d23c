from datetime import datetime

from django.db import models, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evenhand.audit.actions import record, record_each
from evenhand.audit.models import Entry
from evenhand.cycles.models import Participation
from evenhand.kernel.acting import Actor
from evenhand.kernel.events import announce
from evenhand.kernel.verdict import Ground, Refused, Verdict
from evenhand.people.models import Person
from evenhand.reviews.answering import lock_review, version_of
from evenhand.reviews.contents import Contents, contents_of
from evenhand.reviews.events import (
    ReviewHandedOver,
    ReviewReopened,
    ReviewSignedOff,
    ReviewSubmitted,
)
from evenhand.reviews.goals_beside import keep_goals
from evenhand.reviews.kinds import KeptBecause, RatingOrigin, ReviewState, SignOffDecision
from evenhand.reviews.models import (
    Answer,
    AnswerVersion,
    Handover,
    Rating,
    Reopening,
    Review,
    SignOff,
)
from evenhand.reviews.overall import formula_of
from evenhand.reviews.policies import (
    may_be_given,
    may_hand_over,
    may_reopen,
    may_sign_off,
    may_submit,
    reads_by_role,
)
from evenhand.reviews.words import clean

LONGEST_REASON = 300
LONGEST_COMMENT = 20_000

REASON_NEEDED = Verdict(
    "reason_needed", _("Please say why in a sentence. It is kept with the review."), Ground.WHAT
)
STATEMENT_NEEDED = Verdict(
    "statement_needed",
    _("Please say in a few words why you do not sign. They stay with the review."),
    Ground.WHAT,
)
REASON_TOO_LONG = Verdict(
    "reason_too_long", _("Please say it in at most 300 characters."), Ground.WHAT
)
COMMENT_TOO_LONG = Verdict(
    "comment_too_long", _("Please say it in at most 20,000 characters."), Ground.WHAT
)


@transaction.atomic
def submit_review(review: Review, *, by: Actor, at: datetime) -> Review:
    """Hand a finished review in. From here on its words no longer change."""
    review = lock_review(review.pk)
    contents = contents_of(review)
    may_submit(by, review, contents).enforce()

    number = _freeze_ratings(review, contents, by=by, at=at)
    if contents.shows_goals:
        keep_goals(review, number=number, at=at)
    review.state = ReviewState.SUBMITTED
    review.submitted_at = at
    review.save(update_fields=["state", "submitted_at"])

    record("review.submitted", about=review, by=by, at=at, kind=review.kind)
    announce(ReviewSubmitted(review.pk))
    return review


def _freeze_ratings(review: Review, contents: Contents, *, by: Actor, at: datetime) -> int:
    """Every rating as a version of its own, and the overall rating with its formula.

    Returns the number of these versions.
    """
    earlier = review.ratings.filter(origin=RatingOrigin.GIVEN).aggregate(last=Max("number"))
    number = (earlier["last"] or 0) + 1
    ratings = [
        _rating(review, number, by, at, question=q, value=contents.answers[q.pk].rating)
        for q in contents.rated
        if q.pk in contents.answers
    ]
    formula, holistic = formula_of(contents), contents.holistic
    overall = _rating(review, number, by, at, value=formula.value, formula=formula.as_json())
    if holistic is not None:
        overall.value = holistic.rating
        overall.reason = holistic.text
    Rating.objects.bulk_create([*ratings, overall])
    return number


def _rating(review: Review, number: int, by: Actor, at: datetime, **what: object) -> Rating:
    return Rating(
        review=review,
        origin=RatingOrigin.GIVEN,
        number=number,
        author_id=by.person_id,
        given_at=at,
        **what,
    )


@transaction.atomic
def reopen_review(review: Review, *, reason: str, by: Actor, at: datetime) -> Review:
    """Open a submitted review again. What was handed in stays as it was, as versions."""
    review = lock_review(review.pk)
    may_reopen(by, review).enforce()
    reason = _said(reason, LONGEST_REASON, REASON_NEEDED, REASON_TOO_LONG)

    kept = _keep_all(review, KeptBecause.REOPENED)
    Reopening.objects.create(review=review, by_id=by.person_id, at=at, reason=reason)
    review.state = ReviewState.DRAFT
    review.submitted_at = None
    review.save(update_fields=["state", "submitted_at"])

    record("review.reopened", about=review, by=by, at=at, answers_kept=kept)
    announce(ReviewReopened(review.pk))
    return review


@transaction.atomic
def hand_over_review(
    review: Review, new_author: Person, *, reason: str, by: Actor, at: datetime
) -> Review:
    """Give a manager review to another author, who goes on from the words written so far."""
    review = lock_review(review.pk)
    may_hand_over(by, review).enforce()
    may_be_given(review, new_author, on=by.on).enforce()
    reason = _said(reason, LONGEST_REASON, REASON_NEEDED, REASON_TOO_LONG)

    kept = _keep_all(review, KeptBecause.HANDED_OVER)
    former_id = review.author_id
    Handover.objects.create(
        review=review,
        former_author_id=former_id,
        new_author=new_author,
        by_id=by.person_id,
        at=at,
        reason=reason,
    )
    review.author = new_author
    review.save(update_fields=["author"])

    facts = {"from": former_id, "to": new_author.pk, "answers_kept": kept}
    record("review.handed_over", about=review, by=by, at=at, **facts)
    announce(ReviewHandedOver(review.pk, former_author_id=former_id))
    return review


@transaction.atomic
def sign_off(
    participation: Participation,
    *,
    decision: SignOffDecision,
    comment: str,
    by: Actor,
    at: datetime,
) -> SignOff:
    """The last word of the person reviewed: signed, or declined with a statement."""
    participation = Participation.objects.select_for_update().get(pk=participation.pk)
    may_sign_off(by, participation).enforce()
    declined = decision == SignOffDecision.DECLINED
    needed = STATEMENT_NEEDED if declined else None
    comment = _said(comment, LONGEST_COMMENT, needed, COMMENT_TOO_LONG)

    last_word = SignOff.objects.create(
        participation=participation,
        decision=decision,
        comment=comment,
        by_id=by.person_id,
        at=at,
    )
    code = "review.declined" if declined else "review.signed"
    record(code, about=participation, by=by, at=at, has_comment=bool(comment))
    announce(ReviewSignedOff(participation.pk))
    return last_word


def record_reading(*reviews: Review, by: Actor, at: datetime) -> None:
    """Keep that somebody read reviews because of their role, each once a day."""
    by_role = [review for review in reviews if reads_by_role(by, review, beside=reviews)]
    if not by_role:
        return
    today = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    read_today = Entry.objects.filter(
        code="review.read",
        about=Review._meta.label_lower,
        about_id__in=[review.pk for review in by_role],
        at__gte=today,
        by_id=by.person_id,
        delegate_id=by.delegate_id,
    )
    known = set(read_today.values_list("about_id", flat=True))
    fresh: list[tuple[models.Model, dict[str, object]]] = [
        (review, {"kind": review.kind}) for review in by_role if review.pk not in known
    ]
    record_each("review.read", about=fresh, by=by, at=at)


def _keep_all(review: Review, because: KeptBecause) -> int:
    """Every standing answer as a version of its own, whatever was kept before."""
    standing = Answer.objects.filter(review=review)
    versions = [version_of(answer, answer.revision, because) for answer in standing]
    return len(AnswerVersion.objects.bulk_create(versions))


def _said(text: str, longest: int, needed: Verdict | None, too_long: Verdict) -> str:
    """The words without blanks around them, refused when there are none or too many."""
    text = clean(text).strip()
    if needed is not None and not text:
        raise Refused(needed)
    if len(text) > longest:
        raise Refused(too_long)
    return text
