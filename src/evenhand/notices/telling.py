"""Writes messages to very many people: jobs whose steps may be repeated without harm."""

from collections.abc import Iterable, Iterator
from datetime import datetime, time
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from evenhand.cycles.kinds import StageKind
from evenhand.cycles.models import Cycle, Participation
from evenhand.jobs.performing import Running
from evenhand.kernel.bulk import batches
from evenhand.notices.actions import draft, keep_messages
from evenhand.notices.kinds import NoticeKind
from evenhand.notices.models import Message
from evenhand.reviews.kinds import ReviewKind, ReviewState
from evenhand.reviews.models import Review

STEP = 2000
REVIEWS_AT_ONCE = 500
MORNING = time(8, 0)


def tell_of_launch(running: Running) -> None:
    """Everyone whose self review waits, on the day on which it opens."""
    cycle = Cycle.objects.prefetch_related("stages").get(pk=running.arguments["cycle"])
    stage = cycle.stage(StageKind.SELF_REVIEW)
    opens_at = timezone.make_aware(datetime.combine(stage.opens_on, MORNING))
    context = {"cycle": str(cycle), "due_on": stage.due_on}
    waiting = Review.objects.filter(
        cycle=cycle, kind=ReviewKind.SELF, participation__withdrawn_at=None
    ).exclude(state=ReviewState.SUBMITTED)

    def messages() -> Iterator[Message]:
        for author_id in _ids(waiting, "author_id"):
            message = _news(NoticeKind.CYCLE_LAUNCHED, author_id, cycle, running, context)
            message.send_after = max(opens_at, message.created_at)
            yield message

    _keep(messages(), waiting.count(), running)


def tell_of_release(running: Running) -> None:
    """Everyone whose results were released at this moment."""
    cycle = Cycle.objects.get(pk=running.arguments["cycle"])
    released = Participation.objects.filter(
        cycle=cycle, released_at=running.arguments["released_at"], withdrawn_at=None
    )
    context = {"cycle": str(cycle)}
    messages = (
        _news(NoticeKind.RESULTS_RELEASED, person_id, cycle, running, context)
        for person_id in _ids(released, "person_id")
    )
    _keep(messages, released.count(), running)


def remind_authors(running: Running) -> None:
    """One message a day to each author in a cycle, however many reviews are waited for."""
    waiting: dict[tuple[int, int], int] = {}
    for ids in batches(running.arguments["reviews"], REVIEWS_AT_ONCE):
        reviews = Review.objects.filter(pk__in=ids, participation__withdrawn_at=None)
        pending = reviews.exclude(state=ReviewState.SUBMITTED)
        for pair in pending.order_by("pk").values_list("cycle_id", "author_id"):
            waiting[pair] = waiting.get(pair, 0) + 1
    cycles = Cycle.objects.in_bulk({cycle_id for cycle_id, _ in waiting})

    def messages() -> Iterator[Message]:
        for (cycle_id, author_id), number in waiting.items():
            cycle = cycles[cycle_id]
            context = {"cycle": str(cycle), "number": number}
            message = _news(NoticeKind.REMINDER, author_id, cycle, running, context)
            message.key += f":{timezone.localdate(message.created_at):%Y%m%d}"
            yield message

    _keep(messages(), len(waiting), running)


def ask_for_goals(running: Running) -> None:
    """One message a day to everybody who has no agreed goals for a cycle."""
    cycle = Cycle.objects.get(pk=running.arguments["cycle"])
    people = running.arguments["people"]
    context = {"cycle": str(cycle)}

    def messages() -> Iterator[Message]:
        for person_id in people:
            message = _news(NoticeKind.GOALS_ASKED_FOR, person_id, cycle, running, context)
            message.key += f":{timezone.localdate(message.created_at):%Y%m%d}"
            yield message

    _keep(messages(), len(people), running)


def _news(
    kind: NoticeKind, person_id: int, cycle: Cycle, running: Running, context: dict[str, Any]
) -> Message:
    return draft(kind, person_id, about=cycle, at=running.clock(), context=context)


def _ids(rows: "QuerySet[Any]", column: str) -> Iterator[int]:
    return rows.order_by("pk").values_list(column, flat=True).iterator(chunk_size=STEP)


def _keep(messages: Iterable[Message], total: int, running: Running) -> None:
    done = 0
    for step in batches(messages, STEP):
        keep_messages(step)
        done += len(step)
        running.advance(done, max(total, done))
    running.finish({"messages": done})
