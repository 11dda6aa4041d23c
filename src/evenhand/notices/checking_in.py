"""Reminds people of goals that wait for a check-in: one message a day, whatever their number."""

from collections.abc import Iterator
from datetime import date, datetime, time

from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from evenhand.goals.events import CheckInsDue
from evenhand.goals.models import GoalReminder
from evenhand.jobs.actions import ask_for
from evenhand.jobs.performing import Running
from evenhand.kernel.acting import system
from evenhand.kernel.bulk import batches
from evenhand.notices.actions import keep_messages
from evenhand.notices.kinds import TELL_OF_CHECK_INS, NoticeKind
from evenhand.notices.models import Message

STEP = 2_000
MORNING = time(8, 0)


def hear_of_check_ins_due(event: CheckInsDue) -> None:
    ask_for(
        TELL_OF_CHECK_INS,
        _("Remind people of their goals"),
        arguments={"on": event.on.isoformat()},
        by=system(event.on),
        at=timezone.now(),
    )


def tell_of_check_ins(running: Running) -> None:
    """Everyone who is to be reminded on a day: owners of theirs, managers of those they lead."""
    on = parse_date(running.arguments["on"])
    assert on is not None  # noqa: S101  # written by the listener above
    done = 0
    for messages in batches(_messages(on, running.clock()), STEP):
        keep_messages(messages)
        done += len(messages)
        running.advance(done, 0)
    running.finish({"messages": done})


def _messages(on: date, at: datetime) -> Iterator[Message]:
    own = Count("pk", filter=Q(goal__owner=F("to")))
    others = Count("pk", filter=~Q(goal__owner=F("to")))
    reminded = GoalReminder.objects.filter(on=on).order_by("to").values("to")
    counted = reminded.annotate(own=own, others=others).values_list("to", "own", "others")
    for person_id, own_goals, led_goals in counted:
        if own_goals:
            yield _message(NoticeKind.CHECK_INS_DUE, person_id, own_goals, on, at)
        if led_goals:
            yield _message(NoticeKind.CHECK_INS_LATE, person_id, led_goals, on, at)


def _message(kind: NoticeKind, person_id: int, number: int, on: date, at: datetime) -> Message:
    morning = timezone.make_aware(datetime.combine(on, MORNING))
    return Message(
        person_id=person_id,
        kind=kind,
        key=f"{kind}:{person_id}:{on:%Y%m%d}",
        about="people.person",
        about_id=person_id,
        context={"number": number},
        created_at=at,
        send_after=max(morning, at),
    )
