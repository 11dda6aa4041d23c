"""A library to begin with: competencies of ours, and models for common job families."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction

from evenhand.competencies.actions import publish_version, write_competency
from evenhand.competencies.modelling import publish_model_version, write_model
from evenhand.competencies.models import Competency, CompetencyModel
from evenhand.competencies.parts import CompetencyPart, LevelPart, ModelPart, RequirementPart
from evenhand.competencies.policies import may_write_library
from evenhand.competencies.problems import problems_of_model
from evenhand.competencies.publishing import Beginning
from evenhand.kernel.acting import Actor
from evenhand.kernel.locking import one_at_a_time

FOLDER = Path(__file__).parent / "starter"
WORDS_IN_MODELS = ("name", "job_family", "title")


@dataclass(frozen=True, slots=True)
class Brought:
    """How many competencies and models were added; those that stood already are not counted."""

    competencies: int
    models: int


@cache
def starter_competencies() -> dict[str, CompetencyPart]:
    """The competencies of the starter library by their codes."""
    return {entry["code"]: _competency(entry) for entry in _entries("competency")}


@cache
def starter_models() -> dict[str, ModelPart]:
    """The models of the starter library by their codes."""
    return {entry["code"]: _model(entry) for entry in _entries("model")}


@transaction.atomic
def bring_starter_library(*, by: Actor, at: datetime, starts_on: date) -> Brought:
    """Add the starter library and publish it from a day on. What stands already is left alone.

    A model that asks for something of yours which is not ready stays in writing.
    """
    may_write_library(by).enforce()
    one_at_a_time("competencies.starter")
    beginning = Beginning(starts_on)
    competencies = list(Competency.objects.values_list("code", flat=True))
    models = list(CompetencyModel.objects.values_list("code", flat=True))
    new = [item for item in starter_competencies().items() if item[0] not in competencies]
    for code, part in new:
        publish_version(write_competency(part, code=code, by=by, at=at), beginning, by=by, at=at)
    new_models = [item for item in starter_models().items() if item[0] not in models]
    for code, model in new_models:
        written = write_model(model, code=code, by=by, at=at)
        if not problems_of_model(model, starts_on):
            publish_model_version(written, beginning, by=by, at=at)
    return Brought(len(new), len(new_models))


def _entries(kind: str) -> Iterator[dict[str, Any]]:
    for path in sorted(FOLDER.glob("*.toml")):
        yield from tomllib.loads(path.read_text(encoding="utf-8")).get(kind, [])


def _competency(entry: dict[str, Any]) -> CompetencyPart:
    return CompetencyPart(
        name=entry["name"],
        category=entry["category"],
        nature=entry["nature"],
        definition=entry["definition"],
        questions=tuple(entry["questions"]),
        look_for=tuple(entry["look_for"]),
        levels=tuple(
            LevelPart(level["value"], level["label"], level["descriptor"], tuple(level["anchors"]))
            for level in entry["levels"]
        ),
    )


def _model(entry: dict[str, Any]) -> ModelPart:
    return ModelPart(
        **{word: entry[word] for word in WORDS_IN_MODELS},
        grades=tuple(entry["grades"]),
        requirements=tuple(
            RequirementPart(asked["competency"], asked["level"], asked["weight"])
            for asked in entry["requirements"]
        ),
    )
