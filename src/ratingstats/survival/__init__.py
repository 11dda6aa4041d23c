"""How long people stay: retention curves, their comparison, kinds of leaving, and hazards.

Count time from the day of the rating and end it at today or at a transfer. Where people also leave
because they are dismissed, tell of those who chose to leave with `cumulative_incidence`.

What is not here, on purpose: a correlation of ratings with later retention offered as proof that
ratings are valid. Whom a low rating pushes out, and who stays to be rated again, decide such a
number; it says nothing of whether the rating was right. People hired long ago have survived to be
counted (give `entered`), and everybody rated in one cycle shares its calendar.
"""

from ratingstats.survival.competing import CumulativeIncidence, cumulative_incidence
from ratingstats.survival.cox import CoxFit, Hazard, cox
from ratingstats.survival.kaplan_meier import SurvivalCurve, SurvivalPoints, kaplan_meier
from ratingstats.survival.log_rank import LogRank, log_rank
from ratingstats.survival.spells import Spells

__all__ = [
    "CoxFit",
    "CumulativeIncidence",
    "Hazard",
    "LogRank",
    "Spells",
    "SurvivalCurve",
    "SurvivalPoints",
    "cox",
    "cumulative_incidence",
    "kaplan_meier",
    "log_rank",
]
