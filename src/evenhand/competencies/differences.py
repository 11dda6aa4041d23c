"""What changed between two versions, word by word."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.translation import gettext as _

from evenhand.competencies.kinds import LEVELS, Category, Nature
from evenhand.competencies.parts import CompetencyPart, LevelPart, ModelPart

_WORDS = re.compile(r"\S+\s*")
_ABSENT = LevelPart(0, "")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words that stayed ("same"), went ("gone") or came ("new")."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Change:
    """What stands otherwise in one place of a version."""

    place: str
    pieces: tuple[Piece, ...]


def differences_of_competencies(before: CompetencyPart, after: CompetencyPart) -> list[Change]:
    """Where a later version of a competency says something else."""
    old, new = dict(_competency_places(before)), dict(_competency_places(after))
    return _changes(old, new)


def differences_of_models(
    before: ModelPart, after: ModelPart, names: dict[str, str]
) -> list[Change]:
    """Where a later version of a model asks for something else; `names` by code of competency."""
    old, new = dict(_model_places(before, names)), dict(_model_places(after, names))
    return _changes(old, new)


def pieces_of(before: str, after: str) -> tuple[Piece, ...]:
    """Two texts as one: what stayed, what went and what came, in reading order."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    pieces: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece("same", "".join(new[c:d])))
            continue
        gone, came = "".join(old[a:b]), "".join(new[c:d])
        pieces += [Piece("gone", gone)] if gone else []
        pieces += [Piece("new", came)] if came else []
    return tuple(pieces)


def _changes(old: dict[str, str], new: dict[str, str]) -> list[Change]:
    places = [*new, *(place for place in old if place not in new)]
    return [
        Change(place, pieces_of(old.get(place, ""), new.get(place, "")))
        for place in places
        if old.get(place, "") != new.get(place, "")
    ]


def _competency_places(part: CompetencyPart) -> Iterator[tuple[str, str]]:
    yield _("Name"), part.name
    yield _("Asked of"), str(Category(part.category).label)
    yield _("Kind"), str(Nature(part.nature).label)
    yield _("Definition"), part.definition
    levels = {level.value: level for level in part.levels}
    for value in LEVELS:
        level = levels.get(value, _ABSENT)
        yield _("Level %(level)d: label") % {"level": value}, level.label
        yield _("Level %(level)d: what it means") % {"level": value}, level.descriptor
        yield _("Level %(level)d: anchors") % {"level": value}, _lines(level.anchors)
    yield _("Interview questions"), _lines(part.questions)
    yield _("What to look for"), _lines(part.look_for)


def _model_places(part: ModelPart, names: dict[str, str]) -> Iterator[tuple[str, str]]:
    yield _("Name"), part.name
    yield _("Job family"), part.job_family
    yield _("Title"), part.title
    yield _("Grades"), ", ".join(part.grades)
    for requirement in part.requirements:
        said = _("level %(level)d, %(weight)d %%") % {
            "level": requirement.level,
            "weight": requirement.weight,
        }
        yield names.get(requirement.code, requirement.code), said


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(texts)
