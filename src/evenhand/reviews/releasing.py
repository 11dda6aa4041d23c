"""Giving people the reviews their managers submitted: to everyone, or unit by unit."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from evenhand.audit.actions import record
from evenhand.cycles.models import Cycle, Participation
from evenhand.cycles.policies import may_release
from evenhand.kernel.acting import Actor
from evenhand.kernel.events import announce
from evenhand.people.models import Unit
from evenhand.people.visibility import unit_within
from evenhand.reviews.events import ReviewsReleased
from evenhand.reviews.kinds import ReviewKind, ReviewState
from evenhand.reviews.models import Review


@transaction.atomic
def release_results(
    cycle: Cycle, *, units: Iterable[Unit] | None = None, by: Actor, at: datetime
) -> int:
    """Release what is submitted, everywhere or in these units and below; returns for how many.

    What was released before stays as it was, so that releasing again only adds the latecomers.
    """
    cycle = Cycle.objects.select_for_update().get(pk=cycle.pk)
    may_release(by, cycle).enforce()
    within = None if units is None else [unit.pk for unit in units]

    ready = ready_for_release(cycle, within)
    # A review must not be reopened between being found ready and being released.
    _lock(Review.objects.filter(cycle=cycle, kind=ReviewKind.MANAGER, participation__in=ready))
    released = ready.update(released_at=at)
    waiting = not_ready_for_release(cycle, within).count()
    record(
        "cycle.results_released",
        about=cycle,
        by=by,
        at=at,
        units=within,
        released=released,
        not_ready=waiting,
    )
    if released:
        announce(ReviewsReleased(cycle.pk, at.isoformat()))
    return released


def ready_for_release(cycle: Cycle, within: list[int] | None = None) -> QuerySet[Participation]:
    """Whose manager review is submitted and not released yet."""
    return _unreleased(cycle, within).filter(_is_submitted())


def not_ready_for_release(cycle: Cycle, within: list[int] | None = None) -> QuerySet[Participation]:
    """Who takes part and has no submitted manager review yet."""
    return _unreleased(cycle, within).filter(~_is_submitted())


def _unreleased(cycle: Cycle, within: list[int] | None) -> QuerySet[Participation]:
    parts = Participation.objects.filter(cycle=cycle, withdrawn_at=None, released_at=None)
    return parts if within is None else parts.filter(unit_within(within))


def _is_submitted() -> Exists:
    return Exists(
        Review.objects.filter(
            participation=OuterRef("pk"), kind=ReviewKind.MANAGER, state=ReviewState.SUBMITTED
        )
    )


def _lock(reviews: QuerySet[Review]) -> None:
    for _pk in reviews.order_by("pk").select_for_update(of=("self",)).values_list("pk").iterator():
        pass
