"""What is left of a gap at equal circumstances: same job, same unit, same tenure."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ratingstats.groups.counts import UNKNOWN, Interval
from ratingstats.groups.designs import (
    Control,
    Design,
    Factor,
    Mask,
    Numbers,
    design,
    fully_known,
    restricted,
    without_lone_levels,
)
from ratingstats.groups.regression import Fit, coefficient, least_squares
from ratingstats.status import Status

FEWEST_PER_GROUP = 30
ROWS_PER_PARAMETER = 10
MOST_PARAMETERS = 1500


@dataclass(frozen=True, slots=True)
class AdjustedGap:
    """One group against the reference, in rating points, focal minus reference.

    `raw` is the difference of means and `gap` that at equal controls, both of the same `n` people;
    `se`, `interval`, `p` by HC3. `focal` and `reference` count people, `group` is the code.
    """

    group: int
    focal: int
    reference: int
    raw: float
    gap: float
    se: float
    interval: Interval
    p: float
    status: Status
    reason: str


@dataclass(frozen=True, slots=True)
class Adjusted:
    """All groups of one attribute at equal controls.

    `dropped` names columns that the others repeat; `set_aside` counts people who are alone in a
    level of a control, `unknown` those of whom something is not known.
    """

    gaps: tuple[AdjustedGap, ...]
    controls: tuple[str, ...]
    n: int
    parameters: int
    dropped: tuple[str, ...]
    set_aside: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Frame:
    """The people who can be compared, laid out: their ratings, groups and design.

    The columns of the groups come last; `place` tells the column of a group's code.
    """

    rating: Numbers
    codes: NDArray[np.int64]
    X: Design
    place: dict[int, int]
    set_aside: int
    unknown: int


def adjusted_gaps(
    rating: Numbers, group: Factor, controls: Sequence[Control], level: float = 0.95
) -> Adjusted:
    """Regress the rating of N people on their group and the controls (least squares, HC3).

    `group.base` is the reference. A gap is REFUSED with fewer than 30 people in either group, with
    fewer than 10 people per parameter, or where group and controls cannot be told apart.
    """
    frame = lay_out(rating, group, controls)
    names = tuple(control.name for control in controls)
    reason = too_little(frame)
    fit = None if reason else least_squares(frame.X, frame.rating)
    return Adjusted(
        gaps=tuple(
            _gap(frame, fit, code, (reason, level))
            for code in range(len(group.labels))
            if code != group.base
        ),
        controls=names,
        n=frame.X.n,
        parameters=int(fit.kept.sum()) if fit else frame.X.p,
        dropped=fit.dropped if fit else (),
        set_aside=frame.set_aside,
        unknown=frame.unknown,
    )


def lay_out(rating: Numbers, group: Factor, controls: Sequence[Control]) -> Frame:
    """Leave out those of whom something is not known or who are alone; lay out the others."""
    if group.base is None:
        msg = "Say which group is the reference: give the factor a base."
        raise ValueError(msg)
    known = fully_known([*controls, group], len(rating)) & np.isfinite(rating)
    kept = without_lone_levels(controls, known)
    chosen = [restricted(control, kept) for control in (*controls, group)]
    X = design(chosen, int(kept.sum()))
    codes = group.codes[kept]
    named = {f"{group.name}: {label}": code for code, label in enumerate(group.labels)}
    columns = (c for c in range(X.p) if X.controls[c] == group.name and X.names[c] in named)
    return Frame(
        rating=rating[kept],
        codes=codes,
        X=X,
        place={named[X.names[c]]: c for c in columns},
        set_aside=int(known.sum() - kept.sum()),
        unknown=int((~known).sum()),
    )


def too_little(frame: Frame) -> str:
    """Why these people are too few for so many parameters; empty where they are not."""
    if frame.X.p > MOST_PARAMETERS:
        return f"The controls have {frame.X.p} levels; at most {MOST_PARAMETERS} can be held equal."
    if frame.X.n < ROWS_PER_PARAMETER * frame.X.p:
        return (
            f"{frame.X.n} people for {frame.X.p} parameters; "
            f"at least {ROWS_PER_PARAMETER} people each are needed."
        )
    return ""


def _gap(frame: Frame, fit: Fit | None, code: int, said: tuple[str, float]) -> AdjustedGap:
    reason, level = said
    is_focal = frame.codes == code
    is_reference = _is_reference(frame)
    focal, reference = int(is_focal.sum()), int(is_reference.sum())
    if min(focal, reference) < FEWEST_PER_GROUP:
        reason = f"Fewer than {FEWEST_PER_GROUP} people in a group."
    elif fit and not fit.kept[frame.place[code]]:
        reason = "The group cannot be told apart from the controls."
    if reason or fit is None:
        return _refused(code, (focal, reference), reason)
    found = coefficient(frame.X, fit, frame.place[code], level)
    return AdjustedGap(
        group=code,
        focal=focal,
        reference=reference,
        raw=float(frame.rating[is_focal].mean() - frame.rating[is_reference].mean()),
        gap=found.estimate,
        se=found.se,
        interval=found.interval,
        p=found.p,
        status=Status.MEASURED,
        reason="",
    )


def _is_reference(frame: Frame) -> Mask:
    return ~np.isin(frame.codes, list(frame.place))


def _refused(code: int, people: tuple[int, int], reason: str) -> AdjustedGap:
    nan = math.nan
    focal, reference = people
    return AdjustedGap(
        group=code,
        focal=focal,
        reference=reference,
        raw=nan,
        gap=nan,
        se=nan,
        interval=UNKNOWN,
        p=nan,
        status=Status.REFUSED,
        reason=reason,
    )
