"""Relations name a class, not a string, so that the import contracts also guard the schema."""

import ast
from pathlib import Path

import pytest

MODELS = [p for p in sorted(Path("src/evenhand").rglob("*.py")) if "migrations" not in p.parts]
RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField"}


def target(call):
    named = [keyword.value for keyword in call.keywords if keyword.arg == "to"]
    return (call.args or named)[0]


@pytest.mark.parametrize("path", MODELS, ids=str)
def test_relations_name_classes(path):
    by_string = [
        target(call).value
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call)
        and getattr(call.func, "attr", "") in RELATIONS
        and isinstance(target(call), ast.Constant)
        and target(call).value != "self"
    ]

    assert by_string == []
