"""Linear mixed models of ratings with any number of crossed or nested random factors.

    y = X b + Z_1 u_1 + ... + Z_K u_K + e,   u_k ~ N(0, v_k I),   e ~ N(0, s2 I)

Who was rated, who rated, in which unit: each is a `Factor`; `fit` says how much of the ratings
each of them is, and predicts every level; `intervals` says how well the variances are known;
`connectedness` says whether two factors can be told apart at all.
"""

from ratingstats.crossed.connectedness import Connected, connectedness
from ratingstats.crossed.design import Design, Factor
from ratingstats.crossed.fitting import fit
from ratingstats.crossed.intervals import Interval, intervals
from ratingstats.crossed.results import Effects, Fit, Fixed, Status

__all__ = [
    "Connected",
    "Design",
    "Effects",
    "Factor",
    "Fit",
    "Fixed",
    "Interval",
    "Status",
    "connectedness",
    "fit",
    "intervals",
]
