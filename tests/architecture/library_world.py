"""Goals to start from, and goals for many people, in the small organization.

library_goal, library_retired    in the library; the other no longer offered
batch, batch_given               Mia prepares one for her team, and has given another
goal_sheet                       Mia brought it, with a goal for Noor
"""

from evenhand.goals.actions.giving import choose_for_batch, give_goals, prepare_batch
from evenhand.goals.actions.sheets import bring_sheet
from evenhand.goals.giving import Chosen
from evenhand.people.models import Person
from tests.factories.access import acting
from tests.factories.goals import draft_for
from tests.factories.library import LibraryGoalFactory
from tests.factories.sheets import filled, sheet_of


def add_library(world):
    manager = world.people["mgr"]
    actor = acting(manager, on=world.today)
    world.keys |= {
        "library_goal": LibraryGoalFactory().pk,
        "library_retired": LibraryGoalFactory(retired=True).pk,
    }
    words = "Every customer of ours is called back within a day"
    for name in ("batch", "batch_given"):
        draft = draft_for(manager, outcome=words, description=name)
        batch = prepare_batch(draft, by=actor, at=world.now)
        chosen = Chosen(people=(world.keys["newcomer"],))
        world.keys[name] = choose_for_batch(batch, chosen, by=actor, at=world.now).pk
    newcomer = Person.objects.get(pk=world.keys["newcomer"])
    rows = sheet_of(filled(newcomer, outcome="Parcels are packed without a fault"))
    world.keys["goal_sheet"] = bring_sheet("goals.xlsx", rows, by=actor, at=world.now).pk
    give_goals(batch, "For all of us.", by=actor, at=world.now)
