"""Every code that is put on record can be said in plain words."""

import ast
from pathlib import Path

from django.apps import apps

from evenhand.web.audit_trail.sentences import SENTENCES, THINGS

RECORDING = {"record", "record_each", "_keep"}


def codes():
    for path in Path("src/evenhand").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in RECORDING:
                first = next(iter(node.args), None)
                if isinstance(first, ast.Constant):
                    yield first.value


def test_no_code_lacks_its_words():
    assert set(codes()) - set(SENTENCES) == set()


def test_words_follow_a_name_and_end_without_a_stop():
    for said in map(str, SENTENCES.values()):
        assert said[0].islower()
        assert said[-1] != "."


def test_things_are_named_as_they_are_kept():
    kept = {model._meta.label_lower for model in apps.get_models()}

    assert set(THINGS) <= kept
