"""Development plans as both sides bring them about.

contents(actions=[...])        a year with one action: practice, by spring
begun(ben, by=mia)             in writing by one side
proposed(ben, by=mia)          shown to the other side
agreed(ben, mia)               proposed by Mia, agreed by Ben: it stands
"""

from dataclasses import replace
from datetime import UTC, date, datetime

from evenhand.development import actions
from evenhand.development.contents import ActionPart, PlanContents
from evenhand.development.kinds import Support
from tests.factories.access import acting

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
MENTORING = ActionPart("Meet Ada every month", Support.MENTOR, "Ada", date(2027, 3, 31))
PRACTICE = ActionPart("Lead the next planning", Support.PRACTICE, "", date(2027, 5, 31))
CONTENTS = PlanContents(
    starts_on=date(2026, 11, 22),
    due_on=date(2027, 11, 21),
    strengths="Listens well.",
    needs="Planning further ahead.",
    actions=(MENTORING,),
)


def contents(**fields):
    return replace(CONTENTS, **fields)


def begun(person, *, by, **fields):
    return actions.begin_plan(person, contents(**fields), by=acting(by), at=NOW)


def proposed(person, *, by, **fields):
    plan = begun(person, by=by, **fields)
    return actions.propose_plan(plan, "I will see to it.", by=acting(by), at=NOW)


def agreed(person, manager, **fields):
    plan = proposed(person, by=manager, **fields)
    number = plan.versions.latest("number").number
    return actions.agree_to_plan(plan, "I want this.", seen=number, by=acting(person), at=NOW)
