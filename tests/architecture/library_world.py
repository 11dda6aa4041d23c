"""Goals to start from, and goals for many people, in the small organization.

library_goal, library_retired    in the library; the other no longer offered
batch, batch_given               Mia prepares one for her team, and has given another
"""

from evenhand.goals.actions.giving import choose_for_batch, give_goals, prepare_batch
from evenhand.goals.giving import Chosen
from tests.factories.access import acting
from tests.factories.goals import draft_for
from tests.factories.library import LibraryGoalFactory


def add_library(world):
    manager = world.people["mgr"]
    actor = acting(manager, on=world.today)
    world.keys |= {
        "library_goal": LibraryGoalFactory().pk,
        "library_retired": LibraryGoalFactory(retired=True).pk,
    }
    words = "Every customer of ours is called back within a day"
    for name in ("batch", "batch_given"):
        draft = draft_for(manager, outcome=words)
        batch = prepare_batch(draft, by=actor, at=world.now)
        chosen = Chosen(people=(world.keys["newcomer"],))
        world.keys[name] = choose_for_batch(batch, chosen, by=actor, at=world.now).pk
    give_goals(batch, "For all of us.", by=actor, at=world.now)
