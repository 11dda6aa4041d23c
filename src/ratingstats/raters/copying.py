"""The same answers for everybody: identical forms, and texts that were copied."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, islice, product

import numpy as np
from numpy.typing import ArrayLike

from ratingstats.reasons import Reason
from ratingstats.status import Status

FEWEST = 5
OFTEN = 0.30
SHINGLE = 5
ALIKE = 0.8
MOST_PAIRS = 10_000
WORD = re.compile(r"\w+")
ROUNDING = 1e-9
PAIR = 2


@dataclass(frozen=True, slots=True)
class SharedPairs:
    """Of all pairs of forms or texts, how many are the same; flagged above 30 %."""

    pairs: int
    of: int
    n: int
    status: Status
    reason: Reason = Reason.NONE

    @property
    def share(self) -> float:
        return self.pairs / self.of if self.of else math.nan

    @property
    def is_flagged(self) -> bool:
        return self.status is Status.MEASURED and self.share > OFTEN


@dataclass(frozen=True, slots=True)
class AlikeTexts:
    """Pairs of texts (their positions) that share most of their five-word runs.

    `listed` holds the first 10,000 of them; `too_short` texts have fewer than five words and were
    not compared.
    """

    shared: SharedPairs
    listed: tuple[tuple[int, int], ...]
    too_short: int


def identical_forms(forms: ArrayLike) -> SharedPairs:
    """Share of pairs of people with the same answer to every question (people x questions).

    Forms with a gap are left out; refused below five forms.
    """
    table = np.asarray(forms, dtype=np.float64)
    if table.ndim != PAIR:
        msg = "Give a row for each person and a column for each question."
        raise ValueError(msg)
    table = table[~np.isnan(table).any(axis=1)]
    if len(table) < FEWEST:
        return SharedPairs(0, 0, len(table), Status.REFUSED, Reason.TOO_FEW)
    alike = np.unique(table, axis=0, return_counts=True)[1]
    return SharedPairs(int((alike * (alike - 1) // 2).sum()), *_measured(len(table)))


def alike_texts(texts: Sequence[str], *, alike: float = ALIKE) -> AlikeTexts:
    """Find texts whose runs of five words overlap by at least `alike` (Jaccard), exactly.

    Equal texts are compared once. Of the others only those can be alike that share one of their
    rarest runs (prefix filter, Chaudhuri, Ganti & Kaushik 2006), so thousands of texts are quick.
    Refused below five texts that are long enough.
    """
    positions: dict[frozenset[int], list[int]] = defaultdict(list)
    for position, runs in enumerate(_shingled(texts)):
        if runs:
            positions[runs].append(position)
    n = sum(map(len, positions.values()))
    too_short = len(texts) - n
    if n < FEWEST:
        return AlikeTexts(SharedPairs(0, 0, n, Status.REFUSED, Reason.TOO_FEW), (), too_short)
    pairs, listed = 0, list[tuple[int, int]]()
    for one, other in _same_or_alike(positions, alike):
        pairs += len(one) * len(other) if one is not other else len(one) * (len(one) - 1) // 2
        listed.extend(_some_pairs(one, other, MOST_PAIRS - len(listed)))
    return AlikeTexts(SharedPairs(pairs, *_measured(n)), tuple(sorted(listed)), too_short)


def _measured(n: int) -> tuple[int, int, Status]:
    return n * (n - 1) // 2, n, Status.MEASURED


def _shingled(texts: Sequence[str]) -> Iterator[frozenset[int]]:
    """Each text as the set of its runs of five words, runs numbered as they come."""
    numbers: dict[tuple[str, ...], int] = {}
    for text in texts:
        words = WORD.findall(text.casefold())
        runs = zip(*(words[start:] for start in range(SHINGLE)), strict=False)
        yield frozenset(numbers.setdefault(run, len(numbers)) for run in runs)


def _same_or_alike(
    positions: Mapping[frozenset[int], list[int]], alike: float
) -> Iterator[tuple[list[int], list[int]]]:
    """Groups of equal texts with themselves, and with other groups that are alike."""
    yield from ((group, group) for group in positions.values() if len(group) > 1)
    often = Counter(run for runs in positions for run in runs)
    holders: dict[int, list[frozenset[int]]] = defaultdict(list)
    for runs in sorted(positions, key=len):
        for other in _candidates(runs, (often, holders), alike):
            if len(runs & other) >= alike * len(runs | other) - ROUNDING:
                yield positions[other], positions[runs]


def _candidates(
    runs: frozenset[int],
    index: tuple[Counter[int], dict[int, list[frozenset[int]]]],
    alike: float,
) -> Iterator[frozenset[int]]:
    """Shorter or equally long texts that share a rare run; the text joins the index itself."""
    often, holders = index
    rarest = sorted(runs, key=lambda run: (often[run], run))
    seen: set[frozenset[int]] = set()
    for run in rarest[: len(runs) - math.ceil(alike * len(runs) - ROUNDING) + 1]:
        for other in holders[run]:
            if other not in seen and len(other) >= alike * len(runs) - ROUNDING:
                seen.add(other)
                yield other
        holders[run].append(runs)


def _some_pairs(one: list[int], other: list[int], most: int) -> Iterator[tuple[int, int]]:
    pairs = combinations(one, 2) if one is other else product(one, other)
    for first, second in islice(pairs, max(0, most)):
        yield min(first, second), max(first, second)
