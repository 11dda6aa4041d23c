"""The library as a workbook: its sheets and columns, written out, or empty to be filled in."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenhand.competencies.kinds import LEVELS, Category, Nature
from evenhand.competencies.parts import CompetencyPart, ModelPart
from evenhand.spreadsheets.cells import Cell
from evenhand.spreadsheets.writing import Sheet

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

USUAL_REPEATS = 4
LABELS: Mapping[str, "StrOrPromise"] = {
    "competencies": gettext_lazy("Competencies"),
    "levels": gettext_lazy("Levels"),
    "models": gettext_lazy("Models"),
    "requirements": gettext_lazy("Requirements"),
    "code": gettext_lazy("Code"),
    "name": gettext_lazy("Name"),
    "category": gettext_lazy("Asked of"),
    "nature": gettext_lazy("Kind"),
    "definition": gettext_lazy("Definition"),
    "question": gettext_lazy("Question"),
    "look_for": gettext_lazy("Look for"),
    "level": gettext_lazy("Level"),
    "label": gettext_lazy("Label"),
    "descriptor": gettext_lazy("What it means"),
    "anchor": gettext_lazy("Anchor"),
    "job_family": gettext_lazy("Job family"),
    "title": gettext_lazy("Title"),
    "grades": gettext_lazy("Grades"),
    "model": gettext_lazy("Model code"),
    "competency": gettext_lazy("Competency code"),
    "weight": gettext_lazy("Weight"),
}
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "competencies": ("code", "name", "category", "nature", "definition"),
    "levels": ("competency", "level", "label", "descriptor"),
    "models": ("code", "name", "job_family", "title", "grades"),
    "requirements": ("model", "competency", "level", "weight"),
}
# Columns that come as often as there is something to say, with numbers behind their names.
REPEATED: Mapping[str, tuple[str, ...]] = {
    "competencies": ("question", "look_for"),
    "levels": ("anchor",),
}


@dataclass(frozen=True, slots=True)
class Contents:
    """What goes into a workbook, by code."""

    competencies: Mapping[str, CompetencyPart]
    models: Mapping[str, ModelPart]


def library_sheets(contents: Contents) -> list[Sheet]:
    """The four sheets, with what the library has."""
    parts, models = contents.competencies, contents.models
    questions = _most(len(part.questions) for part in parts.values())
    signs = _most(len(part.look_for) for part in parts.values())
    anchors = _most(len(level.anchors) for part in parts.values() for level in part.levels)
    return [
        _sheet(
            "competencies",
            (questions, signs),
            lambda: _competency_rows(parts, questions, signs),
        ),
        _sheet("levels", (anchors,), lambda: _level_rows(parts)),
        _sheet("models", (), lambda: _model_rows(models)),
        _sheet("requirements", (), lambda: _requirement_rows(models)),
    ]


def empty_sheets() -> list[Sheet]:
    """The sheets to be filled in, and one that says how."""
    guide = Sheet([_("Sheet"), _("Column"), _("What to write")], list(_guide()), _("How to"))
    return [*library_sheets(Contents({}, {})), guide]


def heading(key: str, number: int = 0) -> str:
    """What a column is called; with a number where it comes several times."""
    return f"{LABELS[key]} {number}" if number else str(LABELS[key])


def _sheet(
    name: str, repeats: Sequence[int], rows: Callable[[], Iterator[Sequence[Cell]]]
) -> Sheet:
    headings = [heading(key) for key in COLUMNS[name]]
    for key, times in zip(REPEATED.get(name, ()), repeats, strict=True):
        headings += [heading(key, number) for number in range(1, times + 1)]
    return Sheet(headings, rows(), str(LABELS[name]))


def _competency_rows(
    parts: Mapping[str, CompetencyPart], questions: int, signs: int
) -> Iterator[Sequence[Cell]]:
    for code, part in parts.items():
        said = [str(Category(part.category).label), str(Nature(part.nature).label)]
        words = [code, part.name, *said, part.definition]
        yield [*words, *_filled(part.questions, questions), *_filled(part.look_for, signs)]


def _level_rows(parts: Mapping[str, CompetencyPart]) -> Iterator[Sequence[Cell]]:
    for code, part in parts.items():
        for level in part.levels:
            yield [code, level.value, level.label, level.descriptor, *level.anchors]


def _model_rows(models: Mapping[str, ModelPart]) -> Iterator[Sequence[Cell]]:
    for code, part in models.items():
        yield [code, part.name, part.job_family, part.title, ", ".join(part.grades)]


def _requirement_rows(models: Mapping[str, ModelPart]) -> Iterator[Sequence[Cell]]:
    for code, part in models.items():
        for asked in part.requirements:
            yield [code, asked.code, asked.level, asked.weight]


def _filled(texts: Sequence[str], width: int) -> list[str]:
    return [*texts, *[""] * (width - len(texts))]


def _most(counts: Iterator[int]) -> int:
    return max([USUAL_REPEATS, *counts])


def _guide() -> Iterator[tuple[str, str, str]]:
    categories = ", ".join(str(category.label) for category in Category)
    natures = ", ".join(str(nature.label) for nature in Nature)
    code = _("Small letters, digits and hyphens, such as customer-focus. It stays the same.")
    told = {
        ("competencies", "code"): code,
        ("competencies", "category"): _("One of: %(words)s") % {"words": categories},
        ("competencies", "nature"): _("One of: %(words)s") % {"words": natures},
        ("competencies", "definition"): _("What it is, and why it matters."),
        ("competencies", "question"): _("Interview questions, each in a column of its own."),
        ("competencies", "look_for"): _("What to look for in an answer, one in each column."),
        ("levels", "competency"): _("A code from the first sheet. Four or five rows for each."),
        ("levels", "level"): _("%(first)d to %(last)d") % {"first": LEVELS[0], "last": LEVELS[-1]},
        ("levels", "anchor"): _("What one sees somebody do, one in each column."),
        ("models", "code"): code,
        ("models", "job_family"): _("As positions name it. Empty: every family."),
        ("models", "title"): _("Only for people with this title. Empty: every title."),
        ("models", "grades"): _("With commas between them. Empty: every grade."),
        ("requirements", "model"): _("A code from the sheet before. Three to seven rows each."),
        ("requirements", "competency"): _("A code from the first sheet, or from the library."),
        ("requirements", "level"): _("The level expected."),
        ("requirements", "weight"): _("Whole percent. Those of a model sum to 100."),
    }
    for (sheet, column), words in told.items():
        yield str(LABELS[sheet]), heading(column), words
