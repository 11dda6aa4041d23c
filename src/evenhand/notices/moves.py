"""Tells a manager of goals that come with somebody new to the team."""

from django.utils import timezone

from evenhand.goals.events import GoalsMoved
from evenhand.notices.actions import send_notice
from evenhand.notices.kinds import NoticeKind
from evenhand.people.models import Person


def hear_of_goals_moved(event: GoalsMoved) -> None:
    """The new manager learns how many goals come along, and that nothing has to be written anew."""
    people = Person.objects.in_bulk([event.person_id, event.manager_id])
    person = people[event.person_id]
    send_notice(
        NoticeKind.GOALS_MOVED,
        people[event.manager_id],
        about=person,
        at=timezone.now(),
        context={"subject": person.name, "number": len(event.goal_ids)},
    )
