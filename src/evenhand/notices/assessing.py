"""Turns what happens to assessments into messages. None says what anybody answered."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from evenhand.assessments.events import (
    AssessmentClosed,
    AssessmentOpened,
    OtherAsked,
    OtherProposed,
)
from evenhand.assessments.kinds import Source
from evenhand.assessments.models import Assessment, AssessmentPart
from evenhand.notices.actions import send_notice
from evenhand.notices.kinds import NoticeKind


def hear_of_opening(event: AssessmentOpened) -> None:
    """The person and the manager are asked, except for who opened it."""
    parts = _parts().filter(
        assessment=event.assessment_id, source__in=(Source.SELF, Source.MANAGER)
    )
    for part in parts.exclude(assessor=event.by_id):
        _ask(part)


def hear_of_other_asked(event: OtherAsked) -> None:
    _ask(_parts().get(pk=event.part_id))


def hear_of_proposal(event: OtherProposed) -> None:
    """The manager learns that there is somebody to decide about."""
    proposed = _parts().get(pk=event.part_id)
    managers = _parts().filter(assessment=proposed.assessment_id, source=Source.MANAGER)
    for part in managers:
        send_notice(
            NoticeKind.ASSESSMENT_PROPOSED,
            part.assessor,
            about=part.assessment,
            at=timezone.now(),
            context=_context(part.assessment) | {"proposed": proposed.assessor.name},
        )


def hear_of_closing(event: AssessmentClosed) -> None:
    """The person learns that the result can be read."""
    assessment = Assessment.objects.select_related("subject").get(pk=event.assessment_id)
    send_notice(
        NoticeKind.ASSESSMENT_CLOSED,
        assessment.subject,
        about=assessment,
        at=timezone.now(),
        context=_context(assessment),
    )


def _ask(part: AssessmentPart) -> None:
    send_notice(
        NoticeKind.ASSESSMENT_ASKED,
        part.assessor,
        about=part,
        at=timezone.now(),
        context=_context(part.assessment) | {"source": part.source},
    )


def _context(assessment: Assessment) -> dict[str, Any]:
    return {"subject": str(assessment.subject), "due_on": assessment.due_on}


def _parts() -> "QuerySet[AssessmentPart]":
    return AssessmentPart.objects.select_related("assessor", "assessment__subject").order_by("pk")
