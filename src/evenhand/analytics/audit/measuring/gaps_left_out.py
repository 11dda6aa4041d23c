"""Who is left out of everything about groups, so that no rating of a few can be worked out."""

from collections.abc import Iterator

import numpy as np

from evenhand.analytics.audit.measuring.gaps_people import Mask, People, only
from ratingstats.disclosure.ledger import keys_of
from ratingstats.groups.designs import Factor

BOTH = 2


def without_the_few(people: People, k: int) -> People:
    """Leave out the few whose group is not known, or too small beside two others.

    All groups of one attribute together, less all of another or less everybody, would tell about
    them. Fewer than `k` who are left out would themselves be the difference to a total, so as many
    others as are missing go with them, drawn by lot from the largest groups, always the same ones.
    """
    kept = np.ones(people.n, dtype=bool)
    while True:
        few = _few(people, kept, k)
        missing = people.n - int(kept.sum())
        if few.any():
            kept &= ~few
        elif 0 < missing < k and kept.any():
            kept[_lot(people, kept)[: k - missing]] = False
        else:
            return people if kept.all() else only(people, kept)


def _few(people: People, kept: Mask, k: int) -> Mask:
    few = np.zeros(people.n, dtype=bool)
    for group in people.groups.values():
        for some in (kept & ~group.known, *_in_small_groups(group, kept, k)):
            if 0 < some.sum() < k:
                few |= some
    return few


def _in_small_groups(group: Factor, kept: Mask, k: int) -> Iterator[Mask]:
    """Hiding a second group for them would leave nothing to compare where two are left."""
    n = np.bincount(group.codes[kept & group.known], minlength=len(group.labels))
    if (n >= k).sum() == BOTH:
        yield kept & group.known & (n < k)[group.codes]


def _lot(people: People, kept: Mask) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Those whose smallest group is the largest come first: no group gets too small by the lot."""
    rarest = np.full(people.n, people.n)
    for group in people.groups.values():
        n = np.bincount(group.codes[kept & group.known], minlength=len(group.labels))
        rarest[group.known] = np.minimum(rarest[group.known], n[group.codes[group.known]])
    places = np.flatnonzero(kept)
    drawn = keys_of([people.names[place] for place in places])
    return np.asarray(places[np.lexsort((drawn, -rarest[places]))], dtype=np.int64)
