from datetime import date

import pytest

from evenhand.competencies.parts import CompetencyPart, LevelPart, ModelPart
from evenhand.competencies.problems import (
    advice_for_competency,
    problems_of_competency,
    problems_of_model,
)

LEVELS = tuple(
    LevelPart(v, f"Level {v}", "", ("Writes notes for a meeting.", "Sends notes to the team."))
    for v in (1, 2, 3, 4)
)
READY = CompetencyPart("Listening", definition="Hears.", questions=("What?",), levels=LEVELS)


def changed(**parts):
    return CompetencyPart(**{field: getattr(READY, field) for field in READY.__slots__} | parts)


def test_a_ready_competency_has_no_problems_and_needs_no_advice():
    assert problems_of_competency(READY) == []
    assert advice_for_competency(READY) == []


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"name": " "}, "no name"),
        ({"definition": ""}, "definition is missing"),
        ({"levels": LEVELS[:3]}, "At least four"),
        ({"levels": (*LEVELS, LevelPart(6, "Beyond", "Far"))}, "Level 6 is not one"),
        ({"levels": (*LEVELS, LevelPart(5, "", "Far"))}, "Level 5 has no label"),
        ({"levels": (*LEVELS, LevelPart(5, "Last"))}, "Level 5 has neither"),
    ],
)
def test_what_is_missing_is_said(parts, words):
    (problem,) = problems_of_competency(changed(**parts))

    assert words in problem


def test_advice_counts_unclear_anchors_and_thin_levels():
    vague = LevelPart(5, "Last", "", ("Is usually friendly",))

    advice = advice_for_competency(changed(levels=(*LEVELS, vague), questions=()))

    assert [words.split(" ", 3)[:3] for words in advice] == [
        ["Level", "5", "has"],
        ["There", "is", "no"],
        ["1", "anchor", "might"],
    ]


@pytest.mark.django_db
def test_a_model_needs_a_name_and_competencies():
    problems = problems_of_model(ModelPart(""), date(2026, 1, 1))

    assert problems == [
        "The model has no name.",
        "A model has 3 to 7 competencies; this one has 0.",
    ]
