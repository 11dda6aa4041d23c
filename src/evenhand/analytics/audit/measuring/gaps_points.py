"""Ratings as numbers: each group's mean beside the reference's, also at equal circumstances."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from evenhand.analytics.audit.measuring.gaps_people import People
from evenhand.analytics.audit.measuring.gaps_results import Equalized, GroupPoints
from evenhand.analytics.audit.ratings import Choices
from ratingstats.groups.adjusted import Adjusted, AdjustedGap, adjusted_gaps
from ratingstats.groups.decomposition import FEWEST, Decomposition, decompose
from ratingstats.groups.designs import Control, Factor, restricted
from ratingstats.groups.means import Sample, standardized_difference
from ratingstats.groups.ordinal import ordinal_gaps
from ratingstats.groups.regression import Coefficient


@dataclass(frozen=True, slots=True)
class Points:
    """The groups whose mean may be shown, and what was held equal; None without controls."""

    groups: tuple[GroupPoints, ...]
    equalized: Equalized | None


@dataclass(frozen=True, slots=True)
class _Asked:
    """One attribute with its reference, and the answers at equal controls."""

    people: People
    group: Factor
    reference: int
    choices: Choices
    controls: tuple[Control, ...]
    clean: Adjusted | None
    tainted: Adjusted | None
    ordinal: dict[int, Coefficient]

    def sample(self, code: int) -> Sample:
        return Sample.of(self.people.rating[self.group.codes == code])


def points_of(
    people: People, group: Factor, shown: Sequence[int], reference: int, choices: Choices
) -> Points:
    """Compare the groups that are `shown` with the reference, raw and at equal controls."""
    asked = _ask(people, replace(group, base=reference), reference, choices)
    groups = tuple(_group(asked, code) for code in shown)
    return Points(groups, _equalized(asked))


def _ask(people: People, group: Factor, reference: int, choices: Choices) -> _Asked:
    clean = tuple(c for c in people.controls if c.name not in choices.tainted)
    has_tainted = len(clean) < len(people.controls)
    level = choices.level
    return _Asked(
        people=people,
        group=group,
        reference=reference,
        choices=choices,
        controls=clean,
        clean=adjusted_gaps(people.rating, group, clean, level) if clean else None,
        tainted=adjusted_gaps(people.rating, group, people.controls, level)
        if has_tainted
        else None,
        ordinal=ordinal_gaps(people.level, group, clean, level).gaps if clean else {},
    )


def _group(asked: _Asked, code: int) -> GroupPoints:
    sample = asked.sample(code)
    label = asked.group.labels[code]
    if code == asked.reference:
        return GroupPoints(label, sample.n, sample.mean, is_reference=True)
    return GroupPoints(
        label=label,
        n=sample.n,
        mean=sample.mean,
        is_reference=False,
        standardized=standardized_difference(
            sample, asked.sample(asked.reference), asked.choices.level
        ),
        adjusted=_gap(asked.clean, code),
        with_tainted=_gap(asked.tainted, code),
        ordinal=asked.ordinal.get(code),
        decomposition=_split(asked, code, sample.n),
    )


def _gap(adjusted: Adjusted | None, code: int) -> AdjustedGap | None:
    if adjusted is None:
        return None
    return next((gap for gap in adjusted.gaps if gap.group == code), None)


def _split(asked: _Asked, code: int, n: int) -> Decomposition | None:
    """Oaxaca-Blinder against the reference; None without controls or with too few people."""
    if not asked.controls or n < FEWEST:
        return None
    chosen = np.isin(asked.group.codes, (code, asked.reference))
    controls = [restricted(control, chosen) for control in asked.controls]
    is_focal = asked.group.codes[chosen] == code
    return decompose(asked.people.rating[chosen], is_focal, controls, asked.choices.level)


def _equalized(asked: _Asked) -> Equalized | None:
    clean, tainted = asked.clean, asked.tainted
    used = clean or tainted
    if used is None:
        return None
    names = () if tainted is None else tainted.controls
    return Equalized(
        controls=() if clean is None else clean.controls,
        tainted=tuple(name for name in names if name in asked.choices.tainted),
        n=used.n,
        dropped=used.dropped,
        set_aside=used.set_aside,
        unknown=used.unknown,
    )
