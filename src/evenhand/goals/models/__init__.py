from evenhand.goals.models.agreeing import (
    Agreement,
    GoalEnding,
    GoalMove,
    GoalNote,
    GoalVersion,
    UnitPart,
)
from evenhand.goals.models.goals import Goal, GoalBatch, GoalOwner, GoalPart, Weighing
from evenhand.goals.models.plans import Plan
from evenhand.goals.models.progress import (
    CheckIn,
    DataSource,
    Evidence,
    GoalReminder,
    SourceFeed,
    ValuesFile,
)
from evenhand.goals.models.rules import GoalRules, LibraryGoal
from evenhand.goals.models.sheets import GoalSheet
from evenhand.goals.models.strategy import ObjectiveVersion, StrategicObjective

__all__ = [
    "Agreement",
    "CheckIn",
    "DataSource",
    "Evidence",
    "Goal",
    "GoalBatch",
    "GoalEnding",
    "GoalMove",
    "GoalNote",
    "GoalOwner",
    "GoalPart",
    "GoalReminder",
    "GoalRules",
    "GoalSheet",
    "GoalVersion",
    "LibraryGoal",
    "ObjectiveVersion",
    "Plan",
    "SourceFeed",
    "StrategicObjective",
    "UnitPart",
    "ValuesFile",
    "Weighing",
]
