"""Turns what happened into messages. Few are written at once; very many by a job."""

from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.cycles.models import Cycle, Participation
from evenhand.jobs.actions import ask_for
from evenhand.kernel.acting import Actor, system
from evenhand.notices import kinds
from evenhand.notices.actions import send_notice
from evenhand.notices.kinds import NoticeKind
from evenhand.reviews.events import (
    CycleLaunched,
    GoalsAskedFor,
    PersonJoined,
    RemindersAsked,
    ReviewAssigned,
    ReviewHandedOver,
    ReviewReopened,
    ReviewsReleased,
    ReviewSubmitted,
)
from evenhand.reviews.kinds import ReviewKind
from evenhand.reviews.models import Review


def hear_of_launch(event: CycleLaunched) -> None:
    title = _("Tell everyone that %(cycle)s has begun") % {"cycle": _cycle(event.cycle_id)}
    ask_for(
        kinds.TELL_OF_LAUNCH,
        title,
        arguments={"cycle": event.cycle_id},
        by=_nobody(),
        at=timezone.now(),
    )


def hear_of_release(event: ReviewsReleased) -> None:
    title = _("Tell people that their results of %(cycle)s can be read")
    ask_for(
        kinds.TELL_OF_RELEASE,
        title % {"cycle": _cycle(event.cycle_id)},
        arguments={"cycle": event.cycle_id, "released_at": event.released_at},
        by=_nobody(),
        at=timezone.now(),
    )


def hear_of_reminders(event: RemindersAsked) -> None:
    ask_for(
        kinds.REMIND,
        _("Remind people of their reviews"),
        arguments={"reviews": list(event.review_ids)},
        by=_nobody(),
        at=timezone.now(),
    )


def hear_of_asking_for_goals(event: GoalsAskedFor) -> None:
    title = _("Ask people for their goals for %(cycle)s") % {"cycle": _cycle(event.cycle_id)}
    ask_for(
        kinds.ASK_FOR_GOALS,
        title,
        arguments={"cycle": event.cycle_id, "people": list(event.person_ids)},
        by=_nobody(),
        at=timezone.now(),
    )


def hear_of_joining(event: PersonJoined) -> None:
    """Who comes in late is told like everyone was at the launch."""
    reviews = Review.objects.filter(participation=event.participation_id, kind=ReviewKind.SELF)
    for review in reviews.select_related("author", "cycle"):
        send_notice(
            NoticeKind.CYCLE_LAUNCHED,
            review.author,
            about=review,
            at=timezone.now(),
            context={"cycle": str(review.cycle)},
        )


def hear_of_submission(event: ReviewSubmitted) -> None:
    """The manager learns that the self review is in; nobody learns more than that."""
    review = _review(event.review_id)
    if not review.is_self:
        return
    for other in _managers_reviews(review.participation):
        send_notice(
            NoticeKind.SELF_REVIEW_SUBMITTED,
            other.author,
            about=other,
            at=timezone.now(),
            context={"cycle": str(review.cycle), "subject": str(review.subject)},
        )


def hear_of_reopening(event: ReviewReopened) -> None:
    """The author learns of it, unless it was the author who reopened."""
    review = _review(event.review_id)
    last = review.reopenings.order_by("-at", "-pk").first()
    if last is not None and last.by_id == review.author_id:
        return
    send_notice(
        NoticeKind.REVIEW_REOPENED,
        review.author,
        about=review,
        at=timezone.now(),
        context={"cycle": str(review.cycle), "subject": str(review.subject)},
    )


def hear_of_handover(event: ReviewHandedOver | ReviewAssigned) -> None:
    """The new author learns of it, whether the review was somebody's before or nobody's."""
    review = _review(event.review_id)
    send_notice(
        NoticeKind.REVIEW_HANDED_OVER,
        review.author,
        about=review,
        at=timezone.now(),
        context={"cycle": str(review.cycle), "subject": str(review.subject)},
    )


def _review(review_id: int) -> Review:
    return Review.objects.select_related("author", "subject", "cycle", "participation").get(
        pk=review_id
    )


def _managers_reviews(participation: Participation) -> list[Review]:
    found = Review.objects.filter(participation=participation, kind=ReviewKind.MANAGER)
    return list(found.select_related("author"))


def _cycle(cycle_id: int) -> Cycle:
    return Cycle.objects.get(pk=cycle_id)


def _nobody() -> Actor:
    return system(timezone.localdate())
