"""Turns what happens to development plans into messages to the other side."""

from django.utils import timezone

from evenhand.development.events import PlanAgreed, PlanProposed, PlanSentBack
from evenhand.development.models import DevelopmentPlan
from evenhand.notices.actions import send_notice
from evenhand.notices.kinds import NoticeKind
from evenhand.people.queries import manager_of

KINDS: dict[type[PlanProposed | PlanAgreed | PlanSentBack], NoticeKind] = {
    PlanProposed: NoticeKind.PLAN_PROPOSED,
    PlanAgreed: NoticeKind.PLAN_AGREED,
    PlanSentBack: NoticeKind.PLAN_SENT_BACK,
}


def hear_of_plan(event: PlanProposed | PlanAgreed | PlanSentBack) -> None:
    """The person learns what a manager did, and the manager what the person did."""
    plan = DevelopmentPlan.objects.select_related("person").get(pk=event.plan_id)
    is_by_person = event.by_id == plan.person_id
    to = manager_of(plan.person_id, timezone.localdate()) if is_by_person else plan.person
    if to is None:
        return
    send_notice(
        KINDS[type(event)],
        to,
        about=plan,
        at=timezone.now(),
        context={"subject": str(plan.person), "is_own": not is_by_person},
    )
