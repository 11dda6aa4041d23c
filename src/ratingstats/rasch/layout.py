"""The ratings of a many-facet Rasch model, arranged once: who rated whom on what."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Numbers = NDArray[np.float64]
Codes = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Marks:
    """N ratings in long form: score, and the codes of ratee, rater and item (all (N,))."""

    score: Codes
    ratee: Codes
    rater: Codes
    item: Codes

    def __len__(self) -> int:
        return len(self.score)

    def where(self, kept: NDArray[np.bool_]) -> "Marks":
        return Marks(self.score[kept], self.ratee[kept], self.rater[kept], self.item[kept])


@dataclass(frozen=True, slots=True)
class Layout:
    """Ratings counted per cell, a cell being an item rated by a rater.

    All codes are dense: P ratees, R raters, I items, C cells. `lowest` and `steps` (I,): the lowest
    score of an item and how many steps lead up from it; `score` (N,) counts from that lowest score.
    `met` (P, C): how often a ratee was rated in a cell; `at_score[k]` the same, only where the
    score was k. `nodes`, `weights` (Q,): the standard normal distribution on a grid.
    """

    score: Codes
    ratee: Codes
    item: Codes
    rater: Codes
    cell_item: Codes
    cell_rater: Codes
    lowest: Codes
    steps: Codes
    met: sparse.csr_matrix
    at_score: tuple[sparse.csr_matrix, ...]
    nodes: Numbers
    weights: Numbers

    @property
    def P(self) -> int:
        return int(self.met.shape[0])

    @property
    def R(self) -> int:
        return int(self.cell_rater.max()) + 1

    @property
    def I(self) -> int:  # noqa: E743  # the letter of the papers, beside P and R
        return len(self.steps)

    @property
    def n_steps(self) -> int:
        return int(self.steps.sum())

    @property
    def n_parameters(self) -> int:
        """Steps of all items, severities of all raters but the last, the ability's deviation."""
        return self.n_steps + self.R


def layout_of(marks: Marks, levels: tuple[int, int, int]) -> Layout:
    """Arrange the marks; `levels` are the numbers of ratees, raters and items."""
    P, _R, n_items = levels
    lowest = np.full(n_items, np.iinfo(np.int64).max)
    np.minimum.at(lowest, marks.item, marks.score)
    highest = np.zeros(n_items, np.int64)
    np.maximum.at(highest, marks.item, marks.score)
    score = marks.score - lowest[marks.item]
    cells, cell = np.unique(np.column_stack((marks.item, marks.rater)), axis=0, return_inverse=True)
    cell = cell.ravel()
    steps = highest - lowest

    def counted(kept: NDArray[np.bool_]) -> sparse.csr_matrix:
        places = (marks.ratee[kept], cell[kept])
        return sparse.csr_matrix((np.ones(int(kept.sum())), places), shape=(P, len(cells)))

    nodes, weights = normal_grid(int(np.bincount(marks.ratee).max()))
    return Layout(
        score=score,
        ratee=marks.ratee,
        item=marks.item,
        rater=marks.rater,
        cell_item=cells[:, 0],
        cell_rater=cells[:, 1],
        lowest=lowest,
        steps=steps,
        met=counted(np.ones(len(marks), bool)),
        at_score=tuple(counted(score == k) for k in range(int(steps.max()) + 1)),
        nodes=nodes,
        weights=weights,
    )


def normal_grid(most_ratings: int) -> tuple[Numbers, Numbers]:
    """An even grid over +-6 (Q,), fine enough for a posterior that rests on that many ratings.

    The trapezoidal rule converges geometrically once the spacing is below the posterior's standard
    deviation, which shrinks with the root of the number of ratings (Trefethen & Weideman 2014).
    """
    half = int(np.clip(12 * np.sqrt(most_ratings), 30, 150))
    nodes = np.linspace(-6.0, 6.0, 2 * half + 1)
    density = np.exp(-(nodes**2) / 2)
    return nodes, density / density.sum()
