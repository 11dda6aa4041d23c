"""The smallest number of people that sums over known sets can tell about.

Whoever knows a sum over each of several sets of persons knows every weighted difference of them.
Persons who are in the same sets always appear together (an atom); so it is a question of linear
algebra over the atoms: is there a combination of the sets that is zero on all but fewer than k?

Covered: every pair of sets; every combination whatever (nested differences, a total less its
parts, sums of disjoint sets), by proof where no combination cancels all large atoms or where the
ways to cancel are few enough to go through, and by a seeded random search where they are more.
Not covered: what follows from the range of the values (an extreme mean tells more than a middle
one) and from what a reader knows otherwise.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import null_space

Keys = NDArray[np.int64]
Numbers = NDArray[np.float64]
Chance = np.random.Generator
NEARLY = 1e-7
MOST_COMBINATIONS = 5_000
MOST_COLUMNS = 2_000
SEARCHES = (30, 6, 6)
SEED = 20


@dataclass(frozen=True, slots=True)
class Difference:
    """Sets (their numbers in the list) that together tell about only so many people."""

    sets: tuple[int, ...]
    people: int


@dataclass(frozen=True, slots=True)
class _Atoms:
    """S sets over A atoms: `within` is S by A, 0 or 1; `sizes` has the (other) people of each."""

    within: Numbers
    sizes: Numbers
    known: int


def smallest_difference(
    sets: Sequence[Keys], known: int, k: int, *, viewer: int | None = None
) -> Difference | None:
    """A combination of sets that is about at least one and fewer than k people, if there is one.

    The first `known` of the sets (sorted, distinct keys) have been released; only what the others
    add is reported. A `viewer` counts for nothing: she knows her own value. Hundreds of sets of
    100,000 persons take about a second where they overlap in few ways (groups, units and their
    totals), ten and more where hardly two persons are in the same sets.
    """
    if len(sets) <= known:
        return None
    atoms = _atoms_of(sets, known, viewer)
    return _smallest_pair(atoms, k) or _smallest_combination(atoms, k)


def _atoms_of(sets: Sequence[Keys], known: int, viewer: int | None) -> _Atoms:
    persons = _union(sets)
    member = np.zeros((len(sets), len(persons)), dtype=np.uint8)
    for row, keys in zip(member, sets, strict=True):
        row[np.searchsorted(persons, keys)] = 1
    packed = np.ascontiguousarray(np.packbits(member, axis=0).T)
    rows = packed.view(np.dtype((np.void, packed.shape[1]))).ravel()
    _, first, atom, sizes = np.unique(
        rows, return_index=True, return_inverse=True, return_counts=True
    )
    if viewer is not None and viewer in persons:
        sizes[atom[np.searchsorted(persons, viewer)]] -= 1
    within = member[:, first].astype(np.float64)
    return _Atoms(within[:, sizes > 0], sizes[sizes > 0].astype(np.float64), known)


def _union(sets: Sequence[Keys]) -> Keys:
    """All keys, sorted. Most sets lie within those before, so that merging is seldom needed."""
    union = np.zeros(0, dtype=np.int64)
    for keys in sorted(sets, key=len, reverse=True):
        place = np.minimum(np.searchsorted(union, keys), max(len(union) - 1, 0))
        missing = keys if not len(union) else keys[union[place] != keys]
        if len(missing):
            union = np.union1d(union, missing)
    return union


def _smallest_pair(atoms: _Atoms, k: int) -> Difference | None:
    shared = (atoms.within * atoms.sizes) @ atoms.within.T
    size = np.diag(shared)
    apart = size[:, None] + size[None, :] - 2 * shared
    apart[: atoms.known, : atoms.known] = 0
    apart = np.triu(apart)
    apart[apart < 1] = np.inf
    one, other = np.unravel_index(int(apart.argmin()), apart.shape)
    people = apart[one, other]
    return Difference((int(one), int(other)), int(people)) if people < k else None


def _smallest_combination(atoms: _Atoms, k: int) -> Difference | None:
    """Combinations that cancel on every atom of k or more, and tell about fewer than k."""
    small = atoms.sizes < k
    cancelling = _cancelling(atoms.within[:, ~small])
    left = cancelling @ atoms.within[:, small]
    basis = _basis(left)
    if not len(basis):
        return None
    before = _basis(atoms.within[: atoms.known])
    for found in _low_combinations(basis, k):
        people = int(atoms.sizes[small][np.abs(found) > NEARLY].sum())
        whole = np.zeros(len(atoms.sizes))
        whole[small] = found
        if 0 < people < k and not _lies_in(before, whole):
            return Difference(_used(atoms.within, whole), people)
    return None


def _cancelling(within: Numbers) -> Numbers:
    """Rows of weights on the sets under which every one of these atoms counts for nothing."""
    if not within.shape[1]:
        return np.eye(len(within))
    return np.asarray(null_space(within @ within.T, rcond=1e-11).T)


def _basis(rows: Numbers) -> Numbers:
    """Orthonormal rows that span the same space."""
    if not rows.size:
        return np.zeros((0, rows.shape[1]))
    sizes, turns = np.linalg.eigh(rows @ rows.T)
    kept = sizes > max(sizes[-1], 1.0) * NEARLY**1.5
    return np.asarray((turns[:, kept] / np.sqrt(sizes[kept])).T @ rows)


def _low_combinations(basis: Numbers, k: int) -> Iterator[Numbers]:
    """Combinations of the rows, of length 1, that may be about fewer than k people."""
    for weights in _choices(basis, SEARCHES, np.random.default_rng(SEED)):
        for combination in weights @ basis:
            if np.count_nonzero(np.abs(combination) > NEARLY) < k:
                yield combination


def _choices(basis: Numbers, tries: tuple[int, ...], chance: Chance) -> Iterator[Numbers]:
    """Weights on the rows (each C by R) under which many columns cancel.

    All that cancel one column fewer than there are rows where these are few; otherwise those that
    cancel a random part of the columns: what is about a few people leaves most parts alone.
    """
    columns = _directions(basis)
    rows = len(columns)
    if comb(columns.shape[1], rows - 1) <= MOST_COMBINATIONS:
        yield from _all_normals(columns, rows)
        return
    for _ in range(tries[0] if tries else 0):
        part = min(columns.shape[1] // 2, max(4 * rows, 500))
        chosen = columns[:, chance.choice(columns.shape[1], part, replace=False)]
        cancelling = null_space(chosen @ chosen.T, rcond=1e-11).T
        if 0 < len(cancelling) < rows:
            for weights in _choices(cancelling @ basis, tries[1:], chance):
                yield weights @ cancelling


def _directions(basis: Numbers) -> Numbers:
    """Columns that are not zero, scaled to length 1; unless they are very many, each once."""
    length = np.sqrt(np.einsum("ij,ij->j", basis, basis))
    columns = basis[:, length > NEARLY] / length[length > NEARLY]
    if columns.shape[1] > MOST_COLUMNS:
        return np.asarray(columns)
    leading = np.take_along_axis(columns, np.abs(columns).argmax(axis=0)[None, :], axis=0)
    _, first = np.unique(np.round(columns * np.sign(leading), 6), axis=1, return_index=True)
    return np.asarray(columns[:, first])


def _all_normals(columns: Numbers, dimension: int) -> Iterator[Numbers]:
    """For each choice of one column fewer than dimensions, the weights that cancel all of them."""
    for chosen in combinations(range(columns.shape[1]), dimension - 1):
        normal = null_space(columns[:, chosen].T, rcond=1e-5) if chosen else np.eye(1)
        if normal.shape[1] == 1:
            yield normal.T


def _lies_in(basis: Numbers, row: Numbers) -> bool:
    return bool(np.linalg.norm(row - (row @ basis.T) @ basis) < NEARLY)


def _used(within: Numbers, wanted: Numbers) -> tuple[int, ...]:
    weights, *_ = np.linalg.lstsq(within.T, wanted, rcond=None)
    return tuple(int(number) for number in np.flatnonzero(np.abs(weights) > NEARLY))
