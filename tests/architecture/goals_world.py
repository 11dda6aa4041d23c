"""The goals of the small organization: one of each state and openness, all of the subject.

goal_draft        only Ben, who wrote it, sees it        goal_closed, goal_dropped (by Ben)
goal_proposed     by Ben; waits for Mia                  goal_discarded
goal_active       open to the line, with a check-in      goal_changed: Ben wants another plan
goal_team         open to the unit                       goal_open: open to everybody
"""

from datetime import timedelta
from decimal import Decimal

from evenhand.goals.actions.checking_in import NewCheckIn, check_in
from evenhand.goals.evidence import BroughtFile, NewEvidence
from evenhand.goals.kinds import Ending, Openness, Side
from evenhand.goals.models import Agreement, GoalEnding, GoalVersion
from tests.factories.access import acting
from tests.factories.goals import GoalFactory, GoalVersionFactory

NAMES = {
    "goal_draft": {"draft": True},
    "goal_discarded": {"discarded": True},
    "goal_proposed": {"proposed": True},
    "goal_active": {},
    "goal_changed": {},
    "goal_team": {"openness": Openness.TEAM},
    "goal_open": {"openness": Openness.ORGANIZATION},
    "goal_closed": {"closed": True},
    "goal_dropped": {"dropped": True},
}


def add_goals(world):
    subject, today = world.people["subj"], world.today
    time = {
        "starts_on": today - timedelta(days=100),
        "due_on": today + timedelta(days=100),
        "created_at": world.now - timedelta(days=101),
    }
    for name, state in NAMES.items():
        agreed = (
            {} if state.keys() & {"draft", "discarded", "proposed"} else {"agreed_at": world.now}
        )
        goal = GoalFactory(owner=subject, unit=world.sales, **time, **state, **agreed)
        world.keys[name] = goal.pk
        if name in {"goal_proposed", "goal_changed"}:
            _propose(world, goal)
        if name == "goal_dropped":
            dropped = {"side": Side.OWNER, "unit": None}
            GoalEnding.objects.create(
                goal=goal, kind=Ending.DROPPED, by=subject, at=world.now, formula=dropped
            )
        if name == "goal_active":
            _measure(world, goal)


def _propose(world, goal):
    if goal.agreed_at:
        GoalVersionFactory(
            goal=goal, agreed_at=None, target=Decimal(95), reason="The market turned."
        )
    version = GoalVersion.objects.filter(goal=goal).latest("number")
    Agreement.objects.create(
        version=version,
        side=Side.OWNER,
        person=goal.owner,
        sentence="I will see to it.",
        at=world.now,
    )


def _measure(world, goal):
    shows = NewEvidence(name="Figures", file=BroughtFile("figures.txt", b"70 percent"))
    new = NewCheckIn(world.today, value=Decimal(70), note="On the way.", evidence=(shows,))
    said = check_in(goal, new, by=acting(goal.owner, on=world.today), at=world.now)
    world.keys |= {"check_in": said.pk, "evidence": said.evidence.get().pk}
