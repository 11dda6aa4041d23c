"""What is left of an audit for those who may not read about raters.

Sections about raters and about what to do are left out whole; from the others goes every block in
which a rater's name stands, and from the numbers everything by rater. Fractions keep three digits:
with more of them, who knows all ratings but one could work out that one.
"""

import json
from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from typing import Any, cast

from evenhand.analytics.report import Report, Section
from evenhand.analytics.storing import report_to_text

SUMMARY = ("dependence", "design", "gaps", "calibration")
DIGITS = 3
OPEN_NUMBERS = frozenset(
    {
        "version",
        "ratings",
        "persons",
        "raters",
        "connected",
        "components",
        "persons_with_two_raters",
        "variance",
        "share_rater",
        "share_rater_interval",
        "moves",
        "reliability",
        "reliability_relative",
        "raters_per_person",
        "raters_needed",
        "groups",
        "suppressed",
    }
)


def summary_of_report(report: Report, raters: Iterable[str]) -> Report:
    """The report without raters. `raters` are their names, as the report would write them."""
    names = frozenset(form for name in raters if name for form in (name, _as_written(name)))
    sections = [_without(section, names) for section in report.sections if section.key in SUMMARY]
    kept = replace(report, sections=tuple(section for section in sections if section is not None))
    return cast("Report", _rounded(kept))


def summary_of_numbers(numbers: dict[str, Any]) -> dict[str, Any]:
    """The numbers of the whole; what a later version adds is left out until somebody opens it."""
    kept = {key: value for key, value in numbers.items() if key in OPEN_NUMBERS}
    return _rounded_numbers(kept) | {"raters_detail": [], "refused": []}


def _rounded_numbers(numbers: dict[str, Any]) -> dict[str, Any]:
    """Of everybody together; what is said of groups follows from counts, which are told anyway."""
    groups = numbers.get("groups", [])
    return {key: _rounded(value) for key, value in numbers.items()} | {"groups": groups}


def _rounded(value: object) -> object:
    """The same thing with all fractions in it rounded, counts as they are."""
    if isinstance(value, float):
        return value if value.is_integer() else float(f"{value:.{DIGITS}g}")
    if isinstance(value, list | tuple):
        return type(value)(_rounded(one) for one in value)
    if isinstance(value, dict):
        return {key: _rounded(one) for key, one in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        found = {field.name: _rounded(getattr(value, field.name)) for field in fields(value)}
        return replace(value, **found)
    return value


def _without(section: Section, names: frozenset[str]) -> Section | None:
    if _is_named(section.answer, names):
        return None
    kept = [block for block in section.blocks if not _is_named(_text_of(section, block), names)]
    return replace(section, blocks=tuple(kept))


def _text_of(section: Section, block: Any) -> str:  # noqa: ANN401  # any block of a report
    alone = replace(section, question="", answer="", blocks=(block,))
    return report_to_text(Report("", "", "", (), (alone,), (), ()))


def _as_written(name: str) -> str:
    """The name as it stands in a report's text, where quotation marks are marked as such."""
    return json.dumps(name, ensure_ascii=False)[1:-1]


def _is_named(text: str, names: frozenset[str]) -> bool:
    return any(name in text for name in names)
