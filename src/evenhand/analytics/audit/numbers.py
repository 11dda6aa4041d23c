"""The numbers of an audit as machines read them; audit.schema.json says what each key holds."""

import math
from dataclasses import asdict
from typing import Any

from evenhand.analytics.audit.measured import Measured
from evenhand.analytics.audit.measuring.gaps_results import GapRow
from evenhand.analytics.report import NotSaid, Section

Numbers = dict[str, Any]
VERSION = 1


def numbers_of(measured: Measured, sections: tuple[Section, ...]) -> Numbers:
    found, design = measured.dependence, measured.design
    return {
        "version": VERSION,
        "ratings": design.ratings,
        "persons": design.persons,
        "raters": design.raters,
        "connected": design.is_connected,
        "components": len(design.islands),
        "persons_with_two_raters": design.linked_persons,
        "variance": {
            "person": number(found.person),
            "rater": number(found.rater),
            "unit": number(found.unit),
            "residual": number(found.residual),
        },
        "share_rater": number(found.share_rater),
        "share_rater_interval": pair(found.share_between),
        "moves": number(found.moves),
        "reliability": number(found.reliability.phi) if found.reliability else None,
        "reliability_relative": number(found.reliability.g) if found.reliability else None,
        "raters_per_person": number(design.effective_raters),
        "raters_needed": found.reliability.needed if found.reliability else None,
        "raters_detail": [asdict(row) for row in measured.raters.shown],
        "groups": [group_row(row) for row in measured.gaps.rows],
        "suppressed": measured.raters.hidden + measured.gaps.hidden,
        "refused": [
            {"what": block.what, "why": block.why, "remedy": block.remedy}
            for section in sections
            for block in section.blocks
            if isinstance(block, NotSaid)
        ],
    }


def group_row(row: GapRow) -> Numbers:
    numbers = {key: getattr(row, key) for key in ("rate", "ratio", "fisher_p", "holm_p", "bh_p")}
    return asdict(row) | {key: number(value) for key, value in numbers.items()}


def number(value: float | None) -> float | None:
    """JSON knows no NaN and no infinity: what cannot be said is null."""
    return None if value is None or not math.isfinite(value) else float(value)


def pair(values: tuple[float, float] | None) -> list[float | None] | None:
    return None if values is None else [number(value) for value in values]
