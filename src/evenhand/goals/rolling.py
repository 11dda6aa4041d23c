"""What the goals below make of the one above, so that nothing counts twice.

    rolled score    = sum(share * score) / sum(share), over supporting goals that have a score
    rolled coverage = sum(share that has a score) / sum(share of all)

Supporting goals are the agreed ones of the same ambition: committed and aspirational are never
averaged into one figure. One that was dropped with approval leaves the score and stays uncovered;
dropped without approval it counts 0. Under 60 % coverage there is no score.
"""

from collections.abc import Iterable


def roll_up(goal_ids: Iterable[int]) -> None:
    """Bring what was rolled up from these goals up to date: theirs, and that of all above them.

    Call it in the transaction that changed their scores, states, ambitions or shares, or what
    they support; after the change is saved. Goals above are locked deepest first, then by number:
    whoever locks several goals themself does it in the same order (`order_by("-depth", "pk")`).
    """
    raise NotImplementedError
