"""What a filled-in workbook would change in the library, and what is wrong with it, row by row."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from django.utils.translation import gettext as _

from evenhand.competencies.models import (
    Competency,
    CompetencyModel,
    CompetencyVersion,
    ModelVersion,
)
from evenhand.competencies.parts import CompetencyPart, ModelPart
from evenhand.competencies.reading import competency_part, model_part
from evenhand.competencies.sheet_reading import Found, Mistake, read_sheets
from evenhand.competencies.workbook_rows import Rows
from evenhand.spreadsheets.words import tidy

P = TypeVar("P")


@dataclass(frozen=True, slots=True)
class Plan:
    """New and changed competencies and models by code, how many stay as they are, mistakes."""

    new_competencies: Mapping[str, CompetencyPart]
    changed_competencies: Mapping[str, CompetencyPart]
    new_models: Mapping[str, ModelPart]
    changed_models: Mapping[str, ModelPart]
    same: int
    mistakes: list[Mistake] = field(default_factory=list)

    @property
    def changes_something(self) -> bool:
        return bool(
            self.new_competencies
            or self.changed_competencies
            or self.new_models
            or self.changed_models
        )

    @property
    def can_be_applied(self) -> bool:
        return self.changes_something and not self.mistakes


def plan_of(rows: Rows) -> Plan:
    """Compare the rows with the library as it stands."""
    found = read_sheets(rows, library_codes())
    old_competencies = newest_competencies(found.competencies)
    old_models = newest_models(found.models)
    mistakes = [*found.mistakes, *_occupied(found)]
    differing = {
        code: part
        for code, part in found.competencies.items()
        if code not in old_competencies or _in_lines(old_competencies[code]) != part
    }
    differing_models = {
        code: part for code, part in found.models.items() if old_models.get(code) != part
    }
    same = len(found.competencies) - len(differing) + len(found.models) - len(differing_models)
    return Plan(
        new_competencies=_only(differing, differing.keys() - old_competencies.keys()),
        changed_competencies=_only(differing, differing.keys() & old_competencies.keys()),
        new_models=_only(differing_models, differing_models.keys() - old_models.keys()),
        changed_models=_only(differing_models, differing_models.keys() & old_models.keys()),
        same=same,
        mistakes=sorted(mistakes, key=lambda mistake: (mistake.sheet, mistake.row)),
    )


def library_codes() -> frozenset[str]:
    """What a model may ask for without bringing it along."""
    return frozenset(Competency.objects.values_list("code", flat=True))


def newest_competencies(codes: Iterable[str] | None = None) -> dict[str, CompetencyPart]:
    """The newest published version of each competency in use, by code and in order of names."""
    versions = CompetencyVersion.objects.published().filter(competency__retired_at=None)
    if codes is not None:
        versions = versions.filter(competency__code__in=list(codes))
    rows = versions.select_related("competency").prefetch_related("levels__anchors")
    newest = {version.competency.code: version for version in rows.order_by("number")}
    ordered = sorted(newest.items(), key=lambda item: (item[1].name.casefold(), item[0]))
    return {code: competency_part(version) for code, version in ordered}


def newest_models(codes: Iterable[str] | None = None) -> dict[str, ModelPart]:
    """The newest published version of each model in use, by code and in order of names."""
    versions = ModelVersion.objects.published().filter(model__retired_at=None)
    if codes is not None:
        versions = versions.filter(model__code__in=list(codes))
    rows = versions.select_related("model").prefetch_related("requirements__competency")
    newest = {version.model.code: version for version in rows.order_by("number")}
    ordered = sorted(newest.items(), key=lambda item: (item[1].name.casefold(), item[0]))
    return {code: model_part(version) for code, version in ordered}


def _occupied(found: Found) -> list[Mistake]:
    """What cannot be written anew now: retired, or with a version in writing already."""
    in_writing = _(
        "A version of this is in writing already. Publish it or throw it away, then bring the file"
        " again."
    )
    retired = _("This has been retired. Bring it back first, or take it out of the file.")
    mistakes = []
    for sheet, things, codes in (
        ("competencies", Competency.objects.all(), found.competencies),
        ("models", CompetencyModel.objects.all(), found.models),
    ):
        known = things.filter(code__in=list(codes))
        busy = set(known.filter(versions__published_at=None).values_list("code", flat=True))
        gone = set(known.filter(retired_at__isnull=False).values_list("code", flat=True))
        mistakes += [
            Mistake.at(sheet, found.numbers[sheet, code], "code", code, in_writing)
            for code in sorted(busy - gone)
        ] + [
            Mistake.at(sheet, found.numbers[sheet, code], "code", code, retired)
            for code in sorted(gone)
        ]
    return mistakes


def _in_lines(part: CompetencyPart) -> CompetencyPart:
    """As it comes back from a workbook, in which a cell is one line."""
    return replace(part, definition=tidy(part.definition))


def _only(parts: Mapping[str, P], codes: Iterable[str]) -> dict[str, P]:
    wanted = set(codes)
    return {code: part for code, part in parts.items() if code in wanted}
