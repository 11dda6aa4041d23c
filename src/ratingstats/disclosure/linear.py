"""What a reader can work out, when all she knows can be written as sums.

Whatever is published of counts (cells, totals, totals of totals, groups and their complement) is a
set of linear equations on what is hidden. The smallest and the largest value a hidden number can
have under them is found by linear programming; where both are the same, it is not hidden at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, linprog, milp
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

Numbers = NDArray[np.float64]
Places = NDArray[np.int64]
Sparse = Any  # scipy.sparse comes without types
UNBOUNDED = 3


@dataclass(frozen=True, slots=True)
class Interval:
    """The least and the most a hidden number can be; `high` may be infinite."""

    low: float
    high: float

    @property
    def width(self) -> float:
        return self.high - self.low


@dataclass(frozen=True, slots=True)
class Constraints:
    """What is known of V hidden numbers x: `matrix @ x == totals` and `lower <= x <= upper`.

    `matrix` is M by V, sparse or dense, `totals` of length M, `lower` and `upper` of length V
    (usually 0 and infinity for counts).
    """

    matrix: Sparse
    totals: Numbers
    lower: Numbers
    upper: Numbers

    @classmethod
    def on_counts(cls, matrix: Sparse, totals: Numbers) -> "Constraints":
        """Counts are at least 0."""
        count = matrix.shape[1]
        return cls(matrix, totals, np.zeros(count), np.full(count, np.inf))


def feasible_interval(
    constraints: Constraints, cell: int, *, in_whole_numbers: bool = False
) -> Interval:
    """The least and the most that hidden number `cell` can be.

    Two-way tables have whole-numbered corners, so that `in_whole_numbers` changes nothing; with
    three facts or more it can narrow the interval and costs an integer programme.
    Raises ValueError where the constraints contradict each other.
    """
    return feasible_intervals(constraints, [cell], in_whole_numbers=in_whole_numbers)[0]


def feasible_intervals(
    constraints: Constraints, cells: Sequence[int], *, in_whole_numbers: bool = False
) -> list[Interval]:
    """`feasible_interval` of many cells; what has nothing to do with each other is solved apart."""
    matrix = csr_array(constraints.matrix)
    part_of_row, part_of_cell = _parts(matrix)
    solve = _extreme_in_whole_numbers if in_whole_numbers else _extreme
    found = []
    for cell in cells:
        rows = np.flatnonzero(part_of_row == part_of_cell[cell])
        columns = np.flatnonzero(part_of_cell == part_of_cell[cell])
        part = Constraints(
            matrix[rows][:, columns],
            constraints.totals[rows],
            constraints.lower[columns],
            constraints.upper[columns],
        )
        place = int(np.searchsorted(columns, cell))
        found.append(Interval(solve(part, place, 1.0), solve(part, place, -1.0)))
    return found


def _parts(matrix: Sparse) -> tuple[Places, Places]:
    """Which equations and which numbers hang together: a part for each row and each column."""
    rows, columns = matrix.shape
    entries = matrix.tocoo()
    links = csr_array(
        (np.ones(len(entries.data)), (entries.row, entries.col + rows)),
        shape=(rows + columns, rows + columns),
    )
    _, part = connected_components(links, directed=False)
    return part[:rows], part[rows:]


def _extreme(known: Constraints, cell: int, sign: float) -> float:
    """The least (sign 1) or the most (sign -1) of a number; infinite where nothing bounds it."""
    goal = np.zeros(len(known.lower))
    goal[cell] = sign
    answer = linprog(
        goal,
        A_eq=known.matrix if known.matrix.shape[0] else None,
        b_eq=known.totals if known.matrix.shape[0] else None,
        bounds=np.column_stack([known.lower, known.upper]),
        method="highs",
    )
    return _value(answer, sign)


def _extreme_in_whole_numbers(known: Constraints, cell: int, sign: float) -> float:
    goal = np.zeros(len(known.lower))
    goal[cell] = sign
    answer = milp(
        goal,
        constraints=LinearConstraint(known.matrix, known.totals, known.totals),
        bounds=Bounds(known.lower, known.upper),
        integrality=np.ones(len(goal)),
    )
    return _value(answer, sign)


def _value(answer: OptimizeResult, sign: float) -> float:
    if answer.status == UNBOUNDED:
        return -sign * np.inf
    if answer.x is None:
        msg = f"No numbers fit all that is said to be known; check the totals. ({answer.message})"
        raise ValueError(msg)
    return float(sign * answer.fun)
