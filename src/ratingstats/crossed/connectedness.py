"""Whether two factors can be compared at all: the graph of who rated whom."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from ratingstats.crossed.design import Factor

Codes = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Connected:
    """The connected parts of the bipartite graph of two factors, the largest (most rows) first.

    component_of_a, component_of_b: the part of each level, -1 for a level that no row uses.
    rows, levels_of_a, levels_of_b: counts per part. share: of rows in the largest part.
    links_of_a: with how many different levels of b each level of a meets; links_of_b likewise.
    """

    component_of_a: Codes
    component_of_b: Codes
    components: int
    rows: Codes
    levels_of_a: Codes
    levels_of_b: Codes
    share: float
    links_of_a: Codes
    links_of_b: Codes

    @property
    def connected(self) -> bool:
        """Whether every level can be compared with every other."""
        return self.components == 1


def connectedness(a: Factor, b: Factor) -> Connected:
    """The parts within which levels of `a` and `b` are comparable (Weeks and Williams 1964).

    Raises ValueError where the factors have different numbers of rows.
    """
    if len(a.codes) != len(b.codes):
        msg = f"{a.name} and {b.name} must come from the same rows."
        raise ValueError(msg)
    pairs = np.unique(a.codes * b.levels + b.codes)
    links_of_a = np.bincount(pairs // max(b.levels, 1), minlength=a.levels)
    links_of_b = np.bincount(pairs % max(b.levels, 1), minlength=b.levels)
    size = a.levels + b.levels
    graph = coo_array(
        (np.ones(len(pairs), np.int8), (pairs // max(b.levels, 1), a.levels + pairs % b.levels)),
        shape=(size, size),
    )
    _count, labels = connected_components(graph, directed=False)
    used = np.concatenate([links_of_a, links_of_b]) > 0
    labels, components = _by_rows(labels, labels[a.codes], used)
    rows = np.bincount(labels[a.codes], minlength=components)
    of_a, of_b = labels[: a.levels], labels[a.levels :]
    return Connected(
        component_of_a=of_a,
        component_of_b=of_b,
        components=components,
        rows=rows,
        levels_of_a=np.bincount(of_a[of_a >= 0], minlength=components),
        levels_of_b=np.bincount(of_b[of_b >= 0], minlength=components),
        share=float(rows[0] / rows.sum()) if components else float("nan"),
        links_of_a=links_of_a,
        links_of_b=links_of_b,
    )


def _by_rows(labels: Codes, of_rows: Codes, used: NDArray[np.bool_]) -> tuple[Codes, int]:
    """Number the parts anew, most rows first; -1 where no row is."""
    rows = np.bincount(of_rows, minlength=int(labels.max(initial=-1)) + 1)
    order = np.argsort(-rows, kind="stable")
    components = int((rows > 0).sum())
    rank = np.empty(len(rows), np.int64)
    rank[order] = np.arange(len(rows))
    return np.where(used, rank[labels], -1), components
