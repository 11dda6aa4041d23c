"""How long each person was watched, how it ended, and how many were still there at a time."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers = NDArray[np.float64]
Counts = NDArray[np.int64]
STILL_HERE = 0


@dataclass(frozen=True, slots=True)
class Spells:
    """N people: `duration` in one unit of time, `ending` 0 if still here, else the kind of leaving.

    `entered` is the time from which a person could be seen to leave (left truncation); -inf for
    people watched from the start. A person is at risk at t if entered < t <= duration.
    """

    duration: Numbers
    ending: Counts
    entered: Numbers

    @classmethod
    def of(
        cls, duration: ArrayLike, ending: ArrayLike, entered: ArrayLike | None = None
    ) -> "Spells":
        """Take N durations, N endings (0 or False: still here) and perhaps N times of entry.

        Raises ValueError if lengths differ, a time is missing or below zero, or a person entered
        at or after their own end.
        """
        durations = np.asarray(duration, np.float64)
        endings = np.asarray(ending).astype(np.int64)
        entries = (
            np.full(durations.shape, -np.inf)
            if entered is None
            else np.asarray(entered, np.float64)
        )
        if durations.ndim != 1 or not durations.shape == endings.shape == entries.shape:
            msg = "Give one duration, one ending and one entry per person, in lists of one length."
            raise ValueError(msg)
        if not np.all(np.isfinite(durations)) or np.any(durations < 0) or np.any(endings < 0):
            msg = "Leave out people without a duration; times and endings are zero or more."
            raise ValueError(msg)
        if np.any(np.isnan(entries)) or np.any(entries >= durations):
            msg = "A person enters before the spell ends; leave out those who never could be seen."
            raise ValueError(msg)
        return cls(durations, endings, entries)

    @property
    def n(self) -> int:
        return len(self.duration)

    @property
    def left(self) -> NDArray[np.bool_]:
        return np.asarray(self.ending != STILL_HERE, np.bool_)

    def among(self, chosen: NDArray[np.bool_]) -> "Spells":
        """The spells of those chosen (N booleans)."""
        return Spells(self.duration[chosen], self.ending[chosen], self.entered[chosen])

    def at_risk(self, times: Numbers) -> Counts:
        """How many could be seen to leave at each of T times."""
        gone = np.searchsorted(np.sort(self.duration), times, side="left")
        came = np.searchsorted(np.sort(self.entered), times, side="left")
        return (came - gone).astype(np.int64)

    def leaving(self, times: Numbers, kind: int | None = None) -> Counts:
        """How many left at exactly each of T times, in increasing order; of one kind or of any."""
        chosen = self.left if kind is None else self.ending == kind
        ends = np.sort(self.duration[chosen])
        after = np.searchsorted(ends, times, side="right")
        return (after - np.searchsorted(ends, times, side="left")).astype(np.int64)

    def leaving_times(self) -> Numbers:
        """The distinct times at which somebody left."""
        return np.unique(self.duration[self.left])
