"""From the rows of a workbook to competencies and models, every mistake named by its place."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from evenhand.competencies.kinds import LEVELS, WHOLE, Category, Nature
from evenhand.competencies.parts import CompetencyPart, LevelPart, ModelPart, RequirementPart
from evenhand.competencies.problems import problems_of_competency, problems_of_weights
from evenhand.competencies.workbook import LABELS
from evenhand.competencies.workbook_rows import Row, Rows
from evenhand.spreadsheets.tables import shown
from evenhand.spreadsheets.words import plain

CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST = {
    "code": 80,
    "name": 120,
    "definition": 2000,
    "question": 400,
    "look_for": 400,
    "label": 60,
    "descriptor": 400,
    "anchor": 400,
    "job_family": 100,
    "title": 200,
    "grades": 400,
}


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong in a cell, and what to do. Rows are numbered as the sheet does."""

    sheet: str
    row: int
    column: str
    value: str
    remedy: str

    @classmethod
    def at(cls, sheet: str, row: int, column: str, value: str, remedy: str) -> "Mistake":
        """The same, with sheet and column by their names here."""
        return cls(str(LABELS[sheet]), row, str(LABELS[column]), shown(value), remedy)


@dataclass(slots=True)
class Found:
    """What the sheets say, by code, and in which row each thing began."""

    competencies: dict[str, CompetencyPart] = field(default_factory=dict)
    models: dict[str, ModelPart] = field(default_factory=dict)
    numbers: dict[tuple[str, str], int] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)

    def complain(self, sheet: str, row: Row, column: str, remedy: str) -> None:
        value = row["cells"].get(column, "")
        self.mistakes.append(Mistake.at(sheet, row["number"], column, value, remedy))


def read_sheets(rows: Rows, library: Collection[str]) -> Found:
    """Everything the four sheets say; `library` has the codes a model may also ask for."""
    found = Found()
    for sheet, sheet_rows in rows.items():
        for row in sheet_rows:
            _check_lengths(found, sheet, row)
    for row in rows["competencies"]:
        _read_competency(found, row)
    for row in rows["levels"]:
        _read_level(found, row)
    for row in rows["models"]:
        _read_model(found, row)
    for row in rows["requirements"]:
        _read_requirement(found, row, library)
    found.mistakes += _incomplete(found)
    return found


def _read_competency(found: Found, row: Row) -> None:
    cells, lists = row["cells"], row["lists"]
    if not _is_new_code(found, "competencies", row):
        return
    category = _choice(cells["category"], {c.value: str(c.label) for c in Category})
    nature = _choice(cells["nature"], {n.value: str(n.label) for n in Nature})
    if category is None:
        _complain_of_choice(found, row, "category", [str(c.label) for c in Category])
    if nature is None:
        _complain_of_choice(found, row, "nature", [str(n.label) for n in Nature])
    found.competencies[cells["code"]] = CompetencyPart(
        name=cells["name"],
        category=category or Category.CORE,
        nature=nature or Nature.SKILL,
        definition=cells["definition"],
        questions=tuple(lists["question"]),
        look_for=tuple(lists["look_for"]),
    )


def _read_level(found: Found, row: Row) -> None:
    cells = row["cells"]
    part = found.competencies.get(cells["competency"])
    value = _level(cells["level"])
    if part is None:
        remedy = _("No competency on the first sheet has this code. Add it there, or correct it.")
        found.complain("levels", row, "competency", remedy)
    elif value is None:
        found.complain("levels", row, "level", _("Write a whole number from 1 to 5."))
    elif any(level.value == value for level in part.levels):
        remedy = _("This level stands here twice. Take one of the two rows out.")
        found.complain("levels", row, "level", remedy)
    else:
        anchors = tuple(row["lists"]["anchor"])
        level = LevelPart(value, cells["label"], cells["descriptor"], anchors)
        levels = sorted([*part.levels, level], key=lambda level: level.value)
        found.competencies[cells["competency"]] = replace(part, levels=tuple(levels))


def _read_model(found: Found, row: Row) -> None:
    cells = row["cells"]
    if not _is_new_code(found, "models", row):
        return
    grades = (" ".join(grade.split()) for grade in cells["grades"].split(","))
    found.models[cells["code"]] = ModelPart(
        name=cells["name"],
        job_family=cells["job_family"],
        title=cells["title"],
        grades=tuple(dict.fromkeys(grade for grade in grades if grade)),
    )


def _read_requirement(found: Found, row: Row, library: Collection[str]) -> None:
    cells = row["cells"]
    part = found.models.get(cells["model"])
    if part is None:
        remedy = _("No model on the sheet before has this code. Add it there, or correct it.")
        found.complain("requirements", row, "model", remedy)
        return
    level, weight = _level(cells["level"]), _whole(cells["weight"], WHOLE)
    code = cells["competency"]
    if code not in found.competencies and code not in library:
        remedy = _("No competency has this code, here or in the library. Add it, or correct it.")
        found.complain("requirements", row, "competency", remedy)
    elif any(asked.code == code for asked in part.requirements):
        remedy = _("The model asks for this competency twice. Take one of the two rows out.")
        found.complain("requirements", row, "competency", remedy)
    if level is None:
        found.complain("requirements", row, "level", _("Write a whole number from 1 to 5."))
    if weight is None:
        found.complain("requirements", row, "weight", _("Write a whole number from 1 to 100."))
    asked = RequirementPart(code, level or LEVELS[0], weight or 1)
    found.models[cells["model"]] = replace(part, requirements=(*part.requirements, asked))


def _is_new_code(found: Found, sheet: str, row: Row) -> bool:
    """Whether a row begins something with a usable code that no row before it has."""
    code = row["cells"]["code"]
    if not CODE.fullmatch(code):
        remedy = _("Write a code of small letters, digits and hyphens, such as customer-focus.")
        found.complain(sheet, row, "code", remedy)
        return False
    if (sheet, code) in found.numbers:
        remedy = _("This code stands in row %(row)d already. Give each its own.")
        first = found.numbers[sheet, code]
        found.complain(sheet, row, "code", remedy % {"row": first})
        return False
    found.numbers[sheet, code] = row["number"]
    return True


def _incomplete(found: Found) -> Iterator[Mistake]:
    """What is missing in competencies and models as wholes, at the row in which each begins."""
    if found.mistakes:
        return  # What is missing may be what could not be read.
    for code, part in found.competencies.items():
        for problem in problems_of_competency(part):
            yield Mistake.at(
                "competencies", found.numbers["competencies", code], "code", code, problem
            )
    for code, model in found.models.items():
        for problem in problems_of_weights(model):
            yield Mistake.at("models", found.numbers["models", code], "code", code, problem)


def _check_lengths(found: Found, sheet: str, row: Row) -> None:
    texts = Counter({key: len(text) for key, text in row["cells"].items()})
    for key, several in row["lists"].items():
        texts[key] = max(map(len, several), default=0)
    for key, length in texts.items():
        if length > LONGEST.get(key, length):
            remedy = _("At most %(most)d letters; this has %(n)d. Please shorten it.")
            found.complain(sheet, row, key, remedy % {"most": LONGEST[key], "n": length})


def _complain_of_choice(found: Found, row: Row, column: str, words: list[str]) -> None:
    remedy = _("Write one of these: %(words)s.") % {"words": ", ".join(words)}
    found.complain("competencies", row, column, remedy)


def _choice(text: str, words: Mapping[str, str]) -> str | None:
    wanted = plain(text)
    return next((v for v, label in words.items() if wanted in (plain(v), plain(label))), None)


def _level(text: str) -> int | None:
    return _whole(text, LEVELS[-1])


def _whole(text: str, most: int) -> int | None:
    bare = text.removesuffix("%").strip()
    if not bare.isascii() or not bare.isdecimal() or len(bare) > len("100"):
        return None
    return int(bare) if 1 <= int(bare) <= most else None
