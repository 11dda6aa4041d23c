"""Turns what happens in workshops into messages. None says what anybody wrote or voted."""

from django.utils import timezone

from evenhand.notices.actions import send_notice
from evenhand.notices.kinds import NoticeKind
from evenhand.workshops.events import RoundClosed, WorkshopTaskGiven
from evenhand.workshops.kinds import Stage
from evenhand.workshops.models import Participant, Workshop

ASKED = {
    Stage.COLLECTING: NoticeKind.WORKSHOP_COLLECTING,
    Stage.SORTING: NoticeKind.WORKSHOP_SORTING,
    Stage.SCALING: NoticeKind.WORKSHOP_SCALING,
}


def hear_of_workshop_task(event: WorkshopTaskGiven) -> None:
    """Who can begin is told what to do, unless the workshop went on meanwhile."""
    found = Participant.objects.select_related("workshop", "person").filter(left_at=None)
    one = found.filter(pk=event.participant_id).first()
    if one is not None and (kind := ASKED.get(Stage(one.workshop.stage))):
        send_notice(
            kind,
            one.person,
            about=one.workshop,
            at=timezone.now(),
            context={"workshop": one.workshop.name},
        )


def hear_of_round_closed(event: RoundClosed) -> None:
    """Who opened the workshop learns that the votes can be seen."""
    workshop = Workshop.objects.select_related("opened_by").get(pk=event.workshop_id)
    send_notice(
        NoticeKind.WORKSHOP_ROUND_CLOSED,
        workshop.opened_by,
        about=workshop,
        at=timezone.now(),
        context={"workshop": workshop.name},
    )
