"""What waits for somebody to agree just now, around the people one can sign in as."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from evenhand.goals.actions.agreeing import propose_change, propose_goal
from evenhand.goals.actions.ending import drop_goal
from evenhand.goals.actions.noting import write_note
from evenhand.goals.actions.writing import write_goal
from evenhand.goals.drafts import GoalChange, GoalDraft, draft_of
from evenhand.goals.kinds import GoalKind, GoalState, Metric, Scope
from evenhand.goals.models import Goal
from evenhand.kernel.acting import Actor
from evenhand.kernel.events import hushed
from evenhand.sample.rounds import workday
from evenhand.sample.staffing import Staff

NEXT_YEAR = timedelta(days=365)


def leave_to_agree(staff: Staff) -> None:
    """A goal proposed to the employee, a draft of hers, a change and a drop for the manager."""
    today = staff.organization.today
    with hushed():
        employee, manager = _actors(staff, workday(today - timedelta(days=3)))
        goal = write_goal(_proposal(employee, today), by=manager, at=_at(manager.on, 9))
        said = "I would like you to take this on; you know the list better than anybody."
        propose_goal(goal, said, by=manager, at=_at(manager.on, 10))
        write_goal(_own_draft(employee, today), by=employee, at=_at(employee.on, 11))
        _ask_for_a_change(employee, today)
        _drop_one(staff, manager)


def _proposal(employee: Actor, today: date) -> GoalDraft:
    return GoalDraft(
        owner_id=employee.person_id,
        outcome="Answer every question about open orders by the next working day",
        measure="Questions answered by the next working day, of all that came in",
        unit_of_measure="%",
        data_source="Shared mailbox",
        metric=Metric.RATE,
        baseline=Decimal(70),
        target=Decimal(95),
        starts_on=today,
        due_on=today + NEXT_YEAR,
        local_reason="Our team is the only one that is asked.",
    )


def _own_draft(employee: Actor, today: date) -> GoalDraft:
    return GoalDraft(
        owner_id=employee.person_id,
        outcome="Be able to lead a planning round without help",
        kind=GoalKind.LEARNING,
        measure="Rounds led to a decision, with the notes afterwards",
        starts_on=today,
        due_on=today + NEXT_YEAR,
    )


def _ask_for_a_change(employee: Actor, today: date) -> None:
    """Late in the year the employee asks for another target; both see the score on each."""
    goals = Goal.objects.filter(
        owner=employee.person_id,
        state=GoalState.ACTIVE,
        kind=GoalKind.KPI,
        scope=Scope.PERSON,
        due_on__gte=today,
    )
    goal = goals.exclude(target=None).exclude(baseline=None).order_by("pk").first()
    if goal is None or goal.target is None or goal.baseline is None:
        return
    nearer = goal.target - (goal.target - goal.baseline) / 4
    change = GoalChange(
        draft=replace(draft_of(goal), target=round(nearer, 1)),
        reason="Two of the three suppliers changed their system in summer; nobody could know that.",
        sentence="I agree to the nearer target and will report what is still missing.",
    )
    propose_change(goal, change, by=employee, at=_at(employee.on, 14))


def _drop_one(staff: Staff, manager: Actor) -> None:
    reports = staff.organization.reports_of(_key(staff, "Manager"), manager.on)
    others = [p for p in reports if p.key != _key(staff, "Employee")]
    for person in others[:1]:
        owner = _actor(staff, person.key, manager.on)
        goal = Goal.objects.filter(owner=owner.person_id, state=GoalState.ACTIVE).first()
        if goal is not None:
            reason = "The machine it was about will be sold in January."
            drop_goal(goal, reason, by=owner, at=_at(manager.on, 15))
            write_note(goal, "Can you approve this?", by=owner, at=_at(manager.on, 16))


def _actors(staff: Staff, day: date) -> tuple[Actor, Actor]:
    return _actor(staff, _key(staff, "Employee"), day), _actor(staff, _key(staff, "Manager"), day)


def _key(staff: Staff, label: str) -> int:
    return next(one.person for one in staff.organization.sign_ins if one.label == label)


def _actor(staff: Staff, key: int, on: date) -> Actor:
    return Actor(staff.known.people[key], staff.organization.people[key].name, on)


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour, 40), tzinfo=UTC)
